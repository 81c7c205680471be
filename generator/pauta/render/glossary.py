"""Terms of the glossary: linked to their definition where a text first uses them on a page, and by letter."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from pauta.model import Entity, Manual
from pauta.nearest import plain


@dataclass(frozen=True, eq=False)
class Glossary:
    """The terms of a manual, ready to be found in texts."""

    terms: dict[str, Entity] = field(default_factory=dict)
    """Name in lower case -> term, for its name and its accepted synonyms."""
    pattern: re.Pattern[str] | None = None

    def split(self, text: str) -> list[tuple[str, Entity | None]]:
        """The text in pieces, each with the term that it is, if it is one."""
        if self.pattern is None:
            return [(text, None)]
        pieces: list[tuple[str, Entity | None]] = []
        end = 0
        for match in self.pattern.finditer(text):
            pieces += [(text[end : match.start()], None), (match[0], self.terms.get(match[0].lower()))]
            end = match.end()
        return [*pieces, (text[end:], None)]


def read_glossary(manual: Manual) -> Glossary:
    """The glossary of a manual; an empty one when it has none."""
    terms: dict[str, Entity] = {}
    for term in manual.all("terminos"):
        for name in (term["nombre"], *term.get("sinonimos", ())):
            if len(name) > 1:
                terms.setdefault(name.lower(), term)
    if not terms:
        return Glossary()
    return Glossary(terms, re.compile(rf"(?<!\w)(?:{_any_of(terms)})(?!\w)", re.IGNORECASE))


def by_letter(terms: Iterable[Entity]) -> list[tuple[str, list[Entity]]]:
    """Terms by their first letter, in Spanish order without regard to accents."""
    ordered = sorted(terms, key=lambda term: plain(term["nombre"]))
    letters: dict[str, list[Entity]] = {}
    for term in ordered:
        letters.setdefault(plain(term["nombre"])[0].upper(), []).append(term)
    return list(letters.items())


def _any_of(names: Iterable[str]) -> str:
    """An expression for any of the names, the longest first; by first letter, which halves the search."""
    ordered = sorted(names, key=lambda name: (name[0], -len(name), name))
    return "|".join(
        f"{re.escape(first)}(?:{'|'.join(re.escape(name[1:]) for name in group)})"
        for first, group in groupby(ordered, key=lambda name: name[0])
    )
