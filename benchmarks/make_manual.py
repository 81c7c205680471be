"""Make a valid manual of N services, in the proportions of the reference manual.

It is the reference manual with more services. Each further one is a copy of a reference service
with names and texts of its own (definition, offer, communication, cost, cycle, moments and quality), and
every 25 of them share a copy of the indicators, resources, stock, capacities and roles. Agreements,
findings and scenarios are those of the reference manual, and name the further services too. The same N
always gives the same bytes, and ``pauta check`` finds nothing in it.
"""

import argparse
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from pauta.model import Entity, Manual
from pauta.pipeline import Project, check_project
from pauta.spine import Field

ROOT = Path(__file__).resolve().parent.parent
GROUP = 25
"""Services that share what a group has."""

OF_A_GROUP = ("indicadores", "recursos", "inventarios", "capacidad", "roles")
OF_A_SERVICE = ("oferta", "comunicacion", "costo")
"""Sections with one entry a service; always folders of files."""

LIVED = {"momentos": ("momentos", "ciclos"), "protocolos": ("caracteristicas", "calidad")}
"""Sections with lists that have entries for each service; always folders of files."""
NAMING = {"ans": "servicios", "estrategia": "servicios", "diagnostico": "servicios", "evaluacion": "momentos"}
"""Sections whose lists name all services, or all moments, and are not copied."""

