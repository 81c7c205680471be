"""The cycle of service: the moments of truth of an operation around a circle, as the customer lives them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import pi, sqrt

from markupsafe import Markup

from pauta.figures.moment_signs import Stop, legend, mark, polar, signs_in_words, stops_of, xy
from pauta.figures.svg import BODY, ELLIPSIS, Ink, Type, drawing, element, link, text_block, width_of, wrap
from pauta.model import Entity, Manual

_WIDTH = 420
_MIDDLE = _WIDTH / 2
_EDGE = 2
_NODE = 15.0
_BESIDE = 7
"""Between a node and what is written beside it."""
_BETWEEN = 5
"""Between one label and the next below it."""
_RADII = (104, 96, 112, 120, 130)
"""Sizes of a circle with names around it, from the one that looks best."""
_SMALLEST, _LARGEST = 108.0, 190.0
"""Sizes of a circle with numbers alone."""
_NARROWEST = 64
"""A label with less room than this is not worth reading."""
_TALLEST = 110
_ROW = 46
"""Where names start in a list below the circle."""
_ARC = 11.0
"""What an arc needs, head included, to be told from a mark between two nodes."""
_HEAD = 8.0
_CLEAR = 6.0
"""Between an arrow and its nodes, so that it does not touch the corner of a square."""

_NAME = Type(BODY, 15)
_KIND = Type(11, 13.5)
_CENTRE = Type(16, 19, bold=True)
_SIGN = Type(11, 13, bold=True)
_HEADING = Type(BODY, 16, bold=True)

_Url = Callable[[Entity], str]
_Point = tuple[float, float]


def service_cycle(manual: Manual, cycle: Entity, url: _Url) -> str:
    """The figure as SVG, or nothing when no moment can be drawn. ``url`` tells the address of a moment."""
    stops = stops_of(manual, cycle, url)
    if not stops:
        return ""
    name = manual.title(cycle)
    y, body = _named(name, stops) or _numbered(name, stops)
    end, signs = legend(stops, y)
    title = f"Ciclo del servicio: {name}"
    return drawing(f"fig-ciclo-{cycle.id}", title, _description(stops), (_WIDTH, end + _EDGE), body, signs)


def _description(stops: Sequence[Stop]) -> str:
    around = (
        f"Un solo momento: «{stops[0].name}»."
        if len(stops) == 1
        else f"{len(stops)} momentos en círculo, en el sentido de las agujas del reloj, "
        f"de «{stops[0].name}» a «{stops[-1].name}»."
    )
    return around + signs_in_words(stops)


@dataclass(frozen=True, slots=True)
class _Ring:
    """The circle on which the moments stand."""

    centre: _Point
    radius: float
    count: int
    node: float = _NODE

    @property
    def top(self) -> float:
        return self.centre[1] - self.radius - self.node

    @property
    def bottom(self) -> float:
        return self.centre[1] + self.radius + self.node

    def angle(self, position: float) -> float:
        """That of a moment by its position; the first stands at the top."""
        return 2 * pi * position / self.count - pi / 2

    def at(self, position: float) -> _Point:
        return polar(self.centre, self.radius, self.angle(position))

    def reach(self, position: int, top: float, bottom: float) -> float:
        """How far from the axis the drawing goes between two heights, on the side of a moment."""
        x, y = self.centre
        nearest = min(max(y, top), bottom) - y
        side = 1 if self.at(position)[0] > x else -1
        nodes = (self.at(other) for other in range(self.count))
        beside = (side * (nx - x) + self.node for nx, ny in nodes if top - self.node < ny < bottom + self.node)
        return max(sqrt(max(self.radius**2 - nearest**2, 0)), *beside, 0)


@dataclass(frozen=True, slots=True)
class _Label:
    """What is written of a moment beside its node."""

    kind: tuple[str, ...]
    name: tuple[str, ...]
    x: float = _MIDDLE
    top: float = 0
    anchor: str = "middle"

    @property
    def height(self) -> float:
        return len(self.kind) * _KIND.leading + len(self.name) * _NAME.leading

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def draw(self) -> Markup:
        below = self.top + len(self.kind) * _KIND.leading
        kind = text_block(self.kind, self.x, self.top + 10, _KIND, Ink.SOFT, self.anchor)
        return kind + text_block(self.name, self.x, below + 12, _NAME, anchor=self.anchor)


def _named(name: str, stops: Sequence[Stop]) -> tuple[float, Markup] | None:
    """The circle with the name of each moment beside it, if they fit."""
    over = _over(stops[0])
    if over is None:
        return None
    for radius in _RADII:
        ring = _Ring((_MIDDLE, _EDGE + over.height + _BESIDE + _NODE + radius), radius, len(stops))
        labels = _labels(ring, stops, over)
        if labels is not None:
            end = max(ring.bottom, *(label.bottom for label in labels)) + 16
            return end, _circle(name, ring, stops, [label.draw() for label in labels])
    return None


def _over(stop: Stop) -> _Label | None:
    """The label of a moment above or below its node, where there is all the width."""
    label = _Label(wrap(stop.kind, _KIND, 300, lines=1), wrap(stop.name, _NAME, 300, lines=2), top=_EDGE)
    return label if _whole(label.name, stop.name, 300) else None


def _labels(ring: _Ring, stops: Sequence[Stop], over: _Label) -> list[_Label] | None:
    """The labels of all moments in their order, or None when some does not fit."""
    half = ring.count / 2
    under = _over(stops[ring.count // 2]) if ring.count % 2 == 0 else None
    if ring.count % 2 == 0 and under is None:
        return None
    limit = ring.bottom if under else ring.bottom + 30
    right = _side(ring, [(n, stops[n]) for n in range(1, ring.count) if n < half], limit)
    left = _side(ring, [(n, stops[n]) for n in range(ring.count - 1, 0, -1) if n > half], limit)
    if right is None or left is None:
        return None
    below = [_Label(under.kind, under.name, top=ring.bottom + _BESIDE)] if under else []
    return [over, *right, *below, *reversed(left)]


def _side(ring: _Ring, stops: Sequence[tuple[int, Stop]], limit: float) -> list[_Label] | None:
    """The labels of one side from top to bottom, none over another, or None when they do not fit."""
    floor, labels = ring.top, list[_Label]()
    for position, stop in stops:
        label = _beside(ring, position, stop, floor)
        if label is None or label.bottom > limit:
            return None
        labels.append(label)
        floor = label.bottom + _BETWEEN
    return labels


def _beside(ring: _Ring, position: int, stop: Stop, floor: float) -> _Label | None:
    """The lowest label that holds the whole name beside the node and below a height."""
    x, y = ring.at(position)
    side = 1 if x > _MIDDLE else -1
    for height in range(28, _TALLEST, 2):
        top = max(y - height / 2, floor)
        clear = ring.reach(position, top, top + height) + _BESIDE
        room = _MIDDLE - _EDGE - clear
        if top > y or room < _NARROWEST:
            return None
        kind, name = wrap(stop.kind, _KIND, room, lines=2), wrap(stop.name, _NAME, room, lines=5)
        label = _Label(kind, name, _MIDDLE + side * clear, top, "start" if side == 1 else "end")
        if label.height <= height and _whole(kind, stop.kind, room, _KIND) and _whole(name, stop.name, room):
            return label
    return None


def _whole(lines: Sequence[str], text: str, room: float, type_: Type = _NAME) -> bool:
    """Whether a text was neither cut nor had a word broken."""
    words = all(width_of(word, type_) <= room for word in text.split())
    return words and not (lines and lines[-1].endswith(ELLIPSIS))


def _numbered(name: str, stops: Sequence[Stop]) -> tuple[float, Markup]:
    """The circle with numbers alone, and below it the name of each by type."""
    count = len(stops)
    radius = min(max(_SMALLEST, count * 9), _LARGEST)
    apart = 2 * pi * radius / count
    node = min(_NODE, max(apart * 0.3, (apart - 8 - _ARC) / 2))
    ring = _Ring((_MIDDLE, _EDGE + radius + node), radius, count, node)
    y, rows, headings = ring.bottom + 14, list[Markup](), Markup()
    for kind, run in groupby(stops, key=lambda stop: stop.kind):
        headings += text_block(wrap(kind, _HEADING, _WIDTH - 2 * _EDGE, lines=1), _EDGE, y + 13, _HEADING, Ink.SOFT)
        y += 22
        for stop in run:
            height, row = _row(stop, y)
            rows.append(row)
            y += height
        y += 6
    return y + 4, _circle(name, ring, stops, rows) + headings


def _row(stop: Stop, y: float) -> tuple[float, Markup]:
    lines = wrap(stop.name, _NAME, _WIDTH - _ROW - _EDGE, lines=2)
    height = max(len(lines) * _NAME.leading + 6, 30)
    base = y + height / 2 + 4.5 - (len(lines) - 1) * _NAME.leading / 2
    return height, mark(stop, (_EDGE + 20, y + height / 2), 11) + text_block(lines, _ROW, base, _NAME)


def _circle(name: str, ring: _Ring, stops: Sequence[Stop], words: Sequence[Markup]) -> Markup:
    """The nodes, each linked together with its words, the arrows between them and the name at the centre."""
    nodes = (
        link(stop.address, mark(stop, ring.at(n), ring.node, ring.angle(n) + pi), written)
        for n, (stop, written) in enumerate(zip(stops, words, strict=True))
    )
    arcs = (_arc(ring, n, last=n == ring.count - 1) for n in range(ring.count))
    return Markup().join((*arcs, _centre(name, ring), _start(ring), *nodes))


def _arc(ring: _Ring, position: int, *, last: bool) -> Markup:
    """The part of the circle from a moment to the next, with its head; the one that closes it is broken."""
    gap = (ring.node + _CLEAR) / ring.radius
    start, end = ring.angle(position) + gap, ring.angle(position + 1) - gap
    if (end - start) * ring.radius < _ARC:
        return Markup()
    neck = end - _HEAD / ring.radius
    large = 1 if neck - start > pi else 0
    here, there = polar(ring.centre, ring.radius, start), polar(ring.centre, ring.radius, neck)
    path = f"M{xy(*here)}A{ring.radius:g} {ring.radius:g} 0 {large} 1 {xy(*there)}"
    broken: dict[str, float | str] = {"stroke_dasharray": "3 4"} if last else {}
    head = (polar(ring.centre, ring.radius + side, neck) for side in (-4, 4))
    tip = polar(ring.centre, ring.radius, end)
    shaft = element("path", ink=Ink.LINE, d=path, fill="none", stroke_width=1.5, **broken)
    return shaft + element("path", ink=Ink.SOFT, d=f"M{'L'.join(xy(*point) for point in (tip, *head))}Z")


def _start(ring: _Ring) -> Markup:
    """Below the first moment: the circle is read from here."""
    y = ring.top + 2 * ring.node + 7
    pointer = element("path", ink=Ink.SOFT, d=f"M{xy(_MIDDLE, y)}l5 8h-10z")
    return pointer + text_block(("Inicio",), _MIDDLE, y + 20, _SIGN, Ink.SOFT, "middle")


def _centre(name: str, ring: _Ring) -> Markup:
    lines = wrap(name, _CENTRE, 1.7 * (ring.radius - ring.node - 8), lines=3)
    y = ring.centre[1] + 12 - (len(lines) - 1) * _CENTRE.leading / 2
    count = "1 momento" if ring.count == 1 else f"{ring.count} momentos"
    words = text_block(lines, _MIDDLE, y, _CENTRE, anchor="middle")
    return words + text_block((count,), _MIDDLE, y + len(lines) * _CENTRE.leading, _KIND, Ink.SOFT, "middle")
