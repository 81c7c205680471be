"""What each released version brought, read from git before anything is rendered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from pauta.compare.steps import Step, step_between
from pauta.findings import CannotGoOn
from pauta.history.revisions import manual_at
from pauta.model import Manual
from pauta.model.editions import Edition, newest_first

_MOST = 12
"""How many versions back the news go; each one costs a reading of its manual."""


@dataclass(frozen=True, slots=True)
class Past:
    """The steps between released versions, and the manual of the last one, from which today's goes on."""

    steps: tuple[Step, ...]
    last: tuple[Edition, Manual] | None


def read_past(root: Path, editions: Iterable[Edition], *, audience: str) -> Past:
    """The steps between some editions, the newest first, as far as an audience may see them.

    An edition whose manual cannot be read today is passed over.
    """
    newest = newest_first(editions)[:_MOST]
    read = [(each, manual) for each in newest if (manual := _manual(root, each, audience)) is not None]
    steps = tuple(_step(later, after, earlier, before) for (later, after), (earlier, before) in pairwise(read))
    return Past(steps, read[0] if read else None)


@lru_cache(maxsize=_MOST)  # a preview asks again at every change of the manual, and what is past stays
def _manual(root: Path, edition: Edition, audience: str) -> Manual | None:
    try:
        with manual_at(root, edition.commit, today=edition.since or date.min, audience=audience) as snapshot:
            return snapshot.manual
    except CannotGoOn:
        return None


@lru_cache(maxsize=_MOST)
def _step(edition: Edition, after: Manual, previous: Edition, before: Manual) -> Step:
    return step_between(previous, before, edition, after)
