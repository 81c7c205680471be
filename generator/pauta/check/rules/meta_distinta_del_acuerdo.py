from collections.abc import Iterator

from pauta.calculate import indicators
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Meta distinta del acuerdo", Severity.WARNING, needs=("indicadores", "ans"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que la meta de un indicador sea la que promete el acuerdo que se prueba con él. Aquí se dice cuando
    es más exigente que todos sus acuerdos; cuando es más débil, lo dice otra regla.

    Por qué importa
    Si por dentro se persigue otra cifra, o la promesa se quedó corta o la meta quedó vieja. En los dos
    casos alguien mide mal su trabajo.

    Cómo se arregla
    Iguale las dos:

        indicadores:
          - id: nivel_servicio_telefono
            meta: 80 %
    """
    yield from failing(indicators.targets(manual))
