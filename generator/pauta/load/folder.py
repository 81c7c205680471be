"""The manual folder -> one or several documents a section."""

import os
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pauta.cache import NO_CACHE, Cache, digest
from pauta.findings import CannotGoOn, Finding, Location, Severity
from pauta.load.document import Document, Source
from pauta.load.guards import LARGEST_FILE, decode, error
from pauta.load.remembered import recall, remember
from pauta.nearest import nearest

_TEXT_BESIDE = frozenset({"README.md", "LEEME.md"})
_ENDINGS = frozenset({".yml", ".yaml"})


@dataclass(frozen=True, eq=False)
class File:
    """A file of a section: its name as findings show it, and its bytes."""

    section: str
    name: str
    data: bytes

    @cached_property
    def digest(self) -> str:
        """What stands for its bytes in the cache."""
        return digest(self.data)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a manual folder as they are, and the findings about the folder and what is no such file."""

    files: tuple[File, ...] = ()
    findings: tuple[Finding, ...] = ()
    damaged: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    split: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a manual folder holds: documents by section, and the findings about the files."""

    documents: dict[str, tuple[Document, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    damaged: frozenset[str] = frozenset()
    """Sections with a file that could not be read whole."""
    present: frozenset[str] = frozenset()
    """Sections that have a file or a folder, readable or not."""
    split: frozenset[str] = frozenset()
    """Sections that are a folder of files."""


@dataclass(slots=True)
class _Reading:
    root: Path
    shown: str
    files: list[File] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)
    split: set[str] = field(default_factory=set)

    def name(self, path: Path) -> str:
        return f"{self.shown}/{path.relative_to(self.root).as_posix()}"

    def refuse(self, rule: str, path: Path, message: str, mend: str) -> None:
        self.findings.append(error(rule, message, Location(_shown(self.name(path))), mend))


def load_manual(folder: Path, sections: Collection[str], *, shown: str = "manual") -> Loaded:
    """Read every file of a manual.

    ``sections`` are the names a file may have; ``shown`` is how findings name the folder.
    Raises CannotGoOn when the folder is not there or cannot be read.
    """
    return load_files(read_files(folder, sections, shown=shown))


def read_files(folder: Path, sections: Collection[str], *, shown: str = "manual") -> Files:
    """The files of a manual, of which nothing is understood yet; raises as ``load_manual`` does."""
    reading = _Reading(folder, shown)
    for entry in _manual_entries(folder, shown):
        _read_entry(reading, entry, sections)
    return Files(
        tuple(reading.files),
        tuple(reading.findings),
        frozenset(reading.damaged),
        frozenset(reading.present),
        frozenset(reading.split),
    )


def load_files(files: Files, cache: Cache = NO_CACHE) -> Loaded:
    """What the files of a manual say; those that an earlier run read well are not read again."""
    documents: dict[str, list[Document]] = {}
    findings, damaged = list(files.findings), set(files.damaged)
    for file in files.files:
        document, found = _document(file, cache)
        findings += found
        if found:
            damaged.add(file.section)
        if document is not None:
            documents.setdefault(file.section, []).append(document)
    return Loaded(
        {name: tuple(several) for name, several in documents.items()},
        tuple(findings),
        frozenset(damaged | (files.split - documents.keys())),
        files.present,
        files.split,
    )


def _document(file: File, cache: Cache) -> tuple[Document | None, list[Finding]]:
    key = file.digest if cache.keeps else ""
    if known := recall(cache, file.name, file.data, key):
        return known, []
    text = decode(file.name, file.data)
    if isinstance(text, Finding):
        return None, [text]
    from pauta.load.parser import parse  # noqa: PLC0415 - when every file is known, the parser is not needed

    document, findings = parse(file.name, text)
    if document is None:
        return None, findings
    # the bytes are at hand as long as the files are, and a text beside them would be as large again
    document = replace(document, source=Source(file.name, file.data), digest="" if findings else key)
    if document.digest:
        remember(cache, document)
    return document, findings


def _manual_entries(folder: Path, shown: str) -> list[Path]:
    try:
        return _entries(folder)
    except (FileNotFoundError, NotADirectoryError) as problem:
        raise CannotGoOn(
            f"No encuentro la carpeta «{shown}» del manual.",
            "Entre en la carpeta de su manual, o cree uno nuevo con: pauta init mi-manual",
        ) from problem
    except OSError as problem:
        raise CannotGoOn(
            f"No se puede leer la carpeta «{shown}» del manual.",
            "Revise que usted tenga permiso para abrirla.",
        ) from problem


def _entries(folder: Path) -> list[Path]:
    """What a folder holds, in order of name, without what is not meant for the program."""
    seen = (path for path in folder.iterdir() if not path.name.startswith(".") and path.name not in _TEXT_BESIDE)
    return sorted(seen, key=lambda path: path.name)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # no permission to look; reading it as a file says so
        return False


def _read_entry(reading: _Reading, entry: Path, sections: Collection[str]) -> None:
    is_folder = _is_folder(entry)
    if not is_folder and entry.suffix.lower() not in _ENDINGS:
        _ignored(reading, entry)
        return
    section = entry.name if is_folder else entry.stem
    if section not in sections:
        _unknown_section(reading, entry, section, sections)
        return
    reading.present.add(section)
    if is_folder:
        _read_folder(reading, section, entry)
    elif section in reading.split:
        _refuse_mixed(reading, section, entry)
    else:
        _read_file(reading, section, entry)


def _refuse_mixed(reading: _Reading, section: str, file: Path) -> None:
    reading.damaged.add(section)
    reading.refuse(
        "seccion-doble",
        file,
        f"La sección está a la vez en este archivo y en la carpeta «{section}».",
        "Deje solo una de las dos: pase el contenido del archivo a la carpeta, o al revés.",
    )


def _read_folder(reading: _Reading, section: str, folder: Path) -> None:
    """Read the files of a section's folder, which a manual has in place of one file."""
    reading.split.add(section)
    parts = _parts(reading, folder)
    for part in parts or ():
        _read_part(reading, section, part)
    if parts is None:
        reading.damaged.add(section)
    if parts is not None and not any(part.suffix.lower() in _ENDINGS or _is_folder(part) for part in parts):
        reading.refuse(
            "carpeta-vacia",
            folder,
            "La carpeta de la sección no tiene ningún archivo «.yml».",
            "Escriba en ella la sección, o borre la carpeta.",
        )


def _parts(reading: _Reading, folder: Path) -> list[Path] | None:
    """The entries of a section's folder; a finding and None when it is not to be read."""
    try:
        if not folder.is_symlink():
            return _entries(folder)
        reading.refuse(
            "enlace-a-carpeta",
            folder,
            "Es un enlace a otra carpeta, y la carpeta de una sección debe ser propia.",
            "Borre el enlace y copie en su lugar la carpeta con sus archivos.",
        )
    except OSError as problem:
        _unreadable(reading, folder, "la carpeta", problem)
    return None


def _read_part(reading: _Reading, section: str, part: Path) -> None:
    if _is_folder(part):
        reading.damaged.add(section)
        reading.refuse(
            "carpeta-de-mas",
            part,
            "Una sección no lleva carpetas dentro de su carpeta.",
            "Pase los archivos de esta carpeta a la carpeta de la sección.",
        )
    elif part.suffix.lower() not in _ENDINGS:
        _ignored(reading, part)
    else:
        _read_file(reading, section, part)


def _read_file(reading: _Reading, section: str, path: Path) -> None:
    data = _bytes(reading, path) if _ends_well(reading, path) else None
    if data is None:
        reading.damaged.add(section)
    else:
        reading.files.append(File(section, _shown(reading.name(path)), data))


def _ends_well(reading: _Reading, path: Path) -> bool:
    if path.suffix == ".yml":
        return True
    reading.refuse(
        "extension-distinta",
        path,
        f"El archivo termina en «{path.suffix}» y debe terminar en «.yml».",
        f"Cámbiele el nombre a «{_shown(path.stem)}.yml».",
    )
    return False


def _bytes(reading: _Reading, path: Path) -> bytes | None:
    """The content of a file inside the manual folder; a finding and None otherwise."""
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(reading.root.resolve()):
            reading.refuse(
                "enlace-externo",
                path,
                "Es un enlace a un archivo que está fuera de la carpeta del manual.",
                "Copie el archivo dentro de la carpeta y borre el enlace.",
            )
            return None
        if not path.is_file():
            reading.refuse(
                "archivo-ilegible",
                path,
                "No es un archivo que se pueda leer.",
                "Bórrelo o cámbielo por un archivo de texto.",
            )
            return None
        with path.open("rb", buffering=0) as file:
            return file.read(min(os.fstat(file.fileno()).st_size, LARGEST_FILE) + 1)
    except (OSError, RuntimeError) as problem:  # a loop of links is a RuntimeError before Python 3.13
        _unreadable(reading, path, "el archivo", problem)
        return None


def _unreadable(reading: _Reading, path: Path, what: str, problem: Exception) -> None:
    denied = " (permiso denegado)" if isinstance(problem, PermissionError) else ""
    reading.refuse(
        "archivo-ilegible",
        path,
        f"No se pudo leer {what}{denied}.",
        "Revise que exista, que no sea un enlace roto y que usted tenga permiso para leerlo.",
    )


def _unknown_section(reading: _Reading, entry: Path, section: str, sections: Collection[str]) -> None:
    guess = nearest(section, sections)
    renamed = f"de la carpeta a «{guess}»" if _is_folder(entry) else f"del archivo a «{guess}.yml»"
    reading.refuse(
        "seccion-desconocida",
        entry,
        f"No hay una sección que se llame «{_shown(section)}».",
        f"¿Quiso decir «{guess}»? Cambie el nombre {renamed}."
        if guess
        else "Los nombres que valen son: " + ", ".join(sorted(sections)) + ".",
    )


def _ignored(reading: _Reading, entry: Path) -> None:
    reading.findings.append(
        Finding(
            "archivo-ignorado",
            Severity.WARNING,
            "Este archivo no es parte del manual y no se lee.",
            Location(_shown(reading.name(entry))),
            "Si es una sección, cámbiele el final a «.yml»; si no, sáquelo de la carpeta.",
        )
    )


def _shown(name: str) -> str:
    """A file name that is safe to print: no control characters, no lone surrogates."""
    return "".join(c if c.isprintable() else "�" for c in name)
