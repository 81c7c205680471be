"""The chain of service: which moment of truth has to happen before which, from top to bottom."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from markupsafe import Markup

from pauta.figures.moment_signs import Stop, legend, make_stops, mark, signs_in_words
from pauta.figures.svg import BODY, Ink, Type, arrow, drawing, element, link, text_block, wrap
from pauta.model import Entity, Manual

_WIDTH = 420
_EDGE = 2
_AT_ONCE = 3
"""How many boxes stand side by side; more would be too narrow to read."""
_WIDEST = 270.0
_ROOMY = 170.0
"""From this width on, a box has its number beside its name and not above."""
_GAP = 12
_STEP = 36
"""Between a row and the next, where the arrows are."""
_APART = 22
"""Between chains that have nothing to do with each other."""
_LANE, _LANES = 20.0, 160.0
"""The width of the way that an arrow takes between the boxes of a row, and of all of them."""
_PADDING = 10
_NODE = 11.0

_NAME = Type(BODY, 15)
_KIND = Type(11, 13.5)
_HEADING = Type(BODY, 16, bold=True)

_Url = Callable[[Entity], str]
_After = Mapping[int, Sequence[int]]
"""What goes directly after each moment, by their numbers."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in a row: a moment, or the way of an arrow from an earlier moment to a later row."""

    source: int
    stop: Stop | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A slot where it is drawn."""

    slot: _Slot
    left: float
    width: float
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.left + self.width / 2

    @property
    def bottom(self) -> float:
        return self.top + self.height


def service_chain(manual: Manual, moments: Sequence[Entity], url: _Url) -> str:
    """The figure as SVG, or nothing without moments. ``url`` tells the address of a moment."""
    stops = make_stops(manual, moments, url)
    if not stops:
        return ""
    after = _without_steps_back(_following(stops))
    y, drawn = float(_EDGE), Markup()
    chains = _chains(stops, after)
    for chain in (chain for chain in chains if len(chain) > 1):
        y, part = _chain(chain, after, y)
        drawn += part
        y += _APART
    y, loose = _loose([chain[0] for chain in chains if len(chain) == 1], y)
    end, signs = legend(stops, y)
    size = (_WIDTH, end + _EDGE)
    prefix = f"fig-cadena-{stops[0].moment.id}"
    return drawing(prefix, "Cadena del servicio", _description(stops, after), size, drawn, loose, signs)


def _description(stops: Sequence[Stop], after: _After) -> str:
    how_many = "Un momento" if len(stops) == 1 else f"{len(stops)} momentos, de arriba abajo"
    order = "; ".join(f"{here} va antes de {', '.join(map(str, later))}" for here, later in after.items() if later)
    return f"{how_many}. {f'Orden: {order}.' if order else 'Ninguno depende de otro.'}{signs_in_words(stops)}"


def _following(stops: Sequence[Stop]) -> dict[int, list[int]]:
    """What each moment says that it goes before, among those that are drawn."""
    numbers = {stop.moment.id: stop.number for stop in stops}
    return {
        stop.number: [numbers[name] for name in stop.moment.get("antes_de", ()) if name in numbers] for stop in stops
    }


def _without_steps_back(following: _After) -> dict[int, list[int]]:
    """The same without what would lead to a moment that was already passed.

    It walks without recursion, for a chain may be as long as the manual.
    """
    kept: dict[int, list[int]] = {number: [] for number in following}
    seen = set[int]()
    for start in following:
        path = {} if start in seen else {start: iter(following[start])}
        seen.add(start)
        while path:
            here = next(reversed(path))
            after = next(path[here], None)
            if after is None:
                del path[here]
            elif after not in path:
                kept[here].append(after)
                if after not in seen:
                    seen.add(after)
                    path[after] = iter(following[after])
    return kept


def _chains(stops: Sequence[Stop], after: _After) -> list[list[Stop]]:
    """The moments, those that an order joins together, in the order of their first."""
    chain_of = {stop.number: {stop.number} for stop in stops}
    for here, later in after.items():
        for there in later:
            if chain_of[here] is not chain_of[there]:
                joined = chain_of[here] | chain_of[there]
                chain_of.update(dict.fromkeys(joined, joined))
    first = {id(chain): chain for chain in chain_of.values()}
    by_number = {stop.number: stop for stop in stops}
    return [[by_number[number] for number in sorted(chain)] for chain in first.values()]


def _rows(chain: Sequence[Stop], after: _After) -> dict[int, int]:
    """The row of each moment: below all that go before it, with few side by side."""
    waiting = {stop.number: sum(stop.number in after[other.number] for other in chain) for stop in chain}
    rows = dict[int, int]()
    lowest = dict.fromkeys(waiting, 0)
    ready = [number for number, before in waiting.items() if not before]
    while ready:
        here = ready.pop(0)
        rows[here] = row = next(row for row in count(lowest[here]) if _free(rows, row))
        for there in after[here]:
            lowest[there] = max(lowest[there], row + 1)
            waiting[there] -= 1
            if not waiting[there]:
                ready.append(there)
    return _pulled_down(rows, after)


def _free(rows: Mapping[int, int], row: int) -> bool:
    return sum(other == row for other in rows.values()) < _AT_ONCE


def _pulled_down(rows: dict[int, int], after: _After) -> dict[int, int]:
    """The rows with what nothing leads to just above what it goes before, and none left empty."""
    led_to = {there for number in rows for there in after[number]}
    for here in (number for number in rows if number not in led_to):
        row = min(rows[there] for there in after[here]) - 1
        rows[here] = row if _free(rows, row) else rows[here]
    used = sorted(set(rows.values()))
    return {number: used.index(row) for number, row in rows.items()}


def _chain(chain: Sequence[Stop], after: _After, y: float) -> tuple[float, Markup]:
    """Moments that an order joins, from a height down."""
    rows = _rows(chain, after)
    placed: list[list[_Placed]] = []
    for row in range(max(rows.values()) + 1):
        slots = list(_slots(chain, rows, after, row))
        placed.append(_place(_untangled(slots, placed[-1] if placed else [], after), y))
        y = placed[-1][0].bottom + _STEP
    arrows = Markup().join(_between(above, below, after) for above, below in pairwise(placed))
    return y - _STEP, arrows + Markup().join(_draw(item) for row_ in placed for item in row_)


def _slots(chain: Sequence[Stop], rows: Mapping[int, int], after: _After, row: int) -> Iterator[_Slot]:
    """What a row holds: its moments, and a way for each earlier one that goes before a later row."""
    for stop in chain:
        here = stop.number
        if rows[here] == row:
            yield _Slot(here, stop)
        elif rows[here] < row < max((rows[there] for there in after[here]), default=0):
            yield _Slot(here)


def _untangled(slots: Sequence[_Slot], above: Sequence[_Placed], after: _After) -> list[_Slot]:
    """The slots of a row in the order of what leads to them, so that few arrows cross."""

    def place(slot: _Slot) -> float:
        leading = [item.middle for item in above if _leads(item.slot, slot, after)]
        return sum(leading) / len(leading) if leading else _WIDTH / 2

    return sorted(slots, key=place)


def _leads(before: _Slot, slot: _Slot, after: _After) -> bool:
    return slot.source in after[before.source] if slot.stop else before.source == slot.source


def _place(slots: Sequence[_Slot], y: float) -> list[_Placed]:
    """The slots side by side in the middle, all of one height."""
    boxes = [slot.stop for slot in slots if slot.stop]
    lanes = len(slots) - len(boxes)
    lane = min(_LANE, _LANES / lanes) if lanes else 0
    room = _WIDTH - 2 * _EDGE - lanes * lane - (len(boxes) - 1) * _GAP
    width = min(_WIDEST, room / max(len(boxes), 1))
    height = max((_height(stop, width) for stop in boxes), default=0)
    left = (_WIDTH - lanes * lane - len(boxes) * width - max(len(boxes) - 1, 0) * _GAP) / 2
    placed: list[_Placed] = []
    for slot in slots:
        left += _GAP if slot.stop and any(item.slot.stop for item in placed) else 0
        placed.append(_Placed(slot, left, width if slot.stop else lane, y, height))
        left = placed[-1].left + placed[-1].width
    return placed


def _words(stop: Stop, width: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Type and name of a moment, as they fit in a box."""
    roomy = width >= _ROOMY
    room = width - 2 * _PADDING - (2 * _NODE + 12 if roomy else 0)
    return wrap(stop.kind, _KIND, room, lines=2), wrap(stop.name, _NAME, room, lines=3 if roomy else 5)


