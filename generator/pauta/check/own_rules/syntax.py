"""What an expression of CEL says, as a tree: the part of the language that rules are written in.

The evaluator does not show its tree, and without one nobody could tell which fields a rule reads, nor
how long it would run. What is left out could grow without end (maps, lists of values that are not
written out, additions of texts) or tells nothing here (``null``, bytes, positions in a list).
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pauta.nearest import nearest

LONGEST = 1_000
"""Letters of an expression; the schema says the same."""
DEEPEST = 30
"""Levels of brackets and functions one inside the other."""
TALLEST = 100
"""Levels of the tree: a hundred conditions joined one after the other are as many."""

MACROS = frozenset({"all", "exists", "exists_one", "filter", "map"})
METHODS = frozenset({"size", "startsWith", "endsWith", "contains", "matches"})
FUNCTIONS = frozenset({"has", "size", "int", "double"})


class Mistake(Exception):  # noqa: N818 - a value that ends the reading of one rule
    """Why a rule cannot be used, and how to mend it, both in Spanish; and the field of the rule that says so."""

    def __init__(self, message: str, mend: str, field: str = "exige") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.field = field


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, a number, true or false, written out."""

    value: str | int | float | bool


@dataclass(frozen=True, slots=True)
class Choices:
    """A list of literals, written out."""

    values: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Select:
    """A field of something."""

    of: "Node"
    field: str


