"""Which manual was in force on a date."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pauta.findings import CannotGoOn
from pauta.history import repository
from pauta.history.versions import released
from pauta.model.editions import Edition, Period, in_force_on, period_of


@dataclass(frozen=True, slots=True)
class InForce:
    """The answer: the edition and its days, or the first one when there was none yet."""

    period: Period | None
    first: Edition


def in_force(root: Path, day: date) -> InForce:
    """The edition in force on a day, as the tags of the repository tell.

    Raises CannotGoOn when there is no repository, no released version, or only a part of the history.
    """
    repository.need_whole_history(root)
    editions = released(root)
    if not editions:
        raise CannotGoOn(
            "El repositorio no tiene ninguna versión publicada.",
            "Si están en otro lado, tráigalas con: git fetch --tags. Para publicar la primera: pauta release 1.0.0",
        )
    found = in_force_on(day, editions)
    return InForce(period_of(found, editions) if found else None, min(editions, key=lambda each: each.rank))
