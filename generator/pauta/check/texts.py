"""The texts of a manual that people wrote in their own words: not names of things, choices or values."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pauta.findings import Location
from pauta.load import Document, Path_, Value
from pauta.model import Manual, Part
from pauta.spine import Field, Kind


class Prose(NamedTuple):
    """A text, the field it stands in, and its place. A tuple, because a manual has so many."""

    text: str
    field: Field
    document: Document
    path: Path_
    list_title: str = ""

    @property
    def title(self) -> str:
        """What people call the field: for a line of a list, the list."""
        return self.list_title or self.field.title

    @property
    def location(self) -> Location:
        """Where the text begins."""
        return self.document.locate(self.path)


def all_prose(manual: Manual) -> Iterator[Prose]:
    """Every text of a manual in people's own words, section by section."""
    for part in manual.parts.values():
        yield from prose(manual, part)


def prose(manual: Manual, part: Part) -> Iterator[Prose]:
    """The texts of a section, in the order in which they stand, whatever else is wrong with it."""
    for document in part.documents:
        if isinstance(document.value, dict):
            declared = "no_aplica" in document.value
            root = manual.spine.not_applicable.root if declared else part.schema.root
            found: list[Prose] = []
            _gather(document, root, document.value, (), found)
            yield from found


def bare(text: str) -> bytes:
    """The text in lower case and plain letters, without accents or any sign beyond ASCII."""
    return unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore")


def _gather(document: Document, field: Field, value: Value, path: Path_, found: list[Prose]) -> None:
    for step, below, child in _children(field, value):
        if isinstance(child, str):
            if _is_prose(below):
                title = field.title if below is field.item else ""
                found.append(Prose(child, below, document, (*path, step), title))
        else:
            _gather(document, below, child, (*path, step), found)


def _children(field: Field, value: Value) -> Iterator[tuple[str | int, Field, Value]]:
    if isinstance(value, dict):
        for name, child in value.items():
            below = field.children.get(name)
            if below is not None:
                yield name, below, child
    elif isinstance(value, list) and field.item is not None:
        for position, child in enumerate(value):
            yield position, field.item, child


@lru_cache(maxsize=4096)  # asked of every text; a company has some hundreds of fields
def _is_prose(field: Field) -> bool:
    return field.kind is Kind.TEXT and field.name != "id" and not _SETTLED & field.schema.keys()


_SETTLED = frozenset({"x-ref", "x-tipo", "enum"})
"""What a schema says of a text that is a name, a typed value or a choice."""
