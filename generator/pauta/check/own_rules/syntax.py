"""How a condition is read: the grammar, from its pieces to its tree, and how large both may be."""

import ast
from dataclasses import dataclass

from pauta.check.own_rules.mistake import Mistake
from pauta.check.own_rules.tokens import MEND, Token, tokens
from pauta.check.own_rules.tree import Call, Choices, Has, Literal, Macro, Name, Node, Select, height
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


def parse(expression: str) -> Node:
    """The tree of an expression; raises Mistake when it has none."""
    if len(expression) > LONGEST:
        raise Mistake(
            f"La condición tiene {len(expression)} letras; el máximo es {LONGEST}.",
            "Divídala en dos reglas.",
        )
    tree = _Reading(list(tokens(expression))).whole()
    if height(tree) > TALLEST:
        raise Mistake(f"La condición encadena más de {TALLEST} comparaciones.", "Divídala en dos reglas.")
    return tree


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

    tokens: list[Token]
    position: int = 0
    depth: int = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.position]

    def take(self) -> Token:
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
            raise Mistake(f"Falta «{sign}» {self.place()}.", MEND)

    def place(self) -> str:
        return f"antes de «{self.next.text}»" if self.next.kind != "end" else "al final"

    def whole(self) -> Node:
        if self.next.kind == "end":
            raise Mistake("La condición está vacía.", MEND)
        node = self.condition()
        if self.next.kind != "end":
            raise Mistake(f"Sobra algo desde «{self.next.text}».", MEND)
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
            raise Mistake(f"Después del punto va el nombre de un campo, y hay «{token.text}».", MEND)
        return token.text

    def primary(self) -> Node:
        token = self.take()
        match token:
            case Token("sign", "("):
                node = self.condition()
                self.expect(")")
                return node
            case Token("sign", "["):
                return self.choices()
            case Token("name", "true" | "false"):
                return Literal(token.text == "true")
            case Token("name", "null"):
                raise Mistake("Una regla no usa «null».", "Para saber si un campo está, escriba has(este.campo).")
            case Token("name", name):
                return self.function(name) if self.took("(") else Name(name)
            case _:
                return self.literal(token)

    def literal(self, token: Token) -> Literal:
        match token.kind:
            case "text":
                return Literal(str(ast.literal_eval(token.text)))
            case "integer":
                return Literal(int(token.text))
            case "decimal":
                return Literal(float(token.text))
        found = f"«{token.text}»" if token.text else "el final"
        raise Mistake(f"Falta un valor antes de {found}.", MEND)

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

    def _written(self) -> Token:
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
            MEND,
        )
