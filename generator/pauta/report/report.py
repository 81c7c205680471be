"""What every writer is given: the findings of one run and what is known about their rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pauta.findings import Finding, Severity


class RuleInfo(Protocol):
    """What a report says about a rule; the rules themselves are of this shape."""

    @property
    def id(self) -> str:
        """The name that findings carry."""

    @property
    def title(self) -> str:
        """The name that people read."""

    @property
    def severity(self) -> Severity:
        """The severity of its findings."""

    @property
    def explanation(self) -> Mapping[str, str]:
        """Heading -> paragraph, in the order in which they are read."""


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check, ready to be written."""

    findings: tuple[Finding, ...]
    """In reading order, each only once."""
    files: int
    """How many files were read."""
    color: bool = False
    """Whether the text goes to a terminal that shows colours."""
    rules: Mapping[str, RuleInfo] = field(default_factory=dict)
    """What is known about the rules, by id; a finding may carry an id that is not here."""

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity is severity for finding in self.findings)


Writer = Callable[[Report], str]
"""Turns a report into a whole text that ends in one line break and that UTF-8 can always encode."""
