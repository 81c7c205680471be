"""The manual of a revision, of a folder or of the working tree, read into memory."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from posixpath import normpath

from pauta.bundled import schema_folder
from pauta.findings import CannotGoOn, Finding
from pauta.history.git import git, line, need_repository
from pauta.load import load_manual
from pauta.model import Manual, build_manual
from pauta.render.audience import restrict
from pauta.spine import Spine, read_spine
from pauta.validate import validate

MANUAL, SCHEMA = "manual", "schema"
_PROGRAMS_OWN = ("comun", "vocabulario")
"""A folder of schemas that has these is that of the program itself, whole."""
_LINK = "120000"
"""The mode of a symbolic link. One to a file of the manual stands for that file; no other is followed."""
_UNFOLLOWED = ".enlace-sin-seguir"
_MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A manual as it was, or as it is."""

    root: Path
    """The folder that holds its «manual» and «schema»; of a revision, a temporary one."""
    name: str
    """How reports call it."""
    commit: str | None
    """The whole name of the commit; None for a folder and for the working tree."""
    manual: Manual
    findings: tuple[Finding, ...]
    """What keeps some of it from being read or from being well formed."""


@contextmanager
def manual_at(
    root: Path, revision: str | None = None, *, today: date | None = None, audience: str | None = None
) -> Iterator[Snapshot]:
    """The manual of a revision or tag of the project in a folder, of another folder, or as it stands now.

    A name of a folder that holds «manual» means that folder; to mean a tag of the same name, write
    ``refs/tags/NAME``. The files of a revision are there as long as the context; what was read of
    them stays. For an audience, without what it may not read. Raises CannotGoOn when there is no such
    revision, or it has no manual.
    """
    day = today or date.today()  # noqa: DTZ011 - the day of the reader
    if revision is None:
        yield _read(root, "lo que hay ahora", None, day, audience)
        return
    folder = Path(revision)
    if revision and (folder / MANUAL).is_dir():
        yield _read(folder, revision, None, day, audience)
        return
    commit = resolve(root, revision)
    with tempfile.TemporaryDirectory(prefix="pauta-") as temporary:
        _materialise(root, commit, revision, Path(temporary))
        yield _read(Path(temporary), revision, commit, day, audience)


def resolve(root: Path, revision: str) -> str:
    """The whole name of the commit that a revision means; raises CannotGoOn when there is none."""
    need_repository(root)
    commit = line(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit and revision:
        return commit
    if revision in {"HEAD", "@"}:
        raise CannotGoOn("Este repositorio no tiene ninguna versión guardada.", "Guarde la primera con: git commit")
    if line(root, "rev-parse", "--is-shallow-repository") == "true":
        raise CannotGoOn(
            f"La revisión «{revision}» no está en esta copia, que no tiene la historia completa.",
            "Tráigala con: git fetch --unshallow --tags",
        )
    raise CannotGoOn(
        f"No hay ninguna revisión ni carpeta con un manual que se llame «{revision}».",
        "Las etiquetas se ven con: git tag --list; y las revisiones, con: git log --oneline",
    )


def read_schemas(root: Path) -> Spine:
    """The spine of a project, of today or of another day.

    The schemas of an older manual, of the company or of the program, may say less than the program now
    expects of them; they are taken as they are, for they are what that manual was written for.
    """
    own = root / SCHEMA
    whole = all((own / f"{name}.schema.json").is_file() for name in _PROGRAMS_OWN)
    try:
        return read_spine(own) if whole else read_spine(schema_folder(), own, hold=False)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as problem:
        raise CannotGoOn(
            f"Los esquemas de «{own}» no se entienden.", "schema/README.md dice cómo se escribe un esquema."
        ) from problem


def _read(root: Path, name: str, commit: str | None, today: date, audience: str | None) -> Snapshot:
    try:
        spine = read_schemas(root)
        loaded = load_manual(root / MANUAL, spine.sections)
        validated = validate(loaded, spine)
        shown = restrict(loaded, spine, audience) if audience else loaded
        manual = build_manual(shown, validated, spine, today=today)
    except CannotGoOn as problem:
        raise CannotGoOn(f"No se puede leer el manual de «{name}». {problem}", problem.tip) from problem
    return Snapshot(root, name, commit, manual, (*loaded.findings, *validated.findings))


# The files of a revision, from git's own store: no attribute, filter or hook of the repository takes part.


@dataclass(frozen=True, slots=True)
class _Blob:
    mode: str
    id: str
    path: PurePosixPath


def _materialise(root: Path, commit: str, name: str, target: Path) -> None:
    prefix = line(root, "rev-parse", "--show-prefix") or ""
    blobs = [blob for blob in _blobs(root, commit, prefix) if _is_inside(blob.path)]
    if not any(blob.path.parts[0] == MANUAL for blob in blobs):
        raise CannotGoOn(
            f"En «{name}» no hay ningún manual: falta la carpeta «{prefix}{MANUAL}».",
            "Elija una revisión posterior; git log -- manual dice desde cuándo existe.",
        )
    contents = _contents(root, blobs)
    files = {blob.path: blob for blob in blobs if blob.mode != _LINK}
    for blob in blobs:
        _write(target / blob.path, blob, contents, files)


def _blobs(root: Path, commit: str, prefix: str) -> Iterator[_Blob]:
    """The files of the manual and of the schemas, links among them."""
    wanted = [f"{prefix}{folder}" for folder in (MANUAL, SCHEMA)]
    listed = git(root, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *wanted)
    size = 0
    for entry in filter(None, listed.split(b"\0")):
        said, _, path = entry.partition(b"\t")
        mode, kind, blob, bytes_ = said.decode("ascii").split()
        if kind == "blob":  # a submodule is none
            size += int(bytes_)
            yield _Blob(mode, blob, PurePosixPath(os.fsdecode(path)[len(prefix) :]))
    if size > _MOST_BYTES:
        raise CannotGoOn("El manual de esa revisión pesa más de 200 MB.", "Saque de «manual» lo que no es el manual.")


def _is_inside(path: PurePosixPath) -> bool:
    """Whether a path of a tree stays below its folder; a tree made by hand may hold any name."""
    return not path.is_absolute() and not {"..", "."} & set(path.parts) and "\\" not in str(path)


def _contents(root: Path, blobs: list[_Blob]) -> dict[str, bytes]:
    """What each blob holds."""
    wanted = list(dict.fromkeys(blob.id for blob in blobs))
    out = git(root, "cat-file", "--batch", stdin="".join(f"{id_}\n" for id_ in wanted).encode())
    found: dict[str, bytes] = {}
    at = 0
    for id_ in wanted:
        end = out.index(b"\n", at)
        words = out[at:end].split()
        if words[1:2] != [b"blob"]:
            raise CannotGoOn(
                "Esta copia del repositorio no tiene todos los archivos de esa revisión.",
                "Tráigalos con: git fetch --refetch",
            )
        size = int(words[2])
        found[id_] = out[end + 1 : end + 1 + size]
        at = end + size + 2
    return found


def _write(file: Path, blob: _Blob, contents: dict[str, bytes], files: dict[PurePosixPath, _Blob]) -> None:
    if blob.mode == _LINK:
        named = PurePosixPath(normpath(blob.path.parent / os.fsdecode(contents[blob.id])))
        blob = files.get(named, blob)
    file.parent.mkdir(parents=True, exist_ok=True)
    if blob.mode != _LINK:
        file.write_bytes(contents[blob.id])
    elif blob.path.parts[0] == MANUAL:
        file.symlink_to(_UNFOLLOWED)  # leads nowhere, so that the loader says that it cannot be read
