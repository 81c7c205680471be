"""The time in which a company works, as its manual says it: what a business day is worth, and its calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pauta.calculate.words import joined
from pauta.model import Manual, Part
from pauta.quantities import Duration, Unit, parse_date, parse_duration
from pauta.quantities.calendars import (
    AnyDay,
    EveryYear,
    Shifts,
    WeeklyHours,
    WorkCalendar,
    parse_hours,
    parse_shifts,
)

_MINUTES: Mapping[Unit, Fraction] = {Unit.SECOND: Fraction(1, 60), Unit.MINUTE: Fraction(1), Unit.HOUR: Fraction(60)}
_WEEKS: Mapping[Unit, Fraction] = {Unit.WEEK: Fraction(1), Unit.MONTH: Fraction(52, 12), Unit.YEAR: Fraction(52)}
_DAYS: Mapping[Unit, Fraction] = {
    Unit.DAY: Fraction(1),
    Unit.WEEK: Fraction(7),
    Unit.MONTH: Fraction(1461, 48),
    Unit.YEAR: Fraction(1461, 4),
}
"""Days of the calendar in each unit, leap years counted."""

_WEEK = 7  # days


@dataclass(frozen=True, slots=True)
class WorkTime:
    """How long a full business day and a week of work are, in minutes."""

    day: Fraction
    week: Fraction
    days_a_week: int

    def minutes(self, duration: Duration) -> Fraction:
        """The minutes of work that fit in a duration; hours and minutes are all of work."""
        if duration.unit in _MINUTES:
            return duration.amount * _MINUTES[duration.unit]
        if duration.business:
            return duration.amount * self.day
        weeks = _WEEKS.get(duration.unit, Fraction(1, _WEEK))
        return duration.amount * weeks * self.week

    def business_days(self, duration: Duration) -> Fraction:
        """The business days that pass in a duration."""
        if duration.unit in _MINUTES:
            return self.minutes(duration) / self.day
        if duration.business:
            return Fraction(duration.amount)
        return duration.amount * _DAYS[duration.unit] * self.days_a_week / _WEEK


def identity(manual: Manual) -> Part | None:
    """The section that says who the company is and when it works, when it can be reasoned about."""
    part = manual.identity
    return part if part is not None and "horario_habil" in part.data else None


def opening(manual: Manual) -> WorkTime | None:
    """The business hours, in which terms run; None when they are not known."""
    part = identity(manual)
    hours = _hours(part.data["horario_habil"]) if part else None
    if hours is None or not any(hours.week):
        return None
    each = [sum(closes - opens for opens, closes in shifts) for shifts in hours.week]
    return WorkTime(Fraction(max(each)), Fraction(sum(each)), sum(1 for minutes in each if minutes))


def shift(manual: Manual) -> WorkTime | None:
    """What one person works in a full day and in a week; the business hours where the manual does not say it."""
    hours, part = opening(manual), identity(manual)
    if hours is None or part is None or "jornada" not in part.data:
        return hours
    said = part.data["jornada"]
    day, week = (hours.minutes(parse_duration(said[name])) for name in ("diaria", "semanal"))
    return WorkTime(day, week, hours.days_a_week) if day and week else hours


def work_calendar(manual: Manual) -> WorkCalendar | None:
    """The calendar of the company: its hours, the holidays of its country, and its own days.

    None when its hours are not known. The days of a list are asked for only when something is counted on it.
    """
    part = identity(manual)
    hours = _hours(part.data["horario_habil"]) if part else None
    if part is None or hours is None:
        return None
    own = [(_day(each), each) for each in part.data.get("dias_especiales", ())]
    return WorkCalendar(
        hours,
        part.data["empresa"]["pais"],
        added={day: each["nombre"] for day, each in own if each["tipo"] == "feriado"},
        removed=frozenset(day for day, each in own if each["tipo"] == "se_trabaja"),
        half_days={day: _shifts(each) for day, each in own if each["tipo"] == "medio_dia"},
    )


def calendar_minutes(duration: Duration) -> Fraction:
    """The minutes that pass in a duration, day and night; a month is a twelfth of a year."""
    unit = duration.unit
    return duration.amount * (_MINUTES[unit] if unit in _MINUTES else _DAYS[unit] * 24 * 60)


def added_up(terms: Iterable[Duration]) -> str:
    """The sum of terms, unit by unit, with nothing converted: «1 día hábil y 6 horas hábiles»."""
    sums: dict[tuple[Unit, bool], int] = {}
    for term in terms:
        kind = term.unit, term.business
        sums[kind] = sums.get(kind, 0) + term.amount
    longest_first = sorted(sums, key=lambda kind: list(Unit).index(kind[0]), reverse=True)
    return joined(str(Duration(sums[kind], *kind)) for kind in longest_first)


def _hours(schedule: Mapping[str, str]) -> WeeklyHours | None:
    """The hours of a week; None when they are written backwards, which is told elsewhere."""
    try:
        return parse_hours(schedule)
    except ValueError:
        return None


def channel_hours(schedule: Mapping[str, str]) -> Mapping[str, Shifts]:
    """Day of the week -> its shifts; empty when some are written backwards, which is told elsewhere."""
    try:
        return {day: parse_shifts(hours) for day, hours in schedule.items()}
    except ValueError:
        return {}


def _day(special: Mapping[str, Any]) -> AnyDay:
    day = parse_date(special["fecha"])
    return EveryYear(day.month, day.day) if special.get("cada_anio") else day


def _shifts(special: Mapping[str, Any]) -> Shifts:
    try:
        return parse_shifts(special.get("horario", "cerrado"))
    except ValueError:
        return ()
