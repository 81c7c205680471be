"""For other programs, in a shape of our own that only grows.

::

    {
      "format": "pauta-findings",
      "version": 1,                      changes when a program that reads this would break
      "totals": {"files": 17, "errors": 1, "warnings": 0},
      "findings": [                      in reading order
        {
          "rule": "ans-relajado",
          "severity": "error",           or "warning"
          "message": "…",
          "mend": "…",                   how to mend it; may be empty
          "path": "manual/ans.yml",      from the folder of the project, with "/"
          "line": 14,                    counts from one
          "column": 12,                  counts from one, in characters
          "source": "…"                  the text of that line; empty when the whole file is meant
        }
      ]
    }
"""

from pauta.findings import Finding, Severity
from pauta.report.report import Report
from pauta.report.safe import json_text

VERSION = 1


def write_json(report: Report) -> str:
    """The findings with everything that is known about each, and the totals."""
    return json_text(
        {
            "format": "pauta-findings",
            "version": VERSION,
            "totals": {
                "files": report.files,
                "errors": report.count(Severity.ERROR),
                "warnings": report.count(Severity.WARNING),
            },
            "findings": [_finding(finding) for finding in report.findings],
        }
    )


def _finding(finding: Finding) -> dict[str, str | int]:
    place = finding.location
    return {
        "rule": finding.rule,
        "severity": finding.severity.label,
        "message": finding.message,
        "mend": finding.mend,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "source": place.source,
    }
