"""Where each concept of a service manual lives: in a schema, in the reference manual, on a page of its site.

Run as a script it writes docs/cobertura.md from docs/conceptos.yml.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from helpers import TODAY
from pauta.load import Document, Path_
from pauta.model import Entity, Manual
from pauta.pipeline import Project, check_project
from pauta.render import places
from pauta.spine import Field, Kind

CHECKOUT = Path(__file__).parents[1]
CONCEPTS = CHECKOUT / "docs" / "conceptos.yml"
COVERAGE = CHECKOUT / "docs" / "cobertura.md"

_STEP = re.compile(r"(\w+)(?:\[(\w+)\])?")
_TOP = """\
# Cobertura

Cada concepto de un manual de servicio al cliente, con el campo del esquema que lo pide, el primer lugar del manual
de referencia que lo dice y la página del sitio en que se lee. «make docs» escribe esta página a partir de
[conceptos.yml](conceptos.yml), y una prueba comprueba que está al día y que cada página muestra lo que aquí se dice.

Son {concepts} conceptos en {subjects} temas.
"""
_HEAD = "| Concepto | Campo del esquema | En el manual de referencia | Página |\n|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Step:
    """The name of a field and, for a list, the element that is meant when it is only one."""

    name: str
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field that says a concept, or one value of it: ``momentos.momentos.tipo = compra``."""

    written: str
    section: str
    steps: tuple[Step, ...]
    value: str

    @property
    def names(self) -> tuple[str, ...]:
        """The fields on the way, from the section."""
        return tuple(step.name for step in self.steps)


@dataclass(frozen=True, slots=True)
class Concept:
    """What somebody may look for in a manual, and the fields that say it."""

    id: str
    name: str
    wanted: tuple[Wanted, ...]
    reads_as: str = ""
    """How a page says a yes or a no, when it is not by the name of the field."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Concepts that belong together."""

    name: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A value of a manual that says a concept."""

    document: Document
    path: Path_
    field: Field
    value: Any
    entity: Entity | None
    """The innermost entity that holds it."""
    page: str
    anchor: str


def read_concepts(text: str) -> tuple[Subject, ...]:
    """The concepts of docs/conceptos.yml, in its order."""
    return tuple(
        Subject(
            group["tema"],
            tuple(
                Concept(each["id"], each["concepto"], tuple(map(read_wanted, each["campos"])), each.get("se_lee", ""))
                for each in group["conceptos"]
            ),
        )
        for group in yaml.safe_load(text)
    )


def read_wanted(written: str) -> Wanted:
    """A field as docs/conceptos.yml writes it."""
    way, _, value = written.partition(" = ")
    section, *rest = way.split(".")
    steps = tuple(Step(*match.groups(default="")) for match in map(_STEP.fullmatch, rest) if match)
    assert steps, f"{written!r} names no field"
    assert len(steps) == len(rest), f"{written!r} is not section.field[id].field = value"
    return Wanted(written, section, steps, value)


def field_of(manual: Manual, wanted: Wanted) -> Field | None:
    """The field of the schemas, or None when there is none of that name."""
    section = manual.spine.sections.get(wanted.section)
    here = section.root if section else None
    for name in wanted.names:
        here = (here.item or here).children.get(name) if here else None
    return here


def place_of(manual: Manual, wanted: Wanted) -> Place | None:
    """The first value of a manual that is meant, or None when the manual does not say it."""
    part = manual.parts.get(wanted.section)
    if part is None:
        return None
    for document in part.documents:
        for path, field, value in _values(part.schema.root, document.value, (), wanted.steps, wanted.value):
            entity = _holder(manual, document, path)
            page, anchor = places.page_of(manual, entity) if entity else (places.section_page(wanted.section), "")
            return Place(document, path, field, value, entity, page, anchor)
    return None


def _values(
    field: Field, value: Any, path: Path_, steps: Sequence[Step], meant: str, chosen: str = ""
) -> Iterator[tuple[Path_, Field, Any]]:
    """The values at the end of some steps that are the one meant; any that says something if none is."""
    if isinstance(value, list) and field.item is not None and (steps or meant):
        for position, each in enumerate(value):
            if not chosen or each[field.key] == chosen:
                yield from _values(field.item, each, (*path, position), steps, meant)
    elif not steps:
        if value not in ("", [], {}, None) and meant in ("", _written(value)):
            yield path, field, value
    elif isinstance(value, dict) and steps[0].name in value and steps[0].name in field.children:
        step, *rest = steps
        yield from _values(field.children[step.name], value[step.name], (*path, step.name), rest, meant, step.chosen)


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _holder(manual: Manual, document: Document, path: Path_) -> Entity | None:
    around = [
        entity
        for collection in manual.entities.values()
        for entity in collection.values()
        if entity.document is document and path[: len(entity.path)] == entity.path
    ]
    return max(around, key=lambda entity: len(entity.path), default=None)


def coverage_table(manual: Manual, subjects: Sequence[Subject]) -> str:
    """The Markdown page: a table for each subject, a row for each concept."""
    concepts = sum(len(subject.concepts) for subject in subjects)
    tables = (_table(manual, subject) for subject in subjects)
    return "\n".join([_TOP.format(concepts=concepts, subjects=len(subjects)), *tables])


def _table(manual: Manual, subject: Subject) -> str:
    rows = "\n".join(_row(manual, concept) for concept in subject.concepts)
    return f"## {subject.name}\n\n{_HEAD}\n{rows}\n"


def _row(manual: Manual, concept: Concept) -> str:
    found = [place_of(manual, wanted) for wanted in concept.wanted]
    cells = (
        f'<a id="{concept.id}"></a>{concept.name}',
        _lines(_schema_link(wanted) for wanted in concept.wanted),
        _lines(_manual_link(place) for place in found),
        _lines(_address(place) for place in found),
    )
    return f"| {' | '.join(cells)} |"


def _lines(cells: Iterator[str]) -> str:
    """The lines of a cell, each only once."""
    return "<br>".join(dict.fromkeys(cells))


def _schema_link(wanted: Wanted) -> str:
    return f"[`{wanted.written}`](../schema/{wanted.section}.schema.json)"


def _manual_link(place: Place | None) -> str:
    if place is None:
        return "—"
    name = place.entity.id if place.entity else str(place.path[0])
    return f"[{place.document.path}](../{place.document.path}), `{name}`"


def _address(place: Place | None) -> str:
    if place is None:
        return "—"
    return f"`{place.page}#{place.anchor}`" if place.anchor else f"`{place.page}`"


def is_group(field: Field) -> bool:
    """Whether a field only holds others, and so says nothing by itself."""
    inner = field.item or field
    return inner.kind is Kind.OBJECT and inner.type is None


def reference_manual() -> Manual:
    """The manual of this repository, as its tests see it."""
    return check_project(Project(CHECKOUT), today=TODAY).manual


if __name__ == "__main__":
    COVERAGE.write_text(coverage_table(reference_manual(), read_concepts(CONCEPTS.read_text("utf-8"))), "utf-8")
