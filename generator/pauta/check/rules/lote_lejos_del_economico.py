from collections.abc import Iterator

from pauta.calculate import stock
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Lote lejos del económico", Severity.WARNING, needs=("manual", "inventarios"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que el lote de cada artículo no cueste al año, entre pedir y almacenar, más de una cuarta parte sobre
    el lote económico: ni más del doble ni menos de la mitad. Solo se compara cuando el artículo dice
    cuánto cuesta pedir y cuánto cuesta almacenar.

    Por qué importa
    Con lotes muy chicos se paga por pedir a cada rato; con lotes muy grandes, por guardar lo que no se
    usa. Cerca del económico, en cambio, casi da lo mismo.

    Cómo se arregla
    Acerque el lote, o corrija los costos si ya no son los que dice el manual:

        demanda_diaria: 7 unidades
        costo_pedido: 420 GTQ
        costo_almacenaje: 115 GTQ
        lote: 120 unidades
    """
    yield from failing(stock.lots(manual))
