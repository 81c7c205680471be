"""The name somebody most likely meant when they misspelt one."""

import unicodedata
from collections.abc import Iterable


def plain(text: str) -> str:
    """The text in lower case without accents, hyphens or spaces, for comparing names."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    letters = (c for c in decomposed if not unicodedata.combining(c))
    return "".join(letters).replace("-", "_").replace(" ", "_")


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that looks most like ``name``, or None when none is close enough."""
    by_plain = {plain(candidate): candidate for candidate in sorted(candidates)}
    wanted = plain(name)
    if wanted in by_plain:
        return by_plain[wanted]
    if len(wanted) > _LONGEST_NAME:
        return None
    from difflib import get_close_matches  # noqa: PLC0415 - only needed when something is misspelt

    close = get_close_matches(wanted, by_plain, n=1, cutoff=_CLOSE_ENOUGH)
    return by_plain[close[0]] if close else None


_CLOSE_ENOUGH = 0.6
_LONGEST_NAME = 200
