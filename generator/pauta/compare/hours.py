"""Weekly hours: which of two schedules is open longer, and how long a working day is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_DAY = 24 * 60
_WEEK = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
_HOLIDAYS = "feriados"
_NAMES = {"miercoles": "miércoles", "sabado": "sábado"}


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """The minutes of the shortest and of the longest working day of a week."""

    shortest: int
    longest: int


def order(before: Mapping[str, Any], after: Mapping[str, Any]) -> int | None:
    """Which of two schedules is open longer.

    One when the later is open whenever the earlier is, and more; minus one the other way; zero when they
    are open at the same times; None when each is open at a time when the other is not.
    """
    one, other = open_minutes(before), open_minutes(after)
    if one == other:
        return 0
    if not one & ~other:
        return 1
    return -1 if not other & ~one else None


def open_minutes(schedule: Mapping[str, Any]) -> int:
    """The minutes of a week that are open, a bit each; those of holidays come after them.

    Raises ValueError or KeyError when it is not a schedule.
    """
    week, minutes = len(_WEEK) * _DAY, 0
    for position, day in enumerate(_WEEK):
        for opens, closes in _spans(schedule[day]):
            span = ((1 << (closes - opens)) - 1) << (position * _DAY + opens)
            minutes |= span & ((1 << week) - 1) | span >> week  # the night from Sunday to Monday
    for opens, closes in _spans(schedule[_HOLIDAYS]):
        minutes |= ((1 << (closes - opens)) - 1) << (week + opens)
    return minutes


def working_day(schedule: object) -> WorkingDay | None:
    """How long the days of a schedule are on which anybody works; None when it has none, or is no schedule."""
    if not isinstance(schedule, dict):
        return None
    try:
        lengths = [sum(closes - opens for opens, closes in _spans(schedule[day])) for day in _WEEK]
    except (KeyError, ValueError):
        return None
    worked = [length for length in lengths if length]
    return WorkingDay(min(worked), max(worked)) if worked else None


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """The days of a schedule on which another one differs, with their hours."""
    days = [day for day in (*_WEEK, _HOLIDAYS) if one.get(day) != other.get(day) and day in one]
    return "; ".join(f"{_NAMES.get(day, day)}: {one[day]}" for day in days)


def _spans(hours: object) -> Iterator[tuple[int, int]]:
    """From which to which minute each shift goes; one written backwards ends the day after."""
    if hours == "24 horas":
        yield 0, _DAY
    elif hours != "cerrado":
        for span in str(hours).split(", "):
            opens, closes = (_minute(end) for end in span.split("-"))
            yield opens, closes if opens < closes else closes + _DAY


def _minute(clock: str) -> int:
    hour, minute = (int(part) for part in clock.split(":"))
    if not (0 <= hour <= 24 and 0 <= minute < 60):  # noqa: PLR2004 - a clock
        message = f"not a time of day: {clock!r}"
        raise ValueError(message)
    return hour * 60 + minute
