"""Capacity against demand: for each stretch of the day, the posts that it needs beside those that are declared."""

from dataclasses import dataclass

from markupsafe import Markup

from pauta.calculate.demand import Answer, answers
from pauta.calculate.words import in_unit, number
from pauta.figures.svg import BODY, Ink, Type, drawing, element, text_block, width_of, wrap
from pauta.model import Entity, Manual
from pauta.quantities import parse_measure

_WIDTH = 366
_EDGE = 2
_BAR_AT = 134
"""Where the bars begin, at the right of what each row is about."""
_BESIDE = 84
"""How much room the verdict has at the right of the bars."""
_LONGEST = _WIDTH - _BAR_AT - _BESIDE - _EDGE
_BAR = 14
_REACH = 5
"""How far the mark of the declared posts stands out of the bar."""
_GAP = 14
_HEAD = 34
_ROOM = _BAR_AT - _EDGE - 10

_WHEN = Type(BODY, 16, bold=True)
_NOTE = Type(12, 15)
_SAID = Type(12, 15, bold=True)


@dataclass(frozen=True, slots=True)
class _Row:
    """One stretch: when, with what demand, and the posts that it needs and has."""

    when: tuple[str, ...]
    demand: tuple[str, ...]
    needed: int
    declared: float
    enough: bool
    said: tuple[str, ...]

    @property
    def height(self) -> float:
        """How much room it takes."""
        beside = _BAR + 2 * _REACH + 4
        return max(len(self.when) * _WHEN.leading + len(self.demand) * _NOTE.leading, beside)


def capacity_chart(manual: Manual, capacity: Entity) -> str:
    """The figure as SVG, or nothing when nothing can be reckoned of the capacity."""
    mine = [answer for answer in answers(manual).given if answer.moment.capacity is capacity]
    if not mine:
        return ""
    rows = [_row(answer) for answer in mine]
    most = max(max(row.needed, row.declared) for row in rows) or 1
    y, drawn = float(_HEAD), _legend()
    for row in rows:
        drawn += _draw(row, y, most)
        y += row.height + _GAP
    return drawing(
        f"fig-capacidad-{capacity.id.replace('_', '-')}",
        f"Capacidad y demanda de «{manual.title(capacity)}»",
        _description(mine),
        (_WIDTH, y),
        drawn,
    )


def _row(answer: Answer) -> _Row:
    moment, needed = answer.moment, answer.needs().posts
    declared = float(moment.count.value)
    short = needed - moment.count.value
    said = f"{number(needed)} {'y hay' if short > 0 else 'de'} {number(moment.count.value)}"
    verdict = (
        "alcanza"
        if answer.holds
        else f"faltan {number(short)}"
        if short > 1
        else "falta 1"
        if short == 1
        else "no alcanza"
    )
    return _Row(
        wrap(_when(answer), _WHEN, _ROOM, lines=4),
        wrap(_demand(answer), _NOTE, _ROOM, lines=2),
        needed,
        declared,
        answer.holds,
        (*wrap(said, _SAID, _BESIDE - 8, lines=1), *wrap(verdict, _SAID, _BESIDE - 8, lines=1)),
    )


def _when(answer: Answer) -> str:
    """«07:00 a 09:00», «En el pico», «Temporada «Diciembre»», or the usual demand."""
    when = answer.moment.when.removeprefix("de ").removeprefix("en la ") or "normal"
    return when[0].upper() + when[1:]


def _demand(answer: Answer) -> str:
    """The demand with the unit in which the capacity counts it: «2 llamadas»."""
    return in_unit(answer.moment.contacts, parse_measure(answer.moment.capacity["volumen"]).unit)


def _description(mine: list[Answer]) -> str:
    told = "; ".join(
        f"{_when(answer).lower()}, {_demand(answer)}: necesita {number(answer.needs().posts)} y se declaran {answer.moment.posts.value}"
        for answer in mine
    )
    each = mine[0].moment.capacity["intervalo"]
    return f"Puestos que necesita la demanda de cada {each} junto a los que se declaran: {told}."


def _legend() -> Markup:
    middle, second = 12, 170
    return Markup().join(
        (
            element("rect", ink=Ink.ACCENT, x=_EDGE, y=middle - 7, width=22, height=_BAR, rx=2),
            text_block(("Puestos necesarios",), _EDGE + 28, middle + 4, _NOTE, Ink.SOFT),
            _mark(second, middle - 7),
            text_block(("Declarados",), second + 10, middle + 4, _NOTE, Ink.SOFT),
        )
    )


def _draw(row: _Row, y: float, most: float) -> Markup:
    needed = max(row.needed / most * _LONGEST, 2)
    at = _BAR_AT + row.declared / most * _LONGEST
    top = y + _REACH
    beside = max(needed + _BAR_AT, at) + 8
    base = top + _BAR / 2 + 4
    fits = all(width_of(text, _SAID) <= _WIDTH - _EDGE - beside for text in row.said)
    return Markup().join(
        (
            text_block(row.when, _EDGE, y + 13, _WHEN),
            text_block(row.demand, _EDGE, y + 13 + len(row.when) * _WHEN.leading, _NOTE, Ink.SOFT),
            element(
                "rect", ink=Ink.ACCENT if row.enough else Ink.ALERT, x=_BAR_AT, y=top, width=needed, height=_BAR, rx=2
            ),
            _mark(at, top),
            text_block(row.said, beside if fits else _WIDTH - _BESIDE, base - _SAID.leading / 2, _SAID),
        )
    )


def _mark(x: float, top: float) -> Markup:
    """The declared posts: a line across the bar."""
    return element("line", ink=Ink.LINE, x1=x, y1=top - _REACH, x2=x, y2=top + _BAR + _REACH, stroke_width=3)
