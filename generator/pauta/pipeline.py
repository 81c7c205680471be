"""The program on one page: load -> validate -> model -> check -> render."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pauta.bundled import schema_folder
from pauta.check import check
from pauta.findings import Finding, Severity, in_reading_order, worst
from pauta.load import Loaded, load_manual
from pauta.model import Manual, build_manual
from pauta.spine import Spine, read_spine
from pauta.validate import Validated, validate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pauta.render import Rendered


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that holds a manual, and schemas and templates of the company's own if it has any."""

    root: Path

    @property
    def manual(self) -> Path:
        """The folder of the policies."""
        return self.root / "manual"

    def spine(self) -> Spine:
        """The bundled schemas and the project's own."""
        own = self.root / "schema"
        return read_spine(schema_folder()) if own.resolve() == schema_folder() else read_spine(schema_folder(), own)


@dataclass(frozen=True, slots=True)
class Checked:
    """A manual and everything that was found in it, in reading order."""

    manual: Manual
    findings: tuple[Finding, ...]
    loaded: Loaded
    validated: Validated

    @property
    def files(self) -> int:
        """How many files were read."""
        return sum(len(documents) for documents in self.loaded.documents.values())


@dataclass(frozen=True, slots=True)
class Published:
    """The pages of a manual, or None when it has errors; and what was found."""

    rendered: "Rendered | None"
    checked: Checked


def check_project(project: Project, *, today: date) -> Checked:
    """Load, validate and check the manual of a project as seen on a day."""
    spine = project.spine()
    loaded = load_manual(project.manual, spine.sections)
    validated = validate(loaded, spine)
    manual = build_manual(loaded, validated, spine, today=today)
    found = (*loaded.findings, *validated.findings, *check(manual))
    return Checked(manual, in_reading_order(found), loaded, validated)


def render_project(project: Project, *, audience: str, today: date) -> Published:
    """Check the manual and, when it has no errors, write its pages in memory."""
    from pauta.render import render_site  # noqa: PLC0415 - the check alone starts faster without it
    from pauta.render.audience import restrict  # noqa: PLC0415

    checked = check_project(project, today=today)
    if worst(checked.findings) is Severity.ERROR:
        return Published(None, checked)
    spine = checked.manual.spine
    readable = restrict(checked.loaded, spine, audience)
    manual = build_manual(readable, checked.validated, spine, today=today)
    own = project.root / "site" / "plantillas"
    rendered = render_site(manual, checked.loaded, audience=audience, own_templates=own if own.is_dir() else None)
    return Published(rendered, checked)
