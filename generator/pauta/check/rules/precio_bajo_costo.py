from collections.abc import Iterator

from pauta.calculate import costs
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Precio por debajo del costo", Severity.WARNING, needs=("costo", "oferta"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que un servicio que se cobra una vez no se cobre a menos de lo que cuesta atenderlo. Los gratuitos y
    los planes que se pagan cada mes o cada año no se juzgan.

    Por qué importa
    Vender perdiendo puede ser una decisión. Lo que no puede ser es una sorpresa.

    Cómo se arregla
    Suba el precio o baje el costo:

        precio_publico: 250 GTQ
    """
    yield from failing(costs.prices(manual))
