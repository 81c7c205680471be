from collections.abc import Iterator

from pauta.calculate import capacity
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Capacidad insuficiente", Severity.ERROR, needs=("manual", "capacidad"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que los puestos de cada capacidad alcancen para lo que se promete: con su volumen normal y con el
    de cada franja del día, si las tiene. Lo que se atiende en vivo se calcula con Erlang C, o con
    Erlang A cuando el manual dice cuánta paciencia tiene el cliente; lo que puede esperar, en horas
    de trabajo.

    Por qué importa
    «El 80 % en 20 segundos» es una cuenta, no un deseo. Con un puesto de menos la fila no crece un
    poco: se dispara, y quien está dentro se cansa sin que el cliente deje de esperar.

    Cómo se arregla
    Declare los puestos que hacen falta, mueva gente a esa hora o prometa lo que sí se cumple:

        volumen: 100 llamadas
        tiempo_medio: 180 segundos
        nivel_objetivo:
          porcentaje: 80 %
          tiempo: 20 segundos
        puestos: 14 puestos
    """
    yield from failing(capacity.posts(manual))
