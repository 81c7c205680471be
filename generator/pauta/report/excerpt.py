"""The part of a source line that is shown under a finding, and where its caret goes."""

import unicodedata
from collections.abc import Iterable
from itertools import islice

from pauta.report.safe import visible

WIDTH = 100
"""Terminal columns. A longer line is cut around the caret."""

_REACH = 4 * WIDTH
"""Characters looked at on each side: enough for marks without width, and a bound for huge lines."""
_TAB = "    "


def excerpt(source: str, column: int) -> tuple[str, int]:
    """What to show of a line, and how many terminal columns come before its caret.

    ``column`` counts characters from one; a wide character takes two columns of the terminal and
    a combining mark none.
    """
    at = min(column - 1, len(source))
    before = _shown(source[max(0, at - _REACH) : at])
    after = _shown(source[at : at + _REACH])
    right = _fit(after, WIDTH)
    left = _fit(reversed(before), WIDTH - min(_columns(right), WIDTH // 2))[::-1]
    right = _fit(after, WIDTH - _columns(left))
    start = "" if left == before else "…"
    end = "" if right == after else "…"
    return f"{start}{left}{right}{end}", _columns(start + left)


def _shown(text: str) -> str:
    return visible(text.replace("\t", _TAB))


def _fit(characters: Iterable[str], room: int) -> str:
    kept = []
    for character in islice(characters, _REACH):
        room -= _width(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept)


def _columns(text: str) -> int:
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
