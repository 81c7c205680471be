"""Who changed each section last, and when, as the repository tells.

Only a change of substance counts: one that leaves the same values, or that mends no more than the
signs and the spaces of a text, leaves a section as it was. So do its review and the number of the
version, which are written again with every release.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from pauta.history import repository
from pauta.history.people import People, people_of
from pauta.load.parser import parse
from pauta.render.record import LastChange

_ENDINGS = (".yml", ".yaml")
_NOT_OF_SUBSTANCE = frozenset({"control", "version", "vigente_desde"})
_MARKS = r"[.,;:¿?¡!«»\"“”'()\[\]…—–`*_-]"
_SIGNS = re.compile(rf"(?<!\d){_MARKS}|{_MARKS}(?!\d)")
_NO_BLOB = frozenset("0")
SHORT = 10
"""How many digits of a commit are shown; git's own short form grows with the repository."""


@dataclass(frozen=True, slots=True)
class _Commit:
    """A commit and the files of the manual that it changed."""

    id: str
    day: date
    changed: Mapping[str, list[tuple[str, str]]]
    """Section -> the blobs of its files before and after; zeros where there was none."""


def last_changes(root: Path, *, names_people: bool) -> dict[str, LastChange]:
    """Section -> its last change of substance, for the sections without changes outside a commit."""
    commits = _commits(root)
    saved = {section for commit in commits for section in commit.changed} - set(_unsaved(root))
    found = _last(root, commits, saved)
    people = people_of(root) if names_people else None
    return {section: _told(commit, people) for section, commit in found.items()}


def _told(commit: _Commit, people: People | None) -> LastChange:
    short = commit.id[:SHORT]
    if people is None:
        return LastChange(commit.day, short)
    return LastChange(commit.day, short, people.author(commit.id), people.approver(commit.id))


def _last(root: Path, commits: Sequence[_Commit], pending: set[str]) -> dict[str, _Commit]:
    """The newest commit of substance of each section; each round reads the next candidates, all at once."""
    found: dict[str, _Commit] = {}
    candidates = {section: [each for each in commits if section in each.changed] for section in pending}
    while pending:
        tried = {section: candidates[section].pop(0) for section in pending}
        read = repository.blobs(
            root, {blob for section, commit in tried.items() for blob in _blobs(commit.changed[section])}
        )
        found |= {
            section: commit
            for section, commit in tried.items()
            if not candidates[section] or _of_substance(commit.changed[section], read)
        }
        pending = pending - found.keys()
    return found


def _blobs(changed: Iterable[tuple[str, str]]) -> Iterator[str]:
    for pair in changed:
        yield from (blob for blob in pair if set(blob) != _NO_BLOB)


def _of_substance(changed: Sequence[tuple[str, str]], read: Mapping[str, bytes]) -> bool:
    before, after = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for old, new in changed:
        before.update(_said(read.get(old, b"")))
        after.update(_said(read.get(new, b"")))
    return before != after


# --- what a file says ----------------------------------------------------------------------------


def _said(data: bytes) -> Iterator[tuple[str, ...]]:
    """What a file says, whatever its form: every value with the names that lead to it."""
    document, _ = parse("manual", data.decode("utf-8", "replace"))
    if document is None:
        yield "", data.decode("utf-8", "replace")
    elif isinstance(document.value, dict):
        for name, value in document.value.items():
            if name not in _NOT_OF_SUBSTANCE:
                yield from _values(value, (name,))


def _values(value: Any, names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _values(inner, (*names, name))
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner, (*names, _name_of(inner)))
    else:
        yield *names, type(value).__name__, _plain(str(value))


def _name_of(element: Any) -> str:
    """What tells an element of a list from the others: its first field, which is its id wherever it has one."""
    if not isinstance(element, dict):
        return ""
    return next((_plain(str(value)) for value in element.values() if not isinstance(value, dict | list)), "")


def _plain(text: str) -> str:
    """A text without what changes when a comma is mended."""
    return " ".join(_SIGNS.sub(" ", text).casefold().split())


# --- what the repository tells -------------------------------------------------------------------


def _commits(root: Path) -> list[_Commit]:
    """The commits that changed the manual, from the newest; what a merge brings is of the merged commits."""
    folder = repository.prefix(root) + "manual/"
    told = repository.text(
        root, "log", "--no-merges", "--topo-order", "--root", "--no-renames", "--raw", "--no-abbrev", "-z",
        "--format=%x01%H %cs", "HEAD", "--", "manual",
    )  # fmt: skip
    return [_commit(each, folder) for each in told.split("\x01")[1:]]


def _commit(told: str, folder: str) -> _Commit:
    """One commit as git log writes it: a line about it, then pairs of blobs and path."""
    head, *pairs = told.strip("\0").split("\0")
    id_, day = head.strip().split(" ")
    changed: dict[str, list[tuple[str, str]]] = {}
    for blobs, path in zip(pairs[::2], pairs[1::2], strict=False):
        _, _, before, after, _ = blobs.strip().split(" ")
        if path.endswith(_ENDINGS):
            changed.setdefault(_section_of(path.removeprefix(folder)), []).append((before, after))
    return _Commit(id_, date.fromisoformat(day), changed)


def _unsaved(root: Path) -> Iterator[str]:
    """The sections with changes that are not in a commit."""
    folder = repository.prefix(root) + "manual/"
    told = repository.text(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", "manual")
    for line in filter(None, told.split("\0")):
        yield _section_of(line[3:].removeprefix(folder))


def _section_of(path: str) -> str:
    first = PurePosixPath(path).parts[0]
    return first if "/" in path else PurePosixPath(first).stem
