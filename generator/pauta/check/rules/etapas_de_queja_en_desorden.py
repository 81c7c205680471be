from collections.abc import Iterator

from pauta.calculate import complaints
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Etapas de queja en desorden", Severity.ERROR, needs=("manual", "quejas"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que los plazos de las etapas de una queja, que cuentan todos desde que se recibió, no vayan hacia
    atrás: ninguna etapa vence antes que la anterior.

    Por qué importa
    Quien tiene que responder antes de que otro termine de investigar responde sin saber.

    Cómo se arregla
    Ponga los plazos en el orden de las etapas:

        etapas:
          - id: q_investigar
            plazo: 3 días hábiles
          - id: q_resolver
            plazo: 4 días hábiles
    """
    yield from failing(complaints.order(manual))
