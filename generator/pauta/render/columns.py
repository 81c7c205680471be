"""Which fields read well side by side, in a row of a table or among short facts."""

from collections.abc import Mapping, Sequence
from typing import Any

from pauta.spine import Field, Kind

NUMERIC = frozenset({"dinero", "cantidad", "porcentaje", "medida"})
"""Types whose values line up by their figures."""

_BRIEF = NUMERIC | {"duracion", "fecha", "hora", "version"}
_MOST_COLUMNS = 6
_LONGEST_CELL = 160


def is_brief(field_: Field) -> bool:
    """Whether a value is a word or two: an amount, a date, a choice, one name."""
    if field_.kind is Kind.TEXT:
        return bool(field_.labels or field_.reference or field_.type in _BRIEF)
    return field_.kind in {Kind.BOOLEAN, Kind.INTEGER, Kind.NUMBER}


def fit_in_rows(columns: Sequence[tuple[str, Field]], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the groups read well as rows: few columns, short texts, nothing nested."""
    if len(columns) > _MOST_COLUMNS:
        return False
    for name, child in columns:
        if child.kind in {Kind.OBJECT, Kind.LIST} and not (child.item and child.item.reference):
            return False
        longest = max((len(row[name]) for row in rows if isinstance(row.get(name), str)), default=0)
        if longest > _LONGEST_CELL:
            return False
    return True


def summary_columns(item: Field, most: int = 4) -> list[str]:
    """The fields of an entity that read well in a table of many: short, and required first."""
    short = [
        (not child.required, name)
        for name, child in item.children.items()
        if name not in {"id", "nombre", "servicio", "servicios"} and is_brief(child)
    ]
    chosen = {name for _, name in sorted(short, key=lambda pair: pair[0])[:most]}
    return [name for name in item.children if name in chosen]
