"""How a checklist reads the manual: values as lines of text, and where a point comes from."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pauta.checklists.model import Reminder, Source
from pauta.model import Entity, Manual
from pauta.model.manual import Data
from pauta.spine import Field


def details(manual: Manual, field: Field, data: Data, *names: str) -> tuple[str, ...]:
    """«Plazo: 30 minutos» for each of the named fields that has a value, labelled as its schema says."""
    return tuple(
        f"{field.children[name].title}: {readable(manual, field.children[name], data[name])}"
        for name in names
        if name in field.children and name in data
    )


def readable(manual: Manual, field: Field, value: Any) -> str:
    """A value on one line: names instead of ids, labels instead of codes, a list with semicolons."""
    if isinstance(value, list) and field.item is not None:
        return "; ".join(readable(manual, field.item, element) for element in value)
    if field.reference:
        return named(manual, field.reference, value)
    return " ".join(str(field.labels.get(str(value), value)).split())


def named(manual: Manual, collection: str, target: object) -> str:
    """What people read for an id; the id itself when nothing has it, nothing when there is none."""
    if not isinstance(target, str):
        return ""
    entity = manual.find(collection, target)
    return manual.title(entity) if entity is not None else target


def reminders(field: Field, data: Data, *names: str) -> tuple[Reminder, ...]:
    """The lists of texts among the named fields, each under its title."""
    return tuple(
        Reminder(field.children[name].title, tuple(str(line) for line in data[name]))
        for name in names
        if name in field.children and data.get(name)
    )


def from_entity(entity: Entity, title: str) -> Source:
    """The source of a point that an entity is."""
    return Source(title, entity.section, entity.key, entity.at())


def from_section(manual: Manual, section: str, *path: str) -> Source:
    """The source of a point that a section, or one of its fields, is."""
    part = manual.parts.get(section)
    field = manual.spine.sections[section].root.at(path) if path else None
    title = manual.spine.sections[section].title
    return Source(f"{title}: {field.title}" if field else title, section, None, part.at(*path) if part else None)


def inside(manual: Manual, collection: str) -> Mapping[str, list[Entity]]:
    """The entities of a collection by the id of the entity in which each is written."""
    found: dict[str, list[Entity]] = defaultdict(list)
    for entity in manual.all(collection):
        if entity.parent is not None:
            found[entity.parent.id].append(entity)
    return found


def object_at(manual: Manual, section: str, name: str) -> tuple[Field, Data] | None:
    """The field and the value of one object of a section, if the section can be relied on and has it."""
    part = manual.parts.get(section)
    if part is None or not manual.sound(section) or not isinstance(part.data.get(name), dict):
        return None
    return part.schema.root.children[name], part.data[name]
