"""Findings as bytes, and back."""

import json
from collections.abc import Sequence

from pauta.findings import Finding, Location, Severity


def as_bytes(findings: Sequence[Finding], files: int) -> bytes:
    """What was found in so many files."""
    rows = [
        [f.rule, f.severity, f.message, f.mend, f.location.path, f.location.line, f.location.column, f.location.source]
        for f in findings
    ]
    return json.dumps([files, rows]).encode("ascii")


def from_bytes(data: bytes) -> tuple[tuple[Finding, ...], int] | None:
    """The findings and the number of files that bytes tell of; None when they tell of something else."""
    try:
        match json.loads(data):
            case [int(files), list(rows)]:
                return tuple(map(_finding, rows)), files
    except (ValueError, TypeError):
        pass
    return None


def _finding(row: object) -> Finding:
    match row:
        case [str(rule), int(severity), str(message), str(mend), str(path), int(line), int(column), str(source)]:
            return Finding(rule, Severity(severity), message, Location(path, line, column, source), mend)
    raise ValueError(row)
