"""The program on one page: load -> validate -> model -> check -> render -> publish."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pauta.bundled import schema_folder
from pauta.check import check
from pauta.findings import Finding, in_reading_order
from pauta.load import load_manual
from pauta.model import Manual, build_manual
from pauta.spine import Spine, read_spine
from pauta.validate import validate


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that holds a manual, and schemas of the company's own if it has any."""

    root: Path

    @property
    def manual(self) -> Path:
        """The folder of the policies."""
        return self.root / "manual"

    def spine(self) -> Spine:
        """The bundled schemas and the project's own."""
        return read_spine(schema_folder(), self.root / "schema")


@dataclass(frozen=True, slots=True)
class Checked:
    """A manual and everything that was found in it, in reading order."""

    manual: Manual
    findings: tuple[Finding, ...]


def check_project(project: Project, *, today: date) -> Checked:
    """Load, validate and check the manual of a project as seen on a day."""
    spine = project.spine()
    loaded = load_manual(project.manual, spine.sections)
    validated = validate(loaded, spine)
    manual = build_manual(loaded, validated, spine, today=today)
    found = (*loaded.findings, *validated.findings, *check(manual))
    return Checked(manual, in_reading_order(found))
