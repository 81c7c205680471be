"""Durations as people write them, «4 horas hábiles», «6 meses», and dates some time later.

A standard such as ISO 8601 cannot say that a day is a working one, so the plain text is what a
manual keeps, and this is how it is read.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum
from functools import total_ordering


class Unit(StrEnum):
    """The unit of a duration, in Spanish as it is written for one."""

    SECOND = "segundo"
    MINUTE = "minuto"
    HOUR = "hora"
    DAY = "día"
    WEEK = "semana"
    MONTH = "mes"
    YEAR = "año"


class _Clock(Enum):
    """Times on different clocks cannot be compared without a calendar and opening hours."""

    ELAPSED = "seconds that pass day and night"
    MONTHS = "calendar months, of 28 to 31 days"
    OPENING_HOURS = "minutes in which the company is open"
    BUSINESS_DAYS = "days on which the company works"


_CLOCKS: dict[tuple[Unit, bool], tuple[_Clock, int]] = {
    (Unit.SECOND, False): (_Clock.ELAPSED, 1),
    (Unit.MINUTE, False): (_Clock.ELAPSED, 60),
    (Unit.HOUR, False): (_Clock.ELAPSED, 3_600),
    (Unit.DAY, False): (_Clock.ELAPSED, 86_400),
    (Unit.WEEK, False): (_Clock.ELAPSED, 604_800),
    (Unit.MONTH, False): (_Clock.MONTHS, 1),
    (Unit.YEAR, False): (_Clock.MONTHS, 12),
    (Unit.MINUTE, True): (_Clock.OPENING_HOURS, 1),
    (Unit.HOUR, True): (_Clock.OPENING_HOURS, 60),
    (Unit.DAY, True): (_Clock.BUSINESS_DAYS, 1),
}
"""What each unit measures, and how many of its clock's ticks it is worth."""

_WORDS: dict[tuple[Unit, bool], tuple[str, str]] = {
    (Unit.SECOND, False): ("segundo", "segundos"),
    (Unit.MINUTE, False): ("minuto", "minutos"),
    (Unit.MINUTE, True): ("minuto hábil", "minutos hábiles"),
    (Unit.HOUR, False): ("hora", "horas"),
    (Unit.HOUR, True): ("hora hábil", "horas hábiles"),
    (Unit.DAY, True): ("día hábil", "días hábiles"),
    (Unit.DAY, False): ("día calendario", "días calendario"),
    (Unit.WEEK, False): ("semana", "semanas"),
    (Unit.MONTH, False): ("mes", "meses"),
    (Unit.YEAR, False): ("año", "años"),
}

_MEANING = {word: meaning for meaning, words in _WORDS.items() for word in words}
_AMOUNT = re.compile(r"0|[1-9][0-9]{0,5}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CALENDAR_UNITS = frozenset({Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR})


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Duration:
    """An amount of a unit; ``business`` when only working hours or working days count.

    Two durations of one clock can be compared (60 minutos equals 1 hora; 1 año equals 12 meses);
    comparing durations of different clocks raises ValueError.
    """

    amount: int
    unit: Unit
    business: bool = False

    @property
    def is_calendar(self) -> bool:
        """Whether it can be added to a date: calendar days, weeks, months or years."""
        return self.unit in _CALENDAR_UNITS and not self.business

    def same_clock(self, other: "Duration") -> bool:
        """Whether the two can be compared."""
        return _ticks(self)[0] is _ticks(other)[0]

    def __eq__(self, other: object) -> bool:
        """Whether both last the same on one clock."""
        return isinstance(other, Duration) and _ticks(self) == _ticks(other)

    def __hash__(self) -> int:
        """Equal durations hash alike."""
        return hash(_ticks(self))

    def __lt__(self, other: "Duration") -> bool:
        """Whether it is the shorter one; raises ValueError on different clocks."""
        if not self.same_clock(other):
            message = f"«{self}» and «{other}» run on different clocks"
            raise ValueError(message)
        return _ticks(self)[1] < _ticks(other)[1]

    def __str__(self) -> str:
        """The text as a manual writes it."""
        one, several = _WORDS[self.unit, self.business]
        return f"{self.amount} {one if self.amount == 1 else several}"


def _ticks(duration: Duration) -> tuple[_Clock, int]:
    clock, worth = _CLOCKS[duration.unit, duration.business]
    return clock, duration.amount * worth


def parse_duration(text: str) -> Duration:
    """The duration of a text like «4 horas hábiles»; raises ValueError on any other.

    «15 días» alone is refused, for nobody could tell which days, and so is «1 horas».
    """
    amount, _, word = text.partition(" ")
    if _AMOUNT.fullmatch(amount) and word in _MEANING:
        duration = Duration(int(amount), *_MEANING[word])
        if str(duration) == text:
            return duration
    message = f"not a duration: {text!r}"
    raise ValueError(message)


def parse_date(text: str) -> date:
    """The day of a text like «2026-03-09»; raises ValueError when there is no such day.

    The validator lets year 0000 pass, with which Python's calendar does not reckon: it reads as
    the first day that there is.
    """
    if not _DATE.fullmatch(text):
        message = f"not a date: {text!r}"
        raise ValueError(message)
    return date.min if text.startswith("0000-") else date.fromisoformat(text)


def later(day: date, duration: Duration) -> date:
    """The day a calendar duration after another.

    A month after the 31st of January is the last day of February. What falls after the year 9999
    is that year's last day. Raises ValueError for hours and business time, which cannot be counted
    without opening hours and holidays.
    """
    if not duration.is_calendar:
        message = f"«{duration}» cannot be added to a date"
        raise ValueError(message)
    if duration.unit in {Unit.MONTH, Unit.YEAR}:
        return _months_later(day, duration.amount * (12 if duration.unit is Unit.YEAR else 1))
    days = duration.amount * (7 if duration.unit is Unit.WEEK else 1)
    return day + timedelta(days=min(days, (date.max - day).days))


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))
