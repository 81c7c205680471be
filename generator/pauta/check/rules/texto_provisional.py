import re
import unicodedata
from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, unmet
from pauta.check.rule import Problem, rule
from pauta.check.texts import BETWEEN, Prose, bare, files, prose
from pauta.findings import Severity
from pauta.model import Manual

_LEFTOVER = re.compile(
    r"\b(?:por\s+definir|pendientes?\s+de\s+definir|x{3,}|lorem\s+ipsum|tbd|asdf)\b|\?{3,}|^\s*(?:\.{3,}|…)\s*$",
)
_SIGNS = (b"definir", b"xxx", b"lorem", b"tbd", b"asdf", b"???")
_DOTS = re.compile(rb"%b[. ]*%b" % (BETWEEN, BETWEEN))
"""What texts with a mark hold, once bare; most files hold none and need no closer look."""

_TO_DO = re.compile(r"\bTODO\b")
_TO_DO_COLON = re.compile(r"\bTODO(?=\s*:)")


@rule("Texto provisional", Severity.ERROR)
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que ningún texto conserve una marca de las que se dejan para después: «por definir», «pendiente
    de definir», «TODO», «xxx», «lorem ipsum», «???», «tbd», «asdf», o solo puntos suspensivos. Las
    palabras de todos los días, como «método» o «todo el día», no cuentan.

    Por qué importa
    El manual publicado es una instrucción: quien encuentra «por definir» frente al cliente tiene
    que inventar.

    Cómo se arregla
    Escriba el texto definitivo. Si todavía no se sabe y el campo no es obligatorio, quite el campo;
    el estado del manual recordará que falta. En lugar de

        garantia: Por definir

    escriba

        garantia: 30 días calendario sobre la mano de obra
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """Final texts in each section."""
    suspects = _suspects(manual)
    for part in manual.parts.values():
        texts = suspects.get(part.name, ())
        problems = [_problem(text, mark) for text in texts if (mark := _mark(text.text))]
        for problem in problems or (None,):
            yield Requirement(
                part.name,
                f"Textos definitivos en «{part.title}»",
                problem is None,
                Importance.DETAIL,
                problem=problem,
            )


def _suspects(manual: Manual) -> dict[str, list[Prose]]:
    """The texts of the files in which there may be a mark, by section."""
    found: dict[str, list[Prose]] = {}
    for part, document, plain in files(manual):
        may_say_todo = "TODO" in document.text or "\\" in document.text  # which can stand for any letter
        if may_say_todo or _may_hold_a_mark(plain):
            found.setdefault(part.name, []).extend(prose(manual, part, document))
    return found


def _may_hold_a_mark(plain: bytes) -> bool:
    return any(sign in plain for sign in _SIGNS) or bool(_DOTS.search(BETWEEN + plain + BETWEEN))


def _mark(text: str) -> str:
    """The first mark of an unfinished text, as it is written there; empty when there is none."""
    found = _LEFTOVER.search(_folded(text)) if _may_hold_a_mark(bare(text)) else None
    if found is None and "TODO" in text:
        found = _to_do(text)
    return text[found.start() : found.end()].strip() if found else ""


def _to_do(text: str) -> re.Match[str] | None:
    """The English mark; in a sentence all in capitals it is the Spanish word."""
    sentence = text == text.upper() and text.strip(" .:") != "TODO"
    return (_TO_DO_COLON if sentence else _TO_DO).search(text)


def _folded(text: str) -> str:
    """The text in lower case without accents, letter for letter, so that places in it stay the same."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text).lower()


def _problem(text: Prose, mark: str) -> Problem:
    removable = "el renglón" if text.list_title else "el campo"
    instead = "" if text.field.required else f", o quite {removable} mientras no lo tenga"
    return Problem(
        text.location,
        f"«{text.title}» conserva un texto provisional: «{mark}».",
        f"Escriba el texto definitivo de «{text.title}»{instead}.",
    )
