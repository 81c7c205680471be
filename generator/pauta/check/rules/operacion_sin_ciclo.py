from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, Words, for_each_service, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Operación sin ciclo", Severity.ERROR, needs=("nomenclatura", "momentos"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que, si el manual tiene la sección de momentos de verdad, cada servicio activo o en piloto tenga
    el ciclo que el cliente recorre.

    Por qué importa
    Cada área ve su parte del servicio; muchas veces solo el cliente lo ve entero. El ciclo es la
    única página en la que la empresa lo recorre como él.

    Cómo se arregla
    Agregue en «ciclos» uno para el servicio, con los momentos en el orden en que se viven:

        ciclos:
          - id: ci_pagar
            nombre: Pago mi factura
            servicio: facturacion_cobro
            momentos:
              - mo_pagar_recibe
              - mo_pagar_paga
            vista_cliente: Me llega la factura, la entiendo y la pago donde me queda cerca.
            responsable: gerente_financiero
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The cycle of each service, once the company writes moments at all."""
    if "momentos" in manual.parts:
        yield from for_each_service(
            manual,
            "ciclos",
            Importance.MEANS,
            Words(
                "Ciclo de «{service}»",
                "El servicio «{service}» no tiene ciclo: ninguno dice cómo lo recorre el cliente.",
                "Agregue en «ciclos», de la sección de momentos, uno con «servicio: {id}» y sus momentos.",
            ),
        )
