from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_FACETS = ("tecnica", "medio", "contenido", "forma")


@rule("Comunicación incompleta", Severity.ERROR, needs=("comunicacion",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada mensaje al cliente diga sus cuatro aspectos: con qué técnica, por qué medio, con qué
    contenido y en qué forma (quién lo da y cuándo).

    Por qué importa
    Un mensaje sin contenido lo inventa cada quien; sin medio, llega por donde el cliente no mira;
    sin quién ni cuándo, no llega.

    Cómo se arregla
    Complete en el mensaje los campos que faltan:

        tecnica: Confirmación con instrucciones
        medio: whatsapp
        contenido: |
          {nombre}, le confirmamos para el {fecha}, entre {hora_inicio} y {hora_fin}.
        forma:
          quien: coordinador_campo
          cuando: El día hábil anterior a la visita
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The four facets of each message."""
    for message in manual.all("mensajes"):
        lacking = [name for name in _FACETS if not message.get(name)]
        name = manual.title(message)
        yield Requirement(
            message.section,
            f"Técnica, medio, contenido y forma de «{name}»",
            not lacking,
            Importance.DETAIL,
            _service(message),
            Problem(
                message.at(lacking[0], key=True),
                f"Al mensaje «{name}» le falta {listed(message.field.children[field].title for field in lacking)}.",
                f"Escriba en el mensaje {listed(f'{field}:' for field in lacking)}, o quite el mensaje si ya no se usa.",
            )
            if lacking
            else None,
        )


def _service(message: Entity) -> str:
    """The service of the communication that holds the message."""
    collection, position, *_ = message.path
    return str(message.document.value[collection][position].get("servicio"))
