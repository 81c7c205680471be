from collections.abc import Iterator

from pauta.calculate import costs
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Monedas distintas", Severity.ERROR, needs=("manual",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que todos los montos del manual estén en su moneda. De los componentes de un costo se ocupa la regla
    que los suma.

    Por qué importa
    Dos monedas no se suman, y nadie sabe con qué cambio se hizo la cuenta.

    Cómo se arregla
    Escriba el monto en la moneda del manual:

        moneda: GTQ
        precio_publico: 350 GTQ
    """
    yield from failing(costs.currencies(manual))
