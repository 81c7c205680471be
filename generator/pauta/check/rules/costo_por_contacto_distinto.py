from collections.abc import Iterator

from pauta.calculate import costs
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Costo por atención que no sale", Severity.ERROR, needs=("costo",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que el costo por atención de cada servicio sea, al centavo, su total dividido entre su volumen. Si
    el total no suma, eso se dice primero.

    Por qué importa
    Con esa cifra se fijan precios y se decide qué canal conviene. Un volumen viejo la vuelve otra.

    Cómo se arregla
    Escriba el resultado de la división:

        volumen: 280 pares
        total: 20720 GTQ
        costo_por_contacto: 74 GTQ
    """
    yield from failing(costs.contacts(manual))
