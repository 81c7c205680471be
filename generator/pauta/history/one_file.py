"""Two versions of one file of a manual, as git hands them to a program that shows differences."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import unified_diff
from pathlib import Path, PurePosixPath

from pauta.compare import Change, compare
from pauta.findings import CannotGoOn
from pauta.history.revisions import MANUAL, read_schemas
from pauta.load import load_manual
from pauta.model import Manual, build_manual
from pauta.spine import Spine
from pauta.validate import validate

_NOTHING = b"{}\n"
"""The content of a file of a folder that is not there: the section is, without it."""
_ENDING = ".yml"
_WORDS, _WORDS_OF_RENAMED = 7, 9


@dataclass(frozen=True, slots=True)
class Version:
    """A file as it was or is: where it stands in the repository, and what it holds."""

    path: str
    content: bytes | None
    """None when the file is not there."""


@dataclass(frozen=True, slots=True)
class _Home:
    """Which file of which manual a path is."""

    project: PurePosixPath
    section: str
    inside: PurePosixPath
    """The path below «manual»."""

    @property
    def is_part(self) -> bool:
        """Whether it is one of several files of its section."""
        return len(self.inside.parts) > 1


def changes_of_file(root: Path, before: Version, after: Version) -> tuple[Change, ...] | None:
    """What changed in a file of a manual in a repository; None when it is none, or cannot be read as one."""
    homes = [_home(each.path) for each in (before, after)]
    if None in homes:
        return None
    try:
        manuals = [_manual(root, home, each) for home, each in zip(homes, (before, after), strict=True) if home]
    except CannotGoOn:  # the folder of schemas is not fit for use; the lines can be shown all the same
        return None
    if any(manual is None for manual in manuals):
        return None
    one, other = (manual for manual in manuals if manual)
    return compare(one, other)


def lines_of_file(before: Version, after: Version) -> Iterator[str]:
    """The differences between two versions line by line, for what is no file of a manual."""
    one, other = ((each.content or b"").decode("utf-8", "replace").splitlines() for each in (before, after))
    return unified_diff(one, other, f"a/{before.path}", f"b/{after.path}", lineterm="")


def versions(arguments: Sequence[str]) -> tuple[Version, Version] | None:
    """The two versions that git names in its seven words, or nine for a renamed file; None for a conflict.

    path, old file, its hash and mode, new file, its hash and mode; then the new path and what git says of it.
    """
    if len(arguments) == 1:
        return None
    if len(arguments) not in {_WORDS, _WORDS_OF_RENAMED}:
        raise CannotGoOn(
            "Esta orden la llama git, con la ruta del archivo y sus dos versiones.",
            "Actívela con: git config diff.pauta.command 'pauta diff-archivo'",
        )
    path, old, _, _, new = arguments[:5]
    later = arguments[_WORDS] if len(arguments) == _WORDS_OF_RENAMED else path
    return Version(path, _content(old)), Version(later, _content(new))


def _content(file: str) -> bytes | None:
    return None if file == "/dev/null" else Path(file).read_bytes()


def _home(path: str) -> _Home | None:
    parts = PurePosixPath(path).parts
    for position in (-2, -3):
        if len(parts) >= -position and parts[position] == MANUAL and path.endswith(_ENDING):
            inside = PurePosixPath(*parts[position + 1 :])
            section = inside.parts[0].removesuffix(_ENDING)
            return _Home(PurePosixPath(*parts[:position]), section, inside)
    return None


def _manual(root: Path, home: _Home, version: Version) -> Manual | None:
    """A manual of that file alone, or None when the file is not a section or cannot be read."""
    spine = read_schemas(root / home.project)
    content = _NOTHING if version.content is None and home.is_part else version.content
    if home.section not in spine.sections:
        return None
    with tempfile.TemporaryDirectory(prefix="pauta-") as temporary:
        folder = Path(temporary)
        if content is not None:
            file = folder / home.inside
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return _load(folder, spine, shown=(home.project / MANUAL).as_posix())


def _load(folder: Path, spine: Spine, *, shown: str) -> Manual | None:
    loaded = load_manual(folder, spine.sections, shown=shown)
    if loaded.damaged:
        return None
    return build_manual(loaded, validate(loaded, spine), spine, today=date.today())  # noqa: DTZ011 - compare asks no day
