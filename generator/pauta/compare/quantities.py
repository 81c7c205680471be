"""Which of two quantities is the greater, with their units brought together as far as that can be proved."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any

from pauta.compare.hours import WorkingDay
from pauta.quantities import (
    Duration,
    Unit,
    parse_date,
    parse_duration,
    parse_measure,
    parse_money,
    same_unit,
)
from pauta.spine import Field, Kind

_DAY = 86_400
_SECONDS = {Unit.SECOND: 1, Unit.MINUTE: 60, Unit.HOUR: 3_600, Unit.DAY: _DAY, Unit.WEEK: 7 * _DAY}
_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}
_NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER})

Bounds = tuple[float, float]
"""The least and the most that something may last."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working day of each manual, where it can be known: from the business hours of the manual itself."""

    before: WorkingDay | None
    after: WorkingDay | None


def is_quantity(field: Field) -> bool:
    """Whether values of a field can be more or less."""
    return field.type in _READERS or field.kind in _NUMBERS


def counts(field: Field) -> bool:
    """Whether values of a field go up and down; a date comes sooner or later."""
    return is_quantity(field) and field.type != "fecha"


def order(field: Field, before: Any, after: Any, days: WorkingDays) -> int | None:
    """One when the later value is the greater, minus one when it is the smaller, zero when they are equal.

    None when it cannot be proved: other currencies, other units, time on different clocks.
    """
    if field.kind in _NUMBERS:
        return _sign(before, after) if _is_number(before) and _is_number(after) else None
    try:
        return _READERS[str(field.type)](str(before), str(after), days)
    except ValueError:
        return None


def normal(field: Field | None, text: str) -> str | None:
    """A quantity in a form that does not depend on how it was written; None when it is none."""
    try:
        match field.type if field else None:
            case "duracion":
                return _normal_duration(parse_duration(text))
            case "dinero":
                return str(parse_money(text))
            case "porcentaje" | "cantidad" | "medida":
                measure = parse_measure(text)
                return f"{measure.value.normalize():f} {measure.unit}"
    except ValueError:
        pass
    return None


def order_of_times(before: Duration, after: Duration, days: WorkingDays) -> int | None:
    """Which of two times is the longer; business hours and days by the length of the working day.

    Where the working days of a week differ in length, what holds for the shortest and the longest of
    them is proved, and nothing else. Business time against time that passes day and night is only
    comparable where the second is the shorter in any case.
    """
    if before.same_clock(after):
        return _sign(_normal_amount(before), _normal_amount(after))
    if before.business and after.business:
        return _beyond(_open_minutes(before, days.before), _open_minutes(after, days.after))
    return _beyond(_elapsed(before, days.before), _elapsed(after, days.after))


def _beyond(before: Bounds, after: Bounds) -> int | None:
    if before == after and before[0] == before[1]:
        return 0
    if after[0] >= before[1]:
        return 1
    return -1 if after[1] <= before[0] else None


def _open_minutes(time: Duration, day: WorkingDay | None) -> Bounds:
    """How many open minutes a business time takes."""
    if time.unit is not Unit.DAY:
        minutes = time.amount * _SECONDS[time.unit] / 60
        return minutes, minutes
    return (time.amount * day.shortest, time.amount * day.longest) if day else (0, inf)


def _elapsed(time: Duration, day: WorkingDay | None) -> Bounds:
    """How many seconds a time may take by the calendar; business time has no upper limit, for holidays come between."""
    if time.business:
        if time.unit is not Unit.DAY:
            return time.amount * _SECONDS[time.unit], inf
        last = day.shortest * 60 if day else 0
        return max(0, time.amount - 1) * _DAY + (last if time.amount else 0), inf
    if time.unit in _MONTHS:
        years, months = divmod(time.amount * _MONTHS[time.unit], 12)
        return (365 * years + 28 * months) * _DAY, (366 * years + 31 * months) * _DAY
    seconds = time.amount * _SECONDS[time.unit]
    return seconds, seconds


def _normal_amount(time: Duration) -> int:
    return time.amount * (_MONTHS.get(time.unit) or _SECONDS[time.unit])


def _normal_duration(time: Duration) -> str:
    clock = "meses" if time.unit in _MONTHS else "segundos"
    if time.business:
        clock = "segundos de días hábiles" if time.unit is Unit.DAY else "segundos hábiles"
    return f"{_normal_amount(time)} {clock}"


def _durations(before: str, after: str, days: WorkingDays) -> int | None:
    return order_of_times(parse_duration(before), parse_duration(after), days)


def _money(before: str, after: str, _days: WorkingDays) -> int | None:
    one, other = parse_money(before), parse_money(after)
    return _sign(one.amount, other.amount) if one.currency == other.currency else None


def _measures(before: str, after: str, days: WorkingDays) -> int | None:
    one, other = parse_measure(before), parse_measure(after)
    if same_unit(one.unit, other.unit):
        return _sign(one.value, other.value)
    return _durations(before, after, days)


def _dates(before: str, after: str, _days: WorkingDays) -> int | None:
    return _sign(parse_date(before), parse_date(after))


_READERS: dict[str, Callable[[str, str, WorkingDays], int | None]] = {
    "duracion": _durations,
    "dinero": _money,
    "porcentaje": _measures,
    "cantidad": _measures,
    "medida": _measures,
    "fecha": _dates,
}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _sign(before: Any, after: Any) -> int:
    return int(after > before) - int(after < before)
