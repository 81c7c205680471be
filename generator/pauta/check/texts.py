"""The texts of a manual that people wrote in their own words: not names of things, choices or values."""

import unicodedata
from collections.abc import Mapping, Sequence
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


class File(NamedTuple):
    """The texts of one file, bare and put together, which is enough to know that most hold nothing to report."""

    part: Part
    document: Document
    bare: bytes
    """Its bare texts with ``BETWEEN`` between them."""


BETWEEN = b"\0"
"""What stands between texts that are put together."""


@lru_cache(maxsize=1)  # several rules ask in a row about the one manual
def files(manual: Manual) -> tuple[File, ...]:
    """The files of a manual that hold texts, section by section."""
    each = ((part, document) for part in manual.parts.values() for document in part.documents)
    texts = ((part, document, [text for text, *_ in _found(manual, part, document)]) for part, document in each)
    return tuple(File(part, document, together(found)) for part, document, found in texts if found)


def prose(manual: Manual, part: Part, document: Document) -> list[Prose]:
    """The texts of a file of a section, in the order in which they stand, whatever else is wrong with it."""
    found = _found(manual, part, document)
    return [Prose(text, field, document, (*path, step), title) for text, field, path, step, title in found]


_Found = tuple[str, Field, Path_, str | int, str]
"""What prose is made of: the place is put together only when somebody asks."""


def _found(manual: Manual, part: Part, document: Document) -> list[_Found]:
    found: list[_Found] = []
    if isinstance(document.value, dict):
        declared = "no_aplica" in document.value
        root = manual.spine.not_applicable.root if declared else part.schema.root
        _gather(root, document.value, (), found)
    return found


def bare(text: str) -> bytes:
    """The text in lower case and plain letters, without accents or any sign beyond ASCII."""
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").lower()


def together(texts: Sequence[str]) -> bytes:
    """Bare texts with ``BETWEEN`` between them: all at once takes a tenth of the time of one by one."""
    between = BETWEEN.decode()
    joined = between.join(texts)
    if joined.count(between) >= len(texts):  # a text holds one, which no word needs
        joined = between.join(text.replace(between, "") for text in texts)
    return bare(joined)


def _gather(field: Field, value: Value, path: Path_, found: list[_Found]) -> None:
    if isinstance(value, dict):
        plan = _plan(field)
        for name, child in value.items():
            if name in plan:
                below, is_prose = plan[name]
                if not isinstance(child, str):
                    _gather(below, child, (*path, name), found)
                elif is_prose:
                    found.append((child, below, path, name, ""))
    elif isinstance(value, list) and field.item is not None and _holds_prose(field.item):
        is_prose = _is_prose(field.item)
        for position, child in enumerate(value):
            if not isinstance(child, str):
                _gather(field.item, child, (*path, position), found)
            elif is_prose:
                found.append((child, field.item, path, position, field.title))


@lru_cache(maxsize=4096)  # asked of every element; a company has some thousands of fields
def _plan(field: Field) -> Mapping[str, tuple[Field, bool]]:
    """The fields below in which there may be texts, each with whether it is one itself."""
    return {name: (below, _is_prose(below)) for name, below in field.children.items() if _holds_prose(below)}


@lru_cache(maxsize=4096)
def _holds_prose(field: Field) -> bool:
    below = (*field.children.values(), field.item) if field.item else field.children.values()
    return _is_prose(field) or any(map(_holds_prose, below))


def _is_prose(field: Field) -> bool:
    return field.kind is Kind.TEXT and field.name != "id" and _SETTLED.isdisjoint(field.schema)


_SETTLED = frozenset({"x-ref", "x-tipo", "enum"})
"""What a schema says of a text that is a name, a typed value or a choice."""
