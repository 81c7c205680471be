from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, Words, for_each_service, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Servicio sin costo", Severity.ERROR, needs=("nomenclatura", "costo"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada servicio activo o en piloto tenga su costo, con componentes y total.

    Por qué importa
    Sin conocer el costo no se puede decir si el precio lo cubre, si conviene ofrecer una
    compensación ni cuánto se gana al resolver en el primer contacto.

    Cómo se arregla
    Agregue en «costos» un elemento para el servicio. Si es gratuito para el cliente también cuesta
    prestarlo: anote el tiempo de las personas. Por ejemplo:

        - servicio: cambio_plan
          fecha: 2026-10-20
          periodo: mes
          volumen: 210 atenciones
          componentes:
            - nombre: Asesores de teléfono
              tipo: fijo
              clase: indirecto
              base: 1,900 de los 32,700 minutos del mes
              monto: 3640 GTQ
          total: 3640 GTQ
          costo_por_contacto: 17.33 GTQ
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The cost of each service."""
    return for_each_service(
        manual,
        "costos",
        Importance.MEANS,
        Words(
            "Costo de «{service}»",
            "El servicio «{service}» no tiene costo.",
            "Agregue en «costos» un elemento con «servicio: {id}», sus componentes y su total.",
        ),
    )
