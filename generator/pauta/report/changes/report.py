"""What every writer is given, and the words that they share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pauta.compare import Affected, Change, Level

LEVELS = {
    Level.MAJOR: ("Mayor", "mayores", "Se afloja o se quita algo que se promete, o no se puede demostrar que no."),
    Level.MINOR: ("Menor", "menores", "Se agrega, se aprieta o cambia algo de fondo."),
    Level.PATCH: ("Parche", "parches", "Solo cambia la redacción, el lugar o el control."),
}
"""The heading of each level, its plural and what it means."""

AFFECTED = {
    Affected.CUSTOMER: "clientes",
    Affected.ROLE: "puestos",
    Affected.SUPPLIER: "proveedores",
    Affected.COST: "costo",
}

NOTHING = "Sin cambios de contenido."
ABSENT = "(no estaba)"
GONE = "(ya no está)"


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """The outcome of a comparison, ready to be written."""

    before: str
    after: str
    """What people call the two manuals: a revision, a tag, a folder."""
    changes: tuple[Change, ...]
    color: bool = False
    """Whether the text goes to a terminal that shows colours."""

    def by_level(self) -> Iterator[tuple[Level, tuple[Change, ...]]]:
        """The changes of each level that has any, the gravest first."""
        for level in Level:
            changes = tuple(change for change in self.changes if change.level is level)
            if changes:
                yield level, changes


Writer = Callable[[ChangeReport], str]
"""Turns a report into a whole text that ends in one line break and that UTF-8 can always encode."""


def totals(report: ChangeReport) -> str:
    """How many changes of each level there are: «2 mayores, 1 menor»."""
    counted = [_count(level, len(changes)) for level, changes in report.by_level()]
    return ", ".join(counted) if counted else NOTHING


def _count(level: Level, number: int) -> str:
    return f"{number} {level.value if number == 1 else LEVELS[level][1]}"


def affected(change: Change) -> str:
    """Whom a change affects, in words; empty when it affects nobody."""
    return ", ".join(AFFECTED[who] for who in change.affects)


def values(change: Change) -> tuple[str, str] | None:
    """What it said and what it says; None when the sentence tells all."""
    if change.before is None and change.after is None:
        return None
    if not change.path and (change.before is None or change.after is None):
        return None  # a whole thing that came or went is named in the sentence
    return (
        ABSENT if change.before is None else change.before,
        GONE if change.after is None else change.after,
    )


def place(change: Change) -> str:
    """Where it stands now, or where it stood."""
    where = change.place_after or change.place_before
    return str(where) if where else ""


_LONGEST = 160
_AROUND = 40


def focused(one: str, other: str, longest: int = _LONGEST) -> tuple[str, str]:
    """Two texts; of long ones, the part where they differ and some words around it."""
    if max(len(one), len(other)) <= longest:
        return one, other
    start = _common(one, other)
    room = min(len(one), len(other)) - start
    end = min(_common(one[::-1], other[::-1]), room)
    first, last = max(0, start - _AROUND), max(0, end - _AROUND)
    return _part(one, first, last, longest), _part(other, first, last, longest)


def _common(one: str, other: str) -> int:
    shared = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        shared += 1
    return shared


def _part(text: str, start: int, end: int, longest: int) -> str:
    part = text[start : len(text) - end]
    cut = len(part) > longest
    return f"{'…' if start else ''}{part[:longest]}{'…' if cut or end else ''}"
