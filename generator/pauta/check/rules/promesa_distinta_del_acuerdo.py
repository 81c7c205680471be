from collections.abc import Iterator

from pauta.calculate import deadlines
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Promesa distinta del acuerdo", Severity.ERROR, needs=("ans", "canales", "oferta"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que la primera respuesta que publica un canal y el plazo que promete un servicio sean los del acuerdo
    que los rige. Se miran los acuerdos con el cliente que nombran un solo canal o un solo servicio.

    Por qué importa
    El cliente lee un plazo en una página y otro en la siguiente. Siempre recuerda el más corto.

    Cómo se arregla
    Escriba el mismo tiempo en los dos lugares:

        canales:
          - id: telefono
            primera_respuesta: 20 segundos
    """
    yield from failing(deadlines.repeated(manual))
