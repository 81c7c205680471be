from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Servicio sin responsable", Severity.ERROR, needs=("nomenclatura",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada servicio activo o en piloto diga qué rol responde por él de principio a fin.

    Por qué importa
    Un servicio pasa por varias manos. Si ninguna responde por el todo, el cliente es el único que
    sabe en qué va su caso.

    Cómo se arregla
    Escriba en «responsable» el identificador de un rol, no el nombre de una persona:

        - id: instalacion
          responsable: coordinador_campo
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The owner of each service; a company without roles has nobody to name."""
    if manual.applies("roles"):
        roles = manual.spine.sections["roles"].title
        for service in manual.services():
            title, met = manual.title(service), "responsable" in service.data
            yield Requirement(
                "nomenclatura",
                f"Responsable de «{title}»",
                met,
                Importance.PROMISE,
                service.id,
                None
                if met
                else Problem(
                    service.at(),
                    f"El servicio «{title}» no dice quién responde por él.",
                    f"Agregue «responsable:» con el identificador de un rol de la sección «{roles}».",
                ),
            )
