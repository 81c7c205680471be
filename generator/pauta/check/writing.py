"""What is asked of the files themselves: every finding of loading and validating, explained.

The texts are in ``writing.md``, an entry a finding, in the order in which a file is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pauta.findings import Severity

_ENTRY = re.compile(r"^# (\S+) · (\S+) · (.+)\n", re.MULTILINE)
_HEADING = re.compile(r"^## (.+)\n", re.MULTILINE)
_SEVERITIES = {severity.spanish: severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class WritingRule:
    """One thing that is asked of the files of a manual or of a change, by no function of its own."""

    id: str
    title: str
    severity: Severity
    explanation: dict[str, str]
    """Heading -> paragraphs, as published."""


def read_rules(text: str) -> Iterator[WritingRule]:
    """The rules that a text explains, an entry a rule."""
    _, *parts = _ENTRY.split(text)
    for name, severity, title, body in zip(*(parts[i::4] for i in range(4)), strict=True):
        yield WritingRule(name, title, _SEVERITIES[severity], _explanation(body))


def _explanation(body: str) -> dict[str, str]:
    _, *parts = _HEADING.split(body)
    return {heading: text.strip() for heading, text in zip(parts[::2], parts[1::2], strict=True)}


WRITING_RULES = tuple(read_rules(Path(__file__).with_suffix(".md").read_text(encoding="utf-8")))
