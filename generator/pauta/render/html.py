"""Values are data: how a text becomes HTML, or part of a Markdown heading, as it was written."""

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

_MARKDOWN = re.compile(r"[^\w\s.,;:¿?¡!«»()áéíóúüñÁÉÍÓÚÜÑ%/·–—-]|_|(?<=\d)[.)]|:(?=\w+:)")


def heading(text: str) -> Markup:
    """A text for a Markdown heading or table of contents: every sign with a meaning is an entity."""
    flat = " ".join(str(text).split())
    return Markup(_MARKDOWN.sub(lambda m: "".join(f"&#{ord(c)};" for c in m[0]), flat))


def attribute(text: str) -> Markup:
    """A text for an attribute of a tag, on one line."""
    return escape(" ".join(str(text).split()))


def join(parts: Iterable[Markup | str], separator: Markup | str = "") -> Markup:
    """Pieces of HTML one after the other; plain texts among them are escaped."""
    return _markup(_safe(separator).join(map(_safe, parts)))


def tag(name: str, content: Markup | str, class_: str = "", **attributes: str) -> Markup:
    """An element; plain text inside it is escaped."""
    if not class_ and not attributes:
        return _markup(f"<{name}>{_safe(content)}</{name}>")
    written = {"class": class_, **attributes} if class_ else attributes
    text = "".join(f' {key.rstrip("_").replace("_", "-")}="{_safe(value)}"' for key, value in written.items())
    return _markup(f"<{name}{text}>{_safe(content)}</{name}>")


def _markup(html: str) -> Markup:
    """A text that is HTML already. Markup itself first looks for what a text never has, at twice the time."""
    return str.__new__(Markup, html)


def _safe(text: Markup | str) -> str:
    """A text with its signs escaped, unless it is HTML already. Five times as fast as Markup's own methods."""
    return text if isinstance(text, Markup) else _escaped(text)


@lru_cache(maxsize=20_000)  # titles, classes, names and addresses come again and again
def _escaped(text: str) -> str:
    return str(escape(text))


_MEET = re.compile(r"</(?:caption|dd|dt|h[1-6]|legend|li|p|summary|td|th)>(?=<)")


def apart(page: str) -> str:
    """A page on which blocks are not written one against the other: the search would join their words."""
    return _MEET.sub(lambda end: end[0] + " ", page)


_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a long text, each on one line."""
    return [" ".join(part.split()) for part in _PARAGRAPHS.split(text.strip()) if part.strip()]
