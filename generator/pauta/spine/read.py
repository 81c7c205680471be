"""Schema files -> the spine."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pauta.findings import CannotGoOn
from pauta.spine.field import Field, make_field

_ENDING = ".schema.json"
_NOT_SECTIONS = frozenset({"comun", "vocabulario"})
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
        for section in self.sections.values():
            for _, field in section.root.walk():
                if field.collection and field.item and field.collection not in found:
                    found[field.collection] = (section, field.item)
        return found

    @cached_property
    def keys(self) -> dict[str, str]:
        """Each collection with the field that identifies its entities: «id», or what x-clave says."""
        return {
            field.collection: field.key
            for section in self.sections.values()
            for _, field in section.root.walk()
            if field.collection
        }

    @cached_property
    def identified_by(self) -> dict[str, str]:
        """Collections whose entities are about an entity of another: ofertas -> servicios."""
        found: dict[str, str] = {}
        for name, (_, item) in self.collections.items():
            key = item.children.get(self.keys[name])
            if key is not None and key.reference:
                found[name] = key.reference
        return found


def read_spine(*folders: Path) -> Spine:
    """The spine of the schemas in some folders; a file in a later folder replaces its namesake.

    Raises CannotGoOn when a schema is not JSON, names a definition that is not there, or uses a
    word outside the vocabulary.
    """
    files = {path.name.removesuffix(_ENDING): path for folder in folders for path in _schemas(folder)}
    raw = {name: _json(path) for name, path in files.items()}
    _refuse_unknown_words(raw, (name for name, path in files.items() if path.parent != folders[0]))
    common = raw["comun"]["$defs"]
    sections = [Section(name, _inline(raw[name], common)) for name in raw if name not in _NOT_SECTIONS]
    sections.sort(key=lambda section: (section.order, section.name))
    return Spine(
        {section.name: section for section in sections},
        Section(_NOT_APPLICABLE, _inline(common[_NOT_APPLICABLE], common)),
    )


def _schemas(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{_ENDING}")) if folder.is_dir() else []


def _json(path: Path) -> Json:
    try:
        data: Json = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise CannotGoOn(
            f"No se puede leer el esquema «{path.name}»: {problem}",
            "Corrija el archivo; schema/README.md dice cómo se escribe uno.",
        ) from problem
    return data


def _inline(node: Any, common: Json) -> Any:
    """The schema with each reference replaced by what it names; words beside it win."""
    if isinstance(node, list):
        return [_inline(child, common) for child in node]
    if not isinstance(node, dict):
        return node
    here = {key: _inline(child, common) for key, child in node.items() if key != "$ref"}
    if "$ref" not in node:
        return here
    name = str(node["$ref"]).rpartition("/")[2]
    if name not in common:
        raise CannotGoOn(
            f"Un esquema se refiere a «{node['$ref']}», que no existe.",
            "Los nombres que valen están en schema/comun.schema.json, en «$defs».",
        )
    return {**_inline(common[name], common), **here}


def _refuse_unknown_words(raw: Mapping[str, Json], names: Iterable[str]) -> None:
    """Hold the schemas of a company to the vocabulary; ours are held to it by a test."""
    to_check = [name for name in names if name not in _NOT_SECTIONS]
    if not to_check:
        return
    from jsonschema_rs import Draft202012Validator  # noqa: PLC0415 - only with schemas of one's own

    vocabulary = Draft202012Validator(raw["vocabulario"])
    for name in to_check:
        for problem in vocabulary.iter_errors(raw[name]):
            where = "/".join(str(step) for step in problem.instance_path)
            raise CannotGoOn(
                f"El esquema «{name}{_ENDING}» no sigue el vocabulario en «{where}»: {problem.message}",
                "schema/README.md dice qué palabras puede usar un esquema.",
            )
