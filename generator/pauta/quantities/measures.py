"""Numbers with a unit: percentages, quantities, times, points, whatever is counted."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_LETTERS = "A-Za-zÁÉÍÓÚÜÑáéíóúüñ"
_WRITTEN = re.compile(
    rf"(?P<value>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?) (?P<unit>[{_LETTERS}%‰°][{_LETTERS}0-9%‰°²³/ ]*)",
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A value and its unit as written, «%», «segundos», «contactos por hora»."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        """The text as a manual writes it."""
        return f"{self.value:f} {self.unit}"


def parse_measure(text: str) -> Measure:
    """The measure of a text like «80 %», «40 unidades» or «-5 puntos»; raises ValueError on any other.

    Reads every percentage and every quantity too, whose texts are narrower.
    """
    match = _WRITTEN.fullmatch(text)
    if not match:
        message = f"not a number with its unit: {text!r}"
        raise ValueError(message)
    return Measure(Decimal(match["value"]), " ".join(match["unit"].split()))


def same_unit(one: str, other: str) -> bool:
    """Whether two units are the same but for case, accents and plural: «hora hábil», «horas hábiles»."""
    first, second = _plain_words(one), _plain_words(other)
    return len(first) == len(second) and all(
        a == b or b in _plurals(a) or a in _plurals(b) for a, b in zip(first, second, strict=True)
    )


def _plain_words(unit: str) -> list[str]:
    decomposed = unicodedata.normalize("NFD", unit.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).split()


def _plurals(word: str) -> set[str]:
    return {f"{word}s", f"{word}es", f"{word[:-1]}ces" if word.endswith("z") else f"{word}s"}
