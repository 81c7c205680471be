"""The pyramid of agreements: what binds the whole company, each department, and what the customer gets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pauta.check.agreements import in_force
from pauta.figures.svg import Ink, Type, drawing, element, link, text_block, width_of, wrap
from pauta.model import Entity, Manual
from pauta.quantities import Unit, parse_duration

_WIDTH = 420
_MIDDLE = _WIDTH / 2
_EDGE = 2
_SLANT = 6
"""How much wider a storey is at its foot, on each side."""
_MARGIN = 6
_PADDING = 8
_GAP = 6
_HEAD = 32
_ROOF = 34

_TITLE = Type(14.5, 18, bold=True)
_NAME = Type(12, 15)
_VALUE = Type(12, 15, bold=True)
_NOTE = Type(12, 15)

_BASE = "cliente"
_SHORT = {Unit.SECOND: "s", Unit.MINUTE: "min", Unit.HOUR: "h"}

_Url = Callable[[Entity], str]


@dataclass(frozen=True, slots=True)
class _Storey:
    """A level of the pyramid: its width at the foot, and how many boxes stand side by side."""

    level: str
    title: str
    ink: Ink
    width: float
    columns: int
    agreements: Sequence[Entity] = ()

    @property
    def box(self) -> float:
        """The width of each of its boxes."""
        return (self.width - 2 * (_SLANT + _MARGIN) - _GAP * (self.columns - 1)) / self.columns

    def rows(self) -> list[Sequence[Entity]]:
        """Its agreements as they stand in it."""
        return [self.agreements[n : n + self.columns] for n in range(0, len(self.agreements), self.columns)]


_STOREYS = (
    _Storey("corporativo", "Corporativo", Ink.ACCENT_3, 216, 1),
    _Storey("departamental", "Departamental", Ink.ACCENT_2, 316, 2),
    _Storey(_BASE, "De cliente", Ink.ACCENT, _WIDTH - 2 * _EDGE, 3),
)


@dataclass(frozen=True, slots=True)
class _Box:
    """What is written of an agreement, and where it leads."""

    address: str
    name: tuple[str, ...]
    value: tuple[str, ...]
    note: tuple[str, ...]

    @property
    def height(self) -> float:
        """How much room it takes."""
        return 2 * _PADDING - 2 + len(self.name) * _NAME.leading + len((*self.value, *self.note)) * _VALUE.leading


def agreement_pyramid(manual: Manual, url: _Url) -> str:
    """The figure as SVG, or nothing when the manual has no agreements. ``url`` tells the address of an entity."""
    agreements = list(manual.all("acuerdos"))
    if not agreements:
        return ""
    y, drawn = float(_EDGE + _ROOF), _roof(_STOREYS[0])
    storeys = [_filled(storey, agreements) for storey in _STOREYS]
    for storey in storeys:
        height, marks = _storey(manual, storey, y, url)
        drawn += marks
        y += height + _EDGE
    return drawing(
        "fig-acuerdos", "Pirámide de acuerdos de nivel de servicio", _description(manual, storeys), (_WIDTH, y), drawn
    )


def _filled(storey: _Storey, agreements: Sequence[Entity]) -> _Storey:
    mine = tuple(agreement for agreement in agreements if agreement.get("nivel", _BASE) == storey.level)
    return _Storey(storey.level, storey.title, storey.ink, storey.width, storey.columns, mine)


def _description(manual: Manual, storeys: Sequence[_Storey]) -> str:
    counts = "; ".join(f"{storey.title.lower()}, {len(storey.agreements)}" for storey in storeys)
    below = [_refinement(manual, each) for storey in storeys for each in storey.agreements if "superior" in each.data]
    chain = f" {'; '.join(below)}." if below else ""
    return f"Acuerdos por nivel, de arriba abajo: {counts}. Cada uno con su valor y en cuántos casos se cumple.{chain}"


def _refinement(manual: Manual, agreement: Entity) -> str:
    upper = manual.find("acuerdos", agreement["superior"])
    return f"«{manual.title(agreement)}» afina «{manual.title(upper) if upper else agreement['superior']}»"


def _roof(storey: _Storey) -> Markup:
    half = storey.width / 2 - _SLANT
    outline = f"M{_MIDDLE:g} {_EDGE}L{_MIDDLE + half:g} {_ROOF:g}H{_MIDDLE - half:g}Z"
    return element("path", ink=storey.ink, d=outline, stroke_linejoin="round")


def _storey(manual: Manual, storey: _Storey, y: float, url: _Url) -> tuple[float, Markup]:
    """A level with its boxes in rows, each row centred."""
    below, boxes = y + _HEAD, Markup()
    for row in storey.rows():
        written = [_box(manual, agreement, storey.box, url) for agreement in row]
        height = max(box.height for box in written)
        left = _MIDDLE - (len(row) * (storey.box + _GAP) - _GAP) / 2
        for n, box in enumerate(written):
            boxes += _draw(box, left + n * (storey.box + _GAP), below, (storey.box, height))
        below += height + _GAP
    if not storey.agreements:
        boxes = text_block(("Sin acuerdos de este nivel",), _MIDDLE, below + 8, _NOTE, Ink.SOFT, "middle")
        below += 18
    height = below + 2 - y
    title = text_block((storey.title,), _MIDDLE, y + 21, _TITLE, anchor="middle")
    return height, _ground(storey, y, height) + title + boxes


def _ground(storey: _Storey, y: float, height: float) -> Markup:
    foot = storey.width / 2
    top = foot - _SLANT
    outline = f"M{_MIDDLE - top:g} {y:g}H{_MIDDLE + top:g}L{_MIDDLE + foot:g} {y + height:g}H{_MIDDLE - foot:g}Z"
    return element("path", ink=storey.ink, d=outline, stroke_linejoin="round")


def _box(manual: Manual, agreement: Entity, width: float, url: _Url) -> _Box:
    room = width - 2 * _PADDING
    note = () if in_force(manual, agreement) else ("No vigente",)
    return _Box(
        url(agreement),
        wrap(manual.title(agreement), _NAME, room, lines=5),
        _value(agreement, room),
        tuple(line for text in note for line in wrap(text, _NOTE, room, lines=1)),
    )


def _value(agreement: Entity, room: float) -> tuple[str, ...]:
    """«20 s · 80 %» on a line, or the time and the share on one each: never a number apart from its sign."""
    time, share = _short(agreement["valor"]), str(agreement["porcentaje"])
    together = f"{time} · {share}"
    if width_of(together, _VALUE) <= room:
        return (together,)
    return (*wrap(time, _VALUE, room, lines=1), *wrap(share, _VALUE, room, lines=1))


def _short(value: str) -> str:
    """«20 segundos» as «20 s», and other times that have a usual sign."""
    duration = parse_duration(value)
    if duration.unit not in _SHORT:
        return value
    return f"{duration.amount} {_SHORT[duration.unit]}{' hábiles' if duration.business else ''}"


def _draw(box: _Box, x: float, y: float, size: tuple[float, float]) -> Markup:
    left = x + _PADDING
    note = y + size[1] - _PADDING - (len(box.note) - 1) * _NOTE.leading + 2
    value = note - len(box.value) * _VALUE.leading
    return link(
        box.address,
        element("rect", ink=Ink.CARD, x=x, y=y, width=size[0], height=size[1], rx=6),
        text_block(box.name, left, y + _PADDING + 10, _NAME),
        text_block(box.value, left, value, _VALUE),
        text_block(box.note, left, note, _NOTE, Ink.SOFT) if box.note else Markup(),
    )
