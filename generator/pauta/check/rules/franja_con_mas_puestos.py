from collections.abc import Iterator

from pauta.calculate import schedule
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Franja con más puestos que la capacidad", Severity.ERROR, needs=("capacidad",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que ninguna franja del día ponga más puestos que los que la capacidad declara en total.

    Por qué importa
    De los puestos declarados salen las personas, las sillas y las licencias. Lo que una franja pone de
    más no lo tiene nadie.

    Cómo se arregla
    Baje los puestos de la franja, o suba los de la capacidad y sus personas:

        puestos: 4 puestos
        franjas:
          - desde: 09:00
            hasta: 12:00
            volumen: 10 llamadas
            puestos: 4 puestos
    """
    yield from failing(schedule.crowded(manual))
