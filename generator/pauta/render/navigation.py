"""The tree of pages, as plain data that any engine's configuration can be written from."""

from collections.abc import Sequence

Nav = list["tuple[str, str | Nav]"]
"""Title and page (a path ending in .md), or title and more entries below."""


def branch(title: str, index: tuple[str, str], leaves: Sequence["tuple[str, str | Nav]"]) -> tuple[str, "str | Nav"]:
    """A heading whose first entry, title and page, is the index of the others."""
    return title, [index, *leaves]
