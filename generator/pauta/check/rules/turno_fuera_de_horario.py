from collections.abc import Iterator

from pauta.calculate import schedule
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Turno fuera de horario", Severity.ERROR, needs=("capacidad", "canales"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada franja de una capacidad caiga dentro del horario de su canal, y que ninguna hora en que el
    canal está abierto quede sin franja que la atienda. Las franjas que no dicen sus días son de lunes
    a viernes; los demás días se miran cuando alguna franja los nombra.

    Por qué importa
    Una puerta abierta sin nadie adentro es peor que una cerrada, y una persona que espera con la puerta
    cerrada es dinero perdido.

    Cómo se arregla
    Ajuste la franja al horario del canal, o el horario a las franjas:

        franjas:
          - desde: 08:00
            hasta: 12:00
            dias:
              - sabado
            volumen: 3 llamadas
            puestos: 2 puestos
    """
    yield from failing(schedule.bands(manual))
