"""The register of changes of a manual: which record of «cambios» covers which change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pauta.compare.model import Change
from pauta.findings import Location
from pauta.model import Entity, Manual
from pauta.quantities.durations import parse_date

SECTION = "cambios"


@dataclass(frozen=True, slots=True, eq=False)
class Exemption:
    """A change that passes without a record, for a time."""

    fingerprint: str
    reason: str
    until: date
    place: Location


def records_of(manual: Manual, version: str | None = None) -> list[Entity]:
    """The records of a manual; of those for one version, when it is given."""
    return [each for each in manual.all("cambios") if version is None or each["version"] == version]


def exemptions_of(manual: Manual) -> list[Exemption]:
    """The exemptions that a manual declares and that are well written."""
    part = manual.parts.get(SECTION)
    if part is None or not part.sound or not manual.applies(SECTION):
        return []
    return [
        _exemption(part.at("exenciones", i, "huella"), each) for i, each in enumerate(part.data.get("exenciones", ()))
    ]


def _exemption(place: Location, data: Mapping[str, Any]) -> Exemption:
    return Exemption(data["huella"], data["motivo"], parse_date(data["vence_el"]), place)


def covers(record: Entity, change: Change, *manuals: Manual) -> bool:
    """Whether a record is about a change: by its fingerprint, or because it names the part that changed.

    The manuals, the later first, tell inside what a thing stands.
    """
    if change.fingerprint in record.get("huellas", ()):
        return True
    return any(_is_at(target, change, manuals) for target in record.get("cubre", ()))


def _is_at(target: Mapping[str, Any], change: Change, manuals: tuple[Manual, ...]) -> bool:
    if target["seccion"] != change.section:
        return False
    if "coleccion" in target or "elemento" in target:
        return any(
            target.get("coleccion", collection) == collection
            and target.get("elemento", name) == name
            and ("campo" not in target or fields[:1] == (target["campo"],))
            for (collection, name), fields in _around(change, manuals)
        )
    return "campo" not in target or _from_the_section(change, manuals)[:1] == (target["campo"],)


def _around(change: Change, manuals: tuple[Manual, ...]) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """The thing that changed and those that hold it, each with the fields that lead from it to the change."""
    if change.key is None:
        return
    yield change.key, change.path
    thing = _thing(change, manuals)
    while thing is not None and thing.parent is not None:
        inside = thing.path[len(thing.parent.path) :]
        yield thing.parent.key, tuple(step for step in inside if isinstance(step, str))
        thing = thing.parent


def _from_the_section(change: Change, manuals: tuple[Manual, ...]) -> tuple[str, ...]:
    thing = _thing(change, manuals)
    return tuple(step for step in thing.path if isinstance(step, str)) if thing else change.path


def _thing(change: Change, manuals: tuple[Manual, ...]) -> Entity | None:
    if change.key is None:
        return None
    found = (manual.find(*change.key) for manual in manuals)
    return next((thing for thing in found if thing is not None), None)
