"""Small pieces of SVG: elements with escaped texts, colours, and texts that fit a width.

A figure is one line of SVG to set inside a page. Its texts inherit the page's font, so their widths
are estimated with those of a wide one, and nothing overflows with a narrower one. Its colours are
presentation attributes, which is what paper and other programs show, plus classes by which the
page's CSS changes them in the dark.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from markupsafe import Markup, escape


class Ink(StrEnum):
    """What a colour is for, by the name of its classes."""

    GROUND = "fig-fondo"
    LINE = "fig-linea"
    CARD = "fig-fondo fig-linea"
    TEXT = "fig-texto"
    SOFT = "fig-suave"
    ACCENT = "fig-acento"
    ACCENT_2 = "fig-acento2"
    ACCENT_3 = "fig-acento3"
    ALERT = "fig-alerta"


_LIGHT: Mapping[Ink, Mapping[str, str]] = {
    Ink.GROUND: {"fill": "#fff"},
    Ink.LINE: {"stroke": "#75868a"},
    Ink.CARD: {"fill": "#fff", "stroke": "#75868a"},
    Ink.TEXT: {"fill": "#17282c"},
    Ink.SOFT: {"fill": "#4f5f63"},
    Ink.ACCENT: {"fill": "#e4f0ed", "stroke": "#0f5557"},
    Ink.ACCENT_2: {"fill": "#fcf0e5", "stroke": "#a84612"},
    Ink.ACCENT_3: {"fill": "#efe8f8", "stroke": "#5b3b8c"},
    Ink.ALERT: {"fill": "#fbe7e6", "stroke": "#a0242b"},
}
"""The light scheme of the site. An accent is a tint with an edge; only text inks carry text."""

BODY = 12.5
"""Size of the texts that say no other."""
ELLIPSIS = "…"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = re.compile(r"\s+")
_WIDTHS = (
    ("'iíjlìïÍIJ.,·", 0.32),
    (" f;:-/|", 0.38),
    ('rt¡!()[]"', 0.42),
    ("sz–_*°", 0.53),
    ("cL¿?", 0.56),
    ("aekovxyáéóFPTY«»", 0.62),
    ("ABCRVXZÁ", 0.71),
    ("DGHNÑUÚ", 0.77),
    ("wOQÓ&", 0.82),
    ("M+=<>#×", 0.86),
    ("m%W—@…", 1.0),
)
"""Signs and their widths in ems, of a wide sans serif; the rest of the Latin ones are ordinary."""
_WIDTH = {sign: width for signs, width in _WIDTHS for sign in signs}
_ORDINARY = 0.66
_BOLD = 1.13
_FOREIGN = 1.2
"""Ideographs, emoji and whatever else is not Latin."""
_LAST_LATIN = "\u024f"


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: size and leading in units of the drawing."""

    size: float
    leading: float
    bold: bool = False


def width_of(text: str, type_: Type) -> float:
    """The estimated width of a text, never less than the real one in a usual sans serif."""
    return _ems(text) * type_.size * (_BOLD if type_.bold else 1)


@lru_cache(maxsize=20_000)  # a text is measured as often as it is tried in another place
def _ems(text: str) -> float:
    return sum([_WIDTH.get(sign) or (_ORDINARY if sign <= _LAST_LATIN else _FOREIGN) for sign in text])


def wrap(text: str, type_: Type, width: float, *, lines: int) -> tuple[str, ...]:
    """The text in at most so many lines of at most that width; what does not fit becomes «…»."""
    words = _SPACE.sub(" ", _FORBIDDEN.sub("\ufffd", text)).strip().split(" ")
    done: list[str] = []
    while words and len(done) < lines - 1:
        done.append(_line(words, type_, width))
    if words and words != [""]:
        done.append(_cut(" ".join(words), type_, width))
    return tuple(line for line in done if line)


def _line(words: list[str], type_: Type, width: float) -> str:
    """Take from the words as many as fit in a line; a word that is too long alone is broken."""
    line = words.pop(0)
    while words and width_of(f"{line} {words[0]}", type_) <= width:
        line = f"{line} {words.pop(0)}"
    if width_of(line, type_) > width:
        end = next(n for n in range(len(line), 0, -1) if n == 1 or width_of(line[:n], type_) <= width)
        words.insert(0, line[end:])
        line = line[:end]
    return line


