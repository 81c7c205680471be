"""Whether a function or an operator of a condition suits what it is applied to, and the type of what it gives."""

from pauta.check.own_rules.mistake import Mistake
from pauta.check.own_rules.tree import Call, Choices, Literal, Node, shown
from pauta.check.own_rules.types import BOOLEAN, DECIMAL, INTEGER, NUMBERS, TEXT, Kind, Type
from pauta.nearest import nearest

_EQUAL = frozenset({"==", "!="})
_ORDER = frozenset({"<", "<=", ">", ">="})
_ARITHMETIC = frozenset({"+", "-", "*", "/", "%"})
_OF_TEXT = frozenset({"startsWith", "endsWith", "contains", "matches"})
_LONGEST_PATTERN = 60
_SLOW = frozenset("{\\")
"""Signs of a pattern that can stand for thousands of states."""


def of_literal(value: str | float | bool) -> Type:  # noqa: FBT001 - what a literal may be
    """The type of a value written out."""
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, str):
        return TEXT
    return INTEGER if isinstance(value, int) else DECIMAL


def of_choices(values: tuple[Literal, ...]) -> Type:
    """The type of a list written out, whose values must be of one kind."""
    kinds = [of_literal(each.value) for each in values]
    if not kinds or any(not _alike(kinds[0], each) for each in kinds):
        raise Mistake("La lista escrita en la regla debe tener algo, y todo de la misma clase.", "Corrija la lista.")
    return Type(Kind.LIST, "la lista", item=kinds[0])


def result(node: Call, given: list[Type]) -> Type:
    """The type of what a function or an operator gives; raises Mistake when it is not for these types."""
    sign = node.function
    if sign in _EQUAL:
        return _equal(node, given)
    if sign in _ORDER:
        return _ordered(node, given)
    if sign in _ARITHMETIC:
        return _reckoned(node, given)
    if sign == "in":
        return _among(node, given)
    if sign in _OF_TEXT:
        return _of_texts(node, given)
    return _converted(node, given[0])


def _equal(node: Call, given: list[Type]) -> Type:
    one, other = given
    if not (one.is_scalar and other.is_scalar and _alike(one, other)):
        raise _different(node, given)
    for here, there in ((0, 1), (1, 0)):
        _one_of_the_choices(given[here], node.arguments[there])
    return BOOLEAN


def _among(node: Call, given: list[Type]) -> Type:
    one, several = given
    if several.kind is not Kind.LIST or several.item is None:
        raise Mistake(
            f"Después de «in» va una lista, y hay {several.kind.value}.", 'Por ejemplo: in ["alto", "medio"].'
        )
    if not (one.is_scalar and several.item.is_scalar and _alike(one, several.item)):
        raise _different(node, [one, several.item])
    if isinstance(node.arguments[1], Choices):
        for each in node.arguments[1].values:
            _one_of_the_choices(one, each)
    else:
        _one_of_the_choices(several.item, node.arguments[0])
    return BOOLEAN


def _alike(one: Type, other: Type) -> bool:
    return one.kind is other.kind or {one.kind, other.kind} <= NUMBERS


def _different(node: Call, given: list[Type]) -> Mistake:
    one, other = (each.kind.value for each in given)
    message = f"«{shown(node.arguments[0])}» es {one} y «{shown(node.arguments[1])}» es {other}: no se comparan."
    return Mistake(message, "Compare textos con textos y números con números.")


def _one_of_the_choices(type_: Type, node: Node) -> None:
    """Hold a text written out to the only values that the field beside it can have."""
    if type_.choices and isinstance(node, Literal) and node.value not in type_.choices:
        guess = nearest(str(node.value), type_.choices)
        raise Mistake(
            f"{type_.title} nunca es «{node.value}».",
            f"¿Quiso decir «{guess}»?" if guess else f"Puede ser: {', '.join(type_.choices)}.",
        )


def _ordered(node: Call, given: list[Type]) -> Type:
    one, other = given
    numbers = {one.kind, other.kind} <= NUMBERS
    if not numbers and not (one.kind is other.kind is Kind.TEXT):
        raise _different(node, given)
    return BOOLEAN


def _reckoned(node: Call, given: list[Type]) -> Type:
    one, other = given
    if not {one.kind, other.kind} <= NUMBERS:
        raise Mistake(f"«{node.function}» va entre números.", "Los textos solo se comparan.")
    if one.kind is not other.kind:
        raise Mistake(
            f"«{node.function}» va entre dos números de la misma clase, y uno tiene decimales.",
            "Escriba el número con punto, 2.0 en lugar de 2, o convierta el campo con double().",
        )
    if node.function == "%" and one.kind is not Kind.INTEGER:
        raise Mistake("«%» es el resto de dividir números enteros.", "Use int() para quitar los decimales.")
    return one


def _of_texts(node: Call, given: list[Type]) -> Type:
    if any(each.kind is not Kind.TEXT for each in given):
        raise Mistake(f"{node.function}() se pregunta a un texto, con otro texto.", "Revise los dos.")
    if node.function == "matches":
        _hold_pattern(node.arguments[1])
    return BOOLEAN


def _hold_pattern(node: Node) -> None:
    """Hold a pattern to what is quick to make ready, for it is made ready for each entity."""
    pattern = node.value if isinstance(node, Literal) else None
    if not isinstance(pattern, str) or len(pattern) > _LONGEST_PATTERN or not _SLOW.isdisjoint(pattern):
        raise Mistake(
            f"El patrón de matches() se escribe ahí mismo, con {_LONGEST_PATTERN} letras o menos y sin «{{» ni «\\».",
            'Por ejemplo: este.id.matches("^[a-z]+_[0-9]+$").',
        )


def _converted(node: Call, given: Type) -> Type:
    match node.function:
        case "size" if given.kind in {Kind.TEXT, Kind.LIST}:
            return INTEGER
        case "double" | "negative" | "int" if given.kind in NUMBERS:
            return {"double": DECIMAL, "int": INTEGER, "negative": given}[node.function]
    wanted = "un texto o una lista" if node.function == "size" else "un número"
    name = "«-»" if node.function == "negative" else f"{node.function}()"
    raise Mistake(f"{name} va con {wanted}, y hay {given.kind.value}.", "Revise el campo.")
