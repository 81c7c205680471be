"""The coverage matrix: by which channels each moment of truth happens, and where nothing stands behind it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from markupsafe import Markup

from pauta.check.agreements import in_force
from pauta.figures.svg import Ink, Type, drawing, element, link, text_block, wrap
from pauta.model import Entity, Manual

_EDGE = 2
_NAMES = 200
"""How wide the column of the names is."""
_COLUMN = 30
_NARROWEST = 18
_CELLS = 216
"""How wide all channels are together, unless each would be narrower than the narrowest."""
_TWO_LINES = 26
"""From which width the name of a channel is written in two lines."""
_HEAD = 106
_RADIUS = 7.5
_GAP = 14

_WARNING = Type(12, 14.5, bold=True)
_CYCLE = Type(14, 17, bold=True)
_MOMENT = Type(12, 14.5)
_CHANNEL = Type(11.5, 12.5)
_LEGEND = Type(12, 22)

_Url = Callable[[Entity], str]


class Mark(Enum):
    """What is known of a moment in a channel, as people read it."""

    NONE = "No ocurre por ese canal"
    COVERED = "Ocurre, con acuerdo vigente o indicador"
    HOLE = "Hueco: ocurre y nada lo promete ni lo mide"
    UNUSED = "Hueco: se ofrece y ningún momento lo usa"
    """Of a whole cycle, not of a moment."""


@dataclass(frozen=True, slots=True)
class Row:
    """A moment with its mark in each channel, in the order of the channels."""

    moment: Entity
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The moments of one cycle, or those of none."""

    cycle: Entity | None
    """None for moments whose cycle is not looked at whole."""
    rows: tuple[Row, ...]
    unused: tuple[bool, ...]
    """For each channel, whether the offer of the cycle's service has it and no moment uses it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix without its drawing: channels across, moments down, grouped by cycle."""

    channels: tuple[Entity, ...]
    groups: tuple[Group, ...]

    @property
    def holes(self) -> tuple[tuple[Entity, Entity], ...]:
        """Moment and channel of what happens without anything that promises or measures it."""
        found = (
            (row.moment, channel)
            for group in self.groups
            for row in group.rows
            for channel, mark in zip(self.channels, row.marks, strict=True)
            if mark is Mark.HOLE
        )
        return tuple(dict.fromkeys(found))  # a moment of two cycles is in two rows

    @property
    def unused(self) -> tuple[tuple[Entity, Entity], ...]:
        """Cycle and channel of what is offered and no moment of the cycle uses."""
        return tuple(
            (group.cycle, channel)
            for group in self.groups
            if group.cycle is not None
            for channel, unused in zip(self.channels, group.unused, strict=True)
            if unused
        )


def coverage(manual: Manual, moments: Sequence[Entity]) -> Coverage:
    """The cells of the matrix of some moments.

    A cycle is looked at when all its moments are among them; the other moments stand together at
    the end. An agreement limited to some channels covers a moment only in those.
    """
    groups = list(_grouped(manual, moments))
    wanted = {name for moment in moments for name in moment.get("canales", ())}
    wanted |= {name for cycle, _ in groups for name in _offered(manual, cycle)}
    channels = tuple(channel for channel in manual.all("canales") if channel.id in wanted)
    return Coverage(channels, tuple(_group(manual, cycle, members, channels) for cycle, members in groups))


def _grouped(manual: Manual, moments: Sequence[Entity]) -> Iterator[tuple[Entity | None, list[Entity]]]:
    given = {moment.id: moment for moment in moments}
    alone = dict(given)
    for cycle in manual.all("ciclos"):
        if all(name in given for name in cycle["momentos"]):
            yield cycle, [given[name] for name in cycle["momentos"]]
            for name in cycle["momentos"]:
                alone.pop(name, None)
    if alone:
        yield None, list(alone.values())


def _offered(manual: Manual, cycle: Entity | None) -> Sequence[str]:
    offer = manual.find("ofertas", cycle["servicio"]) if cycle is not None else None
    return tuple(offer.get("canales", ())) if offer is not None and offer.sound else ()


def _group(manual: Manual, cycle: Entity | None, members: list[Entity], channels: tuple[Entity, ...]) -> Group:
    used = {name for moment in members for name in moment.get("canales", ())}
    missing = set(_offered(manual, cycle)) - used
    rows = (Row(moment, tuple(_mark(manual, moment, channel.id) for channel in channels)) for moment in members)
    return Group(cycle, tuple(rows), tuple(channel.id in missing for channel in channels))


