"""One problem that the validator found -> a finding that a manager understands.

Every message names the field by its title, says what is wrong and how to mend it; none uses a
word of JSON Schema. One function a kind of problem, in a table by the validator's keyword.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pauta.findings import Finding, Severity
from pauta.load.document import Document, Path_, Value
from pauta.nearest import nearest
from pauta.spine import Field, Kind
from pauta.validate.filling import how_to_fill, how_to_write, names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """A validator's error with the document and the field it is about."""

    document: Document
    path: Path_
    field: Field
    title: str
    value: Value
    kind: Any
    """The validator's typed kind of error, with the limits that were broken."""

    def finding(self, rule: str, message: str, mend: str, *, at: Path_ | None = None, key: bool = False) -> Finding:
        """A finding at the value, at another path, or at the name of a field."""
        place = self.document.locate(self.path if at is None else at, key=key)
        return Finding(rule, Severity.ERROR, message, place, mend)


def explain(document: Document, root: Field, error: "ValidationError") -> Iterator[Finding]:
    """The findings of one error of the validator; unknown fields give one each."""
    path = tuple(error.instance_path)
    field = root.at(path)
    if field is None:  # below something that is wrong already and has its own finding
        return
    parent = root.at(path[:-1]) if path and isinstance(path[-1], int) and field.kind is Kind.TEXT else None
    title = (parent or field).title  # people know a line of a list by the name of the list
    problem = Problem(document, path, field, title, error.instance, error.kind)
    yield from _EXPLAIN[error.kind.name](problem)


def _unknown_fields(problem: Problem) -> Iterator[Finding]:
    known, absent = problem.field.children, _absent(problem)
    for name in problem.kind.unexpected:
        guess = _meant(name, absent)
        mend = (
            f"¿Quiso decir «{guess}» ({known[guess].title})?"
            if guess
            else "Bórrelo, o use uno de estos: " + names(absent or known) + "."
        )
        inside = f"en «{problem.field.title}»" if problem.path else "en esta sección"
        yield problem.finding(
            "campo-desconocido",
            f"No existe el campo «{quote(name)}» {inside}.",
            mend,
            at=(*problem.path, name),
            key=True,
        )


def _absent(problem: Problem) -> dict[str, Field]:
    return {name: field for name, field in problem.field.children.items() if name not in problem.value}


def _meant(name: str, fields: Mapping[str, Field]) -> str | None:
    """The field that a manager meant by a name: one misspelt, or its Spanish title in its place."""
    return nearest(name, fields) or _by_title(name, fields)


def _by_title(name: str, fields: Mapping[str, Field]) -> str | None:
    titles = {field.title: key for key, field in fields.items()}
    guess = nearest(name, titles)
    return titles[guess] if guess else None


def _missing(problem: Problem) -> Iterator[Finding]:
    name, absent = problem.kind.property, _absent(problem)
    misspelt = (key for key in problem.value if key not in problem.field.children)
    if any(_meant(key, absent) == name for key in misspelt):
        return  # reported once, as the unknown field that it is
    field = problem.field.children[name]
    yield problem.finding(
        "falta-campo",
        f"Falta «{field.title}» en {_whose(problem)}.",
        f"Agregue un renglón «{name}:». {field.description} {how_to_write(field)}".strip(),
    )


def _whose(problem: Problem) -> str:
    if not problem.path:
        return "la sección"
    name = problem.value.get("nombre") or problem.value.get("id") or problem.value.get("servicio")
    title = f"«{problem.field.title}»"
    return f"{title} ({quote(name)})" if isinstance(name, str) else title


def _wrong_type(problem: Problem) -> Iterator[Finding]:
    value, field = problem.value, problem.field
    if value is None:
        yield problem.finding("tipo-incorrecto", f"«{problem.title}» está vacío.", how_to_fill(field))
        return
    if field.type in _WITH_UNIT and isinstance(value, int | float) and not isinstance(value, bool):
        yield problem.finding(
            "tipo-incorrecto", f"A «{problem.title}» le falta la unidad: solo dice {value}.", how_to_fill(field)
        )
        return
    yield problem.finding(
        "tipo-incorrecto",
        f"{_place(problem)} debe ser {_EXPECTED[field.kind]}, y aquí hay {_found(value)}.",
        how_to_fill(field, value),
    )


def _place(problem: Problem) -> str:
    in_a_list = bool(problem.path) and isinstance(problem.path[-1], int) and problem.field.kind is Kind.TEXT
    return f"Un renglón de «{problem.title}»" if in_a_list else f"«{problem.title}»"


_WITH_UNIT = frozenset({"dinero", "porcentaje", "duracion", "cantidad", "medida"})
_EXPECTED = {
    Kind.OBJECT: "un grupo de campos",
    Kind.LIST: "una lista",
    Kind.TEXT: "un texto",
    Kind.INTEGER: "un número entero",
    Kind.NUMBER: "un número",
    Kind.BOOLEAN: "true (sí) o false (no)",
}


