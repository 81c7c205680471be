"""What each version brought, as pages, a feed and a message tell it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from babel.core import Locale
from markupsafe import Markup

from pauta.compare import Affected, Change, Kind, Level
from pauta.compare.must_know import Point, fingerprint, must_know
from pauta.compare.records import SECTION, covers, records_of
from pauta.compare.steps import Step, step_between
from pauta.model import Entity, Manual
from pauta.model.editions import Edition, number_of
from pauta.render.formats import long_date
from pauta.render.page import Page
from pauta.render.record import Record

FEED = "novedades/feed.xml"
_MOST_TOLD = 40
"""How many changes a message to send tells; nobody reads more, and the page has them all."""
_LONGEST_TOLD = 240


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


def affected(change: Change) -> str:
    """Whom a change affects, in words."""
    names = {
        Affected.CUSTOMER: "el cliente",
        Affected.ROLE: "el puesto",
        Affected.SUPPLIER: "el proveedor",
        Affected.COST: "el costo",
    }
    return ", ".join(names[each] for each in change.affects)


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


# --- a message to send, and a feed ------------------------------------------------------------------


def message(manual: Manual, news: News, locale: Locale) -> str:
    """The news as plain text, to send by mail or by a chat."""
    identity = manual.parts["manual"].data
    since = long_date(news.step.edition.since.isoformat(), locale)
    lines = [
        f"{identity['titulo']} · {identity['empresa']['nombre']}",
        f"Novedades de la versión {news.version}, vigente desde el {since}",
        "",
    ]
    for record, items in news.decided:
        lines += [*_decision(record, items, locale), ""]
    rest = [item for item in news.items if item.record is None]
    for item in rest[:_MOST_TOLD]:
        lines += [*_told(item), ""]
    left = len(rest) - _MOST_TOLD
    if left > 0:
        lines += [f"Y {left} más, en la página de novedades del manual.", ""]
    if not news.items:
        lines += ["Solo cambia la redacción.", ""]
    lines.append("Lo que cambió para cada puesto está en su página de novedades.")
    return "\n".join(lines) + "\n"


def _decision(record: Entity, items: Iterable[Item], locale: Locale) -> Iterator[str]:
    yield flat(record["nombre"]).upper()
    for item in items:
        yield from _told(item)
    yield f"Por qué: {flat(record['motivo'])}"
    yield f"Rige desde: {long_date(record['vigente_desde'], locale)}"
    if record.get("que_hacer"):
        yield f"Qué hacer: {flat(record['que_hacer'])}"


def _told(item: Item) -> Iterator[str]:
    change = item.change
    yield f"- {flat(change.sentence)}"
    if item.told and change.before is not None:
        yield f"  Antes: {_cut(change.before)}"
    if item.told and change.after is not None:
        yield f"  Ahora: {_cut(change.after)}"


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def _cut(text: str) -> str:
    whole = flat(text)
    return whole if len(whole) <= _LONGEST_TOLD else whole[:_LONGEST_TOLD].rpartition(" ")[0].rstrip(",.;:") + "…"


_FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es">
  <id>{id}</id>
  <title>{title}</title>
  <updated>{updated}</updated>
  <author><name>{author}</name></author>
  <link rel="self" href="feed.xml"/>
  <link rel="alternate" type="text/html" href="index.html"/>
{entries}</feed>
"""
_ENTRY = """  <entry>
    <id>{id}</id>
    <title>{title}</title>
    <updated>{updated}</updated>
    <link rel="alternate" type="text/html" href={link}/>
    <content type="text">{content}</content>
  </entry>
"""


def feed(manual: Manual, news: Sequence[News], locale: Locale) -> str:
    """The news as an Atom feed (RFC 4287): the same bytes for the same history."""
    identity = manual.parts["manual"].data
    owner = f"pauta:{identity['empresa']['nombre']}:{identity['titulo']}"
    entries = [
        _ENTRY.format(
            id=_name(f"{owner}:{each.version}"),
            title=_xml(f"Novedades de la versión {each.version}"),
            updated=_moment(each),
            link=quoteattr(quote(f"{each.version}.html")),
            content=_xml(message(manual, each, locale)),
        )
        for each in news
    ]
    return _FEED.format(
        id=_name(owner),
        title=_xml(f"Novedades: {identity['titulo']} · {identity['empresa']['nombre']}"),
        updated=max(map(_moment, news)),
        author=_xml(identity["empresa"]["nombre"]),
        entries="".join(entries),
    )


def files_of(manual: Manual, news: Sequence[News], locale: Locale) -> dict[str, str]:
    """The files that go with the pages: a message for each version, and the feed."""
    if not news:
        return {}
    messages = {each.text_file: message(manual, each, locale) for each in news}
    return {**messages, FEED: feed(manual, news, locale)}


def _name(text: str) -> str:
    return uuid5(NAMESPACE_URL, text).urn


def _moment(news: News) -> str:
    return f"{news.step.edition.since.isoformat()}T00:00:00Z"


def _xml(text: str) -> str:
    """A text for XML, which admits no controls but line breaks and tabs."""
    return escape("".join(c if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in text))


# --- what a role signs ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What a role must know, to be signed."""

    fingerprint: str
    sections: list[tuple[str, list[tuple[Entity | None, list[Point]]]]]
    """Section -> things, or the section itself, with what is to be known of each."""
    lines: int
    """How many people can sign it."""


_FEWEST_LINES, _MOST_LINES = 3, 40


def sheet_of(manual: Manual, role: Entity) -> Sheet:
    """The sheet that a role signs."""
    points = must_know(manual, role)
    by_section = groupby(points, key=lambda point: point.section)
    sections = [
        (name, [(thing, list(some)) for thing, some in groupby(group, key=lambda point: point.entity)])
        for name, group in by_section
    ]
    lines = min(max(role.get("personas", 0), _FEWEST_LINES), _MOST_LINES)
    return Sheet(fingerprint(role, points), sections, lines)
