"""The opening hours of a week, as a schedule of the manual writes them, in minutes."""

from collections.abc import Iterator, Mapping

from pauta.quantities.calendars import written_shifts

DAY = 24 * 60
"""Minutes of a day."""

_WEEK = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")


def spans(hours: str) -> Iterator[tuple[int, int]]:
    """From which to which minute of the day each shift goes; one written backwards ends the day after."""
    for opens, closes in written_shifts(hours):
        yield opens, closes if opens < closes else closes + DAY


def never_opens(schedule: Mapping[str, str]) -> bool:
    """Whether nobody attends on any day, holidays included."""
    return all(hours == "cerrado" for hours in schedule.values())


def longest_closure(schedule: Mapping[str, str]) -> int:
    """The most minutes in a row in a week without holidays that nobody attends; a week if nobody ever does."""
    open_ = sorted(
        (position * DAY + opens, position * DAY + closes)
        for position, day in enumerate(_WEEK)
        for opens, closes in spans(schedule[day])
    )
    if not open_:
        return len(_WEEK) * DAY
    longest, reached = 0, max(end for _, end in open_) - len(_WEEK) * DAY
    for start, end in open_:
        longest, reached = max(longest, start - reached), max(reached, end)
    return longest
