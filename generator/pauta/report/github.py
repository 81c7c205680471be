"""For GitHub Actions: workflow commands, which become annotations on the lines of a change.

GitHub shows ten errors and ten warnings of a step and drops the others without a word
(docs/problem-matchers.md of actions/toolkit), so the others go to the step's log and a notice says so.
"""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from pauta.findings import Finding, Severity
from pauta.report.report import Report
from pauta.report.safe import visible
from pauta.report.text import counted, headline, mending, totals

MOST = 10
"""Annotations of each severity that GitHub shows for a step."""

_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


def write_github(report: Report) -> str:
    """The first findings as annotations, the rest as a folded part of the log, then the totals."""
    annotated, rest = _split(report.findings)
    lines = [_annotation(finding) for finding in annotated]
    lines += [*_log(rest), _notice(report, rest)] if rest else [totals(report)]
    return "\n".join(lines) + "\n"


def _split(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The findings that GitHub has room for, and those it has not."""
    seen: Counter[Severity] = Counter()
    annotated: list[Finding] = []
    rest: list[Finding] = []
    for finding in findings:
        seen[finding.severity] += 1
        (annotated if seen[finding.severity] <= MOST else rest).append(finding)
    return annotated, rest


def _annotation(finding: Finding) -> str:
    place = finding.location
    return _command(
        finding.severity.label,
        "\n".join([visible(finding.message), *mending(finding)]),
        file=visible(place.path),
        line=str(place.line),
        col=str(place.column),
        title=visible(finding.rule),
    )


def _log(findings: Sequence[Finding]) -> list[str]:
    """Plain lines that GitHub does not obey, whatever they hold.

    The runner looks for commands both at the start of a line (``::``) and anywhere in it (``##[``)
    until it is told to stop, and resumes at a word which no line can hold: a digest of all of them.
    """
    lines = [line for finding in findings for line in (headline(finding), *mending(finding))]
    resume = sha256("\n".join(lines).encode()).hexdigest()
    return [
        _command("group", f"Hallazgos sin anotación: {len(findings)}"),
        _command("stop-commands", resume),
        *lines,
        _command(resume, ""),
        _command("endgroup", ""),
    ]


def _notice(report: Report, rest: Sequence[Finding]) -> str:
    severities = Counter(finding.severity for finding in rest)
    missing = counted(severities[Severity.ERROR], severities[Severity.WARNING])
    return _command(
        "notice",
        f"{totals(report)}. GitHub anota como máximo {MOST} errores y {MOST} avisos por paso. "
        f"Sin anotar, solo en el registro de este paso: {missing}.",
        title="Pauta",
    )


def _command(name: str, data: str, **properties: str) -> str:
    listed = ",".join(f"{key}={value.translate(_IN_PROPERTY)}" for key, value in properties.items())
    return f"::{name}{' ' if listed else ''}{listed}::{data.translate(_IN_DATA)}"
