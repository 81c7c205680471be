"""Where a project keeps its register of signatures, and where it must not."""

from dataclasses import dataclass
from pathlib import Path

from pauta.findings import CannotGoOn
from pauta.history.acks import COLUMNS
from pauta.pipeline import Project
from pauta.publish.build import config_of, register_in

_SHARED = ("manual", "schema", "site", "build", "docs")
"""Folders of a project that are published, or that whoever has the project reads."""


@dataclass(frozen=True, slots=True)
class Register:
    """The file of a register, and the folders in which it must not be."""

    file: Path
    published: tuple[Path, ...]


def register_of(project: Project, chosen: Path | None) -> Register:
    """The register of a project: the one that was chosen, or the one that its mkdocs.yml names.

    Raises CannotGoOn when there is neither.
    """
    config = config_of(project)
    named = register_in(config)
    if chosen is None and not named:
        raise CannotGoOn(
            "No se sabe dónde está el registro de acuses.",
            f"Dígalo con --register ARCHIVO. Es un CSV con las columnas {', '.join(COLUMNS)}, fuera del proyecto.",
        )
    shared = (*(project.root / name for name in _SHARED), Path(config.docs_dir), Path(config.site_dir))
    return Register(chosen or project.root / named, shared)
