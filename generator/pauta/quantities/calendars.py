"""Time in which a company works: weekly hours, holidays, and promises counted on them.

Moments are those of the clock on the wall, without a time zone. What a manual can say wrong raises
ValueError with a Spanish sentence that a finding may quote.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice, pairwise

from pauta.quantities.durations import Duration, Unit, later

Shifts = tuple[tuple[int, int], ...]
"""From which to which minute of a day each shift goes, in order."""

_WEEK = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
_HOLIDAYS = "feriados"
_DAY = 24 * 60
_HORIZON = 20 * 366
"""Days that a promise in business time may take; nobody promises more, and an endless count is refused."""

_COUNTRY = re.compile("[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class EveryYear:
    """A day that comes back each year, such as the 24th of December."""

    month: int
    day: int


AnyDay = date | EveryYear


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """The shifts of Monday to Sunday, and those of a holiday."""

    week: tuple[Shifts, ...]
    holiday: Shifts

    @property
    def never_opens(self) -> bool:
        """Whether nobody works on any day, holidays included."""
        return not any(self.week) and not self.holiday


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Weekly hours and the days that are different.

    ``country`` (two letters, ISO 3166) gives the national holidays, none when it is empty. ``added``
    are further holidays with their names; ``removed`` are national ones on which the company works
    as on any day; ``half_days`` cut the hours of a day to these, and never open a day that is closed.
    What names one date comes before what comes back every year, and an addition before a removal.
    """

    hours: WeeklyHours
    country: str = ""
    added: Mapping[AnyDay, str] = field(default_factory=dict)
    removed: frozenset[AnyDay] = frozenset()
    half_days: Mapping[AnyDay, Shifts] = field(default_factory=dict)

    def holiday(self, day: date) -> str | None:
        """The name of the holiday, None on any other day; raises ValueError for a country without a list."""
        yearly = EveryYear(day.month, day.day)
        if day in self.added:
            return self.added[day]
        if day in self.removed:
            return None
        if yearly in self.added:
            return self.added[yearly]
        national = self.country and yearly not in self.removed
        return _national(self.country, day.year).get(day) if national else None

    def shifts(self, day: date) -> Shifts:
        """When the company works that day; raises ValueError as ``holiday`` does."""
        hours = self.hours.holiday if self.holiday(day) is not None else self.hours.week[day.weekday()]
        limits = self.half_days.get(day, self.half_days.get(EveryYear(day.month, day.day)))
        return hours if limits is None else _both(hours, limits)

    def works(self, day: date) -> bool:
        """Whether it is a business day: one with some hour of work, be it half a day."""
        return bool(self.shifts(day))


def written_shifts(text: str) -> Shifts:
    """The shifts of «08:00-12:00, 14:00-18:00», «24 horas» or «cerrado» as they are written, in order or not."""
    if text == "24 horas":
        return ((0, _DAY),)
    return () if text == "cerrado" else tuple(_parse_shift(span) for span in text.split(", "))


def parse_shifts(text: str) -> Shifts:
    """The shifts that ``written_shifts`` reads, which must be in order.

    Raises ValueError for a shift that ends before it starts, or starts before the one before ends.
    """
    shifts = written_shifts(text)
    ordered = all(first[1] <= then[0] for first, then in pairwise(shifts))
    if not ordered or any(opens >= closes for opens, closes in shifts):
        raise ValueError(f"El horario «{text}» no está en orden: cada jornada empieza cuando terminó la anterior.")
    return shifts


def parse_hours(schedule: Mapping[str, str]) -> WeeklyHours:
    """The hours of a week written by day, «lunes» to «domingo» and «feriados»; a day that is not there is closed.

    Raises ValueError as ``parse_shifts`` does.
    """
    return WeeklyHours(
        tuple(parse_shifts(schedule.get(day, "cerrado")) for day in _WEEK),
        parse_shifts(schedule.get(_HOLIDAYS, "cerrado")),
    )


