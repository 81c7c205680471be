"""The calculations that the readers of a site may see: by section and subject, and the page of each."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import TypeVar

from markupsafe import Markup, escape

from pauta.calculate import MAKERS, Calculation, Input
from pauta.calculate.model import Holder, Judged, field_of
from pauta.model import Entity, Manual
from pauta.render.audience import hidden
from pauta.render.page import Page
from pauta.spine import Kind

INDEX = "calculos/index.html"
"""The page that lists them all."""

_LONGEST_NAME = 100
"""Of a file; the id of a calculation has no limit, that of a file system has."""
_STRANGE = re.compile(r"[^a-z0-9_.-]+")
_FEW = 3
_Made = TypeVar("_Made")

_SHOWN = frozenset({Kind.TEXT, Kind.INTEGER, Kind.NUMBER})


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A calculation and its page."""

    calculation: Calculation
    page: str

    @property
    def path(self) -> str:
        """The page before any engine builds it."""
        return f"{self.page.removesuffix('.html')}.md"


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What some calculations are about: an element of a collection, or a section itself."""

    holder: Holder
    title: str
    calculations: list[Shown] = field(default_factory=list)

    @property
    def is_large(self) -> bool:
        """Whether they are too many to stand in one table with those of other subjects."""
        return len(self.calculations) > _FEW

    @property
    def broken(self) -> int:
        """How many of them do not hold."""
        return sum(each.calculation.holds is False for each in self.calculations)


def shown(manual: Manual, audience: str) -> list[Shown]:
    """The calculations made only of what an audience may read, each with a page of its own."""
    taken: set[str] = set()
    return [
        Shown(each, f"calculos/{_file(each.id, taken)}.html") for each in _made(manual) if _may_read(each, audience)
    ]


def by_section(manual: Manual, calculations: Iterable[Shown]) -> dict[str, list[Subject]]:
    """Section -> its subjects with their calculations, in the order in which they are read."""
    sections: dict[str, dict[Holder, Subject]] = {}
    for each in calculations:
        holder = each.calculation.subject
        subjects = sections.setdefault(section_of(holder), {})
        subject = subjects.setdefault(holder, Subject(holder, _title(manual, holder)))
        subject.calculations.append(each)
    return {section: list(subjects.values()) for section, subjects in sections.items()}


def section_of(holder: Holder) -> str:
    """The section that says something."""
    return holder.section if isinstance(holder, Entity) else holder.name


def link(page: Page, holder: Holder) -> Markup:
    """A link to what holds a value."""
    return page.link(holder) if isinstance(holder, Entity) else page.link_section(holder.name)


def value(page: Page, given: Input) -> Markup:
    """A value that a calculation uses, as the page shows values of its kind."""
    described = given.field
    return page.show(described, given.value) if described and described.kind in _SHOWN else escape(given.value)


def unless_hidden(make: Callable[[], _Made], otherwise: _Made) -> _Made:
    """What is made of a manual, unless it needs a field that these readers may not see.

    A company's own schema may reserve any field, also one that all calculations of a subject need.
    """
    try:
        return make()
    except KeyError:
        return otherwise


def _made(manual: Manual) -> Iterator[Calculation]:
    for make in MAKERS:
        nothing: list[Calculation] = []
        yield from unless_hidden(partial(_all_of, make, manual), nothing)


def _all_of(make: Callable[[Manual], Iterator[Judged]], manual: Manual) -> list[Calculation]:
    return [judged.calculation() for judged in make(manual)]


def _may_read(calculation: Calculation, audience: str) -> bool:
    return not any(_is_hidden(each, audience) for each in (*calculation.inputs, calculation.declared))


def _is_hidden(given: Input, audience: str) -> bool:
    root = field_of(given.holder)
    fields = (root.at(given.path[:length]) for length in range(1, len(given.path) + 1))
    return any(each is not None and hidden(each, audience) for each in fields)


def _file(name: str, taken: set[str]) -> str:
    """A name for the file of a calculation: its id, unless that is no good or another has it."""
    plain = _STRANGE.sub("-", name.casefold()).strip(".")
    if len(plain) > _LONGEST_NAME:
        plain = f"{plain[:_LONGEST_NAME]}-{sha256(name.encode()).hexdigest()[:8]}"
    free = next(each for each in _numbered(plain) if each not in taken)
    taken.add(free)
    return free


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def _title(manual: Manual, holder: Holder) -> str:
    return manual.title(holder) if isinstance(holder, Entity) else holder.title


def of_subject(calculations: Iterable[Shown]) -> Mapping[Holder, list[Shown]]:
    """The calculations of each subject."""
    found: dict[Holder, list[Shown]] = {}
    for each in calculations:
        found.setdefault(each.calculation.subject, []).append(each)
    return found
