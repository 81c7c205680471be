"""The released versions of a manual: their order, and which one was in force on a day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

Number = tuple[int, int, int]
"""MAYOR.MENOR.PARCHE as numbers, which compare as versions do."""

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a manual: since when it is in force, and the tag and commit that keep it."""

    version: str
    since: date
    tag: str = ""
    commit: str = ""

    @property
    def rank(self) -> tuple[date, Number]:
        """What decides between two: the later start, and of equal starts the higher version."""
        return self.since, number_of(self.version) or (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Period:
    """An edition and the days on which it was in force."""

    edition: Edition
    until: date | None
    """Its last day; None while no other follows it."""

    @property
    def never(self) -> bool:
        """Whether the next edition took its place before its first day ended."""
        return self.until is not None and self.until < self.edition.since


def number_of(version: str) -> Number | None:
    """A version as numbers, or None when it is not written MAYOR.MENOR.PARCHE."""
    found = _NUMBER.fullmatch(version)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def newest_first(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """Editions from the highest version to the lowest."""
    return tuple(sorted(editions, key=lambda each: number_of(each.version) or (0, 0, 0), reverse=True))


def in_force_on(day: date, editions: Iterable[Edition]) -> Edition | None:
    """The edition that was in force on a day, or None before the first one."""
    return max((each for each in editions if each.since <= day), key=lambda each: each.rank, default=None)


def period_of(edition: Edition, editions: Iterable[Edition]) -> Period:
    """When an edition was in force among others."""
    after = min((each.since for each in editions if each.rank > edition.rank), default=None)
    return Period(edition, after - timedelta(days=1) if after else None)
