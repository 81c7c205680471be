from collections.abc import Iterator

from pauta.calculate import deadlines
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Plazo interno fuera del acuerdo", Severity.ERROR, needs=("ans", "cultura", "proveedores"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que lo que tarda cada área, según los acuerdos entre áreas, y lo que tarda en responder cada
    proveedor del que depende un acuerdo quepan, uno tras otro, en el tiempo prometido al cliente. Un
    día hábil vale lo que el día de más horas del horario hábil; los días de calendario no se suman
    con los hábiles.

    Por qué importa
    Si las áreas se toman entre todas más tiempo que el prometido, el acuerdo se incumple aunque cada
    una cumpla el suyo.

    Cómo se arregla
    Acorte los plazos internos, o prometa un tiempo en que quepan:

        acuerdos_entre_areas:
          - id: aa_bodega_campo
            plazo: 4 horas hábiles
            acuerdos:
              - ans_instalacion
    """
    yield from failing(deadlines.internal(manual))
