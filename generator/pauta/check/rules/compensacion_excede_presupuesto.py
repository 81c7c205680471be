from collections.abc import Iterator

from pauta.calculate import costs
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Compensación que excede el presupuesto", Severity.ERROR, needs=("costo", "ans", "quejas"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que lo que se puede dar en un solo caso quepa en el presupuesto de compensaciones: el de los
    servicios del acuerdo, o el de todos juntos si se trata de una queja.

    Por qué importa
    Prometer un crédito que el presupuesto no tiene obliga a elegir, con el cliente enfrente, entre la
    palabra y la caja.

    Cómo se arregla
    Baje la compensación, o suba el presupuesto:

        presupuesto_compensaciones: 2500 GTQ
    """
    yield from failing(costs.compensations(manual))
