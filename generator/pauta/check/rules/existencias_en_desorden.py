from collections.abc import Iterator

from pauta.calculate import stock
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Existencias en desorden", Severity.ERROR, needs=("manual", "inventarios"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que el mínimo de cada artículo no pase de su punto de reorden, y que en el máximo quepa un lote
    pedido a tiempo: punto de reorden más lote.

    Por qué importa
    Con los niveles cruzados, la alarma suena antes de que haya que pedir, o el pedido no cabe en la
    bodega.

    Cómo se arregla
    Ponga los tres niveles en orden:

        minimo: 40 unidades
        punto_reorden: 125 unidades
        lote: 120 unidades
        maximo: 250 unidades
    """
    yield from failing(stock.levels(manual))
