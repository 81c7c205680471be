"""The tree of pages, as plain data that any engine's configuration can be written from."""

from collections.abc import Sequence

Entry = tuple[str, "str | Nav"]
"""Title and page (a path ending in .md), or title and more entries below."""

Nav = list[Entry]
"""Entries in the order in which they are shown."""


def branch(title: str, index: tuple[str, str], leaves: Sequence[Entry]) -> Entry:
    """A heading whose first entry, title and page, is the index of the others."""
    return title, [index, *leaves]
