"""For people at a terminal: by level, what changed, before and now, and where."""

from collections.abc import Iterator

from pauta.compare import Change, Kind, Level
from pauta.report.changes.report import LEVELS, ChangeReport, affected, focused, place, totals, values
from pauta.report.safe import visible

_BOLD = "1"
_COLORS = {Level.MAJOR: "1;31", Level.MINOR: "1;33", Level.PATCH: "2"}
_BEFORE, _AFTER = "31", "32"
_SIGNS = {Kind.TIGHTENED: "▲", Kind.LOOSENED: "▼", Kind.ADDED: "+", Kind.REMOVED: "−"}


def write_text(report: ChangeReport) -> str:
    """The changes under a heading for each level, then how many there are."""
    lines = [_paint(f"De «{visible(report.before)}» a «{visible(report.after)}»", _BOLD, report), ""]
    for level, changes in report.by_level():
        lines += [_paint(f"{LEVELS[level][0]}. {LEVELS[level][2]}", _COLORS[level], report), ""]
        for change in changes:
            lines += [*_entry(change, report), ""]
    return "\n".join([*lines, totals(report)]) + "\n"


def _entry(change: Change, report: ChangeReport) -> Iterator[str]:
    sign = _paint(_SIGNS.get(change.kind, "·"), _COLORS[change.level], report)
    yield f"  {sign} {visible(change.sentence)}"
    if told := values(change):
        before, after = focused(*told)
        yield f"      antes: {_paint(visible(before), _BEFORE, report)}"
        yield f"      ahora: {_paint(visible(after), _AFTER, report)}"
    whom = f"  afecta: {affected(change)}" if change.affects else ""
    yield f"      {visible(place(change))}  {change.kind.value}{whom}  [{change.fingerprint}]"


def _paint(text: str, code: str, report: ChangeReport) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if report.color else text
