"""What a run learned, kept for the next one: bytes under a key that is made of all that they depend on.

A project has one file, in the cache folder of whoever runs the program and never in the project:
whoever sends a change to a project could send answers with it. The file may be deleted at any
moment. A run writes a new one beside the old and then puts it in its place, so that of two runs at
once the last one stays, whole. One that this very program did not write to its end is not read, nor
an entry whose bytes changed since; and nothing that is read is ever executed.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from pauta import __version__

LARGEST = 256_000_000
"""Bytes of all that is kept, of all projects together; a manual of 2,000 files takes some 25 million."""

OLDEST = 30 * 24 * 3600
"""Seconds after which a file is taken away by the next one that is written."""

_SIGN = b"pauta 1 "
_WHOLE, _UNFINISHED = ".pack", ".part"
_TAIL = 16  # the last letters of a file say, in hexadecimal, where its index begins
_FORGOTTEN = 3600  # seconds after which nobody is writing an unfinished file any more

_Place = tuple[int, int, str]
"""Where an entry begins, how long it is, and the digest of its bytes."""


def digest(*parts: str | bytes) -> str:
    """A key that differs whenever one of the parts does."""
    made = blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8, "big"))
        made.update(data)
    return made.hexdigest()


@lru_cache(maxsize=1)
def program() -> str:
    """The digest of the program that works: its code, its version, its Python and the packages around it.

    The code is read, and not only the version, because in a checkout it changes from run to run.
    """
    code = (path.read_bytes() for path in _code(Path(__file__).parents[1]))
    around = (Path(name) for name in sys.path if name.endswith(("site-packages", "dist-packages")))
    # a package that comes, changes or goes does so with its .dist-info, and that changes the folder's own time
    times = (str(folder.stat().st_mtime_ns) for folder in around if folder.is_dir())
    return digest(__version__, sys.version, sys.byteorder, *times, *code)


def _code(package: Path) -> Iterator[Path]:
    """The files that make the program: modules, and the texts that rules are explained with."""
    for folder, inside, names in os.walk(package):
        inside[:] = sorted(name for name in inside if name != "__pycache__")
        yield from (Path(folder, name) for name in sorted(names) if name.endswith((".py", ".md")))


def cache_folder() -> Path | None:
    """Where the files are kept, which need not be there yet; None for somebody without a folder of their own."""
    named = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    try:
        usual = Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
        folder = Path(named) if named else usual
    except RuntimeError:  # a user without a home
        return None
    return folder / "pauta" if folder.is_absolute() else None


@contextmanager
def open_cache(project: Path) -> Iterator["Cache"]:
    """The cache of a project. When the block ends well, what it used and what is new are kept, and nothing else."""
    folder = cache_folder()
    cache = Cache.of(folder / f"{digest(str(project.resolve()))}{_WHOLE}") if folder else NO_CACHE
    try:
        yield cache
        cache.save()
    finally:
        cache.close()


@dataclass(slots=True)
class Cache:
    """The entries of one project. One without a file remembers nothing and keeps nothing."""

    file: Path | None = None
    _old: "_Written | None" = None
    _new: "_Writing | None" = None
    _used: dict[str, None] = field(default_factory=dict)

    @classmethod
    def of(cls, file: Path) -> "Cache":
        """The entries of a file; none when it is not there or is of no use."""
        return cls(file, _Written.open(file))

    @property
    def keeps(self) -> bool:
        """Whether there is any use in giving it something."""
        return self.file is not None

    def recall(self, key: str) -> bytes | None:
        """What was kept under a key, exactly as it was; None when there is nothing."""
        data = self._old.read(key) if self._old else None
        if data is not None:
            self._used[key] = None
        return data

    def keep(self, key: str, *parts: bytes) -> None:
        """Keep the bytes of some parts, one after the other, in the place of what was under the key."""
        if self.file is None:
            return
        self._used.pop(key, None)
        try:
            self._new = self._new or _Writing.beside(self.file)
            self._new.add(key, *parts)
        except OSError:  # no room, or no permission: the next run has to work again, and that is all
            self.close()
            self.file = None

    def save(self) -> None:
        """Put what is new and what was used in the place of the old file, if anything is new."""
        if self.file is None or self._new is None:
            return
        with suppress(OSError):
            for key in self._used:
                if (data := self._old.read(key) if self._old else None) is not None:
                    self._new.add(key, data)
            if self._old:
                self._old.file.close()  # some systems do not replace a file that is open
            self._new.put(self.file)
            _tidy(self.file.parent)

    def close(self) -> None:
        """Leave nothing open or unfinished."""
        if self._old:
            self._old.file.close()
        if self._new:
            self._new.leave()
        self._old = self._new = None


NO_CACHE = Cache()
"""Remembers nothing."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A file of an earlier run."""

    file: BinaryIO
    places: Mapping[str, _Place]

    @classmethod
    def open(cls, path: Path) -> "_Written | None":
        with suppress(OSError):
            file = path.open("rb")
            places = _index(file)
            if places is not None:
                return cls(file, places)
            file.close()
        return None

    def read(self, key: str) -> bytes | None:
        place = self.places.get(key)
        if place is None:
            return None
        start, length, check = place
        try:
            self.file.seek(start)
            data = self.file.read(length)
        except OSError:
            return None
        return data if len(data) == length and _check(data) == check else None


