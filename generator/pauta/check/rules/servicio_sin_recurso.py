from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, Words, for_each_service, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Servicio sin recurso", Severity.ERROR, needs=("nomenclatura", "recursos"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada servicio activo o en piloto esté en la lista «servicios» de al menos un recurso:
    personas, equipo, sistema, espacio, información o dinero.

    Por qué importa
    Un servicio al que no se le asigna nada se presta con lo que sobra de los demás, y se detiene el
    día en que no sobra.

    Cómo se arregla
    Busque en «recursos» con quién y con qué se presta el servicio y agréguelo a su lista. Por
    ejemplo:

        - id: cuadrillas
          servicios:
            - instalacion
            - traslado
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """A resource for each service."""
    return for_each_service(
        manual,
        "recursos",
        Importance.MEANS,
        Words(
            "Recursos de «{service}»",
            "Ningún recurso está asignado al servicio «{service}».",
            "Agregue «{id}» a la lista «servicios» de los recursos con que se presta, o escriba uno nuevo.",
        ),
    )
