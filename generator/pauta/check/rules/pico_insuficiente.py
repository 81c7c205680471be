from collections.abc import Iterator

from pauta.calculate import capacity
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Pico sin gente que lo cubra", Severity.WARNING, needs=("manual", "capacidad"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que los puestos declarados alcancen también en el pico y en la temporada de más trabajo. Si no
    alcanzan para el volumen normal, eso se dice primero.

    Por qué importa
    Los días de más trabajo son los que el cliente recuerda. Si ese día faltan dos puestos, alguien
    tiene que saber de antemano de dónde salen.

    Cómo se arregla
    Declare los puestos del pico, reparta la demanda o baje lo que se promete:

        puestos: 5 puestos
        pico:
          volumen: 20 llamadas
    """
    yield from failing(capacity.peaks(manual))