def _mark(manual: Manual, moment: Entity, channel: str) -> Mark:
    if channel not in moment.get("canales", ()):
        return Mark.NONE
    return Mark.COVERED if "indicadores" in moment.data or _promised(manual, moment, channel) else Mark.HOLE


def _promised(manual: Manual, moment: Entity, channel: str) -> bool:
    agreement = manual.find("acuerdos", moment.get("acuerdo", ""))
    return (
        agreement is not None
        and agreement.sound
        and in_force(manual, agreement)
        and channel in agreement.get("canales", (channel,))
    )


def coverage_matrix(manual: Manual, moments: Sequence[Entity], url: _Url, *, prefix: str = "fig-cobertura") -> str:
    """The figure as SVG, or nothing without moments or channels.

    ``url`` tells the address of an entity; ``prefix`` keeps apart two matrices on one page.
    """
    cells = coverage(manual, moments)
    if not cells.groups or not cells.channels:
        return ""
    grid = _Grid(manual, cells.channels, url)
    y, drawn = float(_EDGE), Markup()
    for number, group in enumerate(cells.groups):
        y, marks = _draw_group(grid, group, y, first=number == 0)
        drawn += marks
    y, legend = _legend(y)
    size = (grid.right + _EDGE, y)
    return drawing(prefix, "Matriz de cobertura", _description(manual, cells), size, drawn, legend)


def _description(manual: Manual, cells: Coverage) -> str:
    rows = sum(len(group.rows) for group in cells.groups)
    found = [
        *(f"«{manual.title(moment)}» por «{manual.title(channel)}»" for moment, channel in cells.holes),
        *(f"«{manual.title(cycle)}» sin uso de «{manual.title(channel)}»" for cycle, channel in cells.unused),
    ]
    told = f"Huecos: {'; '.join(found)}." if found else "Sin huecos."
    return f"Momentos de verdad ({rows}) en filas y canales ({len(cells.channels)}) en columnas. {told}"


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the columns are, and what is written at their heads."""

    manual: Manual
    channels: tuple[Entity, ...]
    url: _Url

    @property
    def column(self) -> float:
        """The width of a channel."""
        return max(min(_COLUMN, _CELLS / len(self.channels)), _NARROWEST)

    @property
    def names(self) -> float:
        """The width of the names: what few channels leave, they take."""
        return max(_NAMES, _NAMES + _CELLS - self.column * len(self.channels))

    @property
    def right(self) -> float:
        """Where the last column ends."""
        return _EDGE + self.names + self.column * len(self.channels)

    def middle(self, number: int) -> float:
        """The middle of a column."""
        return _EDGE + self.names + self.column * (number + 0.5)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A mark where it is drawn."""

    mark: Mark
    x: float
    y: float


def _draw_group(grid: _Grid, group: Group, y: float, *, first: bool) -> tuple[float, Markup]:
    """A cycle's moments under the heads of the channels, which stand again at each cycle."""
    top = y + _HEAD
    ends, spots, names = [top], list[_Sign](), Markup()
    for row in group.rows:
        height, name = _moment(grid, row.moment, ends[-1])
        names += name
        spots += [_Sign(mark, grid.middle(n), ends[-1] + height / 2) for n, mark in enumerate(row.marks)]
        ends.append(ends[-1] + height)
    if any(group.unused):
        spots += [_Sign(Mark.UNUSED, grid.middle(n), ends[-1] + 14) for n, unused in enumerate(group.unused) if unused]
        names += text_block(("Se ofrece y no se usa",), _EDGE, ends[-1] + 18, _WARNING)
        ends.append(ends[-1] + 28)
    heads = _heads(grid, top, linked=first) + _cycle(grid, group.cycle, top, alone=first)
    return ends[-1] + _GAP, _lines(grid, ends) + heads + names + _signs(spots)


def _heads(grid: _Grid, base: float, *, linked: bool) -> Markup:
    """The names of the channels, read from below upwards; the first time they lead to their pages."""
    lines = 2 if grid.column >= _TWO_LINES else 1
    drawn = Markup()
    for n, channel in enumerate(grid.channels):
        name = wrap(grid.manual.title(channel), _CHANNEL, _HEAD - 10, lines=lines)
        start = grid.middle(n) + 4 - (len(name) - 1) * _CHANNEL.leading / 2
        turned = element(
            "g", text_block(name, 0, 0, _CHANNEL), transform=f"translate({start:g} {base - 6:g}) rotate(-90)"
        )
        drawn += link(grid.url(channel), turned) if linked else turned
    return drawn


