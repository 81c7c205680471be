"""Two texts: whether only their commas differ, their wording, or what they say.

No program can tell whether two sentences promise the same. What can be told is whether the same
words are there, and whether the words that carry a promise, its numbers, units and limits, are the
same; only where they are is a change one of wording.
"""

import re
import unicodedata
from collections import Counter
from enum import IntEnum
from itertools import filterfalse

_TOKEN = re.compile(r"-?\d+(?:[.,:/]\d+)*|\w+|[%‰<>≤≥±]")
_ALIKE = 0.5
"""The share of words in common from which one text is another one's rewording."""

_TELLING_WORDS = """
no ni sin nunca jamas tampoco nada ningun ninguno ninguna nadie
solo solamente unicamente excepto salvo menos mas hasta desde antes despues dentro minimo minima
incluye incluyen excluye excluyen obligatorio obligatoria opcional
maximo maxima todo toda todos todas cada siempre gratis gratuito gratuita puede pueden debe deben podra podran
cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta medio media mitad doble
cien ciento mil
segundo segundos minuto minutos hora horas dia dias semana semanas mes meses ano anos habil habiles calendario
% ‰ < > ≤ ≥ ±
"""
"""Words without accents that set a number, a unit or a limit: changing one changes what is promised."""

_TELLING = frozenset(_TELLING_WORDS.split())


class Wording(IntEnum):
    """How far two texts are apart."""

    SAME = 0
    PUNCTUATION = 1
    """The same words: commas, capitals, accents or spaces differ."""
    WORDS = 2
    """Other words, but no number, unit or limit among them."""
    SUBSTANCE = 3
    """What is said may be something else."""


def plain(text: str) -> str:
    """A text on one line and in one way of writing accents; folding lines is no change."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def wording(one: str, other: str) -> Wording:
    """How far two texts are apart; the same in both directions."""
    if plain(one) == plain(other):
        return Wording.SAME
    first, second = words(one), words(other)
    if first == second and first:
        return Wording.PUNCTUATION
    if _telling(first) != _telling(second) or _in_common(first, second) < _ALIKE:
        return Wording.SUBSTANCE
    return Wording.WORDS


def likeness(one: str, other: str) -> float:
    """The share of words that two texts have in common, from 0 to 1."""
    return _in_common(words(one), words(other))


def words(text: str) -> list[str]:
    """The words and numbers of a text, without its commas, capitals and accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return _TOKEN.findall("".join(filterfalse(unicodedata.combining, decomposed)))


def _telling(words: list[str]) -> Counter[str]:
    """The words that set a number, a unit or a limit; what is counted comes after its number."""
    pairs = zip(["", *words], words, strict=False)
    return Counter(word for before, word in pairs if word in _TELLING or _is_number(word) or _is_number(before))


def _is_number(word: str) -> bool:
    return any(character.isdigit() for character in word)


def _in_common(first: list[str], second: list[str]) -> float:
    if not first and not second:
        return 1.0
    shared = (Counter(first) & Counter(second)).total()
    return 2 * shared / (len(first) + len(second))
