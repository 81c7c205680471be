from collections.abc import Iterator

from pauta.calculate import deadlines
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Reposición más corta que la entrega", Severity.ERROR, needs=("manual", "inventarios", "proveedores"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que el plazo de reposición con que se calcula cada artículo no sea más corto que el plazo de entrega
    de su proveedor.

    Por qué importa
    El punto de reorden sale de ese plazo. Si el proveedor tarda más, la cuenta está bien hecha con un
    dato equivocado.

    Cómo se arregla
    Escriba el plazo del proveedor, y revise el punto de reorden:

        plazo_reposicion: 15 días hábiles
    """
    yield from failing(deadlines.replenishment(manual))
