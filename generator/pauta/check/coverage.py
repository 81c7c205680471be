"""What a manual must hold to be complete, asked once for the rules and for the state of the manual.

Each rule about something missing keeps its question in a function ``asked`` beside it, which
yields requirements, met or not. The rule reports the unmet ones and ``completeness`` counts them
all, so that the two cannot disagree.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from pauta.check.rule import Problem
from pauta.findings import Location
from pauta.model import Entity, Manual
from pauta.spine import Field


class Importance(IntEnum):
    """What to fill first: the lower, the sooner."""

    SECTION = 1
    """A whole section: nothing can be said before it is there."""
    PROMISE = 2
    """What a customer is promised and who answers for it."""
    MEANS = 3
    """What the promise is kept and measured with."""
    DETAIL = 4
    """What makes a written part whole."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a complete manual has."""

    section: str
    """The section in which it is written."""
    text: str
    """What must be there, as people read it."""
    met: bool
    importance: Importance
    service: str | None = None
    """The id of the service it is for, when it is for one."""
    problem: Problem | None = None
    """What to report when it is not met; None when another requirement already tells it."""

    @property
    def location(self) -> Location | None:
        """Where to mend it, when it is not met and no other requirement tells it."""
        return self.problem.location if self.problem else None


def unmet(requirements: Iterable[Requirement]) -> Iterator[Problem]:
    """The problems of the requirements that are not met."""
    return (requirement.problem for requirement in requirements if requirement.problem)


def spoken_of(manual: Manual, entity: Entity, *collections: str) -> bool:
    """Whether some entity of the collections names this one, even an entity with mistakes to mend."""
    return any(
        reference.source is not None and reference.source.collection in collections for reference in manual.to(entity)
    )


def all_known(manual: Manual, collection: str, names: Iterable[str]) -> bool:
    """Whether there is an entity of each name; where one is missing, what it meant may be what is asked for."""
    return all(manual.find(collection, name) for name in names)


@dataclass(frozen=True, slots=True)
class Words:
    """What is asked of a service, what is said when it is not there, and how to mend it.

    Each may hold {service} (its name) and {id}.
    """

    text: str
    message: str
    mend: str

    def about(self, title: str, name: str) -> "Words":
        """The words about one service."""
        said = {"service": title, "id": name}
        return Words(self.text.format(**said), self.message.format(**said), self.mend.format(**said))


def for_each_service(
    manual: Manual,
    collection: str,
    importance: Importance,
    words: Words,
) -> Iterator[Requirement]:
    """That some entity of the collection names each offered service.

    Nothing is asked of a section that was declared as not applicable; that a whole section is
    missing is told elsewhere.
    """
    section, _ = manual.spine.collections[collection]
    if manual.applies(section.name):
        for service in manual.services():
            said = words.about(manual.title(service), service.id)
            met = spoken_of(manual, service, collection)
            tell = not met and section.name in manual.parts
            yield Requirement(
                section.name,
                said.text,
                met,
                importance,
                service.id,
                Problem(service.at(), said.message, said.mend) if tell else None,
            )


def must_say(
    entity: Entity,
    names: Iterable[str],
    about: str,
    text: str,
    importance: Importance = Importance.DETAIL,
) -> Requirement:
    """That an entity says each of some fields; ``about`` begins the sentence that tells which it does not."""
    missing = [name for name in names if name not in entity.data]
    return Requirement(
        entity.section,
        text,
        not missing,
        importance,
        problem=Problem(entity.at(), f"{about} le falta {titles(entity.field, missing)}.", f"Agregue {lines(missing)}.")
        if missing
        else None,
    )


def titles(field: Field, names: Iterable[str]) -> str:
    """Fields of an element as people read them, in a sentence."""
    return listed(field.children[name].title for name in names)


def lines(names: Iterable[str]) -> str:
    """Fields as they are written in a file, in a sentence."""
    return listed(f"{name}:" for name in names)


def listed(names: Iterable[str]) -> str:
    """Names as a sentence lists them: «a», «b» y «c», with «e» before the sound i."""
    quoted = [f"«{name}»" for name in names]
    last = quoted.pop()
    if not quoted:
        return last
    return f"{', '.join(quoted)} {'e' if _SOUNDS_LIKE_I.match(last) else 'y'} {last}"


_SOUNDS_LIKE_I = re.compile("«h?[ií](?![aeo])", re.IGNORECASE)
