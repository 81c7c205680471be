"""The score of a list: answers -> one number, and the sentences that tell how it is reckoned.

The page of a list reckons the same while it is being answered (``site/contenido/js/listas.js``); a
test holds both to the same cases.

- Points earned out of points possible. A point that is not answered, or is N.A., is in neither.
- «Sí» earns the weight of the point and «No» nothing. On a scale the worst mark earns nothing, the
  best one the weight, and those between their part: 4 of 1 to 5 earns three quarters. Words earn
  nothing and count for nothing.
- A critical point fails with «No», or with a mark below the middle of its scale.
- The percentage is rounded to tenths, halves up, and what is shown is what is compared with the
  minimum and the alert, so that nobody reads 85 % beside «no llega a 85 %».
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pauta.checklists.model import Answer, Checklist, Item, Scoring

NOT_APPLICABLE = "na"
_YES_NO = {"si": Fraction(1), "no": Fraction(0)}
_HALF = Fraction(1, 2)
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Score:
    """What a list that was answered, whole or in part, comes to."""

    percent: Decimal | None
    """In hundredths of what was possible, with one decimal; None when no answer counts."""
    earned: Decimal
    """Points, as weights, rounded to hundredths downwards."""
    possible: Decimal
    failed_critical: bool
    capped: bool
    """Whether the critical point that failed lowered the percentage."""
    good: bool | None
    """Whether it reaches the minimum; None without a minimum or without a percentage."""
    alert: bool
    """Whether the customer has to be called."""


def score(items: Iterable[Item], scoring: Scoring, answers: Mapping[str, str]) -> Score:
    """The score of the answers by id of the point; one that the point does not admit is no answer."""
    counted = [(item, part) for item in items for part in [_part(item, answers.get(item.id, ""))] if part is not None]
    possible = sum((item.weight for item, _ in counted), Decimal(0))
    earned = sum((Fraction(item.weight) * part for item, part in counted), Fraction(0))
    failed = any(item.critical and part < _HALF for item, part in counted)
    whole = _tenths(earned * 100 / Fraction(possible)) if possible else None
    percent = whole if whole is None or not failed or scoring.cap is None else min(whole, scoring.cap)
    return Score(
        percent,
        _rounded(earned, 100),
        possible,
        failed,
        percent != whole,
        None if percent is None or scoring.minimum is None else percent >= scoring.minimum,
        _calls(counted, percent, answers, scoring),
    )


def _part(item: Item, given: str) -> Fraction | None:
    """What part of its weight a point earned; None when the answer is outside the count."""
    if item.answer is Answer.YES_NO:
        return _YES_NO.get(given)
    grades = item.answer.grades
    mark = next((grade for grade in grades if str(grade) == given), None)
    return None if mark is None else Fraction(mark - grades[0], len(grades) - 1)


def _calls(
    counted: list[tuple[Item, Fraction]], percent: Decimal | None, answers: Mapping[str, str], scoring: Scoring
) -> bool:
    if scoring.alert is None:
        return False
    if scoring.alert.unit == "%":
        return percent is not None and percent <= scoring.alert.value
    return any(int(answers[item.id]) <= scoring.alert.value for item, _ in counted if item.answer.grades)


def _tenths(value: Fraction) -> Decimal:
    return _rounded(value + Fraction(1, 20), 10)


def _rounded(value: Fraction, parts: int) -> Decimal:
    return Decimal(value.numerator * parts // value.denominator) / parts


def shown(number: Decimal) -> str:
    """A number as people write it, without zeros that say nothing: 85, 92.5."""
    return f"{number.normalize():f}"


def rules(checklist: Checklist) -> tuple[str, ...]:
    """How the list is scored, in sentences for whoever reads the result; none when it has no score."""
    scoring = checklist.scoring
    if scoring is None:
        return ()
    counted = [item for _, _, item in checklist.numbered if item.counts]
    return (
        "Calificación: puntos ganados entre puntos posibles, por cien. Lo que queda en N.A. o sin respuesta no cuenta.",
        *_weights(checklist, counted),
        *_scales(counted),
        *_critical(counted, scoring),
        *_limits(scoring),
    )


def _weights(checklist: Checklist, counted: list[Item]) -> Iterator[str]:
    if not checklist.has_weights:
        yield "Todos los puntos valen lo mismo."
        return
    total = sum((item.weight for item in counted), Decimal(0))
    if checklist.of_customer:  # whose sheet does not tell what each question is worth
        yield f"Las preguntas con nota valen, en su orden: {', '.join(item.worth for item in counted)}."
    else:
        yield "Cada punto vale el peso que lleva escrito."
    if total != _FULL:
        yield f"Los pesos suman {shown(total)} y no 100: la calificación se saca sobre esa suma."


def _scales(counted: list[Item]) -> Iterator[str]:
    if any(item.answer.grades for item in counted):
        yield "En una escala, la nota más baja no gana nada y la más alta gana todo el peso."


def _critical(counted: list[Item], scoring: Scoring) -> Iterator[str]:
    critical = [item for item in counted if item.critical]
    if not critical or scoring.cap is None:
        return
    effect = f"no pasa de {shown(scoring.cap)} %" if scoring.cap else "es cero"
    yield f"Si falla un punto crítico, la calificación {effect}."
    if any(item.answer.grades for item in critical):
        yield "Un punto crítico con escala falla con una nota por debajo del centro de la escala."


def _limits(scoring: Scoring) -> Iterator[str]:
    if scoring.minimum is not None:
        yield f"Se da por buena desde {shown(scoring.minimum)} %."
    if scoring.alert is not None and scoring.alert.unit == "%":
        yield f"Con una calificación de {shown(scoring.alert.value)} % o menos, se llama al cliente."
    elif scoring.alert is not None:
        yield f"Con una nota de {shown(scoring.alert.value)} o menos en cualquier pregunta, se llama al cliente."
