"""What a cost is made of: a bar for each component, the largest first, with what grows with the contacts and what does not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from pauta.calculate.words import percent
from pauta.figures.svg import BODY, Ink, Type, drawing, element, text_block, wrap
from pauta.model import Entity, Manual
from pauta.quantities import Money, parse_money
from pauta.quantities.costs import total
from pauta.spine import Field

_WIDTH = 366
_EDGE = 2
_LONGEST = _WIDTH - 2 * _EDGE
_BAR = 12
_GAP = 14
_BESIDE = 150
"""How much room the amount and the share have at the right of the name."""
_VARIABLE = "variable"
_STRIPES = 8

_NAME = Type(BODY, 16)
_AMOUNT = Type(BODY, 16, bold=True)
_NOTE = Type(12, 16)

_Money = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A component with its amount and what it is called: «Variable, directo»."""

    name: str
    kind: str
    grows: bool
    money: Money


def cost_breakdown(manual: Manual, cost: Entity, *, money: _Money = str) -> str:
    """The figure as SVG, or nothing when the amounts may not be seen or are not in one currency.

    ``money`` tells how an amount is written for people.
    """
    parts = sorted(_parts(cost), key=lambda part: -part.money.amount)
    if not parts or len({part.money.currency for part in parts}) > 1:
        return ""
    whole = total(part.money for part in parts)
    if not whole.amount:
        return ""
    y, drawn = float(_EDGE), Markup()
    for part in parts:
        height, marks = _bar(part, parts[0].money, whole, y, money)
        drawn += marks
        y += height + _GAP
    foot = wrap(_foot(parts, whole, money), _AMOUNT, _LONGEST, lines=3)
    drawn += text_block(foot, _EDGE, y + 12, _AMOUNT)
    return drawing(
        f"fig-costo-{cost.id.replace('_', '-')}",
        f"De qué se compone el costo de «{manual.title(cost)}»",
        _description(parts, whole, money),
        (_WIDTH, y + len(foot) * _AMOUNT.leading + 2),
        drawn,
    )


def _parts(cost: Entity) -> list[_Part]:
    """The components; none when some amount is missing, for the rest would not be the whole."""
    listed = cost.get("componentes", ())
    field = cost.field.at(("componentes", 0))
    if field is None or not all("monto" in each for each in listed):
        return []
    return [
        _Part(each["nombre"], _kind(field, each), each["tipo"] == _VARIABLE, parse_money(each["monto"]))
        for each in listed
    ]


def _kind(field: Field, component: Mapping[str, str]) -> str:
    labels = (field.children[name].labels.get(component[name], component[name]) for name in ("tipo", "clase"))
    return " · ".join(labels)


def _description(parts: list[_Part], whole: Money, money: _Money) -> str:
    told = "; ".join(f"{part.name}, {money(str(part.money))} ({part.kind.lower()})" for part in parts)
    return f"Barras de mayor a menor, con lo que aporta cada componente a {money(str(whole))}: {told}."


def _foot(parts: list[_Part], whole: Money, money: _Money) -> str:
    growing = [part.money for part in parts if part.grows]
    grows = total(growing) if growing else Money(whole.amount * 0, whole.currency)
    return f"Suma: {money(str(whole))}. Varía con el volumen: {money(str(grows))} ({percent(grows.amount / whole.amount, 0)})."


def _bar(part: _Part, largest: Money, whole: Money, y: float, money: _Money) -> tuple[float, Markup]:
    name = wrap(part.name, _NAME, _LONGEST - _BESIDE, lines=2)
    share = percent(part.money.amount / whole.amount, 0)
    amount = wrap(f"{money(str(part.money))} · {share}", _AMOUNT, _BESIDE - 8, lines=1)
    below = y + len(name) * _NAME.leading + 4
    length = max(float(part.money.amount / largest.amount) * _LONGEST, 2)
    ink = Ink.ACCENT_2 if part.grows else Ink.ACCENT
    return below + _BAR + 18 - y, Markup().join(
        (
            text_block(name, _EDGE, y + 13, _NAME),
            text_block(amount, _WIDTH - _EDGE, y + 13, _AMOUNT, anchor="end"),
            element("rect", ink=ink, x=_EDGE, y=below, width=length, height=_BAR, rx=2),
            _stripes(length, below) if part.grows else Markup(),
            text_block(wrap(part.kind, _NOTE, _LONGEST, lines=1), _EDGE, below + _BAR + 15, _NOTE, Ink.SOFT),
        )
    )


def _stripes(length: float, top: float) -> Markup:
    """What tells a variable component from a fixed one without colours."""
    steps = range(_STRIPES, int(length) - _STRIPES, _STRIPES)
    if not steps:
        return Markup()
    lines = "".join(f"M{_EDGE + step} {top + _BAR:g}l6 -{_BAR}" for step in steps)
    return element("path", ink=Ink.LINE, d=lines, fill="none", stroke_width=1)