def _found(value: Value) -> str:
    match value:
        case bool():
            return f"«{str(value).lower()}», que se lee como sí o no"
        case int() | float():
            return f"el número {value}"
        case str():
            return f"el texto «{quote(value)}»"
        case list():
            return "una lista"
        case dict():
            return "un grupo de campos"
        case _:
            return "nada"


def _not_in_list(problem: Problem) -> Iterator[Finding]:
    field = problem.field
    if not isinstance(problem.value, str):
        return  # its type is reported already
    guess = nearest(problem.value, field.labels) or _by_label(problem.value, field)
    mend = f"¿Quiso decir «{guess}»? " if guess else ""
    yield problem.finding(
        "valor-no-permitido",
        f"«{quote(problem.value)}» no es un valor de «{problem.title}».",
        f"{mend}Los valores que existen son: {names(field.labels)}.",
    )


def _by_label(value: str, field: Field) -> str | None:
    labels = {label: name for name, label in field.labels.items()}
    guess = nearest(value, labels)
    return labels[guess] if guess else None


def _bad_format(problem: Problem) -> Iterator[Finding]:
    field = problem.field
    if isinstance(problem.value, str) and not problem.value.strip():
        yield problem.finding("formato-incorrecto", f"«{problem.title}» está vacío.", how_to_write(field))
        return
    if problem.field.reference and isinstance(problem.value, str):
        message = f"«{quote(problem.value)}» no puede ser el nombre de un elemento en «{problem.title}»."
    else:
        message = f"«{quote(problem.value)}» no está bien escrito para «{problem.title}»."
    yield problem.finding("formato-incorrecto", message, how_to_write(field))


def _out_of_range(problem: Problem) -> Iterator[Finding]:
    limit, name = problem.kind.limit, problem.kind.name
    side = "mayor o igual que" if name == "minimum" else "menor o igual que"
    yield problem.finding(
        "fuera-de-rango",
        f"«{problem.title}» debe ser {side} {limit}, y es {problem.value}.",
        "Corrija el número.",
    )


def _too_long(problem: Problem) -> Iterator[Finding]:
    yield problem.finding(
        "texto-largo-de-mas",
        f"«{problem.title}» tiene {len(problem.value)} letras y caben {problem.kind.limit}.",
        "Acórtelo, o pase el detalle a otro campo.",
    )


def _too_few(problem: Problem) -> Iterator[Finding]:
    yield problem.finding("lista-corta", *too_few(problem.field, len(problem.value)))


def too_few(field: Field, has: int) -> tuple[str, str]:
    """Message and mending of a list with fewer elements than it needs."""
    wanted = field.schema["minItems"]
    exactly = "exactamente" if field.schema.get("maxItems") == wanted else "al menos"
    message = (
        f"«{field.title}» está vacío."
        if has == 0
        else f"«{field.title}» tiene {_elements(has)} y debe tener {exactly} {wanted}."
    )
    return message, how_to_fill(field)


def _too_many(problem: Problem) -> Iterator[Finding]:
    yield problem.finding("lista-larga", *too_many(problem.field, len(problem.value)))


def too_many(field: Field, has: int) -> tuple[str, str]:
    """Message and mending of a list with more elements than fit."""
    limit = field.schema["maxItems"]
    exactly = "exactamente" if field.schema.get("minItems") == limit else "como máximo"
    message = f"«{field.title}» tiene {_elements(has)} y debe tener {exactly} {limit}."
    return message, "Quite o una los que sobran."


def _elements(number: int) -> str:
    return f"{number} elemento" + ("" if number == 1 else "s")


def _repeated(problem: Problem) -> Iterator[Finding]:
    seen: set[Hashable] = set()
    for position, element in enumerate(problem.value):
        same = _comparable(element)
        if same in seen:
            shown = f"«{quote(element)}»" if isinstance(element, str) else "Este elemento"
            yield problem.finding(
                "elemento-repetido",
                f"{shown} está dos veces en «{problem.title}».",
                "Borre el segundo.",
                at=(*problem.path, position),
            )
        seen.add(same)


def _comparable(value: Value) -> Hashable:
    """Something that is equal for equal values of JSON, where 1 is 1.0 but not true."""
    match value:
        case dict():
            return dict, frozenset((name, _comparable(child)) for name, child in value.items())
        case list():
            return list, tuple(map(_comparable, value))
        case bool():
            return bool, value
        case _:
            scalar: Hashable = value
            return scalar


def quote(value: Value) -> str:
    """A value short and printable enough to stand between quotation marks in a message."""
    text = "".join(c if c.isprintable() else " " for c in str(value)).strip()
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + "…"


_EXPLAIN: dict[str, Callable[[Problem], Iterator[Finding]]] = {
    "additionalProperties": _unknown_fields,
    "required": _missing,
    "type": _wrong_type,
    "enum": _not_in_list,
    "pattern": _bad_format,
    "format": _bad_format,
    "minLength": _bad_format,
    "maxLength": _too_long,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "minItems": _too_few,
    "maxItems": _too_many,
    "uniqueItems": _repeated,
}
KEYWORDS = frozenset(_EXPLAIN)
"""The words of JSON Schema that a finding can explain; a test holds the schemas to them."""