def _cut(text: str, type_: Type, width: float) -> str:
    if width_of(text, type_) <= width:
        return text
    room = width - width_of(ELLIPSIS, type_)
    end = 0
    while end < len(text) and width_of(text[: end + 1], type_) <= room:
        end += 1
    return text[:end].rstrip(" ,;:.") + ELLIPSIS


def element(name: str, *children: str, ink: Ink | None = None, **attributes: float | str) -> Markup:
    """An element; plain texts among its children are escaped. ``ink`` gives its class and its colour."""
    painted: dict[str, float | str] = {"class": ink, **_LIGHT[ink]} if ink is not None else {}
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in {**painted, **attributes}.items()
    )
    if not children:
        return Markup(f"<{name}{written}/>")
    inside = "".join(child if isinstance(child, Markup) else _escaped(child) for child in children)
    return Markup(f"<{name}{written}>{inside}</{name}>")


def text_block(
    lines: Iterable[str],
    x: float,
    y: float,
    type_: Type,
    ink: Ink | None = None,
    anchor: str = "start",
) -> Markup:
    """Lines of text, one below the other; ``y`` is the base of the first. Without ink, that of the drawing."""
    align: dict[str, float | str] = {"text_anchor": anchor} if anchor != "start" else {}
    set_ = {**setting(type_), **align}
    written = tuple(lines)
    if len(written) == 1:
        return element("text", *written, ink=ink, x=x, y=y, **set_)
    # An element a line: read aloud, the lines of one would be a single word where they meet.
    texts = (element("text", line, x=x, y=y + n * type_.leading) for n, line in enumerate(written))
    return element("g", *texts, ink=ink, **set_)


def setting(type_: Type) -> dict[str, float | str]:
    """The attributes of a type, as far as it is not that of the drawing."""
    size: dict[str, float | str] = {"font_size": type_.size} if type_.size != BODY else {}
    return {**size, "font_weight": 700} if type_.bold else size


def arrow(start: tuple[float, float], end: tuple[float, float], ink: Ink, head: float = 9) -> Markup:
    """A straight line with a head at its end, both as explicit paths."""
    (x1, y1), (x2, y2) = start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    bx, by = x2 - ux * head, y2 - uy * head
    half = head * 0.5
    points = ((x2, y2), (bx - uy * half, by + ux * half), (bx + uy * half, by - ux * half))
    shaft = element("line", ink=Ink.LINE, x1=x1, y1=y1, x2=bx, y2=by, stroke_width=1.5)
    return shaft + element("path", ink=ink, d="M" + "L".join(f"{_value(x)} {_value(y)}" for x, y in points) + "Z")


def link(address: str, *children: str) -> Markup:
    """What leads to another place when it is clicked."""
    return element("a", *children, href=address)


def drawing(prefix: str, title: str, description: str, size: tuple[float, float], *body: Markup) -> str:
    """A whole figure with its name and description for those who cannot see it.

    ``prefix`` keeps its ids apart from the rest of the page. Its role is that of a group, because a
    picture with the role of an image would hide its links.
    """
    width, height = size
    return str(
        element(
            "svg",
            element("title", title, id=f"{prefix}-titulo"),
            element("desc", description, id=f"{prefix}-descripcion"),
            *body,
            ink=Ink.TEXT,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_value(width)} {_value(height)}",
            width=width,
            height=height,
            font_size=BODY,
            role="group",
            aria_labelledby=f"{prefix}-titulo",
            aria_describedby=f"{prefix}-descripcion",
        )
    )


def _clean(text: str) -> str:
    """A text on one line with only what XML allows."""
    return _SPACE.sub(" ", _FORBIDDEN.sub("\ufffd", text)).strip()


@lru_cache(maxsize=20_000)  # classes, colours, names and addresses come again and again
def _escaped(text: str) -> str:
    return str(escape(_clean(text)))


def _value(value: float | str) -> str:
    return _escaped(value) if isinstance(value, str) else f"{round(value, 1):g}"
