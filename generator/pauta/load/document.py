"""A document: the values of one YAML file and the place of every key and value in it."""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pauta.findings import Location

Value = Any
"""What YAML can say: None, bool, int, float, str, list and dict, nested."""

Path_ = tuple[str | int, ...]
"""The way from the root of a document to a value: keys and positions."""

_KEY = -1  # the last step of the path to a key; no position in a list is negative
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # where libyaml starts a new line
_ODD_BREAK = re.compile("[\r\x85\u2028\u2029]")  # most files have none, and split faster


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The text of one file, split into lines only when somebody points at one."""

    path: str
    content: str | bytes
    """The text, or the bytes that hold it in UTF-8."""
    _lines: list[str] = field(default_factory=list, repr=False)

    @property
    def text(self) -> str:
        """All that the file says."""
        return self.content if isinstance(self.content, str) else self.content.decode("utf-8")

    @property
    def lines(self) -> list[str]:
        """The lines of the text as the YAML parser counts them."""
        if not self._lines:
            self._lines.extend(split_lines(self.text))
        return self._lines

    def location(self, line: int, column: int) -> Location:
        """A place in this file by line and column, both from one."""
        shown = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Location(self.path, line, column, shown)


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One file of the manual, read.

    ``places`` holds the line and column (from zero) of every key and value in reading order,
    two numbers each: eight bytes a place instead of the parser's nodes. The index from a path
    to its place is made only for documents that somebody points at.
    """

    source: Source
    value: Value
    places: "array[int]"
    digest: str = ""
    """What stands for its bytes in the cache; empty when nothing is kept."""
    _index: dict[Path_, int] = field(default_factory=dict, repr=False)

    @property
    def path(self) -> str:
        """The file, as findings name it."""
        return self.source.path

    @property
    def text(self) -> str:
        """All that the file says."""
        return self.source.text

    def locate(self, path: Path_ = (), *, key: bool = False) -> Location:
        """The place of the value at ``path``, or of its key; of its nearest parent if it is absent."""
        index = self._places_by_path()
        while path and path not in index:
            path, key = path[:-1], False
        where = index.get((*path, _KEY), index[path]) if key else index[path]
        return self.source.location(self.places[where] + 1, self.places[where + 1] + 1)

    def is_inside(self, path: Path_, line: int, column: int) -> bool:
        """Whether a place, both numbers from one, is that of the value at ``path``, of its key or of anything in it."""
        return any(
            here[: len(path)] == path and (self.places[where], self.places[where + 1]) == (line - 1, column - 1)
            for here, where in self._places_by_path().items()
        )

    def in_reading_order(self) -> Iterator[tuple[Path_, int, int]]:
        """Every value with its path, line and column (from one), as they stand in the file."""
        for path, where in self._places_by_path().items():
            if path[-1:] != (_KEY,):
                yield path, self.places[where] + 1, self.places[where + 1] + 1

    def _places_by_path(self) -> dict[Path_, int]:
        if not self._index:
            self._index.update(_walk(self.value))
        return self._index


def split_lines(text: str) -> list[str]:
    """The lines of a text as the YAML parser counts them."""
    return _LINE_BREAK.split(text) if _ODD_BREAK.search(text) else text.split("\n")


def _walk(root: Value) -> Iterator[tuple[Path_, int]]:
    """Every path with the position of its place, in the order in which the parser noted them."""
    position = 0
    pending: list[tuple[Path_, Value]] = [((), root)]
    while pending:
        path, value = pending.pop()
        yield path, position
        position += 2
        if path[-1:] == (_KEY,):
            continue
        if isinstance(value, dict):
            children: list[tuple[Path_, Value]] = []
            for name, child in value.items():
                children += [((*path, name, _KEY), None), ((*path, name), child)]
            pending.extend(reversed(children))
        elif isinstance(value, list):
            pending.extend(((*path, i), value[i]) for i in reversed(range(len(value))))
