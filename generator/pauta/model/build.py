"""Documents -> the manual, guided by the schemas: which lists are collections, which texts refer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from pauta.load import Document, Loaded, Path_, Value
from pauta.model.manual import Entity, Manual, Part, Reference
from pauta.spine import Field, Section, Spine
from pauta.validate import Validated


def build_manual(loaded: Loaded, validated: Validated, spine: Spine, *, today: date) -> Manual:
    """The manual of some documents.

    Values that failed validation stay visible as far as they can be understood, so that one
    mistake does not make every reference to its entity look broken; they are marked as not sound.
    """
    building = _Building(_faults_by_file(validated))
    parts = {
        name: building.part(spine.sections[name], loaded.documents[name], spine, readable=name not in loaded.damaged)
        for name in spine.sections
        if name in loaded.documents
    }
    return Manual(
        spine=spine,
        parts=parts,
        entities=building.entities,
        repeated=tuple(building.repeated),
        references=tuple(building.references),
        today=today,
        unreadable=loaded.damaged,
    )


def _faults_by_file(validated: Validated) -> dict[str, list[Path_]]:
    faults: dict[str, list[Path_]] = {}
    for file, path in validated.faulty:
        faults.setdefault(file, []).append(path)
    return faults


@dataclass(slots=True)
class _Building:
    faults: dict[str, list[Path_]]
    entities: dict[str, dict[str, Entity]] = field(default_factory=dict)
    repeated: list[tuple[Entity, Entity]] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def part(self, section: Section, documents: tuple[Document, ...], spine: Spine, *, readable: bool) -> Part:
        data: dict[str, Any] = {}
        inside: set[tuple[str, Path_]] = set()
        for document in documents:
            if not isinstance(document.value, dict):
                continue
            root = spine.not_applicable.root if "no_aplica" in document.value else section.root
            at = _At(section.name, document, self.faults.get(document.path, ()), None)
            self._walk(at, root, document.value, (), inside)
            _merge(data, document.value)
        outside = any(
            not any(file == document.path and path[: len(home)] == home for file, home in inside)
            for document in documents
            for path in self.faults.get(document.path, ())
        )
        return Part(section, documents, data, sound=readable and not outside)

    def _walk(self, at: "_At", field_: Field, value: Value, path: Path_, inside: set[tuple[str, Path_]]) -> None:
        if isinstance(value, dict):
            tying = _tying(field_)
            for name, child in value.items():
                if (below := tying.get(name)) is not None:
                    if isinstance(child, str):
                        self._refer(at, below, child, path, name)
                    else:
                        self._walk(at, below, child, (*path, name), inside)
        elif isinstance(value, list) and field_.item is not None:
            for position, child in enumerate(value):
                if isinstance(child, str):
                    self._refer(at, field_.item, child, path, position)
                    continue
                here, inner = (*path, position), at
                if field_.collection and isinstance(child, dict):
                    entity = self._entity(at, field_, child, here)
                    if entity is not None:
                        inside.add((at.document.path, here))
                        inner = _At(at.section, at.document, at.faults, entity)
                self._walk(inner, field_.item, child, here, inside)

    def _refer(self, at: "_At", field_: Field, text: str, holder: Path_, step: str | int) -> None:
        # one at fault cannot be a name at all, and that is reported
        if field_.reference and not (at.faults and (*holder, step) in at.faults):
            link = Reference(at.source, at.section, field_, field_.reference, text, at.document, holder, step)
            self.references.append(link)

    def _entity(self, at: "_At", field_: Field, data: dict[str, Any], path: Path_) -> Entity | None:
        """Register the entity of one element of a collection; None when it has no usable name."""
        name = data.get(field_.key)
        if not isinstance(name, str) or field_.collection is None or field_.item is None:
            return None
        entity = Entity(
            field_.collection,
            name,
            at.section,
            data,
            field_.item,
            at.document,
            path,
            sound=not any(fault[: len(path)] == path for fault in at.faults),
            parent=at.source,
        )
        taken = self.entities.setdefault(field_.collection, {}).setdefault(name, entity)
        if taken is not entity:
            self.repeated.append((entity, taken))
        return entity


@lru_cache(maxsize=4096)  # asked of every element; a company has some thousands of fields
def _tying(field_: Field) -> Mapping[str, Field]:
    """The fields below that refer to an entity or hold one, however deep; the others need no walk."""
    return {name: below for name, below in field_.children.items() if _ties(below)}


def _ties(field_: Field) -> bool:
    if field_.reference or field_.collection:
        return True
    below = (*field_.children.values(), field_.item) if field_.item else field_.children.values()
    return any(map(_ties, below))


@dataclass(frozen=True, slots=True)
class _At:
    """Where the walk is: section, file with what is wrong in it, and the innermost entity around."""

    section: str
    document: Document
    faults: Sequence[Path_]
    source: Entity | None


def _merge(data: dict[str, Any], more: dict[str, Any]) -> None:
    """Add a file's fields to its section's: lists one after the other, the rest the first said."""
    for name, value in more.items():
        if isinstance(value, list) and isinstance(data.get(name), list):
            data[name] = [*data[name], *value]
        else:
            data.setdefault(name, value)


def iter_texts(value: Value, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Every text inside a value, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, child in value.items():
            yield from iter_texts(child, (*path, name))
    elif isinstance(value, list):
        for position, child in enumerate(value):
            yield from iter_texts(child, (*path, position))
