"""For GitLab: a Code Quality report, a subset of Code Climate's, shown in merge requests."""

from pauta.findings import Finding, Severity
from pauta.report.identity import fingerprints
from pauta.report.report import Report
from pauta.report.safe import json_text, visible
from pauta.report.text import mending

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def write_gitlab(report: Report) -> str:
    """One issue a finding; an empty list tells GitLab that earlier ones are mended."""
    pairs = zip(report.findings, fingerprints(report.findings), strict=True)
    return json_text([_issue(finding, fingerprint) for finding, fingerprint in pairs])


def _issue(finding: Finding, fingerprint: str) -> dict[str, object]:
    return {
        "description": " ".join([visible(finding.message), *mending(finding)]),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.location.path, "lines": {"begin": finding.location.line}},
    }
