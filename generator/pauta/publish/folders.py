"""Write a folder whole or not at all."""

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

_NEW, _OLD = ".pauta-nuevo-", ".pauta-anterior-"


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new, empty folder that takes the place of ``target`` when the block ends well.

    Whatever happens inside the block, ``target`` stays as it was until then. What a killed run
    left behind is put right first.
    """
    new = begin(target)
    try:
        yield new
    except BaseException:
        discard(new)
        raise
    finish(new, target)


def begin(target: Path) -> Path:
    """Make a folder beside ``target`` to write in; mend what a killed run left."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _mend(target)
    new = Path(mkdtemp(prefix=f"{_NEW}{target.name}-{os.getpid()}-", dir=target.parent))
    new.chmod(0o755)  # mkdtemp makes it private; a web server must read it
    return new


def discard_begun(target: Path) -> None:
    """Throw away what this process began to write beside ``target``, even if it was stopped while beginning."""
    for new in target.parent.glob(f"{_NEW}{target.name}-{os.getpid()}-*"):
        discard(new)


def finish(new: Path, target: Path) -> None:
    """Put the new folder in the place of the old one: two renames in a row.

    When several runs end at once each tries again until its own is in place; the last one stays.
    """
    old = target.parent / new.name.replace(_NEW, _OLD, 1)
    while not _swapped(new, target, old):
        shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def _swapped(new: Path, target: Path, old: Path) -> bool:
    """Whether the new folder got the name; False when another run took it between the two renames."""
    with suppress(FileNotFoundError):
        target.rename(old)
    try:
        new.rename(target)
    except OSError as problem:
        if problem.errno in _TAKEN:
            return False
        with suppress(OSError):
            old.rename(target)
        raise
    return True


_TAKEN = frozenset({errno.ENOTEMPTY, errno.EEXIST})


def discard(new: Path) -> None:
    """Throw away a folder that did not come to be."""
    shutil.rmtree(new, ignore_errors=True)


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write texts into a folder; the names may have folders of their own."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def _mend(target: Path) -> None:
    for old in _left_by_the_dead(_OLD, target):
        if not target.exists():
            with suppress(OSError):
                old.rename(target)  # killed between the two renames
        shutil.rmtree(old, ignore_errors=True)
    for new in _left_by_the_dead(_NEW, target):
        shutil.rmtree(new, ignore_errors=True)


def _left_by_the_dead(prefix: str, target: Path) -> Iterator[Path]:
    """Folders that no living run will come back to; their names hold the number of its process."""
    start = f"{prefix}{target.name}-"
    for left in sorted(target.parent.glob(f"{start}*")):
        if not _alive(left.name.removeprefix(start).partition("-")[0]):
            yield left


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except OSError:
        return True
    return True
