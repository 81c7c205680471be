from collections.abc import Iterator

from pauta.calculate import deadlines
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Proveedor más lento que la promesa", Severity.ERROR, needs=("manual", "ans", "proveedores"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que lo que tarda en entregar cada proveedor del que depende un acuerdo quepa en el tiempo prometido
    al cliente. Los días de calendario no se comparan con los hábiles.

    Por qué importa
    Nadie entrega en cinco días lo que a él le llega en diez.

    Cómo se arregla
    Pacte otro plazo con el proveedor, o prometa uno en que quepa. Si hay existencias, el acuerdo no
    depende de él: quítelo de la lista.

        proveedores:
          - redes_altiplano
    """
    yield from failing(deadlines.suppliers(manual))