def _height(stop: Stop, width: float) -> float:
    kind, name = _words(stop, width)
    return len(kind) * _KIND.leading + len(name) * _NAME.leading + 18 + (0 if width >= _ROOMY else 2 * _NODE + 8)


def _draw(item: _Placed) -> Markup:
    stop = item.slot.stop
    if stop is None:
        return _line((item.middle, item.top), (item.middle, item.bottom))
    kind, name = _words(stop, item.width)
    roomy = item.width >= _ROOMY
    x = item.left + _PADDING + (2 * _NODE + 12 if roomy else 0)
    middle = item.top + (item.height / 2 if roomy else 10 + _NODE)
    used = len(kind) * _KIND.leading + len(name) * _NAME.leading
    y = item.top + ((item.height - used) / 2 if roomy else 2 * _NODE + 17)
    return link(
        stop.address,
        element(
            "rect",
            ink=Ink.ALERT if stop.critical else Ink.CARD,
            x=item.left,
            y=item.top,
            width=item.width,
            height=item.height,
            rx=8,
        ),
        mark(stop, (item.left + _PADDING + _NODE + 2, middle), _NODE),
        text_block(kind, x, y + 10, _KIND, Ink.SOFT),
        text_block(name, x, y + len(kind) * _KIND.leading + 12, _NAME),
    )


def _between(above: Sequence[_Placed], below: Sequence[_Placed], after: _After) -> Markup:
    """The arrows from a row to the next; those of one moment arrive apart from each other."""
    drawn = Markup()
    for item in below:
        leading = [before for before in above if _leads(before.slot, item.slot, after)]
        for position, before in enumerate(leading, 1):
            start = (before.middle, before.bottom)
            end = (item.left + item.width * position / (len(leading) + 1), item.top)
            drawn += arrow(start, (end[0], end[1] - 2), Ink.SOFT) if item.slot.stop else _line(start, end)
    return drawn


def _line(start: tuple[float, float], end: tuple[float, float]) -> Markup:
    (x1, y1), (x2, y2) = start, end
    return element("line", ink=Ink.LINE, x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=1.5)


def _loose(stops: Sequence[Stop], y: float) -> tuple[float, Markup]:
    """The moments that say of no other which comes first."""
    if not stops:
        return y - _APART / 2, Markup()
    drawn = text_block(("Sin orden declarado",), _EDGE, y + 13, _HEADING, Ink.SOFT)
    y += 24
    for first in range(0, len(stops), _AT_ONCE):
        row = _place([_Slot(stop.number, stop) for stop in stops[first : first + _AT_ONCE]], y)
        drawn += Markup().join(_draw(item) for item in row)
        y = row[0].bottom + _GAP
    return y, drawn
