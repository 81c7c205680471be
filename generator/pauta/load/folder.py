"""The manual folder -> one or several documents a section."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pauta.findings import CannotGoOn, Finding, Location, Severity
from pauta.load.document import Document
from pauta.load.guards import LARGEST_FILE, decode, error
from pauta.load.parser import parse
from pauta.nearest import nearest

_TEXT_BESIDE = frozenset({"README.md", "LEEME.md"})


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
    documents: dict[str, list[Document]] = field(default_factory=dict)
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
    Raises CannotGoOn when the folder is not there.
    """
    if not folder.is_dir():
        raise CannotGoOn(
            f"No encuentro la carpeta «{shown}» del manual.",
            "Entre en la carpeta de su manual, o cree uno nuevo con: pauta init mi-manual",
        )
    reading = _Reading(folder, shown)
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        _read_entry(reading, entry, sections)
    _refuse_mixed(reading, sections)
    return Loaded(
        {name: tuple(documents) for name, documents in reading.documents.items()},
        tuple(reading.findings),
        frozenset(reading.damaged),
        frozenset(reading.present),
        frozenset(reading.split),
    )


def _read_entry(reading: _Reading, entry: Path, sections: Collection[str]) -> None:
    name = entry.name
    if name.startswith(".") or name in _TEXT_BESIDE:
        return
    section = entry.stem if entry.suffix.lower() in {".yml", ".yaml"} else name
    if entry.is_dir() and not entry.is_symlink():
        section = name
    elif entry.suffix.lower() not in {".yml", ".yaml"}:
        _ignored(reading, entry)
        return
    if section not in sections:
        _unknown_section(reading, entry, section, sections)
        return
    reading.present.add(section)
    if entry.is_dir() and not entry.is_symlink():
        reading.split.add(section)
        for part in _parts(reading, entry):
            _read_file(reading, section, part)
    else:
        _read_file(reading, section, entry)


def _parts(reading: _Reading, folder: Path) -> Iterator[Path]:
    for part in sorted(folder.iterdir(), key=lambda path: path.name):
        if part.name.startswith(".") or part.name in _TEXT_BESIDE:
            continue
        if part.is_dir() and not part.is_symlink():
            reading.refuse(
                "carpeta-de-mas",
                part,
                "Una sección no lleva carpetas dentro de su carpeta.",
                "Pase los archivos de esta carpeta a la carpeta de la sección.",
            )
        elif part.suffix.lower() not in {".yml", ".yaml"}:
            _ignored(reading, part)
        else:
            yield part


def _read_file(reading: _Reading, section: str, path: Path) -> None:
    before = len(reading.findings)
    if path.suffix != ".yml":
        reading.refuse(
            "extension-distinta",
            path,
            f"El archivo termina en «{path.suffix}» y debe terminar en «.yml».",
            f"Cámbiele el nombre a «{path.stem}.yml».",
        )
    else:
        data = _bytes(reading, path)
        text = None if data is None else decode(_shown(reading.name(path)), data)
        if isinstance(text, Finding):
            reading.findings.append(text)
        elif text is not None:
            document, findings = parse(_shown(reading.name(path)), text)
            reading.findings.extend(findings)
            if document:
                reading.documents.setdefault(section, []).append(document)
    if len(reading.findings) > before:
        reading.damaged.add(section)


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
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (OSError, RuntimeError) as problem:
        reason = getattr(problem, "strerror", None)
        reading.refuse(
            "archivo-ilegible",
            path,
            "No se pudo leer el archivo" + (" (permiso denegado)." if reason == "Permission denied" else "."),
            "Revise que exista, que no sea un enlace roto y que usted tenga permiso para leerlo.",
        )
        return None


def _unknown_section(reading: _Reading, entry: Path, section: str, sections: Collection[str]) -> None:
    guess = nearest(section, sections)
    kind = "carpeta" if entry.is_dir() else "archivo"
    ending = "" if entry.is_dir() else ".yml"
    reading.refuse(
        "seccion-desconocida",
        entry,
        f"No hay una sección que se llame «{_shown(section)}».",
        f"¿Quiso decir «{guess}»? Cambie el nombre de la {kind} a «{guess}{ending}»."
        if guess and kind == "carpeta"
        else f"¿Quiso decir «{guess}»? Cambie el nombre del archivo a «{guess}{ending}»."
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


def _refuse_mixed(reading: _Reading, sections: Collection[str]) -> None:
    for section in sorted(reading.split & set(sections)):
        file = reading.root / f"{section}.yml"
        if file.exists():
            reading.damaged.add(section)
            reading.refuse(
                "seccion-doble",
                file,
                f"La sección está a la vez en este archivo y en la carpeta «{section}».",
                "Deje solo una de las dos: pase el contenido del archivo a la carpeta, o al revés.",
            )


def _shown(name: str) -> str:
    """A file name that is safe to print: no control characters, no lone surrogates."""
    return "".join(c if c.isprintable() else "�" for c in name)
