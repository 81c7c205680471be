"""The file that tells a git platform who reviews what, kept in step with the manual."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pauta.check import codeowners
from pauta.editor import inside
from pauta.findings import CannotGoOn, Finding, Severity
from pauta.pipeline import Checked, Project, check_project

_RULE = "codeowners-distinto"


@dataclass(frozen=True, slots=True)
class Updated:
    """What was done, or why nothing was."""

    file: Path
    written: bool
    findings: tuple[Finding, ...]
    checked: Checked


def update(project: Project, *, today: date, write: bool) -> Updated:
    """Bring the file of a project up to date; without ``write``, only say whether it is.

    Nothing is written while the manual has errors. Raises CannotGoOn when no role has an account.
    """
    name = project.codeowners or codeowners.NEW
    path = inside(project.root, name)
    checked = check_project(project, today=today)
    errors = tuple(f for f in checked.findings if f.severity is Severity.ERROR and f.rule != _RULE)
    if errors:
        return Updated(path, written=False, findings=errors, checked=_with(checked, errors))
    if not codeowners.has_accounts(checked.manual):
        raise CannotGoOn(
            "Ningún rol del manual tiene «cuenta», y no se sabe a quién pedir revisión.",
            'Agréguela en manual/roles.yml a quien responde por alguna sección; por ejemplo: cuenta: "@empresa/servicio"',
        )
    text = path.read_text("utf-8", "replace") if path.is_file() else ""
    wanted = codeowners.with_block(text, checked.manual, name)
    if write and wanted != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted, encoding="utf-8", newline="\n")
    found = () if write else tuple(codeowners.differences(checked.manual, name, text))
    return Updated(path, written=write and wanted != text, findings=found, checked=_with(checked, found))


def _with(checked: Checked, findings: tuple[Finding, ...]) -> Checked:
    return Checked(checked.manual, findings, checked.loaded, checked.validated)
