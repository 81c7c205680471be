from collections.abc import Iterator

from pauta.calculate import units
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Unidades distintas", Severity.ERROR, needs=("inventarios", "capacidad", "recursos"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que las cantidades que se comparan estén en una misma unidad: los niveles, la demanda y el lote de un
    artículo; el volumen y los puestos de una capacidad con los de su pico y sus franjas; la reserva de
    un recurso con su cantidad.

    Por qué importa
    Doce cajas no son doce unidades. Con unidades mezcladas toda cuenta sale, y toda cuenta miente.

    Cómo se arregla
    Escriba todas en la misma:

        punto_reorden: 125 unidades
        demanda_diaria: 7 unidades
    """
    yield from failing(units.units(manual))
