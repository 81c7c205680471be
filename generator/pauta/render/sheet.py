"""The sheet that a role signs: what it must know, and room for those who sign."""

from dataclasses import dataclass
from itertools import groupby

from pauta.compare.must_know import Point, fingerprint, must_know
from pauta.model import Entity, Manual

_FEWEST_LINES, _MOST_LINES = 3, 40


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What a role must know, to be signed."""

    fingerprint: str
    sections: list[tuple[str, list[tuple[Entity | None, list[Point]]]]]
    """Section -> things, or the section itself, with what is to be known of each."""
    lines: int
    """How many people can sign it."""


def sheet_of(manual: Manual, role: Entity) -> Sheet:
    """The sheet that a role signs."""
    points = must_know(manual, role)
    by_section = groupby(points, key=lambda point: point.section)
    sections = [
        (name, [(thing, list(some)) for thing, some in groupby(group, key=lambda point: point.entity)])
        for name, group in by_section
    ]
    lines = min(max(role.get("personas", 0), _FEWEST_LINES), _MOST_LINES)
    return Sheet(fingerprint(role, points), sections, lines)
