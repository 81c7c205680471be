"""What a template may ask of the page it writes: links, values shown, places in the YAML."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from babel.core import Locale
from markupsafe import Markup, escape

from pauta.findings import Location
from pauta.model import Entity, Manual, Reference
from pauta.render import formats, places
from pauta.render.audience import hidden
from pauta.render.columns import NUMERIC, fit_in_rows, is_brief
from pauta.render.glossary import Glossary
from pauta.render.hours import group_days, readable_hours
from pauta.render.html import join, paragraphs, tag
from pauta.spine import Field, Kind

_RESERVED = Markup('<span class="pt-chip pt-chip--reservado">Reservado</span>')
_FEWEST_FACTS = 3
_LONGEST_NAME = 48  # longer ones are sentences, and read better one below the other


@dataclass(frozen=True, eq=False)
class Site:
    """What all pages share."""

    manual: Manual
    glossary: Glossary
    locale: Locale
    audience: str
    """The most reserved level that this site shows: publico, interno or confidencial."""

    def may_show(self, field_: Field) -> bool:
        """Whether the readers of this site may read a field."""
        return not hidden(field_, self.audience)


@dataclass(frozen=True, eq=False)
class Page:
    """One page being written; ``path`` is its address from the root of the site."""

    site: Site
    path: str
    explained: set[str] = field(default_factory=set)
    """Terms of the glossary that this page has already linked."""

    # --- links -------------------------------------------------------------------------------

    def url(self, target: str, anchor: str = "") -> str:
        """The address of another page of the site as seen from this one."""
        return places.relative(self.path, target, anchor)

    def url_of(self, entity: Entity) -> str:
        """The address of an entity."""
        return self.url(*places.page_of(self.site.manual, entity))

    def link(self, entity: Entity, text: str | None = None) -> Markup:
        """A link to an entity, with its name."""
        return tag("a", text or self.site.manual.title(entity), href=self.url_of(entity))

    def link_section(self, section: str, text: str | None = None) -> Markup:
        """A link to the page of a section."""
        title = text or self.site.manual.spine.sections[section].title
        return tag("a", title, href=self.url(places.section_page(section)))

    def reference(self, collection: str, target: str) -> Markup:
        """A link to the entity that a reference names."""
        entity = self.site.manual.find(collection, target)
        return self.link(entity) if entity else escape(target)

    def source(self, location: Location) -> Markup:
        """A link to the line of the YAML that something comes from."""
        address = self.url(places.source_page(location.path), f"L{location.line}")
        return tag("a", f"{location.path}, línea {location.line}", href=address)

    def source_of(self, entity: Entity) -> Markup:
        """A link to the line on which an entity begins."""
        return self.source(entity.at())

    # --- what is related ---------------------------------------------------------------------

    def mentions(self, entity: Entity) -> list[tuple[str, list[tuple[Markup, str]]]]:
        """Who names an entity: section title -> links with the field that names it."""
        found: dict[str, dict[Entity | None, tuple[Markup, str]]] = {}
        for reference in self.site.manual.to(entity):
            title = self.site.manual.spine.sections[reference.section].title
            if reference.source is not entity and reference.source not in found.get(title, ()):
                found.setdefault(title, {})[reference.source] = self._mention(reference), reference.field.title
        return [(title, list(links.values())) for title, links in found.items()]

    def mentions_box(self, entity: Entity) -> Markup:
        """The same as a closed box that can be opened, or nothing when nobody names it."""
        groups = self.mentions(entity)
        if not groups:
            return Markup()
        places_ = sum(len(links) for _, links in groups)
        summary = f"Se menciona en {places_} {'lugar' if places_ == 1 else 'lugares'}"
        lines = (
            tag("li", Markup("<strong>{}:</strong> {}").format(title, join((link for link, _ in links), ", ")))
            for title, links in groups
        )
        return tag("details", tag("summary", summary) + "\n" + tag("ul", join(lines, "\n")), "pt-menciones")

    def _mention(self, reference: Reference) -> Markup:
        if reference.source is None:
            return self.link_section(reference.section)
        source = reference.source
        title = self.site.manual.title(source)
        outer = source.parent
        return self.link(source, f"{self.site.manual.title(outer)}: {title}" if outer else title)

    # --- values ------------------------------------------------------------------------------

    def show(self, field_: Field, value: Any) -> Markup:
        """A value as its field says that it reads."""
        match field_.kind:
            case Kind.BOOLEAN:
                return Markup("Sí") if value else Markup("No")
            case Kind.INTEGER | Kind.NUMBER:
                return escape(formats.plain_number(value, self.site.locale))
            case Kind.OBJECT:
                return self.hours(value) if field_.type == "horario" else self.sheet(field_, value)
            case Kind.LIST:
                return self._list(field_, value)
            case Kind.TEXT:
                return self._text(field_, value)

    def field(self, entity: Entity, *names: str) -> Markup:
        """A field of an entity, shown; nothing when the manual does not say it."""
        value: Any = entity.data
        for name in names:
            value = value.get(name) if isinstance(value, Mapping) else None
        described = entity.field.at(names)
        if described is None:
            return Markup()
        if not self.site.may_show(described):
            return _RESERVED
        return Markup() if _nothing(value) else self.show(described, value)

    def plain(self, entity: Entity, name: str) -> str:
        """A text of an entity as it is, for an excerpt."""
        return str(entity.data.get(name, ""))

    def anchor_of(self, entity: Entity) -> Markup:
        """The anchor of an entity, for the end of a heading."""
        return Markup("{{#{}}}").format(places.anchor(entity))

    def anchor_url(self, entity: Entity) -> str:
        """The address of an entity that is on this same page."""
        return "#" + places.anchor(entity)

    def link_to(self, collection: str, target: str) -> Markup:
        """A link to an entity by collection and id."""
        return self.reference(collection, target)

    def _text(self, field_: Field, value: str) -> Markup:
        locale = self.site.locale
        if field_.reference:
            return self.reference(field_.reference, value)
        if field_.labels:
            return escape(field_.labels.get(value, value))
        match field_.type:
            case "dinero":
                return escape(formats.money(value, locale))
            case "cantidad" | "porcentaje" | "medida" | "duracion":
                return escape(formats.number_with_unit(value, locale))
            case "fecha":
                return tag("time", formats.long_date(value, locale), datetime=value)
            case "telefono":
                return tag("a", value, href="tel:" + value.replace(" ", "").replace("-", ""))
            case "correo":
                return tag("a", value, href="mailto:" + value)
            case "condicion":
                return tag("code", " ".join(value.split()))
        if field_.is_long_text:
            return join((tag("p", self.prose(text)) for text in paragraphs(value)), "\n")
        return self.prose(value)

    def prose(self, text: str) -> Markup:
        """A text with its glossary terms linked, each only once on a page."""
        pieces = self.site.glossary.split(" ".join(text.split()))
        return self._piece(*pieces[0]) if len(pieces) == 1 else join(self._piece(*piece) for piece in pieces)

    def _piece(self, piece: str, term: Entity | None) -> Markup:
        if term is None or term.id in self.explained:
            return escape(piece)
        self.explained.add(term.id)
        meaning = " ".join(term["definicion"].split())
        return tag("a", piece, "pt-termino", href=self.url_of(term), title=meaning)

    def script(self, text: str) -> Markup:
        """Words to say or write to the customer, with the data to fill in set apart."""
        return join((tag("p", _with_blanks(part)) for part in paragraphs(text)), "\n")

    def _list(self, field_: Field, value: Sequence[Any]) -> Markup:
        item = field_.item
        if item is None or not value:
            return Markup()
        if item.kind is Kind.OBJECT:
            return self.table(field_, value)
        shown = [self.show(item, each) for each in value]
        names = item.reference or item.labels
        if names and max(len(each.striptags()) for each in shown) <= _LONGEST_NAME:
            return join(shown, ", ")
        return tag("ul", join((tag("li", each) for each in shown), "\n"))

    def sheet(self, field_: Field, data: Mapping[str, Any], *, without: Iterable[str] = ()) -> Markup:
        """The fields that the data has, in the order of the schema: short facts side by side, then the rest."""
        shown = [
            child
            for name, child in field_.children.items()
            if name not in {"id", "nombre", *without} and self._has(child, data)
        ]
        brief = [child for child in shown if is_brief(child)]
        if len(brief) < _FEWEST_FACTS:
            return self._definitions(shown, data, "pt-ficha")
        rest = [child for child in shown if child not in brief]
        return self._definitions(brief, data, "pt-datos") + self._definitions(rest, data, "pt-ficha")

    def _definitions(self, fields: Sequence[Field], data: Mapping[str, Any], class_: str) -> Markup:
        rows = [
            tag("div", join((tag("dt", child.title), tag("dd", self._cell(child, data))), " "), _width(child))
            for child in fields
        ]
        return tag("dl", join(rows, "\n"), class_) if rows else Markup()

    def _has(self, child: Field, data: Mapping[str, Any]) -> bool:
        """Whether there is something to show: a value, or the mark that one is reserved."""
        return not _nothing(data.get(child.name)) or (child.required and not self.site.may_show(child))

    def _cell(self, child: Field, data: Mapping[str, Any]) -> Markup:
        if not self.site.may_show(child):
            return _RESERVED
        return self.show(child, data[child.name]) if self._has(child, data) else Markup("—")

    def table(self, field_: Field, rows: Sequence[Mapping[str, Any]]) -> Markup:
        """A table of a list of groups; one sheet each when they have too much to say for a row."""
        item = field_.item
        if item is None:
            return Markup()
        columns = [
            (name, child)
            for name, child in item.children.items()
            if name != "id" and any(self._has(child, row) for row in rows)
        ]
        if not fit_in_rows(columns, rows):
            return join((self._card(item, row, field_) for row in rows), "\n")
        head = join(tag("th", child.title, scope="col") for _, child in columns)
        body = join((self._row(columns, row, field_) for row in rows), "\n")
        return Markup(
            '<div class="pt-tabla" role="region" tabindex="0" aria-label="{}">'
            "<table><thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table></div>"
        ).format(field_.title, head, body)

    def _row(self, columns: Sequence[tuple[str, Field]], row: Mapping[str, Any], list_: Field) -> Markup:
        cells = []
        for position, (_, child) in enumerate(columns):
            shown = self._cell(child, row)
            if position == 0:
                cells.append(tag("th", shown + self._named_by(list_, row), scope="row"))
            else:
                cells.append(tag("td", shown, "pt-numero") if child.type in NUMERIC else tag("td", shown))
        return tag("tr", join(cells), **_place(list_, row))

    def _card(self, item: Field, data: Mapping[str, Any], list_: Field) -> Markup:
        name = data.get("nombre")
        title = tag("p", tag("strong", self.prose(name))) if isinstance(name, str) else Markup()
        return tag(
            "div", title + self.sheet(item, data) + self._named_by(list_, data), "pt-entidad", **_place(list_, data)
        )

    def _named_by(self, list_: Field, row: Mapping[str, Any]) -> Markup:
        """Who names the entity that a row of a list is; nothing when it is no entity."""
        entity = self.site.manual.find(list_.collection, row[list_.key]) if list_.collection else None
        return self.mentions_box(entity) if entity is not None else Markup()

    def hours(self, week: Mapping[str, str]) -> Markup:
        """Weekly hours as a short table, days with the same hours together."""
        rows = [
            Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(days, readable_hours(hours))
            for days, hours in group_days(week)
        ]
        return Markup('<table class="pt-horario"><tbody>{}</tbody></table>').format(join(rows))

    def hours_in_lines(self, week: Mapping[str, str]) -> Markup:
        """Weekly hours as a few short lines, for a cell of a table."""
        lines = (Markup("{}: {}").format(days, readable_hours(hours)) for days, hours in group_days(week))
        return join(lines, Markup("<br>"))

    def due(self, text: str) -> Markup:
        """A date that the page itself marks when it has passed on the reader's day."""
        shown = formats.long_date(text, self.site.locale)
        return Markup('<time datetime="{}" data-vence>{}</time>').format(text, shown)

    def date(self, text: str) -> Markup:
        """A date in words."""
        return tag("time", formats.long_date(text, self.site.locale), datetime=text)


def _place(field_: Field, row: Mapping[str, Any]) -> dict[str, str]:
    """The anchor of a row that other parts of the manual name."""
    return {"id": places.anchor_for(field_.collection, row[field_.key])} if field_.collection else {}


def _width(field_: Field) -> str:
    """The class of what takes the width of the page: a list of groups, which is a table."""
    groups = field_.item is not None and field_.item.kind is Kind.OBJECT
    return "pt-ficha__ancha" if groups else ""


def _nothing(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _with_blanks(text: str) -> Markup:
    """A script with each {blank} marked."""
    pieces = []
    for position, piece in enumerate(_BLANK.split(text)):
        pieces.append(tag("span", piece, "pt-dato") if position % 2 else escape(piece))
    return join(pieces)


_BLANK = re.compile(r"(\{[^{}\n]{1,60}\})")
