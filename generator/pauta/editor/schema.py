"""A section's schema as VS Code's YAML extension reads it, with everything it shows in Spanish.

Its language server (yaml-language-server 2) has no Spanish, so each constraint carries the message
to show instead of the server's own, and what would make the server add English words is said in
another way:

- ``enum`` and ``examples`` put a heading into the help. Here the help lists the values itself,
  ``defaultSnippets`` offers them, and a pattern refuses the others.
- Limits (``maxLength``, ``minItems``…) have a message that cannot be replaced. Here each is the
  condition of an ``if`` whose ``else`` refuses everything, with a message.
- An object in a list that has ``type``, ``required`` or ``allOf`` at its top is offered as "array
  item". Here these stand below a ``then``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pauta.spine import Field, Kind, Section, Spine

Json = dict[str, Any]

_DECLARATION = "no_aplica"


def editor_schema(spine: Spine, section: Section, *, whole: bool) -> Json:
    """The schema of a section's file; with ``whole`` false, of one file of its folder.

    A file is either the section or the declaration that it does not apply. One file of a folder
    need not hold all that the section must.
    """
    writer = _Writer(spine)
    declared = writer.object(spine.not_applicable.root, whole=whole)
    described = writer.object(section.root, whole=whole)
    described["properties"][_DECLARATION] = declared["properties"][_DECLARATION]  # so that it is offered
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": section.title,
        "markdownDescription": _escaped(section.description),
        "if": {"type": "object", "required": [_DECLARATION]},
        "then": declared,
        "else": described,
    }


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes fields as schemas; the spine tells in which section a reference finds its target."""

    spine: Spine

    def field(self, of: Field) -> Json:
        said: Json = {"title": of.title, "markdownDescription": self.help(of)}
        match of.kind:
            case Kind.OBJECT:
                return said | self.object(of)
            case Kind.LIST:
                return said | self.list(of)
            case _:
                return said | self.scalar(of)

    def object(self, of: Field, *, whole: bool = True) -> Json:
        required = [child for child in of.children.values() if child.required and whole]
        return {
            "properties": {name: self.field(child) for name, child in of.children.items()},
            "additionalProperties": False,
            "errorMessage": f"Este campo no existe en «{of.title}». Los que existen son: {_names(of.children)}.",
            **_all_of([self.right_type(of), *map(_present, required)]),
        }

    def list(self, of: Field) -> Json:
        said = self.right_type(of) | _all_of(_limits(of))
        if of.item is not None:
            said["items"] = self.field(of.item)
            if of.item.kind is Kind.OBJECT:
                said["defaultSnippets"] = [_new_element(of.item)]
        return said

    def scalar(self, of: Field) -> Json:
        said = self.right_type(of) | _all_of(_limits(of))
        pattern = _one_of(of.schema["enum"]) if "enum" in of.schema else of.schema.get("pattern")
        wanted = {"pattern": pattern, "format": of.schema.get("format")}
        said |= {word: value for word, value in wanted.items() if value}
        said["patternErrorMessage"] = _sentences(f"«{of.title}» no está bien escrito.", self.how_to_write(of))
        if values := list(_values(of)):
            said["defaultSnippets"] = values
        return said

    def right_type(self, of: Field) -> Json:
        problem = f"«{of.title}» está vacío o no es {_EXPECTED[of.kind]}."
        quotes = "Si son solo cifras, póngalas entre comillas." if of.kind is Kind.TEXT and not of.type else ""
        return {"type": str(of.kind), "errorMessage": _sentences(problem, self.how_to_write(of), quotes)}

    def help(self, of: Field) -> str:
        """The Markdown that appears over a field: what it is, how to write it, which values exist."""
        how = "" if of.labels else _escaped(self.how_to_write(of))
        values = "\n".join(f"* `{value}`: {_escaped(label)}" for value, label in of.labels.items())
        needed = "Obligatorio." if of.required else ""
        return "\n\n".join(filter(None, (_escaped(of.description), how, values, needed)))

    def how_to_write(self, of: Field) -> str:
        if of.reference in self.spine.collections:
            section, _ = self.spine.collections[of.reference]
            return f"Escriba el identificador de un elemento de «{section.title}» (manual/{section.name}.yml)."
        if of.labels:
            return f"Los valores que existen son: {_names(of.labels)}."
        wants_example = of.examples and "por ejemplo" not in of.how_to_write
        return _sentences(of.how_to_write, f"Por ejemplo: {of.examples[0]}." if wants_example else "")


