"""Questions to the repository of a manual that several histories ask."""

import os
from collections.abc import Iterable
from pathlib import Path

from pauta.findings import CannotGoOn
from pauta.history.git import git, line, need_repository


def text(root: Path, *arguments: str) -> str:
    """What git answers; raises CannotGoOn when it cannot."""
    return os.fsdecode(git(root, *arguments))


def prefix(root: Path) -> str:
    """The folder of the project inside its repository, with a slash at its end; empty at the top."""
    return line(root, "rev-parse", "--show-prefix") or ""


def common_folder(root: Path) -> Path:
    """Where the repository keeps its own things, the same for all its working trees."""
    return (root / text(root, "rev-parse", "--git-common-dir").removesuffix("\n")).resolve()


def commit_of(root: Path, reference: str) -> str:
    """The commit that a reference names; empty when there is no such reference."""
    return line(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}") or ""


def is_shallow(root: Path) -> bool:
    """Whether the repository was cloned without its past."""
    return line(root, "rev-parse", "--is-shallow-repository") == "true"


def has_whole_history(root: Path) -> bool:
    """Whether the project is in a repository with commits, none of which was left out when it was cloned."""
    try:
        return bool(commit_of(root, "HEAD")) and not is_shallow(root)
    except CannotGoOn:  # git is not installed
        return False


def need_whole_history(root: Path) -> None:
    """Raise CannotGoOn when the project is in no repository, or in one that was cloned without its past."""
    need_repository(root)
    if is_shallow(root):
        raise CannotGoOn(
            "Esta copia del repositorio no tiene la historia completa.", "Tráigala con: git fetch --unshallow --tags"
        )
    if not commit_of(root, "HEAD"):
        raise CannotGoOn("Este repositorio no tiene ningún commit.", "Guarde el manual con: git add . && git commit")


def blobs(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The contents of several objects, read at once; those that are not there are left out."""
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return {}
    told = git(root, "cat-file", "--batch", stdin=b"".join(os.fsencode(name) + b"\n" for name in wanted))
    found, place = dict[str, bytes](), 0
    for name in wanted:
        end = told.index(b"\n", place)
        size = told[place:end].rpartition(b" ")[2]
        place = end + 1
        if size.isdigit():
            found[name] = told[place : place + int(size)]
            place += int(size) + 1
    return found
