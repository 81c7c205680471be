"""A copy of the reference manual to break: edits that match exactly once, and what the check finds."""

import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pauta.findings import Finding
from pauta.pipeline import Checked, Project, check_project

REFERENCE = Path(__file__).parents[1] / "manual"
TODAY = date(2026, 11, 21)
NOT_APPLICABLE = """\
control:
  responsable: gerente_general
  ultima_revision: 2026-10-05
  revisar_cada: 1 año
  estado: vigente
no_aplica:
  motivo: La empresa trabaja sola.
  aprobado_por: gerente_general
  aprobado_el: 2026-10-05
  revisar_el: 2027-10-05
"""
"""A section that the company declares not to need, approved and reviewed before ``TODAY``."""

_MARK = "▸"


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that must be there: its rule, its place as file:line:column, and part of its message."""

    rule: str
    place: str
    says: str


@dataclass(frozen=True, slots=True)
class ManualCopy:
    """A manual in a folder of its own.

    ``after`` narrows an edit or a place to one element: the line that holds it, and the lines below
    that are indented deeper. A mark ▸ in a text says at which of its letters a place is.
    """

    root: Path

    def path(self, file: str) -> Path:
        return self.root / "manual" / file

    def edit(self, file: str, old: str, new: str, *, after: str = "") -> None:
        """Put a text where another stands exactly once."""
        text = self.path(file).read_text("utf-8")
        start = _find(text, old, after)
        self.path(file).write_text(text[:start] + new + text[start + len(old) :], "utf-8")

    def cut(self, file: str, element: str) -> None:
        """Take out the element of a list that begins with a text."""
        text = self.path(file).read_text("utf-8")
        start, end = _block(text, element)
        self.path(file).write_text(text[:start] + text[end:], "utf-8")

    def add(self, file: str, more: str) -> None:
        """Write more at the end of a file."""
        with self.path(file).open("a", encoding="utf-8") as end:
            end.write(more)

    def write(self, file: str, text: str) -> None:
        self.path(file).write_text(text, "utf-8")

    def remove(self, file: str) -> None:
        self.path(file).unlink()

    def place(self, file: str, marked: str, *, after: str = "") -> str:
        """File, line and column of a text that stands there exactly once, at its mark if it has one."""
        text = self.path(file).read_text("utf-8")
        offset = _find(text, marked.replace(_MARK, ""), after) + max(marked.find(_MARK), 0)
        line = text.count("\n", 0, offset) + 1
        column = offset - text.rfind("\n", 0, offset)
        return f"manual/{file}:{line}:{column}"

    def check(self) -> Checked:
        return check_project(Project(self.root), today=TODAY)

    def finds(self, *expected: Expected) -> None:
        """Assert that these findings are there, and no other."""
        found = self.check().findings
        assert _marks(found) == sorted((one.rule, one.place) for one in expected), _shown(found)
        for one in expected:
            messages = [f.message for f in found if (f.rule, str(f.location)) == (one.rule, one.place)]
            assert any(one.says in message for message in messages), f"{one.says!r} not in {messages}"
        assert all(f.mend for f in found), "each finding says how to mend it"


def reference_copy(folder: Path) -> ManualCopy:
    """A copy of the reference manual in a folder."""
    shutil.copytree(REFERENCE, folder / "manual")
    return ManualCopy(folder)


def _marks(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return sorted((finding.rule, str(finding.location)) for finding in found)


def _shown(found: tuple[Finding, ...]) -> str:
    return "\n".join(f"{finding.location} {finding.rule} {finding.message}" for finding in found) or "no finding"


def _find(text: str, wanted: str, after: str) -> int:
    start, end = _block(text, after) if after else (0, len(text))
    assert text.count(wanted, start, end) == 1, f"{wanted!r} stands {text.count(wanted, start, end)} times"
    return text.index(wanted, start, end)


def _block(text: str, first: str) -> tuple[int, int]:
    """From the line that holds a text to the next line that is not indented deeper."""
    found = list(re.finditer(rf"^( *).*{re.escape(first)}(?!\w)", text, re.MULTILINE))
    assert len(found) == 1, f"{first!r} stands in {len(found)} lines"
    indent = len(found[0][1])
    following = re.compile(rf"^ {{0,{indent}}}\S", re.MULTILINE).search(text, text.find("\n", found[0].end()) + 1)
    return found[0].start(), following.start() if following else len(text)
