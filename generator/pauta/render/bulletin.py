"""The news to take away: a message a version, to send by mail or by a chat, and an Atom feed of them all."""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from babel.core import Locale

from pauta.model import Entity, Manual
from pauta.render.formats import long_date
from pauta.render.news import Item, News

FEED = "novedades/feed.xml"
_MOST_TOLD = 40
"""How many changes a message to send tells; nobody reads more, and the page has them all."""
_LONGEST_TOLD = 240


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
