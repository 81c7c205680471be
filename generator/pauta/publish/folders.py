"""Write a folder whole or not at all."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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


def finish(new: Path, target: Path) -> None:
    """Put the new folder in the place of the old one: two renames in a row."""
    old = target.parent / f"{_OLD}{target.name}"
    if old.exists():
        shutil.rmtree(old)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


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
    old = target.parent / f"{_OLD}{target.name}"
    if old.exists():
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)  # killed between the two renames
    for left in target.parent.glob(f"{_NEW}{target.name}-*"):
        if not _alive(left.name.removeprefix(f"{_NEW}{target.name}-").partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except OSError:
        return True
    return True
