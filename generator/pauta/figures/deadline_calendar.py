"""The terms of a complaint on a calendar: one that comes in on a Friday afternoon, and the day on which each ends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup

from pauta.calculate.complaints import Due, Example, example
from pauta.calculate.times import work_calendar
from pauta.figures.svg import Ink, Type, drawing, element, text_block, wrap
from pauta.model import Manual
from pauta.quantities.calendars import WorkCalendar

_WIDTH = 366
_EDGE = 2
_DAYS = ("lun", "mar", "mié", "jue", "vie", "sáb", "dom")
_LONG_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_LONG_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_CELL = (_WIDTH - 2 * _EDGE) / len(_DAYS)
_ROW = 56
_HEAD = 22
_SKIP = 24
_WEEKS = 10
"""So many weeks are drawn at most; later terms are only in the list."""
_RADIUS = 9.5
_ABREAST = 2
"""So many terms stand beside each other on a day; more of them make its week taller."""
_STEP = 2 * _RADIUS + 3

_NAME = Type(12, 15, bold=True)
_DAY = Type(12, 15)
_NUMBER = Type(11, 14, bold=True)
_ITEM = Type(12.5, 17)
_WHEN = Type(12.5, 17, bold=True)
_SMALL = Type(11, 13)


@dataclass(frozen=True, slots=True)
class _Week:
    """Seven days from a Monday, with what falls on them."""

    monday: date
    after_a_gap: bool

    @property
    def days(self) -> list[date]:
        """Monday to Sunday."""
        return [self.monday + timedelta(days=after) for after in range(len(_DAYS))]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a day is drawn: its upper left corner, and the height of its week."""

    x: float
    y: float
    height: float


def deadline_calendar(manual: Manual) -> str:
    """The figure as SVG, or nothing when the manual says no terms or they cannot be counted on its calendar."""
    found, calendar = example(manual), work_calendar(manual)
    if found is None or calendar is None:
        return ""
    dues = sorted(found.dues, key=lambda due: due.moment)
    y, drawn = float(_HEAD), _heads()
    for week in _weeks(found, dues):
        height, marks = _week(week, found, dues, calendar, y)
        drawn += marks
        y += height
    below, listed = _list(found, dues, y + 20)
    return drawing(
        "fig-plazos-queja",
        f"Plazos de una queja que llega el {_moment(found.received)}",
        _description(found, dues),
        (_WIDTH, below),
        drawn,
        listed,
    )


def _weeks(found: Example, dues: Sequence[Due]) -> Iterator[_Week]:
    """The weeks in which something happens, in order; those between two of them are left out."""
    days = {found.received.date(), *(due.moment.date() for due in dues)}
    mondays = sorted({day - timedelta(days=day.weekday()) for day in days})
    for position, monday in enumerate(mondays[:_WEEKS]):
        yield _Week(monday, position > 0 and (monday - mondays[position - 1]).days > len(_DAYS))


def _description(found: Example, dues: Sequence[Due]) -> str:
    told = "; ".join(f"{due.term.name}, {due.term.value}: {_moment(due.moment)}" for due in dues)
    free = "; ".join(f"{_date(day)}, {name}" for day, name in found.holidays)
    holidays = f" Feriados entre uno y otro: {free}." if free else ""
    return f"Una queja que llega el {_moment(found.received)} vence así: {told}.{holidays}"


def _heads() -> Markup:
    return Markup().join(
        text_block((day,), _EDGE + (n + 0.5) * _CELL, 14, _NAME, Ink.SOFT, "middle") for n, day in enumerate(_DAYS)
    )


