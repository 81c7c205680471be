from collections.abc import Iterator

from pauta.calculate import people
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Personal insuficiente", Severity.ERROR, needs=("manual", "capacidad"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que las personas de cada capacidad cubran sus puestos después de ausencias, descansos y
    capacitación, que son los reductores. Mientras falten puestos, eso se dice primero.

    Por qué importa
    Cuatro puestos no son cuatro personas: alguien está de vacaciones, enfermo o en un curso. La fila
    no lo sabe.

    Cómo se arregla
    Declare las personas que hacen falta, o los puestos que esas personas sí cubren:

        reductores: 30 %
        puestos: 14 puestos
        personas: 20 personas
    """
    yield from failing(people.present(manual))
