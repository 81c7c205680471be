from collections.abc import Iterator

from pauta.calculate import costs
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Compensación sin autoridad", Severity.ERROR, needs=("quejas",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que el rol que atiende cada gravedad de queja pueda autorizar la compensación máxima que le
    corresponde.

    Por qué importa
    Quien ofrece y tiene que pedir permiso hace esperar dos veces a quien ya se quejó.

    Cómo se arregla
    Suba el límite del rol, o dé la queja a quien lo tenga:

        autoridad:
          - rol: gestor_quejas
            hasta: 500 GTQ
    """
    yield from failing(costs.authorities(manual))
