from collections.abc import Iterator

from pauta.calculate.costs import foreign_components, sums
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import Money, parse_money


@rule("Costo que no suma", Severity.ERROR, needs=("costo",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que los componentes de cada costo sumen, al centavo, el total que se declara, y que todos estén
    en la misma moneda que el total.

    Por qué importa
    Del total salen el costo por atención y el margen. Si no es la suma de sus partes, falta una
    parte o sobra otra, y toda decisión que se apoye en él está equivocada.

    Cómo se arregla
    Corrija el monto equivocado, agregue el componente que falta o ajuste el total:

        componentes:
          - nombre: Asesores
            monto: 8932 GTQ
          - nombre: Combustible
            monto: 3920.50 GTQ
        total: 12852.50 GTQ
    """
    for cost in manual.all("costos"):
        for position in foreign_components(cost):
            yield _other_currency(manual, cost, position, parse_money(cost["total"]))
    for judged in sums(manual):
        if judged.holds is False:
            added = judged.calculation()  # its inputs are the components, which stand above the total
            yield Problem(added.declared.location, added.verdict, added.nearest)


def _other_currency(manual: Manual, cost: Entity, position: int, total: Money) -> Problem:
    component = cost["componentes"][position]
    return Problem(
        cost.at("componentes", position, "monto"),
        f"En el costo de «{manual.title(cost)}», «{component['nombre']}» está en {parse_money(component['monto']).currency} "
        f"y el total en {total.currency}.",
        f"Escriba el monto en {total.currency}.",
    )
