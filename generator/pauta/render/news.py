"""What each version brought, as its pages, its message and the feed tell it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup

from pauta.compare import Change, Kind, Level
from pauta.compare.records import SECTION, covers, records_of
from pauta.compare.steps import Step, step_between
from pauta.model import Entity, Manual
from pauta.model.editions import Edition, number_of
from pauta.render.page import Page
from pauta.render.record import Record


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A change, and the record of why it was decided, if there is one."""

    change: Change
    record: Entity | None

    @property
    def told(self) -> bool:
        """Whether before and now say more than that a whole thing came or went."""
        return bool(self.change.path)

    @property
    def since(self) -> str | None:
        """The day from which it holds, when its record says it."""
        return str(self.record["vigente_desde"]) if self.record else None

    def to_do(self, role: str | None = None) -> str:
        """What its record says is to be done, by a role or by anybody; empty when it does not say."""
        if self.record is None:
            return ""
        own = [each["que_hacer"] for each in self.record.get("instrucciones", ()) if each["rol"] == role]
        return " ".join([*filter(None, [self.record.get("que_hacer", "")]), *own])


@dataclass(frozen=True, slots=True, eq=False)
class News:
    """What a version brought."""

    step: Step
    items: tuple[Item, ...]
    wording: int
    """How many more changes were only of wording."""

    @property
    def version(self) -> str:
        """The version that brought it."""
        return self.step.edition.version

    @property
    def page(self) -> str:
        """Its page."""
        return f"novedades/{self.version}.html"

    @property
    def text_file(self) -> str:
        """The file with the message to send."""
        return f"novedades/{self.version}.txt"

    @property
    def decided(self) -> list[tuple[Entity, list[Item]]]:
        """The records of decisions, each with its changes."""
        records = dict.fromkeys(item.record for item in self.items if item.record)
        return [(record, [item for item in self.items if item.record is record]) for record in records]

    @property
    def others(self) -> list[tuple[str, list[Item]]]:
        """The changes without a record, by section."""
        rest = [item for item in self.items if item.record is None]
        return [(name, list(group)) for name, group in groupby(_by_section(rest), key=_section)]

    def of_role(self, role: Entity) -> list[Item]:
        """What concerns a role."""
        return [item for item in self.items if role.id in item.change.roles]

    def must_sign(self, role: Entity) -> bool:
        """Whether a role must read and sign again."""
        return role.id in self.step.readers

    def count(self, level: str) -> int:
        """How many changes have a level."""
        return sum(item.change.level == level for item in self.items)


def _section(item: Item) -> str:
    return item.change.section


def _by_section(items: Iterable[Item]) -> list[Item]:
    """Changes with those of a section together, sections in the order in which they first come."""
    order = {name: position for position, name in enumerate(dict.fromkeys(map(_section, items)))}
    return sorted(items, key=lambda item: order[_section(item)])


def news_of(manual: Manual, record: Record) -> list[News]:
    """What each version brought, the newest first; nothing without a history."""
    return [_news(manual, step) for step in (*_own_step(manual, record), *record.steps)]


def _own_step(manual: Manual, record: Record) -> Iterator[Step]:
    """The step to the manual at hand, when it says that it is a later version than the last one."""
    if record.last is None:
        return
    previous, before = record.last
    data = manual.parts["manual"].data
    edition = Edition(data["version"], date.fromisoformat(data["vigente_desde"]))
    if (number_of(edition.version) or (0, 0, 0)) > (number_of(previous.version) or (0, 0, 0)):
        yield step_between(previous, before, edition, manual)


def _news(manual: Manual, step: Step) -> News:
    records = records_of(manual, step.edition.version)
    told = [change for change in step.changes if change.section != SECTION]
    items = tuple(_item(manual, records, change) for change in told if change.level is not Level.PATCH)
    wording = sum(change.level is Level.PATCH and change.kind is Kind.REWORDED for change in told)
    return News(step, items, wording)


def _item(manual: Manual, records: Sequence[Entity], change: Change) -> Item:
    return Item(change, next((record for record in records if covers(record, change, manual)), None))


# --- how a change is shown -------------------------------------------------------------------------


_MARKS = {
    Kind.ADDED: ("neutro", "Nuevo"),
    Kind.REMOVED: ("aviso", "Ya no está"),
    Kind.TIGHTENED: ("bien", "▲ Se promete más"),
    Kind.LOOSENED: ("aviso", "▼ Se promete menos"),
    Kind.RAISED: ("neutro", "Sube"),
    Kind.LOWERED: ("neutro", "Baja"),
    Kind.RENAMED: ("neutro", "Cambia de nombre"),
}


def mark(change: Change) -> tuple[str, str]:
    """The kind and the text of the chip of a change."""
    return _MARKS.get(change.kind, ("neutro", "Cambia"))


def covered(page: Page, target: Mapping[str, str]) -> Markup:
    """A part of the manual that a record says it covers, with a link to it."""
    manual, section = page.site.manual, target["seccion"]
    if section not in manual.spine.sections:
        return Markup("{}").format(section)
    thing = manual.find(target.get("coleccion", ""), target.get("elemento", ""))
    shown = page.link(thing) if thing else _link(page, section, target.get("elemento", ""))
    described = thing.field if thing else manual.spine.sections[section].root
    field = described.children.get(target.get("campo", ""))
    return Markup("{}: {}").format(shown, field.title) if field else shown


def _link(page: Page, section: str, element: str) -> Markup:
    title = page.site.manual.spine.sections[section].title
    shown = page.link_section(section) if section in page.site.manual.parts else Markup("{}").format(title)
    return Markup("{} ({})").format(shown, element) if element else shown
