from collections.abc import Iterator

from pauta.calculate import stock
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Existencia que caduca antes de usarse", Severity.ERROR, needs=("manual", "inventarios"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que lo que cabe en el máximo de cada artículo se use antes de que caduque.

    Por qué importa
    Lo que caduca en la bodega se pagó dos veces: al comprarlo y al tirarlo.

    Cómo se arregla
    Baje el máximo y el lote:

        demanda_diaria: 10 unidades
        caducidad: 2 meses
        maximo: 500 unidades
    """
    yield from failing(stock.shelf_life(manual))
