"""What the rules about figures have in common: a calculation that does not hold, told with what it comes from."""

from collections.abc import Iterable, Iterator

from pauta.calculate import Judged
from pauta.check.rule import Problem


def failing(*judged: Iterable[Judged]) -> Iterator[Problem]:
    """A problem for each calculation that does not hold, at the place of the declared figure.

    It tells the calculated figure, the declared one, the difference and the inputs with their
    places; and as the way to mend it, the nearest values that would hold.
    """
    for each in judged:
        for one in each:
            if one.holds is False:
                calculation = one.calculation()
                inputs = "; ".join(f"{known.name}, {known.value} ({known.location})" for known in calculation.inputs)
                message = f"{calculation.verdict} Sale de: {inputs}." if inputs else calculation.verdict
                yield Problem(calculation.declared.location, message, calculation.nearest)
