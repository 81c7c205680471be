"""The service triangle: the customer at the centre of strategies, people and systems."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from pauta.figures.svg import BODY, Ink, Type, arrow, drawing, element, link, setting, text_block, width_of, wrap
from pauta.model import Manual

_WIDTH = 420
_MIDDLE = _WIDTH / 2
_EDGE = 2
_PADDING = 14
_BETWEEN = 4
_TOP_CARD = 280
_LOW_CARD = _MIDDLE - 6 - _EDGE
_SHOWN = 3
"""How many names of a vertex are written; the others are counted."""
_DEPTH = 262
"""From the card above to the two below; the triangle is drawn between them."""
_CORNER = 44
_BASE = 26
"""How far above the lower cards the base of the triangle is."""
_RADIUS = 60

_NUMBER = 28.0
_NAME = Type(14.5, 18, bold=True)
_ENTRY = Type(BODY, 17)
_LABEL = Type(12, 14)
_CENTRE = Type(17, 20, bold=True)

_Url = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Vertex:
    """A corner of the triangle: a collection of the manual and the names in it."""

    collection: str
    title: str
    ink: Ink
    names: tuple[str, ...]

    @property
    def number(self) -> str:
        """How many entries it has."""
        return str(len(self.names))

    def lines(self, width: float) -> tuple[str, ...]:
        """What its card says below the title."""
        if not self.names:
            return ("▲ Sin entradas",)
        shown = [line for name in self.names[:_SHOWN] for line in wrap(name, _ENTRY, width - 2 * _PADDING, lines=1)]
        others = len(self.names) - _SHOWN
        return (*shown, f"y {others} más") if others > 0 else tuple(shown)

    def height(self, width: float) -> float:
        """How much room its card takes."""
        return 60 + len(self.lines(width)) * _ENTRY.leading


def service_triangle(manual: Manual, url: _Url) -> str:
    """The figure as SVG. ``url`` tells the address of what is said of a collection, or of «cliente»."""
    strategies = _vertex(manual, "estrategias", "Estrategias", Ink.ACCENT)
    people = _vertex(manual, "colaboradores", "Colaboradores", Ink.ACCENT_2)
    systems = _vertex(manual, "sistemas", "Sistemas", Ink.ACCENT_3)
    needs = sum(1 for _ in manual.all("necesidades"))
    apex = _EDGE + strategies.height(_TOP_CARD)
    low = apex + _DEPTH
    height = max(people.height(_LOW_CARD), systems.height(_LOW_CARD))
    return drawing(
        "fig-triangulo",
        "Triángulo de servicio",
        _description(needs, strategies, people, systems),
        (_WIDTH, low + height + _EDGE),
        _sides(apex, low - _BASE),
        _customer(low - _BASE - 90, needs, url),
        _card(strategies, (_MIDDLE - _TOP_CARD / 2, _EDGE), (_TOP_CARD, apex - _EDGE), url),
        _card(people, (_EDGE, low), (_LOW_CARD, height), url),
        _card(systems, (_MIDDLE + 6, low), (_LOW_CARD, height), url),
    )


def _vertex(manual: Manual, collection: str, title: str, ink: Ink) -> _Vertex:
    return _Vertex(collection, title, ink, tuple(manual.title(entity) for entity in manual.all(collection)))


def _description(needs: int, strategies: _Vertex, people: _Vertex, systems: _Vertex) -> str:
    return (
        f"Al centro está el cliente, con {_counted(needs)}. Lo rodean tres vértices: estrategias ({strategies.number}), "
        f"colaboradores ({people.number}) y sistemas ({systems.number}). Los colaboradores llevan a cabo las estrategias "
        "y usan los sistemas; los sistemas sostienen las estrategias."
    )


def _counted(needs: int) -> str:
    return f"{needs} necesidad" if needs == 1 else f"{needs} necesidades"


def _sides(apex: float, base: float) -> Markup:
    """The triangle and what joins its vertices, each side with its verb."""
    left, right, middle = _CORNER, _WIDTH - _CORNER, (apex + base) / 2 - 8
    area = f"M{_MIDDLE:g} {apex:g}L{right:g} {base:g}L{left:g} {base:g}Z"
    return Markup().join(
        (
            element("path", ink=Ink.ACCENT, d=area, fill_opacity=0.6, stroke_width=0),
            arrow((left, base - 2), (_MIDDLE - 9, apex + 8), Ink.SOFT),
            arrow((right, base - 2), (_MIDDLE + 9, apex + 8), Ink.SOFT),
            arrow((left + 10, base), (right - 10, base), Ink.SOFT),
            _verb("llevan a cabo", 100, middle),
            _verb("sostienen", _WIDTH - 100, middle),
            _verb("usan", _MIDDLE, base),
        )
    )


def _verb(text: str, x: float, y: float) -> Markup:
    width = width_of(text, _LABEL) + 14
    plate = element("rect", ink=Ink.CARD, x=x - width / 2, y=y - 11, width=width, height=22, rx=11)
    return plate + text_block((text,), x, y + 4, _LABEL, Ink.SOFT, "middle")


def _customer(y: float, needs: int, url: _Url) -> Markup:
    return link(
        url("cliente"),
        element("circle", ink=Ink.ACCENT, cx=_MIDDLE, cy=y, r=_RADIUS),
        element("circle", ink=Ink.GROUND, cx=_MIDDLE, cy=y, r=_RADIUS - 4),
        text_block(("Cliente",), _MIDDLE, y, _CENTRE, anchor="middle"),
        text_block((_counted(needs),), _MIDDLE, y + 19, _LABEL, Ink.SOFT, "middle"),
    )


def _card(vertex: _Vertex, place: tuple[float, float], size: tuple[float, float], url: _Url) -> Markup:
    (x, y), (width, height) = place, size
    count = element("tspan", vertex.number, ink=None, **setting(_number(vertex, width)))
    title = element("tspan", vertex.title, ink=None, dx=_BETWEEN, **setting(_NAME))
    return link(
        url(vertex.collection),
        element("rect", ink=vertex.ink, x=x, y=y, width=width, height=height, rx=8, stroke_width=1.5),
        element("text", count, Markup(" "), title, x=x + _PADDING, y=y + 38),
        text_block(vertex.lines(width), x + _PADDING, y + 62, _ENTRY),
    )


def _number(vertex: _Vertex, width: float) -> Type:
    """How to set a count: large, but leaving room for the title beside it."""
    room = width - 2 * _PADDING - _BETWEEN - width_of(" ", _ENTRY) - width_of(vertex.title, _NAME)
    return Type(min(_NUMBER, room / width_of(vertex.number, Type(1, 1, bold=True))), _NUMBER, bold=True)
