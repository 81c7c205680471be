from collections.abc import Iterator

from pauta.calculate import stock
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Punto de reorden insuficiente", Severity.ERROR, needs=("manual", "inventarios"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que el punto de reorden de cada artículo cubra lo que se consume mientras llega el pedido, más la
    existencia de seguridad.

    Por qué importa
    Si se pide tarde, la bodega se vacía antes de que llegue el camión, aunque todos hayan hecho lo que
    decía el manual.

    Cómo se arregla
    Suba el punto de reorden, o acorte el plazo del proveedor:

        demanda_diaria: 30 unidades
        plazo_reposicion: 10 días hábiles
        existencia_seguridad: 27 unidades
        punto_reorden: 327 unidades
    """
    yield from failing(stock.reorder_points(manual))
