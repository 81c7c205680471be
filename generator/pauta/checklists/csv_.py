"""A checklist as CSV, to be opened in a spreadsheet.

Commas, because that is the list separator of Spanish as used in Guatemala and Mexico and what every
program reads unasked; every cell is quoted, so a program set to semicolons still shows the text.
The file begins with a byte order mark: without it Excel reads UTF-8 as another encoding and breaks
the accents.

A list with marks, words or weights has more columns than one of Sí, No and N.A., at the end, so that
the first ones are the same in every file.
"""

import csv
import io
import re

from pauta.checklists.model import Answer, Checklist, Item
from pauta.checklists.score import rules

COLUMNS = (
    "lista",
    "codigo",
    "version",
    "fase",
    "numero",
    "id",
    "punto",
    "detalle",
    "critico",
    "si",
    "no",
    "no_aplica",
    "observaciones",
    "origen",
)
WIDER = ("tipo_de_respuesta", "respuesta", "peso", "como_se_califica")
_BYTE_ORDER_MARK = "\ufeff"
_STARTS_CELL = r"(?:^|(?<=[;\t\r\n]))"
_FORMULA = re.compile(_STARTS_CELL + r"(?=[\t\r]|\s*['=+\-@\uff1d\uff0b\uff0d\uff20])")
_SPLITS = re.compile("[;\t\r\n]")
_GUARD = re.compile(_STARTS_CELL + "'")


def write(checklist: Checklist) -> str:
    """The list as CSV, one row a point, with empty columns for the answers."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    wider = _is_wider(checklist)
    rows.writerow(COLUMNS + WIDER if wider else COLUMNS)
    explained = " ".join(rules(checklist))
    for number, group, item in checklist.numbered:
        cells = _cells(checklist, group.title, number, item)
        if wider:
            cells += _wider_cells(checklist, item, explained)
        rows.writerow([guard(cell) for cell in cells])
    return _BYTE_ORDER_MARK + text.getvalue()


def guard(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before what could start one.

    A cell can start after a semicolon, a tab or a line break too, in a program that separates by
    them. An apostrophe that was already there gets another, so that ``unguard`` gives back the text.
    """
    if not _SPLITS.search(text):
        return f"'{text}" if _FORMULA.match(text) else text
    return _FORMULA.sub("'", text)


def unguard(text: str) -> str:
    """The text that was guarded."""
    return _GUARD.sub("", text)


def _is_wider(checklist: Checklist) -> bool:
    return checklist.scoring is not None or any(item.answer is not Answer.YES_NO for _, _, item in checklist.numbered)


def _wider_cells(checklist: Checklist, item: Item, explained: str) -> tuple[str, ...]:
    scored = checklist.scoring is not None and item.counts
    return (_asked(item.answer), "", item.worth if scored else "", explained)


def _asked(answer: Answer) -> str:
    if answer.grades:
        return f"De {answer.grades[0]} a {answer.grades[-1]}, o N.A."
    return "En palabras" if answer is Answer.TEXT else "Sí, No o N.A."


def _cells(checklist: Checklist, phase: str, number: int, item: Item) -> tuple[str, ...]:
    where = f" ({item.source.location.path})" if item.source.location else ""
    return (
        checklist.title,
        checklist.code,
        checklist.version,
        phase,
        str(number),
        item.id,
        item.text,
        " · ".join(item.details),
        "Sí" if item.critical else "No",
        "",
        "",
        "",
        "",
        item.source.title + where,
    )
