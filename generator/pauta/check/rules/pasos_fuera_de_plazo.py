from collections.abc import Iterator

from pauta.calculate import deadlines
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Pasos fuera de plazo", Severity.ERROR, needs=("manual", "oferta"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que los plazos de los pasos de cada servicio, uno tras otro, quepan en el plazo que se promete al
    cliente. Las horas y los minutos cuentan como horas de trabajo, y un día hábil, como el de más
    horas del horario hábil.

    Por qué importa
    Si cada quien cumple su paso y el cliente recibe tarde, el plazo estaba mal prometido.

    Cómo se arregla
    Acorte un paso, hágalos a la vez o prometa más tiempo:

        plazo: 5 días hábiles
        pasos:
          - nombre: Preparar el equipo
            hace: encargado_bodega
            plazo: 4 horas hábiles
    """
    yield from failing(deadlines.steps(manual))
