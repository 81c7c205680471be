from collections.abc import Iterator

from pauta.calculate import capacity
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Ocupación excedida", Severity.ERROR, needs=("manual", "capacidad"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que los puestos que alcanzan para atender a tiempo no queden más ocupados de lo que el manual
    permite. Se mira el volumen normal y el de cada franja.

    Por qué importa
    Una persona que atiende sin respiro se equivoca, se enferma y se va. La ocupación máxima es la
    promesa que la empresa le hace a quien atiende.

    Cómo se arregla
    Agregue un puesto, o suba el límite si de verdad es otro:

        ocupacion_maxima: 85 %
        puestos: 4 puestos
    """
    yield from failing(capacity.occupancy(manual))