def _week(week: _Week, found: Example, dues: Sequence[Due], calendar: WorkCalendar, y: float) -> tuple[float, Markup]:
    skip = _SKIP if week.after_a_gap else 0
    drawn = text_block(("· · ·",), _WIDTH / 2, y + 15, _DAY, Ink.SOFT, "middle") if skip else Markup()
    holidays = dict(found.holidays)
    ends = [[number for number, due in enumerate(dues, 1) if due.moment.date() == day] for day in week.days]
    height = _ROW + _STEP * ((max(map(len, ends)) - 1) // _ABREAST if any(ends) else 0)
    for n, (day, numbers) in enumerate(zip(week.days, ends, strict=True)):
        place = _Place(_EDGE + n * _CELL, y + skip, height)
        drawn += _day(day, place, calendar, holidays, numbers)
        if day == found.received.date():
            drawn += _received(place)
    return height + skip, drawn


def _day(
    day: date, place: _Place, calendar: WorkCalendar, holidays: Mapping[date, str], numbers: Sequence[int]
) -> Markup:
    """A day: framed when the company works; its number, «feriado» or «cerrado», and the terms that end on it."""
    x, y = place.x, place.y
    works = calendar.works(day)
    frame = (
        element("rect", ink=Ink.CARD, x=x + 1.5, y=y + 1.5, width=_CELL - 3, height=place.height - 3, rx=4)
        if works
        else Markup()
    )
    written = text_block((_short(day),), x + 6, y + 16, _DAY, None if works else Ink.SOFT)
    closed = "feriado" if day in holidays else "" if works else "cerrado"
    note = text_block((closed,), x + 6, y + 30, _SMALL, Ink.SOFT) if closed and not numbers else Markup()
    marks = Markup().join(
        _disc(each, x + _RADIUS + 4 + n % _ABREAST * _STEP, y + 42 + n // _ABREAST * _STEP)
        for n, each in enumerate(numbers)
    )
    return frame + written + note + marks


def _received(place: _Place) -> Markup:
    """A thick frame on the day of receipt, with the words for it."""
    x, y = place.x, place.y
    size = {"width": _CELL - 5, "height": place.height - 5}
    frame = element("rect", ink=Ink.LINE, x=x + 2.5, y=y + 2.5, **size, rx=4, fill="none", stroke_width=3)
    return frame + text_block(("llega",), x + 7, y + 29, _NAME)


def _disc(number: int, x: float, y: float) -> Markup:
    return element("circle", ink=Ink.ACCENT, cx=x, cy=y, r=_RADIUS) + text_block(
        (str(number),), x, y + 4, _NUMBER, anchor="middle"
    )


def _list(found: Example, dues: Sequence[Due], y: float) -> tuple[float, Markup]:
    """The terms by number, with the moment at which each ends; then the holidays."""
    drawn = Markup()
    room = _WIDTH - 32
    for number, due in enumerate(dues, 1):
        name = wrap(f"{due.term.name}: {due.term.value}", _ITEM, room, lines=2)
        drawn += _disc(number, 13, y) + text_block(name, 30, y + 4, _ITEM)
        y += len(name) * _ITEM.leading
        drawn += text_block(wrap(_moment(due.moment), _WHEN, room, lines=1), 30, y + 4, _WHEN)
        y += _WHEN.leading + 9
    for day, holiday in found.holidays:
        lines = wrap(f"Feriado el {_date(day)}: {holiday}", _SMALL, room, lines=2)
        drawn += text_block(lines, 30, y + 4, _SMALL, Ink.SOFT)
        y += len(lines) * _SMALL.leading + 4
    return y + 2, drawn


def _short(day: date) -> str:
    """«20 nov»: the month on each day, because weeks may be left out between two."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _date(day: date) -> str:
    return f"{_LONG_DAYS[day.weekday()]} {day.day} de {_LONG_MONTHS[day.month - 1]}"


def _moment(moment: datetime) -> str:
    """«viernes 27 de noviembre a las 15:30»; what ends with the day, at midnight."""
    if (moment.hour, moment.minute) == (0, 0):
        return f"{_date(moment.date() - timedelta(days=1))} a medianoche"
    return f"{_date(moment.date())} a las {moment:%H:%M}"
