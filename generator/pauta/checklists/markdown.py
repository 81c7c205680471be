"""A checklist as a task list of GitHub-flavoured Markdown."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import count

from babel.dates import format_date

from pauta.checklists.model import Checklist, Group, Item

_BY_BACKSLASH = frozenset("\\`*_[]")
_SIGN = re.compile(r"[\\`*_\[\]{}<>&|~#$^=@]|:(?=[\w+-]+:)")
"""What means something inside a line; the colon, where emoji shortcodes begin."""
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_OPENS_BLOCK = re.compile(r"^(?:[-+:!]|\d+[.)](?=\s|$))")


def write(checklist: Checklist) -> str:
    """The list as Markdown: a ticked box means Sí, and there is room for the rest."""
    lines = [f"# {escape(checklist.title)}", "", *_heading(checklist), "", escape(checklist.intro), ""]
    numbers = count(1)
    for group in checklist.sections:
        lines += [f"## {escape(group.title)}", "", *_reminders(group)]
        for item in group.items:
            lines += _point(next(numbers), item)
        lines.append("")
    return "\n".join([*lines, *_FOOT])


def escape(text: str) -> str:
    """A text that Markdown, and the template languages that sites run over it, show as written."""
    lines = (_escape_line(line) for line in _LINE_BREAK.split(text.strip()))
    return "<br>".join(lines)


def _escape_line(line: str) -> str:
    shown = _SIGN.sub(lambda found: f"\\{found[0]}" if found[0] in _BY_BACKSLASH else _entity(found[0]), line.strip())
    return _OPENS_BLOCK.sub(lambda found: found[0][:-1] + _entity(found[0][-1]), shown)


def _entity(sign: str) -> str:
    return f"&#{ord(sign)};"


def _heading(checklist: Checklist) -> Iterator[str]:
    known = {
        "Código": checklist.code,
        "Versión del manual": checklist.version,
        "Vigente desde": _date(checklist.in_force_since),
        "Aprobó": checklist.approved_by,
    }
    yield from (f"- **{name}:** {escape(value)}" for name, value in known.items() if value)
    yield from (f"- **{name}:** ________________" for name in ("Lugar o cliente", "Fecha y turno", "Quién la llena"))


def _date(day: date | None) -> str:
    return str(format_date(day, "long", locale="es")) if day else ""


def _reminders(group: Group) -> Iterator[str]:
    for reminder in group.reminders:
        yield f"**{escape(reminder.title)}**"
        yield ""
        yield from (f"- {escape(line)}" for line in reminder.lines)
        yield ""


def _point(number: int, item: Item) -> Iterator[str]:
    mark = " **▲ Crítico**" if item.critical else ""
    yield f"- [ ] **{number}.** {escape(item.text)}{mark}"
    yield from (f"    - {escape(detail)}" for detail in item.details)
    yield f"    - Origen: {escape(item.source.title)}. Id.: {escape(item.id)}"


_FOOT = (
    "Casilla marcada: Sí. Sin marcar: No, con su observación. Si no se aplica, escriba N.A. al final del punto.",
    "",
    "**Observaciones y acciones (qué, quién, cuándo):** ________________",
    "",
    "**Firmas:** ________________",
    "",
)
