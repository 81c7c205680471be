"""The plan of a service: at each moment, what the customer does and what the company does before and behind the scenes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from pauta.figures.moment_signs import Stop, legend, mark, signs_in_words, stops_of
from pauta.figures.svg import BODY, Ink, Type, arrow, drawing, element, link, text_block, width_of, wrap
from pauta.model import Entity, Manual

_EDGE = 2
_TITLES = 96
"""The width of the names of the lanes, at the left."""
_COLUMN = 194
_BOX = 172
_PADDING = 10
_ROOM = _BOX - 2 * _PADDING
_STACKED = 8
"""Between the boxes of a lane in one column."""
_BETWEEN_LANES = 46
_LOWEST = 40.0
"""The height of a lane of which no moment says anything."""
_SHOWN = 4
"""How many boxes a lane has in one column; the others are counted."""
_NODE = 13.0
_REPEAT = 3
"""After how many columns the name of a line is said again, for whoever has scrolled."""

_TEXT = Type(BODY, 15.5)
_WHO = Type(11.5, 14)
_NAME = Type(14, 17, bold=True)
_LANE = Type(13.5, 16, bold=True)
_LINE = Type(11, 13)

_Url = Callable[[Entity], str]


@dataclass(frozen=True, slots=True)
class _Box:
    """What is done at a moment, and by whom or with what."""

    text: tuple[str, ...]
    who: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        return len(self.text) * _TEXT.leading + len(self.who) * _WHO.leading + 18


@dataclass(frozen=True, slots=True)
class _Lane:
    """A row of the plan: a list of boxes for each moment."""

    title: str
    ink: Ink
    cells: Sequence[Sequence[_Box]]
    line: str = ""
    """The name of the line that parts it from the next lane."""
    even: bool = False
    """Whether each moment has one box at most; they are all as tall as the lane."""

    @property
    def height(self) -> float:
        return max(_LOWEST, *(_stack(cell) for cell in self.cells))

    def height_of(self, box: _Box) -> float:
        return self.height if self.even else box.height

    def bottom(self, column: int, top: float) -> float:
        """Where the boxes of a moment end."""
        return top + (self.height if self.even else _stack(self.cells[column]))


def service_blueprint(manual: Manual, cycle: Entity, url: _Url) -> str:
    """The figure as SVG, or nothing when no moment can be drawn. ``url`` tells the address of a moment."""
    stops = stops_of(manual, cycle, url)
    if not stops:
        return ""
    lanes, width = _lanes(manual, stops), _left(len(stops))
    y, heads = _heads(stops)
    tops = []
    for lane in lanes:
        tops.append(y)
        y += lane.height + _BETWEEN_LANES
    end, signs = legend(stops, y - _BETWEEN_LANES + 16, width)
    size = (width, end + _EDGE)
    drawn = [_draw(lane, top, stops) for lane, top in zip(lanes, tops, strict=True)]
    lines = [_line(lane.line, after - _BETWEEN_LANES / 2, width) for lane, after in zip(lanes, tops[1:], strict=False)]
    title = f"Plano del servicio: {manual.title(cycle)}"
    description = _description(stops)
    arrows = _arrows(lanes, tops, len(stops))
    return drawing(f"fig-plano-{cycle.id}", title, description, size, *lines, arrows, heads, *drawn, signs)


def _description(stops: Sequence[Stop]) -> str:
    count = "Una columna" if len(stops) == 1 else f"{len(stops)} columnas, una por momento en su orden"
    return (
        f"{count}, y cuatro filas: qué hace el cliente, qué ve de quien lo atiende, qué se hace sin que lo vea y en qué "
        "se apoya. Las separan la línea de interacción, la de visibilidad y la de interacción interna."
        f"{signs_in_words(stops)}"
    )


def _lanes(manual: Manual, stops: Sequence[Stop]) -> list[_Lane]:
    moments = [stop.moment for stop in stops]
    customer, front = [_customer(moment) for moment in moments], [_front(manual, moment) for moment in moments]
    behind, support = [_behind(manual, moment) for moment in moments], [_support(manual, moment) for moment in moments]
    return [
        _Lane("El cliente", Ink.ACCENT, customer, "Línea de interacción", even=True),
        _Lane("A la vista", Ink.ACCENT_2, front, "Línea de visibilidad", even=True),
        _Lane("Detrás", Ink.CARD, behind, "Línea de interacción interna"),
        _Lane("Apoyo", Ink.ACCENT_3, support),
    ]


def _customer(moment: Entity) -> list[_Box]:
    return [_box(moment["cliente_hace"], lines=7)]


def _front(manual: Manual, moment: Entity) -> list[_Box]:
    seen, role = moment.get("a_la_vista", ""), _name(manual, "roles", moment.get("rol"))
    return [_box(seen, [role], lines=6)] if seen or role else []


def _behind(manual: Manual, moment: Entity) -> list[_Box]:
    return _few([_task(manual, task) for task in moment.get("detras", ())])


def _task(manual: Manual, task: Mapping[str, Any]) -> _Box:
    who = (_name(manual, "roles", task.get("rol")), task.get("plazo", ""))
    return _box(task["hace"], who, lines=5)


def _support(manual: Manual, moment: Entity) -> list[_Box]:
    return _few([_box(each["aporta"], _givers(manual, each), lines=4) for each in moment.get("apoyo", ())])


def _givers(manual: Manual, support: Mapping[str, Any]) -> Iterator[str]:
    """The names of the system, the supplier and the resource that give a support."""
    for field, collection in (("sistema", "sistemas"), ("proveedor", "proveedores"), ("recurso", "recursos")):
        if field in support:
            yield _name(manual, collection, support[field])


def _name(manual: Manual, collection: str, target: str | None) -> str:
    """The name of what a moment points to; a name that nothing has stays as it is written."""
    entity = manual.find(collection, target) if target else None
    return manual.title(entity) if entity is not None else target or ""


def _box(text: str, who: Iterable[str] = (), *, lines: int) -> _Box:
    return _Box(wrap(text, _TEXT, _ROOM, lines=lines), tuple(_together([name for name in who if name])))


def _together(names: Sequence[str]) -> Iterator[str]:
    """Short names, as many on a line as fit whole; a long one takes two."""
    line = ""
    for name in names:
        joined = f"{line} · {name}" if line else name
        if width_of(joined, _WHO) > _ROOM:
            yield from wrap(line, _WHO, _ROOM, lines=2)
            joined = name
        line = joined
    yield from wrap(line, _WHO, _ROOM, lines=2)


def _few(boxes: list[_Box]) -> list[_Box]:
    more = len(boxes) - _SHOWN + 1
    return boxes if more <= 1 else [*boxes[: _SHOWN - 1], _Box((f"y {more} más",))]


def _stack(boxes: Sequence[_Box]) -> float:
    return sum(box.height for box in boxes) + _STACKED * (len(boxes) - 1) if boxes else 0


def _left(column: int) -> float:
    return _TITLES + column * _COLUMN


def _heads(stops: Sequence[Stop]) -> tuple[float, Markup]:
    """The number, type and name of each moment above its column, and where they end."""
    names = [wrap(stop.name, _NAME, _BOX - 40, lines=4) for stop in stops]
    height = max(len(name) for name in names) * _NAME.leading + _WHO.leading + 18
    heads = (
        link(
            stop.address,
            mark(stop, (_left(column) + _NODE + 6, _EDGE + _NODE + 8), _NODE),
            text_block(wrap(stop.kind, _WHO, _BOX - 24, lines=1), _left(column) + 40, _EDGE + 12, _WHO, Ink.SOFT),
            text_block(name, _left(column) + 40, _EDGE + 30, _NAME),
        )
        for column, (stop, name) in enumerate(zip(stops, names, strict=True))
    )
    return height, Markup().join(heads)


def _draw(lane: _Lane, top: float, stops: Sequence[Stop]) -> Markup:
    """The title of a lane and its boxes, each linked to its moment."""
    drawn = text_block(wrap(lane.title, _LANE, _TITLES - 10, lines=2), _EDGE, top + 22, _LANE)
    if not any(lane.cells):
        drawn += text_block(("Sin describir",), _TITLES, top + 22, _TEXT, Ink.SOFT)
    for column, (stop, boxes) in enumerate(zip(stops, lane.cells, strict=True)):
        y = top
        for box in boxes:
            height = lane.height_of(box)
            drawn += _linked(stop, box, (_left(column), y), height, lane.ink)
            y += height + _STACKED
    return drawn


def _linked(stop: Stop, box: _Box, place: tuple[float, float], height: float, ink: Ink) -> Markup:
    x, y = place
    below = y + 12 + len(box.text) * _TEXT.leading
    return element(
        "a",
        element("rect", ink=ink, x=x, y=y, width=_BOX, height=height, rx=8),
        text_block(box.text, x + _PADDING, y + 20, _TEXT),
        text_block(box.who, x + _PADDING, below + 9, _WHO, Ink.SOFT),
        href=stop.address,
        tabindex="-1",  # the head of the column is there for the keyboard: one stop a moment is enough
    )


def _line(name: str, y: float, width: float) -> Markup:
    """One of the three lines of a plan, with its name again every few columns."""
    columns = round((width - _TITLES) / _COLUMN)
    names = (
        text_block((name,), _left(column) - 12, y - 5, _LINE, Ink.SOFT, "middle")
        for column in range(_REPEAT, columns, _REPEAT)
    )
    dashes = element(
        "line", ink=Ink.LINE, x1=_EDGE, y1=y, x2=width - _EDGE, y2=y, stroke_width=1.5, stroke_dasharray="7 5"
    )
    return Markup().join((dashes, text_block((name,), _EDGE, y - 5, _LINE, Ink.SOFT), *names))


def _arrows(lanes: Sequence[_Lane], tops: Sequence[float], columns: int) -> Markup:
    """From what the customer does to what follows, and down each column to what holds it."""
    middle = tops[0] + lanes[0].height / 2
    across = (arrow((_left(n) + _BOX, middle), (_left(n + 1) - 2, middle), Ink.SOFT) for n in range(columns - 1))
    down = (arrow(start, end, Ink.SOFT) for n in range(columns) for start, end in _steps(lanes, tops, n))
    return Markup().join((*across, *down))


def _steps(
    lanes: Sequence[_Lane], tops: Sequence[float], column: int
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Where the arrows of a column go, from each lane that says something to the next that does."""
    x = _left(column) + _BOX / 2
    saying = [(lane, top) for lane, top in zip(lanes, tops, strict=True) if lane.cells[column]]
    for (lane, top), (_, below) in pairwise(saying):
        yield (x, lane.bottom(column, top)), (x, below - 2)
