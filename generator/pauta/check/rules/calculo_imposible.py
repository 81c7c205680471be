from collections.abc import Iterator

from pauta.calculate import capacity, stock
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Cálculo imposible", Severity.ERROR, needs=("manual", "capacidad", "inventarios"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que los datos de cada capacidad y de cada artículo permitan calcular: ningún nivel de 100 %, que
    no se alcanza con ninguna cantidad, ni volúmenes, tiempos o intervalos en cero o fuera de toda
    medida.

    Por qué importa
    Si la cuenta no se puede hacer, nadie sabe si la promesa se sostiene.

    Cómo se arregla
    Corrija el dato que se señala:

        nivel_objetivo:
          porcentaje: 99 %
          tiempo: 20 segundos
    """
    yield from failing(capacity.impossible(manual), stock.impossible(manual))
