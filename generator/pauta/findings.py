"""Problems in content are values: a finding has a rule, a place, a message and a way to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum


class Severity(IntEnum):
    """How much a finding matters; an error makes the manual unfit to publish."""

    WARNING = 1
    ERROR = 2

    @property
    def label(self) -> str:
        """The name used in reports and on the command line."""
        return self.name.lower()

    @property
    def spanish(self) -> str:
        """The name that people read."""
        return "error" if self is Severity.ERROR else "aviso"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file. Lines and columns count from one, columns in characters."""

    path: str
    line: int = 1
    column: int = 1
    source: str = field(default="", compare=False)
    """The text of that line, so that a report can show it without reading the file again."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in the content of a manual."""

    rule: str
    severity: Severity
    message: str
    location: Location
    mend: str = ""
    """What to do about it, in one or two sentences."""


class CannotGoOn(Exception):  # noqa: N818 - the name says what it means to whoever reads the handler
    """The program cannot do what was asked; the message says why and what to do next."""

    def __init__(self, message: str, tip: str = "") -> None:
        super().__init__(message)
        self.tip = tip


def in_reading_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by file, line and column, each only once."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda f: (f.location, -f.severity, f.rule, f.message)))


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The highest severity among the findings, or None when there are none."""
    return max((finding.severity for finding in findings), default=None)
