from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, Words, for_each_service, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Servicio sin capacidad", Severity.ERROR, needs=("nomenclatura", "capacidad"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada servicio activo o en piloto esté en la lista «servicios» de al menos una capacidad: un
    punto donde se atiende o se trabaja, con su volumen, sus tiempos y su gente.

    Por qué importa
    El plazo que se promete sale de cuánto trabajo llega y cuánta gente lo atiende. Si esa cuenta no
    está hecha, el plazo es un deseo.

    Cómo se arregla
    Agregue el servicio a la capacidad del canal o del equipo que lo atiende y sume su trabajo al
    volumen. Por ejemplo, en «capacidades»:

        - id: cap_telefono
          servicios:
            - soporte_tecnico
            - cambio_plan
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """A capacity for each service."""
    return for_each_service(
        manual,
        "capacidades",
        Importance.MEANS,
        Words(
            "Capacidad para «{service}»",
            "Ninguna capacidad cuenta el trabajo del servicio «{service}».",
            "Agregue «{id}» a la lista «servicios» de la capacidad que lo atiende, y su trabajo al volumen.",
        ),
    )