def deadline(calendar: WorkCalendar, received: datetime, duration: Duration) -> datetime:
    """The last moment of a promise made on what was received at a moment.

    Business hours run only while the company works. Business days leave out the day of receipt and
    end when the last of them closes; what comes in while closed counts as received at the next
    opening. Calendar time runs day and night, and a month ends on the same day of the month or on
    its last one. What falls after the year 9999 is its last moment.
    Raises ValueError when the hours never open, when a promise in business time would take more
    than twenty years, and for a country without a list.
    Source: the usual counting of terms, with ISO 8601 for calendar time; national holidays are
    those of the ``holidays`` package.
    """
    if not duration.business:
        return _calendar_deadline(received, duration)
    if duration.unit is Unit.DAY:
        opening, _ = next(_open(calendar, received))
        day = business_day(calendar, opening.date(), duration.amount)
        return _at(day, calendar.shifts(day)[-1][1])
    needed = timedelta(minutes=duration.amount * (60 if duration.unit is Unit.HOUR else 1))
    stretches = _open(calendar, received)
    opens, closes = next(stretches)
    while needed > closes - opens:
        needed -= closes - opens
        opens, closes = next(stretches)
    return opens + needed


def business_day(calendar: WorkCalendar, received: date, days: int) -> date:
    """The day that is so many business days after another, which is not counted; that day itself after none.

    Raises ValueError as ``deadline`` does. Source: the usual counting of terms in business days.
    """
    if not days:
        return received
    working = (day for day in _days(calendar, received) if day > received and calendar.works(day))
    return next(islice(working, days - 1, None))


def business_time(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    """The time that the company works from one moment to another.

    Raises ValueError when the second comes first, when they are more than twenty years apart, when
    the hours never open, and for a country without a list. Source: the sum of the hours of each day.
    """
    if end < start:
        raise ValueError("El segundo momento es anterior al primero.")
    _refuse_closed(calendar)
    if (end - start).days > _HORIZON:
        raise ValueError("Entre los dos momentos hay más de veinte años.")
    worked = timedelta()
    for after in range((end.date() - start.date()).days + 1):
        day = start.date() + timedelta(days=after)
        for opens, closes in calendar.shifts(day):
            worked += max(min(_at(day, closes), end) - max(_at(day, opens), start), timedelta())
    return worked


def _parse_shift(text: str) -> tuple[int, int]:
    opens, closes = (hour.split(":") for hour in text.split("-"))
    return _minute(*opens), _minute(*closes)


def _minute(hour: str, minute: str) -> int:
    return int(hour) * 60 + int(minute)


def _both(hours: Shifts, limits: Shifts) -> Shifts:
    """The minutes that are in both."""
    common = ((max(one[0], other[0]), min(one[1], other[1])) for one in hours for other in limits)
    return tuple((opens, closes) for opens, closes in common if opens < closes)


@cache
def _national(country: str, year: int) -> Mapping[date, str]:
    """The public holidays of a year, with their names in Spanish where there are."""
    import holidays  # noqa: PLC0415 - slow to import, and few manuals need it at each check

    if not _COUNTRY.fullmatch(country):
        raise ValueError(
            f"«{country}» no es el código de un país: se escribe en dos letras mayúsculas, por ejemplo GT."
        )
    try:
        spoken = holidays.country_holidays(country).supported_languages
        return dict(holidays.country_holidays(country, years=year, language="es" if "es" in spoken else None))
    except NotImplementedError as unknown:
        raise ValueError(f"No hay lista de feriados del país «{country}»; escríbalos uno por uno.") from unknown


def _calendar_deadline(received: datetime, duration: Duration) -> datetime:
    if duration.is_calendar:
        return datetime.combine(later(received.date(), duration), received.time())
    seconds = {Unit.SECOND: 1, Unit.MINUTE: 60, Unit.HOUR: 3_600}[duration.unit]
    return received + min(timedelta(seconds=duration.amount * seconds), datetime.combine(date.max, time.max) - received)


def _open(calendar: WorkCalendar, since: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of work from a moment on."""
    for day in _days(calendar, since.date()):
        for opens, closes in calendar.shifts(day):
            if _at(day, closes) > since:
                yield max(_at(day, opens), since), _at(day, closes)


def _days(calendar: WorkCalendar, first: date) -> Iterator[date]:
    """The days from one on; raises ValueError instead of counting for ever."""
    _refuse_closed(calendar)
    for after in range(min(_HORIZON, (date.max - first).days)):
        yield first + timedelta(days=after)
    raise ValueError("El plazo pasa de veinte años de trabajo; revise el plazo o el horario.")


def _refuse_closed(calendar: WorkCalendar) -> None:
    if calendar.hours.never_opens:
        raise ValueError("El horario no abre ningún día: un plazo hábil no terminaría nunca.")


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)
