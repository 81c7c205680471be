"""How the pictures of the customer's path show a moment of truth: its number, its shape, its signs and what they mean."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from markupsafe import Markup

from pauta.figures.svg import BODY, Ink, Type, element, text_block, width_of
from pauta.model import Entity, Manual

_WIDTH = 420
_EDGE = 2

_NUMBER = Type(13, 15, bold=True)
_NAME = Type(BODY, 15)
_SIGN = Type(11, 13, bold=True)

_Url = Callable[[Entity], str]
_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stop:
    """A moment of truth as the pictures of the customer's path show it."""

    moment: Entity
    number: int
    name: str
    kind: str
    """Its type, as people read it."""
    address: str
    human: bool
    critical: bool
    peak: bool
    """Whether the cycle means it to be the best part."""

    @property
    def ink(self) -> Ink:
        """The colour of its shapes; never the only sign."""
        return Ink.ALERT if self.critical else Ink.ACCENT


def stops_of(manual: Manual, cycle: Entity, url: _Url) -> list[Stop]:
    """The moments of a cycle that can be drawn, in order."""
    found = (manual.find("momentos", name) for name in cycle["momentos"])
    return make_stops(manual, (moment for moment in found if moment is not None), url, peak=cycle.get("punto_alto"))


def make_stops(manual: Manual, moments: Iterable[Entity], url: _Url, *, peak: str | None = None) -> list[Stop]:
    """The moments that are well formed, each once, numbered from one."""
    once = {moment.id: moment for moment in moments if moment.sound}
    return [
        Stop(
            moment,
            number,
            manual.title(moment),
            moment.field.children["tipo"].labels[moment["tipo"]],
            url(moment),
            human=moment["contacto_humano"],
            critical=moment["critico"],
            peak=moment.id == peak,
        )
        for number, moment in enumerate(once.values(), 1)
    ]


def mark(stop: Stop, at: _Point, radius: float, inwards: float = -pi / 2) -> Markup:
    """A moment's number in its shape, with its signs on the side to which an angle points."""
    type_ = Type(min(_NUMBER.size, radius * 0.95), _NUMBER.leading, bold=True)
    x, y = at
    drawn = _shape(at, radius, stop.ink, human=stop.human)
    drawn += text_block((str(stop.number),), x, y + type_.size * 0.35, type_, anchor="middle")
    if stop.critical:
        drawn += _critical(polar(at, radius + 3, inwards + pi / 3.6))
    return drawn + (_star(polar(at, radius + 3, inwards - pi / 3.6)) if stop.peak else Markup())


def legend(stops: Sequence[Stop], y: float, width: float = _WIDTH) -> tuple[float, Markup]:
    """What each sign that is in use means, from a height down, and where it ends."""
    used = [
        (any(stop.critical for stop in stops), _critical, "Momento crítico"),
        (not all(stop.human for stop in stops), _square, "Sin contacto humano"),
        (any(stop.peak for stop in stops), _star, "Punto alto"),
    ]
    x, drawn = float(_EDGE), Markup()
    for _, sign, words in (entry for entry in used if entry[0]):
        room = 22 + width_of(words, _NAME)
        if x + room > width:
            x, y = float(_EDGE), y + 22
        drawn += sign((x + 8, y + 11)) + text_block((words,), x + 21, y + 15.5, _NAME, Ink.SOFT)
        x += room + 12
    return (y + 22 if drawn else y), drawn


def signs_in_words(stops: Sequence[Stop]) -> str:
    """What the signs say, for those who cannot see them."""
    told = (
        ("Momentos críticos", [stop.number for stop in stops if stop.critical]),
        ("Sin contacto humano", [stop.number for stop in stops if not stop.human]),
        ("Punto alto", [stop.number for stop in stops if stop.peak]),
    )
    return "".join(f" {title}: {', '.join(map(str, numbers))}." for title, numbers in told if numbers)


def _shape(at: _Point, radius: float, ink: Ink, *, human: bool) -> Markup:
    """A circle for people and a square for what the customer meets alone."""
    x, y = at
    if human:
        return element("circle", ink=ink, cx=x, cy=y, r=radius, stroke_width=2)
    half = radius * 0.9
    return element(
        "path", ink=ink, d=f"M{xy(x - half, y - half)}h{half * 2:g}v{half * 2:g}h{-half * 2:g}z", stroke_width=2
    )


def _square(at: _Point) -> Markup:
    return _shape(at, 8, Ink.ACCENT, human=False)


def _critical(at: _Point) -> Markup:
    x, y = at
    ring = element("circle", ink=Ink.ALERT, cx=x, cy=y, r=6.5, stroke_width=1.5)
    return ring + text_block(("!",), x, y + 4, _SIGN, anchor="middle")


def _star(at: _Point) -> Markup:
    points = (polar(at, 8 if n % 2 == 0 else 3.6, (n - 2.5) * pi / 5) for n in range(10))
    return element("path", ink=Ink.TEXT, d=f"M{'L'.join(xy(*point) for point in points)}Z")


def polar(centre: _Point, radius: float, angle: float) -> _Point:
    """The point at a distance from another; angles grow clockwise from the right."""
    return centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)


def xy(x: float, y: float) -> str:
    """A point as a path writes it."""
    return f"{round(x, 1):g} {round(y, 1):g}"
