"""What bad service costs in a year: a bar for each thing that is lost, the longest first."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from pauta.figures.svg import BODY, Ink, Type, drawing, element, text_block, wrap
from pauta.model import Manual
from pauta.quantities import Money, parse_money

_WIDTH = 420
_EDGE = 2
_LONGEST = _WIDTH - 2 * _EDGE
_BAR = 14
_GAP = 16
_BESIDE = 132
"""How much room the amount has at the right of the name."""

_NAME = Type(BODY, 16)
_AMOUNT = Type(BODY, 16, bold=True)
_NOTE = Type(12, 16)

_IN_A_YEAR = {"mes": 12, "trimestre": 4, "anio": 1}

_Money = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Loss:
    """Something that bad service costs, with its amount in a year."""

    name: str
    kind: str
    money: Money


def bad_service_bars(manual: Manual, *, money: _Money = str) -> str:
    """The figure as SVG, or nothing when no amount is there to be seen.

    Amounts of a month or a quarter are taken to a year. Those in another currency than most are
    not drawn, for no bar could be compared with theirs. ``money`` tells how an amount is written
    for people.
    """
    every = list(_losses(manual))
    if not every:
        return ""
    currency = Counter(loss.money.currency for loss in every).most_common(1)[0][0]
    losses = sorted((one for one in every if one.money.currency == currency), key=lambda one: -one.money.amount)
    y, drawn = float(_EDGE), Markup()
    for loss in losses:
        height, marks = _bar(loss, losses[0].money.amount, y, money)
        drawn += marks
        y += height + _GAP
    foot = _foot(losses, len(every), money)
    note = wrap(foot, _AMOUNT, _LONGEST, lines=3)
    drawn += text_block(note, _EDGE, y + 12, _AMOUNT)
    size = (_WIDTH, y + len(note) * _AMOUNT.leading + 2)
    return drawing("fig-mal-servicio", "Costo del mal servicio en un año", _description(losses, money), size, drawn)


def _losses(manual: Manual) -> Iterator[_Loss]:
    part = manual.parts.get("costo")
    if part is None or not part.sound:
        return
    kinds = part.schema.root.at(("mal_servicio", 0, "concepto"))
    for entry in part.data.get("mal_servicio", ()):
        if "monto" in entry:
            labels = kinds.labels if kinds is not None else {}
            yield _Loss(entry["nombre"], labels.get(entry["concepto"], ""), _in_a_year(entry))


def _in_a_year(entry: dict[str, Any]) -> Money:
    money = parse_money(entry["monto"])
    return Money(money.amount * _IN_A_YEAR[entry["periodo"]], money.currency)


def _sum(losses: list[_Loss]) -> Money:
    return sum((loss.money for loss in losses[1:]), losses[0].money)


def _description(losses: list[_Loss], money: _Money) -> str:
    told = "; ".join(f"{loss.name}, {money(str(loss.money))}" for loss in losses)
    return f"Barras de mayor a menor, con lo que cuesta cada concepto en un año: {told}."


def _foot(losses: list[_Loss], every: int, money: _Money) -> str:
    """What is said below the bars: the sum, and what is not in it."""
    others = every - len(losses)
    left_out = f" Sin contar {others} en otra moneda." if others else ""
    return f"Suma de un año: {money(str(_sum(losses)))}.{left_out}"


def _bar(loss: _Loss, largest: Decimal, y: float, money: _Money) -> tuple[float, Markup]:
    name = wrap(loss.name, _NAME, _LONGEST - _BESIDE, lines=2)
    kind = wrap(loss.kind, _NOTE, _LONGEST, lines=1)
    amount = wrap(money(str(loss.money)), _AMOUNT, _BESIDE - 8, lines=1)
    below = y + len(name) * _NAME.leading + 4
    length = max(float(loss.money.amount / largest) * _LONGEST, 2) if largest else 2
    return below + _BAR + 18 - y, Markup().join(
        (
            text_block(name, _EDGE, y + 13, _NAME),
            text_block(amount, _WIDTH - _EDGE, y + 13, _AMOUNT, anchor="end"),
            element("rect", ink=Ink.ALERT, x=_EDGE, y=below, width=length, height=_BAR, rx=2),
            text_block(kind, _EDGE, below + _BAR + 15, _NOTE, Ink.SOFT) if kind else Markup(),
        )
    )
