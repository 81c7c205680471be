"""The levels of an article on one line: reserve, lowest, reorder point and highest, with what is reckoned."""

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from pauta.calculate.stock import reorder_point_of
from pauta.calculate.words import in_unit, number
from pauta.figures.svg import BODY, Ink, Type, drawing, element, text_block, wrap
from pauta.model import Entity, Manual
from pauta.quantities import parse_measure, same_unit

_WIDTH = 366
_EDGE = 8
_LONGEST = _WIDTH - 2 * _EDGE
_TOP = 18
_BAR = 22
_REACH = 7
_COLUMNS = 2
_KEYS = _TOP + _BAR + 2 * _REACH + 12
_ROW = 38
"""Of the list, when each name takes one line."""
_SIGN = 18
"""How much room the sign of a level has in the list below the line."""
_ROOM = _LONGEST / _COLUMNS - _SIGN - 10
"""How much room its name and amount have."""

_LABEL = Type(12, 15)
_VALUE = Type(BODY, 16, bold=True)


@dataclass(frozen=True, slots=True)
class _Level:
    """A level: its name, how it is written, how much it is, and the sign by which it is told from the others."""

    name: str
    text: str
    amount: Decimal
    sign: str


def stock_levels(manual: Manual, article: Entity) -> str:
    """The figure as SVG, or nothing when the levels are not all in one unit."""
    levels = list(_levels(manual, article))
    units = [parse_measure(level.text).unit for level in levels]
    most = max(level.amount for level in levels)
    if not most or not all(same_unit(unit, units[0]) for unit in units):
        return ""
    below, listed = _keys(levels)
    return drawing(
        f"fig-existencias-{article.id.replace('_', '-')}",
        f"Niveles de «{manual.title(article)}»",
        "Niveles de menor a mayor: "
        + "; ".join(f"{level.name.lower()}, {level.text}" for level in sorted(levels, key=lambda level: level.amount))
        + ".",
        (_WIDTH, below),
        _line(levels, most),
        listed,
    )


def _levels(manual: Manual, article: Entity) -> "list[_Level]":
    names = {
        "existencia_seguridad": ("Existencia de seguridad", "reserve"),
        "minimo": ("Mínimo", "lowest"),
        "punto_reorden": ("Punto de reorden", "reorder"),
        "maximo": ("Máximo", "highest"),
    }
    said = [
        _Level(title, str(article[name]), parse_measure(article[name]).value, sign)
        for name, (title, sign) in names.items()
        if name in article.data
    ]
    reckoned = reorder_point_of(manual, article)
    if reckoned is not None and reckoned.results[-1].number is not None:
        amount = Decimal(str(round(reckoned.results[-1].number, 1)))
        text = f"{amount.normalize():f} {parse_measure(article['punto_reorden']).unit}"
        said.append(_Level("Reorden calculado", text, amount, "reckoned" if reckoned.holds else "short"))
    return said


def _line(levels: list[_Level], most: Decimal) -> Markup:
    """The store from empty to its highest level; what is kept in reserve is filled."""
    bottom = _TOP + _BAR
    drawn = element("rect", ink=Ink.CARD, x=_EDGE, y=_TOP, width=_LONGEST, height=_BAR, rx=2)
    for level in levels:
        x = _EDGE + float(level.amount / most) * _LONGEST
        if level.sign == "reserve":
            drawn += element("rect", ink=Ink.ACCENT_3, x=_EDGE, y=_TOP, width=max(x - _EDGE, 1), height=_BAR)
        else:
            drawn += _sign(level.sign, x, _TOP, bottom)
    return drawn


def _sign(sign: str, x: float, top: float, bottom: float) -> Markup:
    """How a level is marked, so that no colour is needed: a line, a flag above, or a wedge below."""
    line = element("line", ink=Ink.LINE, x1=x, y1=top - 3, x2=x, y2=bottom + 3, stroke_width=2)
    if sign == "reorder":
        return line + element("path", ink=Ink.ACCENT_2, d=f"M{x:.1f} {top:.1f}l-{_REACH} -{_REACH + 4}h{2 * _REACH}z")
    if sign in {"reckoned", "short"}:
        ink = Ink.ACCENT if sign == "reckoned" else Ink.ALERT
        return element("path", ink=ink, d=f"M{x:.1f} {bottom:.1f}l-{_REACH} {_REACH + 4}h{2 * _REACH}z")
    if sign == "highest":
        return line + element("line", ink=Ink.LINE, x1=x - 4, y1=top - 3, x2=x - 4, y2=bottom + 3, stroke_width=2)
    return line


def _keys(levels: list[_Level]) -> tuple[float, Markup]:
    """The list of the levels in rows of two, each as high as its longer name; and where it ends."""
    y, drawn = float(_KEYS), Markup()
    for start in range(0, len(levels), _COLUMNS):
        row = [(level, wrap(_name(level), _LABEL, _ROOM, lines=2)) for level in levels[start : start + _COLUMNS]]
        drawn += Markup().join(
            _key(level, name, _EDGE + column * _LONGEST / _COLUMNS, y) for column, (level, name) in enumerate(row)
        )
        y += _ROW + (max(len(name) for _, name in row) - 1) * _LABEL.leading
    return y, drawn


def _key(level: _Level, name: tuple[str, ...], x: float, y: float) -> Markup:
    value = wrap(in_unit(level.amount, parse_measure(level.text).unit, 1), _VALUE, _ROOM, lines=1)
    base = y + 11 + len(name) * _LABEL.leading
    return Markup().join(
        (
            _small(level.sign, x + _SIGN / 2 - 2, y + 6),
            text_block(name, x + _SIGN + 4, y + 10, _LABEL, Ink.SOFT),
            text_block(value or (number(level.amount),), x + _SIGN + 4, base, _VALUE),
        )
    )


def _name(level: _Level) -> str:
    return "No alcanza; hacen falta" if level.sign == "short" else level.name


def _small(sign: str, x: float, y: float) -> Markup:
    if sign == "reserve":
        return element("rect", ink=Ink.ACCENT_3, x=x - 7, y=y - 4, width=14, height=12)
    middle = y + 2 + (_REACH if sign == "reorder" else -_REACH if sign in {"reckoned", "short"} else 0)
    half = 0 if sign in {"reorder", "reckoned", "short"} else 5
    return _sign(sign, x, middle - half, middle + half)
