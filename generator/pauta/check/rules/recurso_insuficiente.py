from collections.abc import Iterator

from pauta.calculate import resources
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Recurso insuficiente", Severity.ERROR, needs=("recursos", "capacidad", "roles"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que de cada recurso que dice qué capacidades lo usan haya bastante para todos los puestos que
    atienden a la vez, más su reserva; y que un recurso humano no pida más personas que las que tiene
    su rol.

    Por qué importa
    Diez personas con ocho licencias son ocho personas atendiendo y dos esperando.

    Cómo se arregla
    Aumente la cantidad, o diga cuántas ocupa cada puesto:

        cantidad: 10 estaciones
        capacidades:
          - cap_telefono
        por_puesto: 1
        reserva: 3 estaciones
    """
    yield from failing(resources.resources(manual))
