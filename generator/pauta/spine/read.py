"""Schema files -> the spine."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pauta.findings import CannotGoOn
from pauta.spine.field import Field, make_field
from pauta.spine.own import PIECES, hold_pages_apart, hold_to_vocabulary, hold_together

_ENDING = ".schema.json"
_NOT_APPLICABLE = "seccion_no_aplica"

Json = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Section:
    """What one section of a manual may say."""

    name: str
    schema: Json
    """The JSON Schema with every reference resolved in place."""

    @cached_property
    def root(self) -> Field:
        """The field of the whole section."""
        return make_field(self.schema, self.name)

    @property
    def title(self) -> str:
        """The name people read."""
        return str(self.schema["title"])

    @property
    def description(self) -> str:
        """What the section is for."""
        return str(self.schema["description"])

    @property
    def order(self) -> int:
        """Where it stands among the others."""
        return int(self.schema["x-seccion"]["orden"])

    @property
    def group(self) -> str:
        """The heading under which the navigation lists it."""
        return str(self.schema["x-seccion"]["grupo"])

    @property
    def required(self) -> bool:
        """Whether a manual without it is incomplete."""
        return bool(self.schema["x-seccion"]["obligatoria"])

    @property
    def icon(self) -> str:
        """The name of its Material Design icon."""
        return str(self.schema["x-seccion"]["icono"])


@dataclass(frozen=True, eq=False)
class Spine:
    """All sections in order, and the declaration of a section that does not apply."""

    sections: Mapping[str, Section]
    not_applicable: Section

    @cached_property
    def collections(self) -> dict[str, tuple[Section, Field]]:
        """Each collection with the section it lives in and the field of its entities."""
        found: dict[str, tuple[Section, Field]] = {}
        for section, field in self._lists:
            if field.collection and field.item:
                found.setdefault(field.collection, (section, field.item))
        return found

    @cached_property
    def keys(self) -> dict[str, str]:
        """Each collection with the field that identifies its entities: «id», or what x-clave says."""
        return {field.collection: field.key for _, field in self._lists if field.collection}

    @cached_property
    def page_folders(self) -> dict[str, str]:
        """Collections whose entities have a page each, with the folder of those pages."""
        return {
            field.collection: field.page_folder for _, field in self._lists if field.collection and field.page_folder
        }

    @cached_property
    def _lists(self) -> tuple[tuple[Section, Field], ...]:
        """Each list that holds the entities of a collection, with its section."""
        fields = ((section, field) for section in self.sections.values() for _, field in section.root.walk())
        return tuple((section, field) for section, field in fields if field.collection)

    @cached_property
    def identified_by(self) -> dict[str, str]:
        """Collections whose entities are about an entity of another: ofertas -> servicios."""
        found: dict[str, str] = {}
        for name, (_, item) in self.collections.items():
            key = item.children.get(self.keys[name])
            if key is not None and key.reference:
                found[name] = key.reference
        return found


def read_spine(bundled: Path, own: Path | None = None, *, hold: bool = True) -> Spine:
    """The spine of our schemas and, given a folder of them, of a company's own.

    A schema of theirs replaces ours of the same name. Raises CannotGoOn when a schema is not JSON
    or when one of theirs is not fit for use, with the place and the reason; with ``hold`` false they
    are taken as they are, to read a manual of another day.
    """
    ours = _schemas(bundled)
    theirs = {name: schema for name, schema in _schemas(own).items() if schema != ours.get(name)} if own else {}
    if not hold:
        return _spine({**ours, **{name: schema for name, schema in theirs.items() if name not in PIECES}})
    hold_to_vocabulary(theirs, ours["vocabulario"])
    spine = _spine({**ours, **theirs})
    for name in theirs:
        replaced = _section(name, ours[name], ours["comun"]["$defs"], {}).root if name in ours else None
        hold_together(spine.sections[name].root, spine.collections, replaced)
    if theirs:
        hold_pages_apart(spine.page_folders)
    return spine


def _spine(schemas: Mapping[str, Json]) -> Spine:
    common: Json = schemas["comun"]["$defs"]
    known: dict[str, Json] = {}
    sections = [_section(name, schema, common, known) for name, schema in schemas.items() if name not in PIECES]
    sections.sort(key=lambda section: (section.order, section.name))
    declaration = _section(_NOT_APPLICABLE, common[_NOT_APPLICABLE], common, known)
    return Spine({section.name: section for section in sections}, declaration)


def _section(name: str, schema: Json, common: Json, known: dict[str, Json]) -> Section:
    return Section(name, _inline(schema, common, known))


def _schemas(folder: Path) -> dict[str, Json]:
    return {path.name.removesuffix(_ENDING): _json(path) for path in sorted(folder.glob(f"*{_ENDING}"))}


def _json(path: Path) -> Json:
    try:
        data: Json = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as problem:
        raise CannotGoOn(
            f"No se puede leer el esquema «{path.name}»: {problem}",
            "Corrija el archivo; schema/README.md dice cómo se escribe uno.",
        ) from problem
    return data


def _inline(node: Any, common: Json, known: dict[str, Json]) -> Any:
    """The schema with each reference replaced by what it names; words beside it win.

    ``known`` keeps what was replaced once, for most of some thousand references name one of twenty things.
    """
    if isinstance(node, list):
        return [_inline(child, common, known) for child in node]
    if not isinstance(node, dict):
        return node
    here = {
        key: _inline(child, common, known) if isinstance(child, dict | list) else child
        for key, child in node.items()
        if key != "$ref"
    }
    if "$ref" not in node:
        return here
    name = str(node["$ref"]).rpartition("/")[2]
    if name not in common:
        raise CannotGoOn(
            f"Un esquema se refiere a «{node['$ref']}», que no existe.",
            "Los nombres que valen están en schema/comun.schema.json, en «$defs».",
        )
    if name not in known:
        known[name] = _inline(common[name], common, known)
    return {**known[name], **here}
