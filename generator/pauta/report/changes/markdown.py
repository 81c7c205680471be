"""For the description or a comment of a pull request: a summary first, then each change by level."""

import re
from collections.abc import Iterator

from pauta.compare import Affected, Change
from pauta.report.changes.report import (
    AFFECTED,
    LEVELS,
    NOTHING,
    ChangeReport,
    affected,
    focused,
    place,
    totals,
    values,
)
from pauta.report.safe import visible

MOST = 60_000
"""Characters. GitHub takes some 65,000 in a comment, and refuses the whole of a longer one."""

_SIGNS = re.compile(r"[\\`*_{}\[\]()<>#+!|~&$=^]|^[-.]|(?<=\d)[.)](?=\s)")
_BREAK = "&#8203;"  # a space without width: an address, a name or a number is not made a link
_LINKS = re.compile(r"@|://|\bwww(?=\.)|\bGH(?=-\d)|(?<=#)(?=\d)|(?<=[0-9a-f]{6})(?=[0-9a-f])", re.IGNORECASE)


def write_markdown(report: ChangeReport) -> str:
    """A table of how many changes of each level affect whom, and the changes; cut where GitHub would refuse it."""
    title = f"### Cambios del manual: de {_text(report.before)} a {_text(report.after)}"
    if not report.changes:
        return f"{title}\n\n{NOTHING}\n"
    written = [title, "", *_summary(report)]
    size = sum(map(len, written))
    for line in _details(report):
        size += len(line) + 1
        if size > MOST:
            return "\n".join([*written, "", f"_No cabe todo: son {totals(report)}. Véalos con_ `pauta diff`.", ""])
        written.append(line)
    return "\n".join(written) + "\n"


def _summary(report: ChangeReport) -> Iterator[str]:
    yield "| Nivel | Cambios | " + " | ".join(AFFECTED[who].capitalize() for who in Affected) + " |"
    yield "|---" * (2 + len(Affected)) + "|"
    for level, changes in report.by_level():
        told = [str(sum(who in change.affects for change in changes) or "") for who in Affected]
        yield f"| **{LEVELS[level][0]}** | {len(changes)} | " + " | ".join(told) + " |"


def _details(report: ChangeReport) -> Iterator[str]:
    for level, changes in report.by_level():
        yield from ("", f"#### {LEVELS[level][0]}", "", LEVELS[level][2], "")
        for change in changes:
            yield from _entry(change)


def _entry(change: Change) -> Iterator[str]:
    """A change as an element of a list; every line of it is of our making."""
    yield f"- **{_text(change.sentence)}**"
    if told := values(change):
        before, after = focused(*told)
        yield f"  {_text(before)} → {_text(after)}"
    whom = f" · afecta: {affected(change)}" if change.affects else ""
    yield f"  <sub>{_text(place(change))} · {change.kind.value}{whom} · `{change.fingerprint}`</sub>"


def _text(text: str) -> str:
    """A text in which no sign means anything to Markdown, HTML or GitHub."""
    escaped = _SIGNS.sub(lambda m: "".join(f"&#{ord(c)};" for c in m[0]), _parted(visible(text)))
    return escaped.replace(_MARK, _BREAK)


def _parted(text: str) -> str:
    return _LINKS.sub(lambda m: f"{m[0]}{_MARK}" if m[0] != "://" else f":{_MARK}//", text)


_MARK = "\ufffe"  # not a character, so no visible text holds it
