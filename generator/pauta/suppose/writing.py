"""What would happen, for people at a terminal as tables, and for other programs as JSON.

The shape of the JSON is our own and only grows::

    {
      "format": "pauta-what-if",
      "version": 1,                       changes when a program that reads this would break
      "changes": [{"path", "file", "line", "column", "before", "after"}],
      "breaks": [{"rule", "title", "message", "mend", "file", "line", "column",
                  "calculation": null or one as below}],
      "worse": [calculation],             did not hold before either, and would be different
      "mended": [calculation],            would hold again
      "moved": [calculation],             would hold as before, with another margin
      "monthly_cost": {
        "items": [{"name", "before", "after", "difference"}],
        "differences": ["5698.36 GTQ"],   one for each currency
        "notes": ["…"]                    where it comes from, and what the manual does not say
      }
    }

A calculation is {"id", "title", "declared", "before", "after", "nearest", "file", "line", "column"}.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from textwrap import wrap

from pauta.findings import Location
from pauta.quantities import Money
from pauta.report.safe import json_text, visible
from pauta.suppose.costs import Bill
from pauta.suppose.outcome import Break, Moved, Outcome

VERSION = 1

_WIDEST = (44, 22, 26, 26)
_WIDEST_WAY = (72, 30, 30)
"""The most characters of each column; longer texts go on in the line below."""


def write_text(outcome: Outcome) -> str:
    """Tables of what is supposed, what would break, what would change and what it would cost."""
    blocks = [
        _block("Si fuera así:", _table(("Valor", "Hoy", "Se supone"), _changes(outcome), _WIDEST_WAY)),
        _breaks(outcome.broken),
        _calculations("Ya no se cumplía, y cambiaría:", outcome.worse),
        _calculations("Volvería a cumplirse:", outcome.mended),
        _calculations("Se seguiría cumpliendo, con otro margen:", outcome.moved),
        _money(outcome.bill),
        "Nada se escribió: los archivos están como estaban.",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def write_json(outcome: Outcome) -> str:
    """The same with everything that is known of each."""
    return json_text(
        {
            "format": "pauta-what-if",
            "version": VERSION,
            "changes": [
                {"path": each.way, **_place(each.location), "before": each.before, "after": each.after}
                for each in outcome.changes
            ],
            "breaks": [_break(each) for each in outcome.broken],
            "worse": [_calculation(each) for each in outcome.worse],
            "mended": [_calculation(each) for each in outcome.mended],
            "moved": [_calculation(each) for each in outcome.moved],
            "monthly_cost": {
                "items": [
                    {
                        "name": item.name,
                        "before": str(item.before),
                        "after": str(item.after),
                        "difference": str(item.difference),
                    }
                    for item in outcome.bill.items
                ],
                "differences": [str(each) for each in outcome.bill.differences],
                "notes": list(outcome.bill.notes),
            },
        }
    )


FORMATS: Mapping[str, Callable[[Outcome], str]] = {"text": write_text, "json": write_json}
"""Name of each format -> what writes it."""


def _break(each: Break) -> dict[str, object]:
    return {
        "rule": each.rule,
        "title": each.title,
        "message": each.message,
        "mend": each.mend,
        **_place(each.location),
        "calculation": _calculation(each.calculation) if each.calculation else None,
    }


def _calculation(each: Moved) -> dict[str, object]:
    return {
        "id": each.id,
        "title": each.title,
        "declared": each.declared,
        "before": each.before,
        "after": each.after,
        "nearest": each.nearest,
        **_place(each.location),
    }


def _place(location: Location) -> dict[str, object]:
    return {"file": location.path, "line": location.line, "column": location.column}


def _changes(outcome: Outcome) -> list[tuple[str, ...]]:
    return [(each.way, each.before, each.after) for each in outcome.changes]


def _breaks(broken: Sequence[Break]) -> str:
    if not broken:
        return "No se rompería nada."
    count = "Se rompería 1 cosa:" if len(broken) == 1 else f"Se romperían {len(broken)} cosas:"
    rows = [
        (each.calculation.title, each.calculation.declared, each.calculation.before, each.calculation.after)
        for each in broken
        if each.calculation
    ]
    details = "\n".join(line for each in broken for line in _detail(each))
    table = _table(("Cuenta", "Se declara", "Hoy", "Con el cambio"), rows) if rows else ""
    return _block(count, "\n\n".join(part for part in (table, details) if part))


def _detail(each: Break) -> list[str]:
    """A break in words, with its place and what would hold."""
    place = f"{each.location.path}:{each.location.line}"
    return [f"  {visible(place)} {visible(each.rule)} {visible(each.message)}", f"    {visible(each.mend)}"]


def _calculations(title: str, moved: Sequence[Moved]) -> str:
    if not moved:
        return ""
    rows = [(each.title, each.declared, each.before, each.after) for each in moved]
    return _block(title, _table(("Cuenta", "Se declara", "Hoy", "Con el cambio"), rows))


def _money(costs: Bill) -> str:
    rows = [(item.name, str(item.before), str(item.after), _signed(item.difference)) for item in costs.items]
    rows += [("Diferencia al mes", "", "", _signed(each)) for each in costs.differences]
    notes = "\n".join(f"  {visible(note)}" for note in costs.notes)
    if not rows:
        return "\n".join(part for part in ("El costo que dice el manual no cambiaría.", notes) if part)
    table = _table(("Costo de un mes", "Hoy", "Con el cambio", "Diferencia"), rows)
    return _block("Costaría:", "\n".join(part for part in (table, notes) if part))


def _signed(money: Money) -> str:
    return f"+{money}" if money.amount > 0 else str(money).replace("-", "−")


def _block(title: str, body: str) -> str:
    return f"{title}\n{body}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], widest: Sequence[int] = _WIDEST) -> str:
    """Columns side by side, each as wide as it needs and no wider than it may."""
    cells = [[_lines(text, widest[column]) for column, text in enumerate(row)] for row in (heads, *rows)]
    widths = [max(len(line) for row in cells for line in row[column]) for column in range(len(heads))]
    written = [line for row in cells for line in _row(row, widths)]
    rule = "  " + "  ".join("─" * width for width in widths)
    return "\n".join([written[0], rule, *written[1:]])


def _lines(text: str, width: int) -> list[str]:
    return wrap(visible(text), width) or [""]


def _row(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    height = max(len(cell) for cell in cells)
    return [
        ("  " + "  ".join(_at(cell, line).ljust(width) for cell, width in zip(cells, widths, strict=True))).rstrip()
        for line in range(height)
    ]


def _at(cell: Sequence[str], line: int) -> str:
    return cell[line] if line < len(cell) else ""
