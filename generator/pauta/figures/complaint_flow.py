"""The way of a complaint: its stages down a line of time, who answers for each, and the terms by gravity."""

from collections.abc import Callable

from markupsafe import Markup

from pauta.figures.svg import BODY, Ink, Type, drawing, element, link, text_block, wrap
from pauta.model import Entity, Manual

_WIDTH = 420
_AXIS = 116
_CARD = 146
_EDGE = 2
_RIGHT = _WIDTH - _EDGE
_PADDING = 14
_GAP = 10
_RADIUS = 13
_LEVEL = 52
_START = 34
_LIMIT = 34

_STAGE = Type(14.5, 18, bold=True)
_WHO = Type(BODY, 16)
_TERM = Type(BODY, 15, bold=True)
_NUMBER = Type(13, 15, bold=True)
_HEADING = Type(15, 18, bold=True)

_Url = Callable[[Entity], str]


def complaint_flow(manual: Manual, url: _Url) -> str:
    """The figure as SVG, or nothing when the manual has no stages. ``url`` tells the address of an entity."""
    stages = list(manual.all("etapas_queja"))
    if not stages:
        return ""
    limit = _limit(manual)
    y, body = _line_of_time(manual, stages, limit, url)
    y, levels = _levels(manual, y, url)
    return drawing("fig-quejas", "Camino de una queja", _description(manual, stages, limit), (_WIDTH, y), body, levels)


def _limit(manual: Manual) -> str:
    """The longest that the final answer may take, or nothing when the manual does not say it."""
    part = manual.parts.get("quejas")
    handling = part.data.get("manejo") if part is not None and part.sound else None
    return str(handling["plazo_maximo"]) if isinstance(handling, dict) else ""


def _description(manual: Manual, stages: list[Entity], limit: str) -> str:
    count = "Una etapa" if len(stages) == 1 else f"{len(stages)} etapas, en orden"
    names = (
        f"de «{manual.title(stages[0])}» a «{manual.title(stages[-1])}»"
        if len(stages) > 1
        else f"«{manual.title(stages[0])}»"
    )
    final = f" La respuesta final se da a más tardar en {limit}." if limit else ""
    return f"{count}: {names}, cada una con su plazo desde que se recibe la queja y con quién responde.{final}"


def _line_of_time(manual: Manual, stages: list[Entity], limit: str, url: _Url) -> tuple[float, Markup]:
    """The stages from top to bottom, with the limit of the final answer where it falls."""
    at_limit = max((n for n, stage in enumerate(stages) if stage["plazo"] == limit), default=None)
    y, middle = float(_START + _GAP), 0.0
    drawn = Markup()
    for number, stage in enumerate(stages):
        height, marks = _stage(manual, stage, number + 1, y, url)
        drawn += marks
        middle, y = y + height / 2, y + height + _GAP
        if number == at_limit:
            drawn += _limit_mark(y)
            y += _LIMIT
    axis = element("line", ink=Ink.LINE, x1=_AXIS, y1=_START / 2, x2=_AXIS, y2=middle, stroke_width=2)
    return y, axis + _start() + drawn


def _start() -> Markup:
    middle = _START / 2
    dot = element("circle", ink=Ink.ACCENT, cx=_AXIS, cy=middle, r=7, stroke_width=3)
    return dot + text_block(("Se recibe la queja",), _CARD, middle + 5, _STAGE)


def _stage(manual: Manual, stage: Entity, number: int, y: float, url: _Url) -> tuple[float, Markup]:
    room = _RIGHT - _CARD - 2 * _PADDING
    name = wrap(manual.title(stage), _STAGE, room, lines=2)
    who = wrap(_role(manual, stage, "responsable"), _WHO, room, lines=2)
    height = len(name) * _STAGE.leading + len(who) * _WHO.leading + 18
    left = _CARD + _PADDING
    below = y + 22 + len(name) * _STAGE.leading
    return height, link(
        url(stage),
        _term(str(stage["plazo"]), y + height / 2),
        element("line", ink=Ink.LINE, x1=_AXIS, y1=y + height / 2, x2=_CARD, y2=y + height / 2, stroke_width=1.5),
        _node(str(number), y + height / 2),
        _box(_CARD, y, _RIGHT - _CARD, height),
        text_block(name, left, y + 22, _STAGE),
        text_block(who, left, below, _WHO, Ink.SOFT),
    )


def _term(term: str, middle: float) -> Markup:
    right = _AXIS - _RADIUS - 9
    lines = wrap(term, _TERM, right - _EDGE, lines=3)
    top = middle + 4 - (len(lines) - 1) * _TERM.leading / 2
    return text_block(lines, right, top, _TERM, anchor="end")


def _node(number: str, middle: float) -> Markup:
    ring = element("circle", ink=Ink.ACCENT, cx=_AXIS, cy=middle, r=_RADIUS, stroke_width=2)
    return ring + text_block((number,), _AXIS, middle + 4.5, _NUMBER, anchor="middle")


def _limit_mark(y: float) -> Markup:
    """A broken line across the time: the final answer does not come later."""
    middle = y + (_LIMIT - _GAP) / 2
    flag = f"M{_AXIS - 7:g} {middle - 6:g}h14l-7 12z"
    return Markup().join(
        (
            element(
                "line",
                ink=Ink.LINE,
                x1=_EDGE,
                y1=middle,
                x2=_CARD - 8,
                y2=middle,
                stroke_width=1.5,
                stroke_dasharray="4 4",
            ),
            element("path", ink=Ink.ALERT, d=flag, stroke_width=1.5),
            text_block(("Hasta aquí, la respuesta final",), _CARD, middle + 4, _TERM),
        )
    )


def _levels(manual: Manual, y: float, url: _Url) -> tuple[float, Markup]:
    """A row for each level of gravity with the term of its answer."""
    levels = list(manual.all("gravedades"))
    if not levels:
        return y, Markup()
    y += 22
    drawn = text_block(("Respuesta según la gravedad",), _EDGE, y, _HEADING)
    y += 12
    for level in levels:
        drawn += _level(manual, level, y, url)
        y += _LEVEL + 6
    return y - 4, drawn


def _level(manual: Manual, level: Entity, y: float, url: _Url) -> Markup:
    right = _RIGHT - _PADDING
    term = wrap(str(level["plazo_respuesta"]), _TERM, 120, lines=2)
    room = right - 120 - 10 - _EDGE - _PADDING
    name = wrap(manual.title(level), _STAGE, room, lines=1)
    who = wrap(_role(manual, level, "atiende"), _WHO, room, lines=1)
    return link(
        url(level),
        _box(_EDGE, y, _RIGHT - _EDGE, _LEVEL),
        text_block(name, _EDGE + _PADDING, y + 22, _STAGE),
        text_block(who, _EDGE + _PADDING, y + 40, _WHO, Ink.SOFT),
        text_block(term, right, y + 30 - (len(term) - 1) * _TERM.leading / 2, _TERM, anchor="end"),
    )


def _box(x: float, y: float, width: float, height: float) -> Markup:
    return element("rect", ink=Ink.CARD, x=x, y=y, width=width, height=height, rx=8)


def _role(manual: Manual, entity: Entity, field: str) -> str:
    role = manual.find("roles", str(entity.get(field)))
    return manual.title(role) if role is not None else str(entity.get(field, ""))
