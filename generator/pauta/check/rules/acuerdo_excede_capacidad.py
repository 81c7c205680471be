from collections.abc import Iterator

from pauta.calculate import deadlines
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Acuerdo que excede su capacidad", Severity.ERROR, needs=("ans", "capacidad"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada acuerdo prometa, como mucho, lo que están calculadas para dar las capacidades que lo
    sostienen: no más casos ni en menos tiempo. Solo se comparan las del canal del acuerdo y tiempos
    del mismo reloj.

    Por qué importa
    La gente se contrató para un nivel. Prometer otro mejor no la multiplica.

    Cómo se arregla
    Calcule la capacidad para lo prometido, o prometa lo calculado:

        nivel_objetivo:
          porcentaje: 80 %
          tiempo: 20 segundos
    """
    yield from failing(deadlines.held_by(manual))
