"""The figures of a manual, recalculated: what each comes from, what it should be, and what would hold.

``calculate`` gives them all, for pages and questions; each rule asks only for its own.
"""

from collections.abc import Callable, Iterator

from pauta.calculate import (
    bad_service,
    capacity,
    complaints,
    costs,
    deadlines,
    indicators,
    people,
    resources,
    schedule,
    stock,
    units,
)
from pauta.calculate.model import Calculation, Figure, Input, Judged
from pauta.model import Manual

__all__ = ["MAKERS", "Calculation", "Figure", "Input", "Judged", "calculate"]

MAKERS: tuple[Callable[[Manual], Iterator[Judged]], ...] = (
    capacity.posts,
    capacity.occupancy,
    capacity.peaks,
    capacity.impossible,
    schedule.crowded,
    schedule.bands,
    people.present,
    people.roster,
    people.hours,
    resources.resources,
    stock.safety,
    stock.reorder_points,
    stock.levels,
    stock.lots,
    stock.shelf_life,
    stock.impossible,
    deadlines.replenishment,
    deadlines.suppliers,
    deadlines.internal,
    deadlines.steps,
    deadlines.held_by,
    deadlines.repeated,
    complaints.order,
    complaints.chain,
    costs.sums,
    costs.contacts,
    costs.prices,
    costs.compensations,
    costs.authorities,
    costs.currencies,
    bad_service.concepts,
    bad_service.yearly,
    indicators.targets,
    indicators.times,
    units.units,
)
"""What makes calculations, in the order in which they are read."""


def calculate(manual: Manual) -> Iterator[Calculation]:
    """Every calculation that the data of a manual allow; what lacks an input is left out."""
    for make in MAKERS:
        yield from (judged.calculation() for judged in make(manual))
