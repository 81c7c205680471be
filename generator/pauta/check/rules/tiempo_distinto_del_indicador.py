from collections.abc import Iterator

from pauta.calculate import indicators
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Tiempo distinto del indicador", Severity.ERROR, needs=("capacidad", "indicadores"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que el tiempo medio con que se calcula una capacidad sea la meta del indicador que lo mide.

    Por qué importa
    Los puestos salen de ese tiempo. Si se mide contra otro, la cuenta de gente y la meta de la gente se
    contradicen.

    Cómo se arregla
    Use el mismo tiempo en los dos:

        tiempo_medio: 270 segundos
        indicador_tiempo: tiempo_medio_llamada
    """
    yield from failing(indicators.times(manual))
