from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, Words, for_each_service, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_PHASES = ("antes", "durante", "despues")


@rule("Servicio sin comunicación", Severity.ERROR, needs=("nomenclatura", "comunicacion"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada servicio activo o en piloto tenga su comunicación con el cliente, con al menos un
    mensaje antes, uno durante y uno después.

    Por qué importa
    El cliente juzga el servicio también por lo que se le avisó, por lo que se le explicó mientras
    tanto y por si alguien volvió a preguntarle. Una fase sin mensaje es un silencio que él llena.

    Cómo se arregla
    Agregue en «comunicaciones» el servicio que falta, o en su fase el mensaje que falta. Por ejemplo:

        - servicio: instalacion
          despues:
            - id: m_instalacion_seguimiento
              nombre: Llamada a los tres días
              objetivo: Saber si el internet llega a todos los cuartos.
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The communication of each service, and a message in each of its phases."""
    yield from for_each_service(
        manual,
        "comunicaciones",
        Importance.PROMISE,
        Words(
            "Comunicación de «{service}»",
            "El servicio «{service}» no tiene comunicación con el cliente.",
            "Agregue en «comunicaciones» un elemento con «servicio: {id}» y mensajes antes, durante y después.",
        ),
    )
    if manual.applies("comunicacion"):
        for service in manual.services():
            for phase in _PHASES:
                yield _phase(manual, service, phase)


def _phase(manual: Manual, service: Entity, phase: str) -> Requirement:
    communication = manual.find("comunicaciones", service.id)
    title, name = manual.spine.collections["comunicaciones"][1].children[phase].title, manual.title(service)
    # A communication that is missing or malformed is told elsewhere.
    lacks = communication is not None and communication.sound and not communication.get(phase)
    return Requirement(
        "comunicacion",
        f"Mensajes de «{name}» en la fase «{title}»",
        communication is not None and bool(communication.get(phase)),
        Importance.PROMISE,
        service.id,
        Problem(
            communication.at(phase, key=True),
            f"La comunicación de «{name}» no tiene ningún mensaje en la fase «{title}».",
            f"Escriba en «{phase}» al menos un mensaje: qué se le dice al cliente, por dónde, quién y cuándo.",
        )
        if communication and lacks
        else None,
    )
