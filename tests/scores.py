"""Answers and the score they come to: what Python and the page of a list must both say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pauta.checklists import Answer, Item, Scoring, Source
from pauta.quantities.measures import parse_measure

_SOURCE = Source("Evaluación", "evaluacion", None, None)


def point(id_: str, answer: Answer = Answer.YES_NO, weight: str = "1", *, critical: bool = False) -> Item:
    return Item(id_, f"Punto {id_}", _SOURCE, critical=critical, answer=answer, weight=Decimal(weight))


@dataclass(frozen=True, slots=True)
class Case:
    """A list, what was answered, and the result worked out by hand."""

    name: str
    items: tuple[Item, ...]
    answers: Mapping[str, str]
    percent: str | None
    points: str = ""
    """Earned and possible: «3 de 4»."""
    scoring: Scoring = field(default_factory=Scoring)
    failed: bool = False
    lowered: bool = False
    good: bool | None = None
    alert: bool = False


_FOUR = tuple(point(name) for name in "abcd")
_SCALES = (
    point("a", Answer.ONE_TO_FIVE, "40"),
    point("b", Answer.ONE_TO_SEVEN, "30"),
    point("c", Answer.ZERO_TO_TEN, "30"),
)
_CRITICAL = (point("a", weight="60"), point("b", weight="40", critical=True))
_CRITICAL_SCALE = (point("a", weight="50"), point("b", Answer.ONE_TO_FIVE, "50", critical=True))
_LIMIT = Scoring(minimum=Decimal(85))
_CALL_AT_3 = Scoring(alert=parse_measure("3 puntos"))
_CALL_AT_60 = Scoring(alert=parse_measure("60 %"))

CASES = (
    Case("nothing is answered", _FOUR, {}, None),
    Case("all is not applicable", _FOUR, dict.fromkeys("abcd", "na"), None, scoring=_LIMIT),
    Case("only words are answered", (point("a", Answer.TEXT),), {"a": "Todo bien"}, None),
    Case("all is well", _FOUR, dict.fromkeys("abcd", "si"), "100", "4 de 4", _LIMIT, good=True),
    Case("nothing is", _FOUR, dict.fromkeys("abcd", "no"), "0", "0 de 4", _LIMIT, good=False),
    Case("what is not applicable is in neither part", _FOUR, {"a": "si", "b": "no", "c": "na"}, "50", "1 de 2"),
    Case(
        "tenths, halves up",
        tuple(point(f"p{n}") for n in range(8)),
        {**{f"p{n}": "si" for n in range(7)}, "p7": "no"},
        "87.5",
        "7 de 8",
    ),
    Case("two thirds", _FOUR[:3], {"a": "si", "b": "si", "c": "no"}, "66.7", "2 de 3"),
    Case(
        "half of a tenth goes up",
        (point("a", weight="99.95"), point("b", weight="0.05")),
        {"a": "si", "b": "no"},
        "100",
        "99.95 de 100",
    ),
    Case(
        "what is shown is what is compared",
        (point("a", weight="84.96"), point("b", weight="15.04")),
        {"a": "si", "b": "no"},
        "85",
        "84.96 de 100",
        _LIMIT,
        good=True,
    ),
    Case("the best marks", _SCALES, {"a": "5", "b": "7", "c": "10"}, "100", "100 de 100"),
    Case("the worst marks", _SCALES, {"a": "1", "b": "1", "c": "0"}, "0", "0 de 100"),
    Case("marks between", _SCALES, {"a": "4", "b": "3", "c": "7"}, "61", "61 de 100"),
    Case("a mark that is not applicable", _SCALES, {"a": "4", "b": "na", "c": "na"}, "75", "30 de 40"),
    Case("marks outside the scale are no answers", _SCALES, {"a": "6", "b": "0", "c": "10"}, "100", "30 de 30"),
    Case("a critical failure without effect", _CRITICAL, {"a": "si", "b": "no"}, "60", "60 de 100", failed=True),
    Case(
        "a critical failure makes it zero",
        _CRITICAL,
        {"a": "si", "b": "no"},
        "0",
        "60 de 100",
        Scoring(cap=Decimal(0)),
        failed=True,
        lowered=True,
    ),
    Case(
        "a critical failure stops at the cap",
        _CRITICAL,
        {"a": "si", "b": "no"},
        "45.5",
        "60 de 100",
        Scoring(Decimal(50), Decimal("45.5")),
        failed=True,
        lowered=True,
        good=False,
    ),
    Case(
        "a cap above the score changes nothing",
        _CRITICAL,
        {"a": "si", "b": "no"},
        "60",
        "60 de 100",
        Scoring(cap=Decimal(70)),
        failed=True,
    ),
    Case(
        "a critical point not applicable does not fail",
        _CRITICAL,
        {"a": "si", "b": "na"},
        "100",
        "60 de 60",
        Scoring(cap=Decimal(0)),
    ),
    Case(
        "a critical mark below the middle fails",
        _CRITICAL_SCALE,
        {"a": "si", "b": "2"},
        "60",
        "62.5 de 100",
        Scoring(cap=Decimal(60)),
        failed=True,
        lowered=True,
    ),
    Case(
        "a critical mark in the middle does not",
        _CRITICAL_SCALE,
        {"a": "si", "b": "3"},
        "75",
        "75 de 100",
        Scoring(cap=Decimal(60)),
    ),
    Case(
        "points without weight count for nothing",
        (point("a", weight="0"), point("b")),
        {"a": "no", "b": "si"},
        "100",
        "1 de 1",
    ),
    Case("only points without weight", (point("a", weight="0"),), {"a": "si"}, None),
    Case("one low mark calls", _SCALES, {"a": "3", "b": "7", "c": "10"}, "80", "80 de 100", _CALL_AT_3, alert=True),
    Case("marks above it do not call", _SCALES, {"a": "4", "b": "7", "c": "10"}, "90", "90 de 100", _CALL_AT_3),
    Case("a low percentage calls", _SCALES, {"a": "4", "b": "4", "c": "5"}, "60", "60 de 100", _CALL_AT_60, alert=True),
    Case("a higher one does not", _SCALES, {"a": "4", "b": "4", "c": "6"}, "63", "63 de 100", _CALL_AT_60),
)