@dataclass(frozen=True, slots=True)
class _Writing:
    """A file that is being written beside the one whose place it will take."""

    file: BinaryIO
    path: Path
    places: dict[str, _Place] = field(default_factory=dict)

    @classmethod
    def beside(cls, target: Path) -> "_Writing":
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        number, name = tempfile.mkstemp(_UNFINISHED, dir=target.parent)
        writing = cls(os.fdopen(number, "wb"), Path(name))
        writing.file.write(_first_line())
        return writing

    def add(self, key: str, *parts: bytes) -> None:
        start = self.file.tell()
        self.file.writelines(parts)
        self.places[key] = (start, sum(map(len, parts)), _check(*parts))

    def put(self, target: Path) -> None:
        start = self.file.tell()
        self.file.write(json.dumps(self.places).encode() + b"%0*x" % (_TAIL, start))
        self.file.close()
        if self.path.stat().st_size <= LARGEST:
            self.path.replace(target)

    def leave(self) -> None:
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def _first_line() -> bytes:
    return _SIGN + program().encode("ascii") + b"\n"


def _check(*parts: bytes) -> str:
    made = blake2b(digest_size=8)
    for part in parts:
        made.update(part)
    return made.hexdigest()


def _index(file: BinaryIO) -> dict[str, _Place] | None:
    """Where each entry of a file is; None when this very program did not write it, or not to its end."""
    first = _first_line()
    try:
        if file.read(len(first)) != first:
            return None
        end = file.seek(-_TAIL, os.SEEK_END)
        start = int(file.read(_TAIL), 16)
        if not len(first) <= start <= end <= LARGEST:
            return None
        file.seek(start)
        return _places(json.loads(file.read(end - start)), start)
    except (OSError, ValueError, RecursionError):
        return None


def _places(said: object, end: int) -> dict[str, _Place] | None:
    if not isinstance(said, dict):
        return None
    places: dict[str, _Place] = {}
    for key, place in said.items():
        match place:
            case [int(start), int(length), str(check)] if 0 <= start <= start + length <= end:
                places[key] = (start, length, check)
            case _:
                return None
    return places


def _tidy(folder: Path) -> None:
    """Take away old files, those that a stopped run left unfinished, and the oldest when all are too much."""
    now, room = time.time(), LARGEST
    files = [(path.stat(), path) for path in folder.iterdir() if path.suffix in {_WHOLE, _UNFINISHED}]
    for stat, path in sorted(files, key=lambda each: -each[0].st_mtime):
        age = now - stat.st_mtime
        room -= stat.st_size
        if age > OLDEST or room < 0 or (path.suffix == _UNFINISHED and age > _FORGOTTEN):
            path.unlink(missing_ok=True)
