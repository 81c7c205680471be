"""The program on one page: load -> validate -> model -> check -> render."""

import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pauta.bundled import schema_folder
from pauta.cache import NO_CACHE, Cache, as_bytes, digest, from_bytes, open_cache
from pauta.check import check, codeowners
from pauta.check.settings import trusted_packages
from pauta.findings import Finding, Severity, in_reading_order, worst
from pauta.load import Files, Loaded, load_files, read_files
from pauta.model import Manual, build_manual
from pauta.spine import Spine, read_spine
from pauta.validate import Validated, validate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pauta.render import Rendered
    from pauta.render.record import Record


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that holds a manual, and schemas and templates of the company's own if it has any."""

    root: Path
    remembers: bool = False
    """Whether what a run learns is kept for the next one, in the cache folder of whoever runs it."""

    @property
    def manual(self) -> Path:
        """The folder of the policies."""
        return self.root / "manual"

    @property
    def codeowners(self) -> str | None:
        """The file that says who reviews what, from the folder of the project; None when it has none."""
        return next((name for name in codeowners.PLACES if (self.root / name).is_file()), None)

    def spine(self) -> Spine:
        """The bundled schemas and the project's own."""
        own = self.root / "schema"
        return read_spine(schema_folder()) if own.resolve() == schema_folder() else read_spine(schema_folder(), own)

    def cache(self) -> AbstractContextManager[Cache]:
        """What earlier runs learned."""
        return open_cache(self.root) if self.remembers else nullcontext(NO_CACHE)


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was found in a manual, in reading order, and in how many files."""

    findings: tuple[Finding, ...]
    files: int


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
    with project.cache() as cache:
        return _check(_read(project), cache, today)


def find_in_project(project: Project, *, today: date) -> Found:
    """What ``check_project`` finds; without checking when an earlier run saw the very same on the same day."""
    with project.cache() as cache:
        material = _read(project)
        key = material.digest(today) if cache.keeps else ""
        known = from_bytes(cache.recall(key) or b"")
        if known is not None:
            return Found(*known)
        checked = _check(material, cache, today)
        if not any(trusted_packages(checked.manual)):  # their code is theirs to change
            cache.keep(key, as_bytes(checked.findings, checked.files))
        return Found(checked.findings, checked.files)


@dataclass(frozen=True, slots=True)
class _Material:
    """All that a check depends on, but for the day and the program."""

    spine: Spine
    files: Files
    reviewers: tuple[str, str] | None
    """The file of the project that says who reviews what, and its text."""

    def digest(self, today: date) -> str:
        sections = [section.schema for section in (*self.spine.sections.values(), self.spine.not_applicable)]
        folder = [repr((f.rule, f.location.path, f.message)) for f in self.files.findings]
        files = [text for file in self.files.files for text in (file.section, file.name, file.digest)]
        return digest(
            today.isoformat(), repr(self.reviewers), json.dumps([list(self.spine.sections), sections, folder, files])
        )


def _read(project: Project) -> _Material:
    spine = project.spine()
    file = project.codeowners
    reviewers = None if file is None else (file, (project.root / file).read_text("utf-8", "replace"))
    return _Material(spine, read_files(project.manual, spine.sections), reviewers)


def _check(material: _Material, cache: Cache, today: date) -> Checked:
    spine = material.spine
    loaded = load_files(material.files, cache)
    validated = validate(loaded, spine, cache)
    manual = build_manual(loaded, validated, spine, today=today)
    around = codeowners.differences(manual, *material.reviewers) if material.reviewers else ()
    found = (*loaded.findings, *validated.findings, *check(manual, around))
    return Checked(manual, in_reading_order(found), loaded, validated)


def render_project(project: Project, *, audience: str, today: date, record: "Record | None" = None) -> Published:
    """Check the manual and, when it has no errors, write its pages in memory.

    ``record`` is what the repository tells of the manual's history, if there is one.
    """
    from pauta.render import render_site  # noqa: PLC0415 - the check alone starts faster without it
    from pauta.render.audience import restrict  # noqa: PLC0415
    from pauta.render.record import NO_RECORD  # noqa: PLC0415

    checked = check_project(project, today=today)
    if worst(checked.findings) is Severity.ERROR:
        return Published(None, checked)
    spine = checked.manual.spine
    readable = restrict(checked.loaded, spine, audience)
    manual = build_manual(readable, checked.validated, spine, today=_day_of(checked.manual))
    own = project.root / "site" / "plantillas"
    rendered = render_site(
        manual,
        checked.loaded,
        audience=audience,
        own_templates=own if own.is_dir() else None,
        record=record or NO_RECORD,
    )
    return Published(rendered, checked)


def _day_of(manual: Manual) -> date:
    """The day as of which pages speak: that on which the version comes into force.

    Pages are read for months, and one commit must give one site on whatever day it is built.
    """
    return date.fromisoformat(manual.parts["manual"].data["vigente_desde"])