@dataclass(frozen=True, slots=True)
class Has:
    """Whether something has a field."""

    field: Select


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator with what it is applied to."""

    function: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Macro:
    """Something asked of each element of a list."""

    kind: str
    of: "Node"
    variable: str
    body: "Node"


Node = Literal | Choices | Name | Select | Has | Call | Macro


def children(node: Node) -> tuple[Node, ...]:
    """What a node is applied to."""
    match node:
        case Select(of, _):
            return (of,)
        case Has(field):
            return (field.of,)
        case Call(_, arguments):
            return arguments
        case Macro(_, of, _, body):
            return of, body
        case Choices(values):
            return values
        case _:
            return ()


def names(tree: Node) -> frozenset[str]:
    """The variables of a condition, those of its lists included."""
    found, pending = set[str](), [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, Name):
            found.add(node.name)
        pending.extend(children(node))
    return frozenset(found)


def shown(node: Node) -> str:
    """A name or a field as it is written, for messages."""
    match node:
        case Name(name):
            return name
        case Select(of, field):
            return f"{shown(of)}.{field}"
        case Literal(value):
            return f'"{value}"' if isinstance(value, str) else str(value).lower()
        case Macro(kind, of):
            return f"{shown(of)}.{kind}(…)"
        case Call(function, _) if function.isidentifier():
            return f"{function}(…)"
        case _:
            return "lo que está entre paréntesis"


def parse(expression: str) -> Node:
    """The tree of an expression; raises Mistake when it has none."""
    if len(expression) > LONGEST:
        raise Mistake(
            f"La condición tiene {len(expression)} letras; el máximo es {LONGEST}.",
            "Divídala en dos reglas.",
        )
    tree = _Reading(list(_tokens(expression))).whole()
    if _height(tree) > TALLEST:
        raise Mistake(f"La condición encadena más de {TALLEST} comparaciones.", "Divídala en dos reglas.")
    return tree


def _height(tree: Node) -> int:
    """How many levels a tree has, found without a call for each."""
    height = 0
    level: tuple[Node, ...] = (tree,)
    while level:
        height, level = height + 1, tuple(below for node in level for below in children(node))
    return height


class _Token(NamedTuple):
    kind: str
    text: str


_TOKENS = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<decimal>[0-9]+\.[0-9]+(?![A-Za-z0-9_]))"
    r"|(?P<integer>[0-9]{1,18}(?![A-Za-z0-9_.]))"
    r"|(?P<text>\"(?:[^\"\\\n]|\\[\"\\'nt])*\"|'(?:[^'\\\n]|\\[\"\\'nt])*')"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>&&|\|\||==|!=|<=|>=|[<>!+\-*/%?:.,()\[\]])"
)
_UNKNOWN = "No se entiende «{}»."
_MEND = "Corrija la condición; la guía dice cómo se escribe una regla."


def _tokens(expression: str) -> Iterator[_Token]:
    position = 0
    while position < len(expression):
        found = _TOKENS.match(expression, position)
        if found is None:
            rest = expression[position : position + 20].splitlines()[0]
            raise Mistake(_UNKNOWN.format(rest), _of_sign(rest))
        if found.lastgroup != "space":
            yield _Token(str(found.lastgroup), found[0])
        position = found.end()
    yield _Token("end", "")


_ADVICE = {
    "=": "Para comparar se escriben dos signos: ==",
    "&": "«Y» se escribe con dos signos: &&",
    "|": "«O» se escribe con dos signos: ||",
    "{": "Una regla no arma mapas; compare los campos uno por uno.",
    "“": "Los textos van entre comillas rectas, \" o '.",
    "«": "Los textos van entre comillas rectas, \" o '.",
    '"': "Cierre las comillas del texto en la misma línea.",
    "'": "Cierre las comillas del texto en la misma línea.",
}


def _of_sign(rest: str) -> str:
    return _ADVICE.get(rest[:1], _MEND)


_LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"||"}),
    frozenset({"&&"}),
    frozenset({"==", "!=", "<", "<=", ">", ">=", "in"}),
    frozenset({"+", "-"}),
    frozenset({"*", "/", "%"}),
)
"""Operators from the one that binds least to the one that binds most."""


@dataclass(slots=True)
class _Reading:
    """What is left to read of an expression."""

    tokens: list[_Token]
    position: int = 0
    depth: int = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.position]

    def take(self) -> _Token:
        token = self.next
        self.position += 1
        return token

    def took(self, sign: str) -> bool:
        if self.next.kind in {"sign", "name"} and self.next.text == sign:
            self.position += 1
            return True
        return False

    def expect(self, sign: str) -> None:
        if not self.took(sign):
            raise Mistake(f"Falta «{sign}» {self.place()}.", _MEND)

    def place(self) -> str:
        return f"antes de «{self.next.text}»" if self.next.kind != "end" else "al final"

    def whole(self) -> Node:
        if self.next.kind == "end":
            raise Mistake("La condición está vacía.", _MEND)
        node = self.condition()
        if self.next.kind != "end":
            raise Mistake(f"Sobra algo desde «{self.next.text}».", _MEND)
        return node

    def condition(self) -> Node:
        """A choice between two values, or what has fewer signs."""
        self.deeper()
        node = self.level(0)
        if self.took("?"):
            yes = self.condition()
            self.expect(":")
            node = Call("?:", (node, yes, self.condition()))
        self.depth -= 1
        return node

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Mistake(
                f"La condición tiene más de {DEEPEST} niveles, unos dentro de otros.", "Divídala en dos reglas."
            )

    def level(self, number: int) -> Node:
        if number == len(_LEVELS):
            return self.unary()
        node = self.level(number + 1)
        while self.next.text in _LEVELS[number] and self.next.kind in {"sign", "name"}:
            sign = self.take().text
            node = Call(sign, (node, self.level(number + 1)))
        return node

    def unary(self) -> Node:
        if self.next.kind == "sign" and self.next.text in {"!", "-"}:
            self.deeper()
            sign = self.take().text
            node = Call("!" if sign == "!" else "negative", (self.unary(),))
            self.depth -= 1
            return node
        return self.member()

    def member(self) -> Node:
        node = self.primary()
        while self.took("."):
            name = self.name()
            node = self.method(node, name) if self.took("(") else Select(node, name)
        if self.next.text == "[" and self.next.kind == "sign":
            raise Mistake(
                "Una regla no busca por posición en una lista.",
                'Pregunte por todos sus elementos: este.pasos.exists(p, p.nombre == "Revisar").',
            )
        return node

    def name(self) -> str:
        token = self.take()
        if token.kind != "name":
            raise Mistake(f"Después del punto va el nombre de un campo, y hay «{token.text}».", _MEND)
        return token.text

    def primary(self) -> Node:
        token = self.take()
        match token:
            case _Token("sign", "("):
                node = self.condition()
                self.expect(")")
                return node
            case _Token("sign", "["):
                return self.choices()
            case _Token("name", "true" | "false"):
                return Literal(token.text == "true")
            case _Token("name", "null"):
                raise Mistake("Una regla no usa «null».", "Para saber si un campo está, escriba has(este.campo).")
            case _Token("name", name):
                return self.function(name) if self.took("(") else Name(name)
            case _:
                return self.literal(token)

    def literal(self, token: _Token) -> Literal:
        match token.kind:
            case "text":
                return Literal(str(ast.literal_eval(token.text)))
            case "integer":
                return Literal(int(token.text))
            case "decimal":
                return Literal(float(token.text))
        found = f"«{token.text}»" if token.text else "el final"
        raise Mistake(f"Falta un valor antes de {found}.", _MEND)

    def choices(self) -> Choices:
        found: list[Literal] = []
        while not self.took("]"):
            negative = self.took("-")
            each = self.literal(self._written())
            found.append(Literal(-each.value) if negative and isinstance(each.value, int | float) else each)
            if not self.took(","):
                self.expect("]")
                break
        return Choices(tuple(found))

    def _written(self) -> _Token:
        token = self.take()
        if token.kind in {"text", "integer", "decimal"}:
            return token
        raise Mistake(
            f"Una lista escrita en la regla lleva solo textos y números, y hay «{token.text}».",
            "Compare con cada campo por separado, con ==.",
        )

    def arguments(self) -> tuple[Node, ...]:
        found: list[Node] = []
        while not self.took(")"):
            found.append(self.condition())
            if not self.took(","):
                self.expect(")")
                break
        return tuple(found)

    def function(self, name: str) -> Node:
        if name not in FUNCTIONS:
            raise _unknown(name, FUNCTIONS)
        given = self.arguments()
        _counted(name, given, 1)
        if name != "has":
            return Call(name, given)
        if not isinstance(given[0], Select):
            raise Mistake("has() pregunta por un campo.", "Escríbalo así: has(este.respaldo).")
        return Has(given[0])

    def method(self, of: Node, name: str) -> Node:
        if name not in MACROS | METHODS:
            raise _unknown(name, MACROS | METHODS)
        given = self.arguments()
        if name in METHODS:
            _counted(name, given, 0 if name == "size" else 1)
            return Call(name, (of, *given))
        _counted(name, given, 2)
        variable = given[0]
        if not isinstance(variable, Name):
            raise Mistake(
                f"{name}() lleva primero un nombre para cada elemento.", f"Por ejemplo: este.pasos.{name}(p, …)."
            )
        return Macro(name, of, variable.name, given[1])


def _unknown(name: str, known: frozenset[str]) -> Mistake:
    guess = nearest(name, known)
    return Mistake(
        f"No hay una función que se llame «{name}».",
        f"¿Quiso decir «{guess}»?" if guess else f"Las que hay son: {', '.join(sorted(known))}.",
    )


def _counted(name: str, given: tuple[Node, ...], wanted: int) -> None:
    if len(given) != wanted:
        raise Mistake(
            f"{name}() lleva {wanted} {'valor' if wanted == 1 else 'valores'} entre paréntesis, y tiene {len(given)}.",
            _MEND,
        )
