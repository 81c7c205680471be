"""What a role must know, and a fingerprint of it that mending a comma does not change."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any

from pauta.compare.normal import normal
from pauta.compare.texts import words
from pauta.findings import Location
from pauta.load import Document, Path_
from pauta.model import Entity, Manual, Reference
from pauta.spine import Field, Kind

_DIGITS = 12
_RESERVED = "confidencial"
_SETTLED = frozenset({"x-ref", "x-tipo", "enum"})
"""What a schema says of a text that is a name, a typed value or a choice."""
_ALONG = ("acuerdo", "protocolo")
"""What a moment names that whoever attends it works by."""


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """One thing to know: a field that its schema marks with ``x-material``, and what it says."""

    section: str
    entity: Entity | None
    """The thing it is said of; None when the section itself says it."""
    titles: tuple[str, ...]
    """What people read for the fields that lead to it, the last one its own."""
    field: Field
    value: Any
    document: Document
    path: Path_

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that lead to it, by name."""
        return tuple(step for step in self.path if isinstance(step, str))

    @property
    def place(self) -> Location:
        """Where it stands."""
        return self.document.locate(self.path)


@dataclass(frozen=True, slots=True)
class _Home:
    """A part of a manual that concerns a role: an entity, an element of a list, a group of fields."""

    section: str
    entity: Entity | None
    document: Document
    path: Path_
    promises_only: bool = False
    """Whether only what is promised in it concerns the role, which does but a part of it."""


def must_know(manual: Manual, role: Entity) -> tuple[Point, ...]:
    """What a role must know, in the order of the manual; what is confidential is never part of it.

    That is what is said of the role itself, of each thing that names it, or of the element of a list
    that does; what is promised in the things it does a part of; and the agreement and the protocol
    of the moments that it attends.
    """
    homes = _without_those_inside(_homes(manual, role))
    order = {name: position for position, name in enumerate(manual.spine.sections)}
    homes.sort(key=lambda home: (order[home.section], home.document.path, _sortable(home)))
    return tuple(point for home in homes for point in _points(manual, home))


def fingerprint(role: Entity, points: Iterable[Point]) -> str:
    """Twelve hexadecimal digits that stay while the role must know the same, wherever it is written."""
    ordered = sorted(points, key=_owner)
    said = [
        [owner, [[point.names, _essence(point.field, point.value)] for point in group]]
        for owner, group in groupby(ordered, key=_owner)
    ]
    whole = json.dumps([role.id, said], ensure_ascii=True, sort_keys=True)
    return sha256(whole.encode()).hexdigest()[:_DIGITS]


def _owner(point: Point) -> tuple[str, str, str]:
    return (point.section, *(point.entity.key if point.entity else ("", "")))


def _sortable(home: _Home) -> tuple[tuple[int, int, str], ...]:
    """A part by its position in lists; by name among fields, whose order in a file says nothing."""
    return tuple((0, step, "") if isinstance(step, int) else (1, 0, step) for step in home.path)


# --- where to look ----------------------------------------------------------------------------------


def _homes(manual: Manual, role: Entity) -> Iterator[_Home]:
    yield _whole(role)
    for reference in manual.to(role):
        source = reference.source
        if source is None:
            yield _Home(reference.section, None, reference.document, _group(reference.path))
        elif source.sound:
            yield from _part(manual, source, reference)


def _whole(entity: Entity) -> _Home:
    return _Home(entity.section, entity, entity.document, entity.path)


def _part(manual: Manual, source: Entity, reference: Reference) -> Iterator[_Home]:
    """The thing that names a role; or, when an element of a list in it does, that element and its promises."""
    element = _element(reference.path, len(source.path))
    if element is not None:
        yield _Home(source.section, source, source.document, element)
        yield _Home(source.section, source, source.document, source.path, promises_only=True)
        return
    yield _whole(source)
    if source.parent is not None and source.parent.sound:
        parent = source.parent
        yield _Home(parent.section, parent, parent.document, parent.path, promises_only=True)
    if source.collection == "momentos":
        for name in _ALONG:
            named = source.field.children[name].reference if name in source.field.children else None
            entity = manual.find(named, str(source.get(name))) if named else None
            if entity is not None and entity.sound:
                yield _whole(entity)


def _element(path: Path_, outer: int) -> Path_ | None:
    """The innermost element of a list of groups, below the first ``outer`` steps, that a path leads into."""
    for length in range(len(path) - 1, outer, -1):
        if isinstance(path[length - 1], int):
            return path[:length]
    return None


def _group(path: Path_) -> Path_:
    """The group of fields that holds a reference, or the list that holds it."""
    return path[:-2] if isinstance(path[-1], int) else path[:-1]


def _without_those_inside(homes: Iterable[_Home]) -> list[_Home]:
    """Each part once, and none that stands inside another one that is taken whole."""
    found = list(dict.fromkeys(homes))
    whole = {(home.document.path, home.path) for home in found if not home.promises_only}
    return [home for home in found if not _is_inside(home, whole)]


def _is_inside(home: _Home, whole: set[tuple[str, Path_]]) -> bool:
    longest = len(home.path) if not home.promises_only else len(home.path) + 1
    return any((home.document.path, home.path[:length]) in whole for length in range(longest))


# --- what is found there ----------------------------------------------------------------------------


def _points(manual: Manual, home: _Home) -> Iterator[Point]:
    root = manual.spine.sections[home.section].root
    value: Any = home.document.value
    if isinstance(value, dict) and "no_aplica" in value:
        return
    here: Field | None = root
    known = False
    for step in home.path:
        if here is None:
            return
        known = known or here.is_material
        here = here.children.get(step) if isinstance(step, str) else here.item
        value = value[step]
    if here is not None:
        yield from _known(home, here, value, home.path, (), known=known)


def _known(
    home: _Home, field: Field, value: Any, path: Path_, titles: Sequence[str], *, known: bool
) -> Iterator[Point]:
    """The uppermost fields that a role must know, at a value or below it."""
    if field.visibility == _RESERVED or value in (None, "", [], {}):
        return
    if (known or field.is_material) and (field.is_commitment or not home.promises_only):
        told = _named(field, value, titles)
        yield Point(home.section, home.entity, told, field, value, home.document, path)
    elif isinstance(value, dict):
        for name, child in field.children.items():
            if name in value:
                further = (*titles, child.title)
                yield from _known(home, child, value[name], (*path, name), further, known=known or field.is_material)
    elif isinstance(value, list) and field.item is not None and not home.promises_only:
        for position, below in enumerate(value):
            yield from _known(home, field.item, below, (*path, position), titles, known=known or field.is_material)


def _named(field: Field, value: Any, titles: Sequence[str]) -> tuple[str, ...]:
    """What people call a point: its fields, and of an element of a list its own name."""
    name = value.get("nombre") if isinstance(value, dict) else None
    last = [f"{field.title}: {name}"] if isinstance(name, str) else []
    return (*titles, *last) or (field.title,)


# --- what it comes to -------------------------------------------------------------------------------


def _essence(field: Field, value: Any) -> Any:
    """A value without what changes nothing: commas, capitals, line breaks, the unit in which a time is told."""
    if isinstance(value, dict):
        return {
            name: _essence(child, value[name])
            for name, child in field.children.items()
            if name in value and child.visibility != _RESERVED
        }
    if isinstance(value, list) and field.item is not None:
        said = [_essence(field.item, below) for below in value]
        return said if field.item.kind is Kind.OBJECT else sorted(said, key=json.dumps)
    if isinstance(value, str) and not _SETTLED & field.schema.keys():
        return " ".join(words(value))
    return normal(field, value)
