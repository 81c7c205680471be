"""What a checklist is, before any form of it is written.

Ids. A point keeps its id from version to version, because answers that a browser, a form or a
spreadsheet has stored are found again by it. So an id is made only of names that the manual
promises never to change or reuse, never of a position or of a wording:

- a verification of an offer is its own id, ``v_instalacion_acta``;
- any other entity is ``<kind>.<id>``, ``mensaje.m_instalacion_llegada``, since two collections may
  hold the same id and both stand in one list (an id of the manual has no dot, so none can clash);
- a field that every manual may have is its path in the schema, ``investigacion.registro``;
- in the decalogue a verification is ``principio.<principle>.<verification>``: several principles may
  cite it;
- the conducts of a principle have no ids, so they are one point, ``principio.<id>``, that shows
  them below it: neither mending a comma nor putting another first changes what an answer is about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pauta.findings import Location


class Kind(StrEnum):
    """What a list is for."""

    SERVICE = "servicio"
    COMPLAINTS = "quejas"
    DECALOGUE = "decalogo"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Source:
    """The policy a point comes from."""

    title: str
    section: str
    key: tuple[str, str] | None
    """Collection and id of the entity, or None when the section itself says it."""
    location: Location | None
    """Where it is written, or None when it is not written yet."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is answered with Sí, No or N.A."""

    id: str
    text: str
    source: Source
    critical: bool = False
    """Whether a No obliges to stop."""
    details: tuple[str, ...] = ()
    """What helps to answer: who, when, by what limit. One line each."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Things to have at hand that are not answered one by one."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Points that are answered together: a phase of a service, a principle."""

    title: str
    items: tuple[Item, ...]
    reminders: tuple[Reminder, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list ready to be put in any form."""

    id: str
    """Name of its page and files; stable."""
    code: str
    """Name that people write on paper: L-… for a service, LG-… for what is general."""
    title: str
    kind: Kind
    intro: str
    version: str
    """Version of the manual, or nothing when the manual does not say it."""
    in_force_since: date | None
    approved_by: str
    """The role that approved the manual's version, or nothing when the manual does not say it."""
    sections: tuple[Group, ...]
    service: str | None = None
    """Id of the service it is about."""

    @property
    def numbered(self) -> Iterator[tuple[int, Group, Item]]:
        """Every point with its number, counted through the whole list, and its group."""
        pairs = ((group, item) for group in self.sections for item in group.items)
        return ((number, group, item) for number, (group, item) in enumerate(pairs, start=1))

    @property
    def length(self) -> int:
        """How many points it has."""
        return sum(len(group.items) for group in self.sections)
