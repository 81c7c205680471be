from collections.abc import Iterator

from pauta.calculate import people
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Horas de personal insuficientes", Severity.ERROR, needs=("manual", "capacidad", "roles", "canales"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que las horas que trabajan en una semana las personas de un rol alcancen para las horas que sus
    puestos están abiertos, contadas las ausencias. Se calcula cuando el manual dice la jornada de una
    persona.

    Por qué importa
    El horario del canal se decide de un lado y los turnos del otro. Si no suman lo mismo, el hueco lo
    paga quien llama el sábado a las tres.

    Cómo se arregla
    Agregue personas, cierre puestos a las horas de menos trabajo o acorte el horario:

        jornada:
          diaria: 8 horas
          semanal: 44 horas
    """
    yield from failing(people.hours(manual))
