"""The steps of a protocol as a strip: what to do in order, in how much time and up to what amount."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from pauta.figures.svg import BODY, Ink, Type, drawing, element, link, text_block, wrap
from pauta.model import Entity, Manual

_WIDTH = 420
_EDGE = 2
_COLUMNS = 2
_GAP = 6
_POINT = 12
"""How far a step points to the one that follows."""
_STEP = (_WIDTH - 2 * _EDGE - _GAP) / _COLUMNS
_NUMBER_AT = 28
_TEXT_AT = 48
_ROOM = _STEP - _TEXT_AT - _POINT - 2
_FACTS_AT = 20
_FACTS_ROOM = _STEP - _FACTS_AT - _POINT / 2
_RADIUS = 13
_PADDING = 14

_NAME = Type(13.5, 17, bold=True)
_FACT = Type(BODY, 17)
_NUMBER = Type(13, 15, bold=True)

_TRANSFER = "transferencia"
_FOLLOW_UP = "seguimiento"
_INKS = {_TRANSFER: Ink.ACCENT_2, _FOLLOW_UP: Ink.ACCENT_3}

_Url = Callable[[Entity], str]
_Money = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Step:
    """What is written of a step, and where it leads."""

    number: int
    address: str
    ink: Ink
    name: tuple[str, ...]
    facts: tuple[str, ...]


def six_steps(manual: Manual, protocol: Entity, url: _Url, *, money: _Money = str) -> str:
    """The figure as SVG, or nothing when the protocol has no steps.

    ``url`` tells the address of an entity; ``money``, how an amount is written for people.
    """
    steps = [step for step in manual.all("pasos_protocolo") if step.parent is protocol]
    if not steps:
        return ""
    written = [_step(manual, protocol, step, n, url(step), money) for n, step in enumerate(steps, 1)]
    y, drawn = float(_EDGE), Markup()
    for start in range(0, len(written), _COLUMNS):
        height, marks = _row(written[start : start + _COLUMNS], y)
        drawn += marks
        y += height + _GAP
    return drawing(
        f"fig-pasos-{protocol.id.replace('_', '-')}",
        f"Pasos de «{manual.title(protocol)}»",
        _description(manual, steps),
        (_WIDTH, y - _GAP + _EDGE),
        drawn,
    )


def _description(manual: Manual, steps: list[Entity]) -> str:
    names = "; ".join(f"{n}, {manual.title(step)}" for n, step in enumerate(steps, 1))
    count = "Un paso" if len(steps) == 1 else f"{len(steps)} pasos en orden"
    return f"{count}, con su tiempo y hasta qué monto decide quien lo da, donde el manual lo dice: {names}."


def _step(manual: Manual, protocol: Entity, step: Entity, number: int, address: str, money: _Money) -> _Step:
    facts = (line for fact in _facts(protocol, step, money) for line in wrap(fact, _FACT, _FACTS_ROOM, lines=2))
    ink = _INKS.get(step.get("paso", ""), Ink.ACCENT)
    return _Step(number, address, ink, wrap(manual.title(step), _NAME, _ROOM, lines=3), tuple(facts))


def _facts(protocol: Entity, step: Entity, money: _Money) -> list[str]:
    """What is said below the name of a step, each on a line of its own."""
    facts = [step["tiempo"]] if "tiempo" in step.data else []
    if "hasta" in step.data:
        facts.append(f"Hasta {money(step['hasta'])}")
    if step.get("paso") == _TRANSFER:
        facts.append("Sin empezar de nuevo")
    deadline = protocol.get("seguimiento", {}).get("plazo") if step.get("paso") == _FOLLOW_UP else None
    return [*facts, f"A más tardar: {deadline}"] if deadline else facts


def _row(steps: list[_Step], y: float) -> tuple[float, Markup]:
    """Steps side by side: arrows of one height, and below each what is said of it."""
    arrow = max(len(step.name) for step in steps) * _NAME.leading + 2 * _PADDING - 4
    facts = max(len(step.facts) for step in steps) * _FACT.leading
    drawn = Markup().join(
        _draw(step, _EDGE + n * (_STEP + _GAP - _POINT / 2), y, arrow) for n, step in enumerate(steps)
    )
    return arrow + (facts + 10 if facts else 0), drawn


def _draw(step: _Step, x: float, y: float, height: float) -> Markup:
    middle = y + height / 2
    base = middle + 5 - (len(step.name) - 1) * _NAME.leading / 2
    below = text_block(step.facts, x + _FACTS_AT, y + height + 18, _FACT, Ink.SOFT) if step.facts else Markup()
    return link(
        step.address,
        _arrow(step.ink, x, y, height),
        element("circle", ink=Ink.CARD, cx=x + _NUMBER_AT, cy=middle, r=_RADIUS),
        text_block((str(step.number),), x + _NUMBER_AT, middle + 4.5, _NUMBER, anchor="middle"),
        text_block(step.name, x + _TEXT_AT, base, _NAME),
        below,
    )


def _arrow(ink: Ink, x: float, y: float, height: float) -> Markup:
    """The outline of a step: notched where it begins, pointed where it leads on."""
    along, half = _STEP - _POINT, height / 2
    outline = f"M{x:g} {y:g}h{along:g}l{_POINT} {half:g}l-{_POINT} {half:g}h-{along:g}l{_POINT} -{half:g}z"
    return element("path", ink=ink, d=outline, stroke_width=1.5, stroke_linejoin="round")
