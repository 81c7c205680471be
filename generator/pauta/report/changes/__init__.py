"""Changes -> text in the format that somebody reads; one writer a file."""

from collections.abc import Mapping
from importlib import import_module

from pauta.report.changes.report import ChangeReport, Writer

__all__ = ["CHANGE_FORMATS", "ChangeReport", "Writer"]


def _writer(module: str, name: str) -> Writer:
    """A writer whose module is read when it is used."""

    def write(report: ChangeReport) -> str:
        text: str = getattr(import_module(f"pauta.report.changes.{module}"), name)(report)
        return text

    return write


CHANGE_FORMATS: Mapping[str, Writer] = {
    "text": _writer("text", "write_text"),
    "markdown": _writer("markdown", "write_markdown"),
    "json": _writer("json_", "write_json"),
    "html": _writer("html", "write_html"),
}
"""What ``pauta diff --format`` offers, in the order of its help."""
