from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, Words, for_each_service, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Servicio sin indicador", Severity.ERROR, needs=("nomenclatura", "indicadores"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada servicio activo o en piloto esté en la lista «servicios» de al menos un indicador.

    Por qué importa
    Lo que no se mide se discute: sin un número, nadie sabe si el servicio se prestó bien ni si va
    mejor o peor que el mes pasado.

    Cómo se arregla
    Agregue el servicio a un indicador que ya lo mida, o escriba uno nuevo. Por ejemplo, en
    «indicadores»:

        - id: instalacion_a_tiempo
          servicios:
            - instalacion
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """An indicator for each service."""
    return for_each_service(
        manual,
        "indicadores",
        Importance.PROMISE,
        Words(
            "Indicadores de «{service}»",
            "Ningún indicador mide el servicio «{service}».",
            "Agregue «{id}» a la lista «servicios» de los indicadores que lo miden, o escriba uno nuevo.",
        ),
    )
