from collections.abc import Iterator

from pauta.calculate import stock
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Existencia de seguridad insuficiente", Severity.ERROR, needs=("manual", "inventarios"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que la existencia de seguridad de cada artículo alcance para su nivel de servicio, con lo que varían
    el consumo y el plazo de reposición. Sin nivel declarado se usa 95 %.

    Por qué importa
    El promedio alcanza la mitad de las veces. La reserva es lo que hace que alcance las otras.

    Cómo se arregla
    Suba la reserva, o declare el nivel con que la empresa se conforma:

        desviacion_diaria: 5 unidades
        nivel_servicio: 95 %
        existencia_seguridad: 27 unidades
    """
    yield from failing(stock.safety(manual))
