"""What findings advise: how a field is filled in, by its kind, its schema and what stands there now."""

from collections.abc import Iterable

from pauta.load.document import Value
from pauta.spine import Field, Kind


def how_to_fill(field: Field, value: Value = None) -> str:
    """What to write in a field, given what stands there now."""
    match field.kind:
        case Kind.OBJECT:
            return "Escriba debajo, con sangría: " + names(field.children) + "."
        case Kind.LIST:
            return "Ponga cada elemento en su renglón, con sangría y un guion delante."
        case Kind.BOOLEAN:
            return _yes_or_no(value)
        case Kind.INTEGER | Kind.NUMBER:
            return "Escriba solo el número, con cifras y sin comillas."
        case Kind.TEXT:
            return _how_to_fill_text(field, value)


def _how_to_fill_text(field: Field, value: Value) -> str:
    if field.type:
        return how_to_write(field)
    match value:
        case bool() | int() | float():
            return "Póngalo entre comillas."
        case dict():
            return "Si los dos puntos son parte del texto, ponga todo el texto entre comillas."
        case None:
            return f"{how_to_write(field)} Si el texto empieza con #, póngalo entre comillas.".strip()
        case _:
            return how_to_write(field)


def _yes_or_no(value: Value) -> str:
    said = value.strip().lower() if isinstance(value, str) else ""
    if said in {"sí", "si", "s", "yes", "verdadero", "cierto"}:
        return "Cámbielo por true, sin comillas."
    if said in {"no", "n", "falso"}:
        return "Cámbielo por false, sin comillas."
    return "Escriba true para sí o false para no, sin comillas."


def how_to_write(field: Field) -> str:
    """The form of a text, from what its schema says; empty when it says nothing."""
    if field.how_to_write:
        return field.how_to_write
    if field.labels:
        return f"Los valores que existen son: {names(field.labels)}."
    return f"Por ejemplo: {field.examples[0]}." if field.examples else ""


def names(listed: Iterable[str]) -> str:
    """Names between quotation marks, in their order."""
    return ", ".join(f"«{name}»" for name in listed)