def _cycle(grid: _Grid, cycle: Entity | None, base: float, *, alone: bool) -> Markup:
    """The name of a cycle; moments that are not of a whole one are called others, unless there is nothing else."""
    title = grid.manual.title(cycle) if cycle is not None else "Momentos" if alone else "Otros momentos"
    lines = wrap(title, _CYCLE, grid.names - 8, lines=3)
    written = text_block(lines, _EDGE, base - 8 - (len(lines) - 1) * _CYCLE.leading, _CYCLE)
    return link(grid.url(cycle), written) if cycle is not None else written


def _moment(grid: _Grid, moment: Entity, y: float) -> tuple[float, Markup]:
    lines = wrap(grid.manual.title(moment), _MOMENT, grid.names - 8, lines=2)
    written = text_block(lines, _EDGE, y + 16, _MOMENT)
    return 9.5 + len(lines) * _MOMENT.leading, link(grid.url(moment), written)


def _lines(grid: _Grid, ends: Sequence[float]) -> Markup:
    """A line below the heads and below each row, and one between the channels."""
    across = "".join(f"M{_EDGE} {y:g}H{grid.right:g}" for y in ends)
    sides = (grid.middle(n) - grid.column / 2 for n in range(len(grid.channels)))
    down = "".join(f"M{x:g} {ends[0]:g}V{ends[-1]:g}" for x in sides)
    return element("path", ink=Ink.LINE, d=across + down, stroke_width=0.5)


def _signs(signs: Iterable[_Sign]) -> Markup:
    """All signs of a kind as one shape, so that a large matrix stays a small picture."""
    outlines: dict[Mark, str] = {}
    for sign in signs:
        if sign.mark in _OUTLINES:
            outlines[sign.mark] = outlines.get(sign.mark, "") + _OUTLINES[sign.mark](sign.x, sign.y)
    return Markup().join(_painted(mark, outlines[mark]) for mark in _OUTLINES if mark in outlines)


def _painted(mark: Mark, outline: str) -> Markup:
    return element(
        "path",
        ink=Ink.ACCENT if mark is Mark.COVERED else Ink.ALERT,
        d=outline,
        stroke_width=1.5,
        stroke_linecap="round",
        stroke_linejoin="round",
        **({"fill_opacity": 0} if mark is Mark.HOLE else {}),
    )


def _ticked(x: float, y: float) -> str:
    return f"{_ring(x, y)}M{x - 3.4:g} {y + 0.3:g}l2.4 2.6l4.6-5.2"


def _open(x: float, y: float) -> str:
    return f"{_ring(x, y)}{_exclamation(x, y - 0.5)}"


def _triangle(x: float, y: float) -> str:
    return f"M{x:g} {y - 8:g}l8.5 15h-17z{_exclamation(x, y + 1.5)}"


def _ring(x: float, y: float) -> str:
    return f"M{x - _RADIUS:g} {y:g}a{_RADIUS} {_RADIUS} 0 1 0 {2 * _RADIUS:g} 0a{_RADIUS} {_RADIUS} 0 1 0-{2 * _RADIUS:g} 0z"


def _exclamation(x: float, y: float) -> str:
    return f"M{x:g} {y - 3.5:g}v4M{x:g} {y + 3.7:g}v.1"


_OUTLINES: Mapping[Mark, Callable[[float, float], str]] = {
    Mark.COVERED: _ticked,
    Mark.HOLE: _open,
    Mark.UNUSED: _triangle,
}


def _legend(y: float) -> tuple[float, Markup]:
    """What each sign means; holes too when there are none, so that one sees what was looked for."""
    drawn = _signs(_Sign(mark, _EDGE + 10, y + 8 + n * _LEGEND.leading) for n, mark in enumerate(_OUTLINES))
    below = y + len(_OUTLINES) * _LEGEND.leading
    texts = (mark.value for mark in _OUTLINES)
    said = text_block(texts, _EDGE + 26, y + 12, _LEGEND)
    empty = text_block((f"En blanco: {Mark.NONE.value.lower()}",), _EDGE + 26, below + 12, _LEGEND)
    return below + _LEGEND.leading, drawn + said + empty
