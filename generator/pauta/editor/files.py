"""The files of a project that an editor reads: a schema a section, and VS Code's settings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pauta.editor.inside import inside
from pauta.editor.schema import editor_schema
from pauta.findings import CannotGoOn
from pauta.pipeline import Project
from pauta.spine import Section, Spine

SCHEMAS = ".pauta/esquemas"
"""The folder of the schemas in a project; everything in it is written by the program."""

SETTINGS = ".vscode/settings.json"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What bringing the editor up to date did, as paths inside the project."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unmapped: Mapping[str, list[str]]
    """Schemas that the project's settings do not name, each with the files it is for."""


def refresh_editor(project: Project) -> Refreshed:
    """Write the editor's schemas of a project anew, and nothing outside their folder.

    Raises CannotGoOn when a schema cannot be read, or the folder is a link out of the project.
    """
    spine = project.spine()
    wanted = {inside(project.root, name): text for name, text in editor_schemas(spine).items()}
    changed = {path: text for path, text in wanted.items() if not _says(path, text)}
    stale = sorted(set(inside(project.root, SCHEMAS).glob("*.schema.json")) - set(wanted))
    try:
        for path, text in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        for path in stale:
            path.unlink()
        mapped = _text(project.root / SETTINGS)
    except OSError as problem:
        raise CannotGoOn(
            f"No se puede escribir la ayuda del editor en «{SCHEMAS}».",
            "Revise que usted tenga permiso para escribir en esa carpeta.",
        ) from problem
    return Refreshed(
        tuple(path.relative_to(project.root).as_posix() for path in changed),
        tuple(path.relative_to(project.root).as_posix() for path in stale),
        {schema: files for schema, files in _files_by_schema(spine).items() if f'"{schema}"' not in mapped},
    )


def _says(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def editor_schemas(spine: Spine) -> dict[str, str]:
    """Path in the project -> content: for each section a schema of its file, and one of a part of it."""
    schemas: dict[str, str] = {}
    for section in spine.sections.values():
        for part in (False, True):
            schema = editor_schema(spine, section, whole=not part)
            schemas[_path(section, part=part)] = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
    return schemas


def editor_settings(spine: Spine) -> str:
    """The content of VS Code's settings for a project with these sections."""
    settings = {
        "yaml.schemas": _files_by_schema(spine),
        "yaml.schemaStore.enable": False,
        "yaml.hoverSchemaSource": False,
        "yaml.format.enable": False,
        "redhat.telemetry.enabled": False,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "files.insertFinalNewline": True,
        "files.exclude": {".pauta": True},
        "[yaml]": {
            "editor.insertSpaces": True,
            "editor.tabSize": 2,
            "editor.detectIndentation": False,
            "editor.wordWrap": "on",
        },
    }
    return json.dumps(settings, ensure_ascii=False, indent=2) + "\n"


def _path(section: Section, *, part: bool) -> str:
    return f"{SCHEMAS}/{section.name}{'.parte' if part else ''}.schema.json"


def _files_by_schema(spine: Spine) -> dict[str, list[str]]:
    """Which files each schema is for.

    The editor looks for these paths at any depth. In a project whose own folder is called
    «manual», the file of every section would pass for a part of the section «manual».
    """
    found: dict[str, list[str]] = {}
    for section in spine.sections.values():
        found[_path(section, part=False)] = [f"manual/{section.name}.yml"]
        found[_path(section, part=True)] = [f"manual/{section.name}/*.yml"]
        if section.name == "manual":
            found[_path(section, part=True)].append(f"!manual/manual/{{{','.join(spine.sections)}}}.yml")
    return found
