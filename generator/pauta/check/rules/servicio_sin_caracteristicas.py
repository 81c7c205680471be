from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, Words, for_each_service, must_say, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual

_ALL = ("intangible", "variable", "perecedero")


@rule("Servicio sin sus características", Severity.ERROR, needs=("nomenclatura", "protocolos"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que, si el manual tiene la sección de protocolos, cada servicio activo o en piloto diga qué hace
    con las tres características de todo servicio: no se toca, cambia con cada cliente y no se puede
    guardar.

    Por qué importa
    Lo que no se toca necesita una prueba que el cliente se lleve; lo que cambia, un mínimo igual
    para todos; y lo que no se guarda, un plan para los días en que todos lo piden a la vez.

    Cómo se arregla
    Agregue en «caracteristicas» el servicio, o la característica que le falta:

        - servicio: soporte_tecnico
          perecedero:
            plan_picos: En temporada de lluvias se suma una cuadrilla por las tardes.
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The three characteristics of each service, once the company writes protocols at all."""
    if "protocolos" in manual.parts:
        yield from for_each_service(
            manual,
            "caracteristicas",
            Importance.DETAIL,
            Words(
                "Características de «{service}»",
                "El servicio «{service}» no dice qué hace con lo que no se toca, lo que cambia y lo que no se guarda.",
                "Agregue en «caracteristicas», de la sección de protocolos, uno con «servicio: {id}».",
            ),
        )
    for entity in manual.all("caracteristicas"):
        title = manual.title(entity)
        yield must_say(entity, _ALL, f"A las características de «{title}»", f"Las tres características de «{title}»")
