"""A checklist as a task list of GitHub-flavoured Markdown."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count

from pauta.checklists.model import Answer, Checklist, Item, Reminder
from pauta.checklists.reading import long_date
from pauta.checklists.score import rules

_BY_BACKSLASH = frozenset("\\`*_[]")
_SIGN = re.compile(r"[\\`*_\[\]{}<>&|~#$^=@]|:(?=[\w+-]+:)")
"""What means something inside a line; the colon, where emoji shortcodes begin."""
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_OPENS_BLOCK = re.compile(r"^(?:[-+:!]|\d+[.)](?=\s|$))")


def write(checklist: Checklist) -> str:
    """The list as Markdown: a ticked box means Sí, and there is room for the rest."""
    lines = [f"# {escape(checklist.title)}", "", *_heading(checklist), "", escape(checklist.intro), ""]
    lines += _reminders(checklist.notes)
    numbers = count(1)
    for group in checklist.sections:
        lines += [f"## {escape(group.title)}", "", *_reminders(group.reminders)]
        for item in group.items:
            lines += _point(next(numbers), item, checklist)
        lines.append("")
    return "\n".join([*lines, *_score(checklist), *(_FOOT if not checklist.of_customer else ())])


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
    if not checklist.of_customer:
        yield from (f"- **{escape(name)}:** {escape(value)}" for name, value in checklist.facts)
    yield from (f"- **{escape(name)}:** {_BLANK}" for name in _blanks(checklist))


def _blanks(checklist: Checklist) -> Iterator[str]:
    """What is written by hand at the top; an anonymous customer writes only the date."""
    if checklist.subject:
        yield checklist.subject
    yield from ("Fecha",) if checklist.of_customer else ("Fecha y turno", "Quién la llena")


def _date(day: date | None) -> str:
    return long_date(day) if day else ""


def _reminders(reminders: Iterable[Reminder]) -> Iterator[str]:
    for reminder in reminders:
        yield f"**{escape(reminder.title)}**"
        yield ""
        yield from (f"- {escape(line)}" for line in reminder.lines)
        yield ""


def _point(number: int, item: Item, checklist: Checklist) -> Iterator[str]:
    box = "[ ] " if item.answer is Answer.YES_NO else ""
    weighed = checklist.has_weights and item.counts and not checklist.of_customer
    mark = " **▲ Crítico**" if item.critical else ""
    weight = f" (vale {item.worth})" if weighed else ""
    yield f"- {box}**{number}.** {escape(item.text)}{mark}{weight}"
    yield from (f"    - {escape(detail)}" for detail in item.details)
    if item.answer.grades:
        yield "    - Nota: " + " ".join(f"☐ {mark}" for mark in (*item.answer.grades, "N.A."))
    elif item.answer is Answer.TEXT:
        yield f"    - Respuesta: {_BLANK}"
    if not checklist.of_customer:
        yield f"    - Origen: {escape(item.source.title)}. Id.: {escape(item.id)}"


def _score(checklist: Checklist) -> Iterator[str]:
    """How it is scored, and where the result is written; a customer does not reckon it."""
    if checklist.scoring is None or checklist.of_customer:
        return
    yield from ("## Calificación", "")
    yield from (f"- {escape(line)}" for line in rules(checklist))
    yield from ("", f"Puntos ganados {_LITTLE} ÷ puntos posibles {_LITTLE} × 100 = {_LITTLE} %", "")


_BLANK = "________________"
_LITTLE = "______"
_FOOT = (
    "Casilla marcada: Sí. Sin marcar: No, con su observación. Si no se aplica, escriba N.A. al final del punto.",
    "",
    "**Observaciones y acciones (qué, quién, cuándo):** ________________",
    "",
    "**Firmas:** ________________",
    "",
)
