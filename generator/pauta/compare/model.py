"""What changed from one manual to another: a change is a value with its direction and its weight."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from pauta.findings import Location

Key = tuple[str, str]
"""Collection and id of a thing."""

_DIGITS = 12


class Kind(StrEnum):
    """What happened. A commitment is tightened or loosened; any other quantity is raised or lowered."""

    ADDED = "agregado"
    REMOVED = "quitado"
    RENAMED = "renombrado"
    MOVED = "movido"
    REWORDED = "redactado"
    TIGHTENED = "apretado"
    LOOSENED = "aflojado"
    RAISED = "subido"
    LOWERED = "bajado"
    CHANGED = "cambiado"


class Level(StrEnum):
    """How much a change asks for: the number of the version that it raises."""

    MAJOR = "mayor"
    MINOR = "menor"
    PATCH = "parche"

    @property
    def rank(self) -> int:
        """Zero for the gravest."""
        return list(Level).index(self)


class Affected(StrEnum):
    """Who notices a change."""

    CUSTOMER = "cliente"
    ROLE = "puesto"
    SUPPLIER = "proveedor"
    COST = "costo"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two manuals, told of a thing and a field, never of a position."""

    kind: Kind
    level: Level
    affects: tuple[Affected, ...]
    section: str
    key: Key | None
    """The thing that changed, as the later manual calls it; None when the section itself did."""
    path: tuple[str, ...]
    """Names of fields and of elements inside the thing; empty when the whole of it is meant."""
    title: str
    """What people read for thing and field: «Instalación › Plazo prometido»."""
    sentence: str
    """What happened, on one line and without the values, which some readers may not see."""
    before: str | None
    after: str | None
    """The values as people read them; None where there is none, or where the title says it all."""
    place_before: Location | None
    place_after: Location | None
    """Where it stands; of what is absent, where what holds it stands, or None when nothing does."""
    roles: tuple[str, ...]
    """Roles named by the thing or by those it names; empty when it concerns nobody in particular."""
    material: bool
    """Whether a role must read it again: it is something to know, and more than commas changed."""
    fingerprint: str
    """The same for the same change, wherever its files, lines and formatting are; twelve hexadecimal digits."""
    visibility: str = "interno"
    """Who may read the values: publico, interno or confidencial."""


def fingerprint(section: str, key: Key | None, path: tuple[str, ...], before: object, after: object) -> str:
    """The digest of a change by what changed into what; values are given in their normal form."""
    whole = json.dumps([section, key, path, before, after], ensure_ascii=True, sort_keys=True)
    return sha256(whole.encode()).hexdigest()[:_DIGITS]


def highest(changes: Iterable[Change]) -> Level | None:
    """The gravest level among some changes, or None when there are none."""
    return min((change.level for change in changes), key=lambda level: level.rank, default=None)
