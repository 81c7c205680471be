"""Findings -> text in the format that somebody reads; one writer a file."""

from collections.abc import Mapping

from pauta.report.github import write_github
from pauta.report.gitlab import write_gitlab
from pauta.report.json_ import write_json
from pauta.report.junit import write_junit
from pauta.report.report import Report, RuleInfo, Writer
from pauta.report.sarif import write_sarif
from pauta.report.text import write_text

__all__ = ["FORMATS", "Report", "RuleInfo", "Writer"]

FORMATS: Mapping[str, Writer] = {
    "text": write_text,
    "json": write_json,
    "github": write_github,
    "gitlab": write_gitlab,
    "sarif": write_sarif,
    "junit": write_junit,
}
"""What ``--format`` offers, in the order of its help."""
