"""What happened, in Spanish and on one line. Values are left out: some readers may not see them."""

from pauta.compare.model import Kind

_WHOLE = {
    Kind.ADDED: "Nuevo en «{section}»: «{subject}».",
    Kind.REMOVED: "Ya no está en «{section}»: «{subject}».",
}
_FIELD = {
    Kind.ADDED: "{what} es nuevo.",
    Kind.REMOVED: "{what} ya no está.",
    Kind.RENAMED: "{what} tiene otro nombre.",
    Kind.MOVED: "{what} está en otro lugar.",
    Kind.REWORDED: "{what} está redactado de otra manera.",
    Kind.TIGHTENED: "{what}: ahora se promete más.",
    Kind.LOOSENED: "{what}: ahora se promete menos.",
    Kind.RAISED: "{what} sube{verdict}.",
    Kind.LOWERED: "{what} baja{verdict}.",
    Kind.CHANGED: "{what} cambia.",
}
_PROMISE_CHANGED = "{what} cambia, y no se puede demostrar que se prometa lo mismo o más."
_ELEMENT = {
    Kind.ADDED: "{what} gana un elemento.",
    Kind.REMOVED: "{what} pierde un elemento.",
    Kind.TIGHTENED: "{what} {turn} un elemento: ahora se promete más.",
    Kind.LOOSENED: "{what} {turn} un elemento: ahora se promete menos.",
    Kind.REWORDED: "{what} tiene un elemento redactado de otra manera.",
    Kind.CHANGED: "{what} {turn} un elemento.",
}
_VERDICTS = {None: "", True: ", que es mejor", False: ", que es peor"}


def of_thing(kind: Kind, *, section: str, subject: str) -> str:
    """A thing that came or went."""
    return _WHOLE[kind].format(section=section, subject=subject)


def of_field(kind: Kind, what: str, *, better: bool | None, promised: bool) -> str:
    """Something that happened to a field; ``better`` when the schema tells the direction."""
    if kind is Kind.CHANGED and promised:
        return _PROMISE_CHANGED.format(what=what)
    return _FIELD[kind].format(what=what, verdict=_VERDICTS[better])


def of_element(kind: Kind, what: str, turn: str) -> str:
    """Something that happened to one element of a list, which gains, loses or changes it."""
    return _ELEMENT[kind].format(what=what, turn=turn)


def named(titles: tuple[str, ...], subject: str) -> str:
    """A field of a thing: «Plazo prometido» de «Instalación»."""
    return f"«{' › '.join(titles)}» de «{subject}»"