_SERVICES = "nomenclatura"
_TOLD = "cultura"
"""The section that says who was told of the manual and who was trained."""
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of some entities of the reference manual."""

    mark: str
    """What its ids end in, and what tells its texts from those of other copies."""
    names: Mapping[_Key, tuple[str, ...]]
    """Collection and id -> the ids that stand for it in the copy."""

    def of(self, field: Field, value: Any) -> Any:
        """A value as the copy says it."""
        if isinstance(value, dict):
            return {name: self.of(field.children[name], child) for name, child in value.items()}
        if isinstance(value, list) and field.item is not None:
            return self._list(field.item, value)
        return self._text(field, value) if isinstance(value, str) else value

    def _list(self, item: Field, elements: Sequence[Any]) -> list[Any]:
        if item.reference == "servicios":
            return [name for each in elements for name in self._named(item, each)]
        return [self.of(item, each) for each in elements]

    def _text(self, field: Field, text: str) -> str:
        if field.reference:
            return self._named(field, text)[0]
        if field.name == "id":
            return f"{text}_{self.mark}"
        again = text if field.type or field.labels else self._prose(field, text)
        return again if re.search(field.schema.get("pattern", ""), again) else text

    def _named(self, field: Field, name: str) -> tuple[str, ...]:
        return self.names.get((field.reference or "", name), (name,))

    def _prose(self, field: Field, text: str) -> str:
        if field.is_long_text:
            return f"{text.rstrip()}\n\nVale para la sede {self.mark}.\n"
        ending = f" (sede {self.mark})"
        room = int(field.schema["maxLength"]) - len(ending)
        return (text if len(text) <= room else text[:room].rpartition(" ")[0]) + ending


@dataclass(frozen=True, slots=True)
class Group:
    """Services and what they share."""

    shared: Copy
    services: tuple[tuple[Entity, Copy], ...]
    """Each with the reference service that it is a copy of."""


def make_manual(folder: Path, services: int, *, split: bool = False) -> None:
    """Write a project of so many offered services in ``folder``, which must not be there yet.

    The sections with entries for each service have a file for each if ``split``, else for each group.
    """
    reference = check_project(Project(ROOT), today=date.today()).manual  # noqa: DTZ011 - dates are copied
    groups = list(_groups(reference, services))
    made = (*OF_A_GROUP, *OF_A_SERVICE, *LIVED, *NAMING, _SERVICES, _TOLD)
    shutil.copytree(
        ROOT / "manual", folder / "manual", ignore=shutil.ignore_patterns(*made, *(f"{n}.yml" for n in made))
    )
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    (folder / "site" / "contenido").mkdir(parents=True)
    for section in OF_A_GROUP:
        _write_shared(folder / "manual", reference, section, groups)
    _write_services(folder / "manual", reference, groups)
    for section in OF_A_SERVICE:
        _write_entries(folder / "manual", reference, section, groups, split=split)
    for section in LIVED:
        _write_lived(folder / "manual" / section, reference, section, groups, split=split)
    for section, collection in NAMING.items():
        part = reference.parts[section]
        named = _named_too(reference, collection, groups)
        _write(folder / "manual" / f"{section}.yml", _widened(part.schema.root, part.data, collection, named))
    _write_told(folder / "manual", reference, groups)


def _groups(reference: Manual, services: int) -> Iterator[Group]:
    originals = list(reference.services())
    if services < len(originals):
        message = f"the reference manual has {len(originals)} services already"
        raise SystemExit(message)
    more = [(str(number + 1), originals[number % len(originals)]) for number in range(services - len(originals))]
    for number, start in enumerate(range(0, len(more), GROUP), 1):
        yield _group(reference, f"g{number}", more[start : start + GROUP])


def _group(reference: Manual, mark: str, members: Sequence[tuple[str, Entity]]) -> Group:
    shared = {entity.key: (f"{entity.id}_{mark}",) for name in OF_A_GROUP for entity in _copied(reference, name)}
    own: dict[_Key, tuple[str, ...]] = {}
    for number, original in members:
        own[original.key] = (*own.get(original.key, ()), f"{original.id}_{number}")
    copies = (
        (original, Copy(number, {**shared, original.key: (f"{original.id}_{number}",)})) for number, original in members
    )
    return Group(Copy(mark, {**shared, **own}), tuple(copies))


def _copied(reference: Manual, section: str) -> Iterator[Entity]:
    """What each group has of its own in a section; of the roles, only those that do the work."""
    doers = {step["hace"] for offer in reference.all("ofertas") for step in offer["pasos"]}
    doers.update(role for capacity in reference.all("capacidades") for role in capacity.get("roles", ()))
    for collection, (home, _) in reference.spine.collections.items():
        if home.name == section:
            yield from (entity for entity in reference.all(collection) if collection != "roles" or entity.id in doers)


def _write_shared(folder: Path, reference: Manual, section: str, groups: Sequence[Group]) -> None:
    data = dict(reference.parts[section].data)
    for group in groups:
        for entity in _copied(reference, section):
            data[entity.collection] = [*data[entity.collection], group.shared.of(entity.field, entity.data)]
    _write(folder / f"{section}.yml", data)


def _write_services(folder: Path, reference: Manual, groups: Sequence[Group]) -> None:
    data = dict(reference.parts[_SERVICES].data)
    added = [copy.of(original.field, original.data) for group in groups for original, copy in group.services]
    _write(folder / f"{_SERVICES}.yml", {**data, "servicios": [*data["servicios"], *added]})


def _write_entries(folder: Path, reference: Manual, section: str, groups: Sequence[Group], *, split: bool) -> None:
    """A file for what the section says of itself, and one for each service or group of services."""
    data = reference.parts[section].data
    collection = next(name for name, (home, _) in reference.spine.collections.items() if home.name == section)
    place = folder / section
    _write(place / "_control.yml", {name: value for name, value in data.items() if name != collection})
    reference_entries = {str(entry["servicio"]): entry for entry in data[collection]}
    files = [(f"referencia_{name}", [entry]) for name, entry in reference_entries.items()]
    for group in groups:
        entries = [
            (
                f"{original.id}_{copy.mark}",
                copy.of(reference.spine.collections[collection][1], reference_entries[original.id]),
            )
            for original, copy in group.services
        ]
        files += (
            [(name, [entry]) for name, entry in entries] if split else [(group.shared.mark, [e for _, e in entries])]
        )
    for name, written in files:
        _write(place / f"{name}.yml", {collection: written})


def _lived(reference: Manual, service: str) -> tuple[Entity, tuple[str, ...]]:
    """The cycle of a service, and the names of its moments."""
    cycle = next(cycle for cycle in reference.all("ciclos") if cycle["servicio"] == service)
    return cycle, tuple(cycle["momentos"])


def _experience(reference: Manual, original: Entity, mark: str) -> Copy:
    """A copy of what customers live in a service, with the roles and indicators of the reference manual."""
    cycle, moments = _lived(reference, original.id)
    keys = [original.key, cycle.key, *(("momentos", name) for name in moments)]
    return Copy(mark, {(collection, name): (f"{name}_{mark}",) for collection, name in keys})


def _write_lived(place: Path, reference: Manual, section: str, groups: Sequence[Group], *, split: bool) -> None:
    """A file for what the section says of all services, and one for each service or group of services."""
    data, lists = reference.parts[section].data, LIVED[section]
    _write(place / "_control.yml", {name: value for name, value in data.items() if name not in lists})
    _write(place / "referencia.yml", {name: data[name] for name in lists})
    for group in groups:
        each = [(service, _experienced(reference, section, *service)) for service in group.services]
        for (original, copy), written in each if split else ():
            _write(place / f"{original.id}_{copy.mark}.yml", written)
        if not split:
            _write(place / f"{group.shared.mark}.yml", {n: [e for _, one in each for e in one[n]] for n in lists})


def _experienced(reference: Manual, section: str, original: Entity, copy: Copy) -> dict[str, list[Any]]:
    """What a section says of a service, as its copy says it."""
    part, experience = reference.parts[section], _experience(reference, original, copy.mark)
    written: dict[str, list[Any]] = {}
    for name in LIVED[section]:
        field = part.schema.root.children[name]
        written[name] = experience.of(field, [one for one in part.data[name] if _is_of(reference, original.id, one)])
    return written


def _is_of(reference: Manual, service: str, entry: Mapping[str, Any]) -> bool:
    return entry["servicio"] == service if "servicio" in entry else entry["id"] in _lived(reference, service)[1]


def _named_too(reference: Manual, collection: str, groups: Sequence[Group]) -> Mapping[str, list[str]]:
    """Name -> the names of its copies, of services or of moments."""
    named: dict[str, list[str]] = {}
    for original, copy in (one for group in groups for one in group.services):
        for (kind, name), (again,) in _experience(reference, original, copy.mark).names.items():
            if kind == collection:
                named.setdefault(name, []).append(again)
    return named


def _widened(field: Field, value: Any, collection: str, named: Mapping[str, list[str]]) -> Any:
    """A value whose lists of a collection also name the copies."""
    if isinstance(value, dict):
        return {name: _widened(field.children[name], child, collection, named) for name, child in value.items()}
    if not isinstance(value, list) or field.item is None:
        return value
    if field.item.reference == collection:
        return [*value, *(again for name in value for again in named.get(name, ()))]
    return [_widened(field.item, child, collection, named) for child in value]


def _write_told(folder: Path, reference: Manual, groups: Sequence[Group]) -> None:
    """Who was told of the manual, with the roles that are copies, and what trainings are for."""
    part = reference.parts[_TOLD]
    data = _widened(part.schema.root, part.data, "momentos", _named_too(reference, "momentos", groups))
    version = reference.parts["manual"].data["version"]
    told = next(one for one in data["difusiones"] if one["version"] == version)
    roles = [name for group in groups for (kind, _), (name, *_) in group.shared.names.items() if kind == "roles"]
    kept = {name: value for name, value in told.items() if name != "acuses"}
    again = {**kept, "id": f"{told['id']}_copias", "cambios": "Los mismos.", "medio": "Reunión", "audiencia": roles}
    more = [{**again, "acuse_requerido": False}] if roles else []
    _write(folder / f"{_TOLD}.yml", {**data, "difusiones": [*data["difusiones"], *more]})


class _Dumper(yaml.CSafeDumper):
    """Writes paragraphs as people do, with the sign | and one line each."""


def _represent_text(dumper: _Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)


def _write(path: Path, data: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(dict(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path, help="a folder that does not exist yet")
    words.add_argument("services", type=int, help="how many services the company offers")
    words.add_argument("--split", action="store_true", help="one file a service, where else there is one a group of 25")
    chosen = words.parse_args()
    make_manual(chosen.folder, chosen.services, split=chosen.split)


if __name__ == "__main__":
    main()
