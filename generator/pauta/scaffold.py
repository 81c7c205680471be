"""``pauta init``: the files of a new project, never over one that exists."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pauta.bundled import starter_folder
from pauta.editor import SETTINGS, editor_schemas, editor_settings, inside
from pauta.findings import CannotGoOn
from pauta.pipeline import Project

_DOT = "dot_"  # hidden names are stored in clear: packers and git treat real ones as their own settings


@dataclass(frozen=True, slots=True)
class Written:
    """What was done, as paths inside the project."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Files left as they were because they exist."""


def scaffold(target: Path, *, today: date) -> Written:
    """Write a starter project into a folder, with today as the date of its reviews.

    What exists is left alone, and a folder that has policies gets none of the starter's: they
    would mix two companies. Raises CannotGoOn when the target cannot be written; when it is a file,
    or a link inside it leads out of it, before anything is written.
    """
    try:
        return _scaffold(target, today)
    except OSError as problem:
        raise CannotGoOn(
            f"No se puede escribir «{problem.filename or target}».",
            "Revise el nombre, que usted tenga permiso para escribir ahí y que haya espacio en el disco.",
        ) from problem


def _scaffold(target: Path, today: date) -> Written:
    if target.exists() and not target.is_dir():
        raise CannotGoOn(
            f"«{target}» es un archivo, y el manual necesita una carpeta.",
            "Elija otro nombre, por ejemplo: pauta init mi-manual",
        )
    wanted = {name: (inside(target, name), text) for name, text in _files(target, today).items()}
    kept = tuple(name for name, (path, _) in wanted.items() if path.exists() or path.is_symlink())
    has_policies = _has_policies(target / "manual")
    new = [name for name in wanted if name not in kept]
    written = tuple(name for name in new if not (has_policies and name.startswith("manual/")))
    for name in written:
        _write(*wanted[name])
    return Written(written, kept)


def _files(target: Path, today: date) -> dict[str, str]:
    """Path in the project -> content of every file of a new one."""
    spine = Project(target).spine()
    return {**_starter(today), SETTINGS: editor_settings(spine), **editor_schemas(spine)}


def _starter(today: date) -> dict[str, str]:
    days = {"{{hoy}}": today.isoformat(), "{{en_un_anio}}": (today + timedelta(days=365)).isoformat()}
    folder = starter_folder()
    files: dict[str, str] = {}
    for path in sorted(entry for entry in folder.rglob("*") if entry.is_file()):
        text = path.read_text(encoding="utf-8")
        for mark, day in days.items():
            text = text.replace(mark, day)
        files["/".join(map(_shown, path.relative_to(folder).parts))] = text
    return files


def _shown(name: str) -> str:
    return f".{name.removeprefix(_DOT)}" if name.startswith(_DOT) else name


def _has_policies(folder: Path) -> bool:
    return folder.is_dir() and any(folder.glob("**/*.y*ml"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
