"""Values in a form that does not depend on how a file writes them, and as people read them."""

import json
from collections.abc import Iterator
from typing import Any

from pauta.compare import quantities
from pauta.compare.texts import plain
from pauta.model import Manual
from pauta.spine import Field, Kind


def normal(field: Field | None, value: Any) -> Any:
    """A value for comparing: texts without folded lines, quantities in one unit. What is not text stays."""
    if isinstance(value, str):
        return quantities.normal(field, value) or plain(value)
    if isinstance(value, dict):
        return {str(name): normal(field.children.get(name) if field else None, below) for name, below in value.items()}
    if isinstance(value, list):
        return [normal(field.item if field else None, below) for below in value]
    return value


def leaves(field: Field | None, value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every single value inside a value with the names of the fields that lead to it."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from leaves(field.children.get(name) if field else None, below, (*path, str(name)))
    elif isinstance(value, list):
        for below in value:
            yield from leaves(field.item if field else None, below, path)
    else:
        yield path, str(normal(field, value))


def shown(field: Field | None, value: Any, manual: Manual) -> str:
    """A value as people read it, on one line."""
    match value:
        case bool():
            return "sí" if value else "no"
        case str():
            return _text(field, plain(value), manual)
        case dict():
            return "; ".join(f"{_title(field, str(name))}: {_below(field, name, value, manual)}" for name in value)
        case list():
            return "; ".join(shown(field.item if field else None, below, manual) for below in value)
        case None:
            return "(vacío)"
        case _:
            return json.dumps(value, ensure_ascii=False, default=str)


def _text(field: Field | None, text: str, manual: Manual) -> str:
    if field is None or field.kind is not Kind.TEXT:
        return text
    if field.reference:
        named = manual.find(field.reference, text)
        return plain(manual.title(named)) if named else text
    return field.labels.get(text, text)


def _title(field: Field | None, name: str) -> str:
    child = field.children.get(name) if field else None
    return child.title if child else name


def _below(field: Field | None, name: Any, value: dict[Any, Any], manual: Manual) -> str:
    return shown(field.children.get(name) if field else None, value[name], manual)
