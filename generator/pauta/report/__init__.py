"""Findings -> text in the format that somebody reads; one writer a file."""

from collections.abc import Mapping
from importlib import import_module

from pauta.report.report import Report, RuleInfo, Writer

__all__ = ["FORMATS", "Report", "RuleInfo", "Writer"]


def _writer(module: str, name: str) -> Writer:
    """A writer whose module is read when it is used: a run writes one format, and all take long to read."""

    def write(report: Report) -> str:
        text: str = getattr(import_module(f"pauta.report.{module}"), name)(report)
        return text

    return write


FORMATS: Mapping[str, Writer] = {
    "text": _writer("text", "write_text"),
    "json": _writer("json_", "write_json"),
    "github": _writer("github", "write_github"),
    "gitlab": _writer("gitlab", "write_gitlab"),
    "sarif": _writer("sarif", "write_sarif"),
    "junit": _writer("junit", "write_junit"),
}
"""What ``--format`` offers, in the order of its help."""
