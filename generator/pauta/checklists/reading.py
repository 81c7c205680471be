"""How a checklist reads the manual: values as lines of text, and where a point comes from."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date

from pauta.checklists.model import Reminder, Source
from pauta.model import Entity, Manual
from pauta.model.manual import Data
from pauta.quantities.measures import parse_measure
from pauta.spine import Field


def details(manual: Manual, field: Field, data: Data, *names: str) -> tuple[str, ...]:
    """«Plazo: 30 minutos» for each of the named fields that has a value, labelled as its schema says."""
    return tuple(f"{title}: {value}" for title, value in facts(manual, field, data, *names))


def facts(manual: Manual, field: Field, data: Data, *names: str) -> tuple[tuple[str, str], ...]:
    """The title and the value of each of the named fields that has one."""
    return tuple(
        (field.children[name].title, readable(manual, field.children[name], data[name]))
        for name in names
        if name in field.children and name in data
    )


def readable(manual: Manual, field: Field, value: Any) -> str:
    """A value on one line: names instead of ids, labels instead of codes, dates in words, a list with semicolons."""
    if isinstance(value, list) and field.item is not None:
        return "; ".join(readable(manual, field.item, element) for element in value)
    if field.reference:
        return named(manual, field.reference, value)
    if field.type == "fecha":
        return long_date(date.fromisoformat(value))
    return " ".join(str(field.labels.get(str(value), value)).split())


def long_date(day: date) -> str:
    """«21 de noviembre de 2026»."""
    return str(format_date(day, "long", locale="es"))


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


def told(field: Field, data: Data, name: str) -> tuple[Reminder, ...]:
    """A text of one or more paragraphs under its title, or nothing when it is not written."""
    paragraphs = re.split(r"\n\s*\n", str(data.get(name, "")).strip())
    lines = tuple(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph)
    return (Reminder(field.children[name].title, lines),) if lines else ()


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


def percentage(data: Data, name: str) -> Decimal | None:
    """The number of a field that is a percentage, if it has a value."""
    return parse_measure(data[name]).value if name in data else None


def in_code(id_: str) -> str:
    """An id as the code of a list shows it."""
    return id_.upper().replace("_", "-")


def object_at(manual: Manual, section: str, name: str) -> tuple[Field, Data] | None:
    """The field and the value of one object of a section, if the section can be relied on and has it."""
    part = manual.parts.get(section)
    if part is None or not manual.sound(section) or not isinstance(part.data.get(name), dict):
        return None
    return part.schema.root.children[name], part.data[name]
