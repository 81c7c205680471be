from collections.abc import Iterator

from pauta.calculate import people
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Plantilla insuficiente", Severity.ERROR, needs=("capacidad", "roles"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que las personas que cuentan las capacidades de un mismo rol no sean más que las que tienen el rol.
    Las capacidades que comparten roles se suman juntas.

    Por qué importa
    Cada capacidad parece cubierta si se mira sola. Sumadas, la misma persona está sentada en dos
    sillas.

    Cómo se arregla
    Reparta las personas, o aumente las del rol:

        roles:
          - id: asesor_atencion
            personas: 11
    """
    yield from failing(people.roster(manual))
