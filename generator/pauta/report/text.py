"""For people at a terminal: the place, what is wrong, the line itself, and how to mend it."""

from pauta.findings import Finding, Location, Severity
from pauta.report.excerpt import excerpt
from pauta.report.report import Report
from pauta.report.safe import visible

_BOLD = "1"
_RED = "1;31"
_YELLOW = "1;33"


def write_text(report: Report) -> str:
    """Every finding with a blank line after it, then how many there are."""
    entries = [entry(finding, color=report.color) for finding in report.findings]
    return "\n\n".join([*entries, totals(report)]) + "\n"


def entry(finding: Finding, *, color: bool = False) -> str:
    """A finding on several lines: what is said of it, its source line with a caret, its mending."""
    lines = [headline(finding, color=color)]
    if finding.location.source:
        lines += _source(finding.location, _tone(finding) if color else "")
    return "\n".join([*lines, *mending(finding)])


def headline(finding: Finding, *, color: bool = False) -> str:
    """A finding on one line."""
    place, severity = visible(str(finding.location)), finding.severity.spanish
    if color:
        place, severity = _paint(place, _BOLD), _paint(severity, _tone(finding))
    return f"{place} {severity} {visible(finding.rule)} {visible(finding.message)}"


def mending(finding: Finding) -> tuple[str, ...]:
    """How to mend a finding, on one line or none."""
    return (f"Cómo se arregla: {visible(finding.mend)}",) if finding.mend else ()


def totals(report: Report) -> str:
    """How many findings there are, in how many files."""
    found = counted(report.count(Severity.ERROR), report.count(Severity.WARNING))
    return f"{found or 'Sin hallazgos'} en {_count(report.files, 'archivo', 'archivos')}"


def counted(errors: int, warnings: int) -> str:
    """So many errors and so many warnings, leaving out what there is none of."""
    parts = []
    if errors:
        parts.append(_count(errors, "error", "errores"))
    if warnings:
        parts.append(_count(warnings, "aviso", "avisos"))
    return " y ".join(parts)


def _source(location: Location, tone: str) -> list[str]:
    text, offset = excerpt(location.source, location.column)
    number = f"{location.line:>5}"
    caret = _paint("^", tone) if tone else "^"
    return [f"{number} | {text}", f"{' ' * len(number)} | {' ' * offset}{caret}"]


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _tone(finding: Finding) -> str:
    return _RED if finding.severity is Severity.ERROR else _YELLOW


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"