_EXPECTED = {
    Kind.OBJECT: "un grupo de campos",
    Kind.LIST: "una lista con un guion delante de cada elemento",
    Kind.TEXT: "un texto",
    Kind.INTEGER: "un número entero",
    Kind.NUMBER: "un número",
    Kind.BOOLEAN: "true (sí) o false (no)",
}


def _present(of: Field) -> Json:
    return {
        "required": [of.name],
        "errorMessage": f"Falta «{of.title}»: agregue un renglón «{of.name}:». {of.description}",
    }


def _all_of(checks: Iterable[Json]) -> Json:
    together = list(checks)
    return {"if": {}, "then": {"allOf": together}} if together else {}


def _limits(of: Field) -> Iterator[Json]:
    for word, say in _LIMITS.items():
        if word in of.schema:
            refused = {"enum": [], "errorMessage": f"«{of.title}» {say(of.schema)}."}
            yield {"if": {word: of.schema[word]}, "else": refused}


def _how_many(schema: Mapping[str, Any], limit: str, otherwise: str) -> str:
    exactly = schema.get("minItems") == schema.get("maxItems")
    number = schema[limit]
    return f"debe tener {'exactamente' if exactly else otherwise} {number} elemento{'' if number == 1 else 's'}"


_LIMITS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "minLength": lambda schema: f"debe tener al menos {schema['minLength']} letras",
    "maxLength": lambda schema: f"es demasiado largo: el máximo son {schema['maxLength']} letras",
    "minimum": lambda schema: f"debe ser {schema['minimum']} o más",
    "maximum": lambda schema: f"debe ser {schema['maximum']} o menos",
    "minItems": lambda schema: _how_many(schema, "minItems", "al menos"),
    "maxItems": lambda schema: _how_many(schema, "maxItems", "como máximo"),
    "uniqueItems": lambda _: "tiene un elemento dos veces: borre el segundo",
}

CONSTRAINTS = frozenset(
    {"type", "properties", "required", "additionalProperties", "items", "enum", "pattern", "format", *_LIMITS}
)
"""The words of JSON Schema that an editor hears of; a test holds the schemas of the sections to them."""


def _values(of: Field) -> Iterator[Json]:
    """The values to offer for a field: those of a closed list, or examples of a typed value."""
    if of.kind is Kind.BOOLEAN:
        yield {"label": "true", "description": "Sí.", "body": True}
        yield {"label": "false", "description": "No.", "body": False}
    elif of.labels:
        for value, label in of.labels.items():
            yield {"label": value, "description": f"{label}.", "body": value}
    elif of.type:
        for example in of.examples:
            body = f"${{1:{_in_snippet(example)}}}"
            yield {"label": example, "description": "Es un ejemplo: cámbielo por su dato.", "body": body}


def _new_element(of: Field) -> Json:
    return {
        "label": f"Nuevo elemento: {of.title}",
        "description": "Con todos sus campos obligatorios.",
        "sortText": "~",  # after the fields: inside an element they are what one looks for
        "body": _blank(of, iter(range(1, 1000))),
    }


def _blank(of: Field, stops: Iterator[int]) -> Any:
    """A value with the required fields in order, and a numbered stop for the cursor in each."""
    if of.kind is Kind.OBJECT:
        return {name: _blank(child, stops) for name, child in of.children.items() if child.required}
    if of.kind is Kind.LIST and of.item is not None:
        return [_blank(of.item, stops)]
    choices = list(of.labels) or (["true", "false"] if of.kind is Kind.BOOLEAN else [])
    return f"${{{next(stops)}|{','.join(choices)}|}}" if choices else f"${next(stops)}"


def _one_of(values: Iterable[str]) -> str:
    return f"^({'|'.join(map(re.escape, values))})$"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)


def _sentences(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", text)


def _in_snippet(text: str) -> str:
    return re.sub(r"([\\$}])", r"\\\1", text)
