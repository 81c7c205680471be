"""Whether a condition can be asked at all: its fields exist, its types agree, and nothing in it may be absent.

Whatever passes here gives yes or no for every sound entity, save a division by zero or a number too large.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pauta.check.own_rules.mistake import Mistake
from pauta.check.own_rules.operators import of_choices, of_literal, result
from pauta.check.own_rules.tree import Call, Choices, Has, Literal, Macro, Name, Node, Select, shown
from pauta.check.own_rules.types import BOOLEAN, Kind, Type
from pauta.nearest import nearest

SELF = "este"
"""The entity that a rule is asked about."""
DEEPEST_MACROS = 3
"""How many lists may be gone through one inside the other."""
_LOGICAL = frozenset({"&&", "||", "!", "?:"})

_Path = tuple[str, ...]


class _Known(NamedTuple):
    """What is known of an answer: its type, and the fields that are there when it is yes, and when it is no."""

    type: Type
    if_yes: frozenset[_Path] = frozenset()
    if_no: frozenset[_Path] = frozenset()


@dataclass(slots=True)
class Reads:
    """What a condition reads: fields of the entity asked about, and fields of each whole collection."""

    own: set[str] = field(default_factory=set)
    others: dict[str, set[str]] = field(default_factory=dict)


def check_condition(node: Node, of: Type, collections: Mapping[str, Type], every: Iterable[str]) -> Reads:
    """What a condition about an entity reads; raises Mistake when it cannot be asked.

    ``collections`` has those that the condition names, ``every`` the names of all that there are.
    """
    reads = Reads()
    answer = _Scope(reads, {SELF: of}, collections, tuple(every)).ask(node)
    if answer.type.kind is not Kind.BOOLEAN:
        raise Mistake(
            f"La condición da {answer.type.kind.value}, y debe dar sí o no.",
            "Compare el valor con otro; por ejemplo: este.plazo.horas <= 48.",
        )
    return reads


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a part of a condition stands: the names it may use, and what is known to be there."""

    reads: Reads
    variables: Mapping[str, Type]
    collections: Mapping[str, Type]
    every: tuple[str, ...]
    present: frozenset[_Path] = frozenset()
    macros: int = 0

    def ask(self, node: Node) -> _Known:
        """The type of a part of the condition, and what its answer tells."""
        match node:
            case Literal(value):
                return _Known(of_literal(value))
            case Choices(values):
                return _Known(of_choices(values))
            case Name(name):
                return _Known(self._variable(name))
            case Select(of, name):
                return _Known(self._field(of, name))
            case Has(selected):
                return self._has(selected)
            case Macro():
                return _Known(self._macro(node))
            case Call(function) if function in _LOGICAL:
                return self._logical(node)
            case Call():
                return _Known(result(node, [self._plain(each) for each in node.arguments]))

    def type(self, node: Node) -> Type:
        return self.ask(node).type

    def knowing(self, paths: Iterable[_Path]) -> "_Scope":
        return replace(self, present=self.present.union(paths))

    # --- names and fields ------------------------------------------------------------------------

    def _variable(self, name: str) -> Type:
        if name in self.variables:
            return self.variables[name]
        if name in self.collections:
            self.reads.others.setdefault(name, set())
            return Type(Kind.LIST, f"«{name}»", item=self.collections[name])
        guess = nearest(name, [*self.variables, *self.every])
        raise Mistake(
            f"No hay nada que se llame «{name}».",
            f"¿Quiso decir «{guess}»?"
            if guess
            else f"Los campos del elemento se escriben {SELF}.{name}; una lista del manual, con su nombre: roles, canales…",
        )

    def _field(self, of: Node, name: str) -> Type:
        holder = self.type(of)
        found = self._exists(holder, of, name)
        if name in holder.optional and _path(Select(of, name)) not in self.present:
            raise Mistake(
                f"«{shown(of)}.{name}» puede faltar, y entonces no habría respuesta.",
                f"Pregunte antes si está: has({shown(of)}.{name}) && …, o !has({shown(of)}.{name}) || …",
            )
        return found

    def _exists(self, holder: Type, of: Node, name: str) -> Type:
        if holder.kind is Kind.LIST:
            raise Mistake(
                f"«{shown(of)}» es una lista, y «{name}» es de cada elemento.",
                f"Pregunte por todos o por alguno: {shown(of)}.all(x, …) o {shown(of)}.exists(x, …).",
            )
        if holder.kind not in {Kind.OBJECT, Kind.UNIT}:
            raise Mistake(f"«{shown(of)}» es {holder.kind.value} y no tiene «{name}».", f"Quite «.{name}».")
        if name not in holder.fields:
            guess = nearest(name, holder.fields)
            raise Mistake(
                f"En {holder.title} no hay un campo que se llame «{name}».",
                f"¿Quiso decir «{guess}»?" if guess else f"Los que hay son: {', '.join(holder.fields)}.",
            )
        self._note(holder, of, name)
        return holder.fields[name]

    def _note(self, holder: Type, of: Node, name: str) -> None:
        if of == Name(SELF):
            self.reads.own.add(name)
        elif holder.collection:
            self.reads.others.setdefault(holder.collection, set()).add(name)

    def _has(self, selected: Select) -> _Known:
        self._exists(self.type(selected.of), selected.of, selected.field)
        path = _path(selected)
        return _Known(BOOLEAN, if_yes=frozenset({path}) if path else frozenset())

    # --- yes and no ------------------------------------------------------------------------------

    def yes_or_no(self, node: Node) -> _Known:
        known = self.ask(node)
        if known.type.kind is not Kind.BOOLEAN:
            raise Mistake(
                f"«{shown(node)}» es {known.type.kind.value}, y ahí va algo que sea sí o no.", "Compárelo con un valor."
            )
        return known

    def _logical(self, node: Call) -> _Known:
        if node.function == "!":
            known = self.yes_or_no(node.arguments[0])
            return _Known(BOOLEAN, known.if_no, known.if_yes)
        return _Known(self._either(*node.arguments)) if node.function == "?:" else self._joined(node)

    def _joined(self, node: Call) -> _Known:
        left = self.yes_or_no(node.arguments[0])
        both = node.function == "&&"
        right = self.knowing(left.if_yes if both else left.if_no).yes_or_no(node.arguments[1])
        if both:
            return _Known(BOOLEAN, if_yes=left.if_yes | right.if_yes, if_no=left.if_no & right.if_no)
        return _Known(BOOLEAN, if_yes=left.if_yes & right.if_yes, if_no=left.if_no | right.if_no)

    def _either(self, asked: Node, yes: Node, no: Node) -> Type:
        known = self.yes_or_no(asked)
        one, other = self.knowing(known.if_yes).type(yes), self.knowing(known.if_no).type(no)
        if one.kind is not other.kind or not one.is_scalar:
            raise Mistake(
                f"Después de «?» una salida da {one.kind.value} y la otra {other.kind.value}.",
                "Las dos deben dar un texto, un número o un sí o no, iguales.",
            )
        return replace(one, choices=())

    # --- values and lists ------------------------------------------------------------------------

    def _plain(self, node: Node) -> Type:
        """The type of a value that is not an object: one with a unit must say which part of it is meant."""
        found = self.type(node)
        if found.kind is Kind.UNIT:
            parts = ", ".join(f"{shown(node)}.{name}" for name in found.fields)
            raise Mistake(
                f"«{shown(node)}» es {found.kind.value}, y no se compara entero.", f"Diga qué parte: {parts}."
            )
        if found.kind is Kind.OBJECT:
            raise Mistake(f"«{shown(node)}» tiene varios campos, y no se compara entero.", "Diga cuál de sus campos.")
        return found

    def _macro(self, node: Macro) -> Type:
        several = self.type(node.of)
        if several.kind is not Kind.LIST or several.item is None:
            raise Mistake(
                f"«{shown(node.of)}» es {several.kind.value}, y {node.kind}() va con una lista.",
                "Use un campo que sea lista.",
            )
        if node.variable in {*self.variables, *self.every}:
            raise Mistake(
                f"«{node.variable}» ya nombra otra cosa.", f"Use otro nombre en {node.kind}(); por ejemplo: x."
            )
        inside = self._inside(node, several.item)
        if node.kind == "map":
            return Type(Kind.LIST, "la lista", item=replace(inside.scalar(node.body), choices=()))
        inside.yes_or_no(node.body)
        return several if node.kind == "filter" else BOOLEAN

    def _inside(self, node: Macro, item: Type) -> "_Scope":
        if self.macros == DEEPEST_MACROS:
            raise Mistake(
                f"La condición recorre más de {DEEPEST_MACROS} listas, una dentro de otra.", "Divídala en dos reglas."
            )
        return replace(self, variables={**self.variables, node.variable: item}, macros=self.macros + 1)

    def scalar(self, node: Node) -> Type:
        found = self._plain(node)
        if not found.is_scalar:
            raise Mistake(
                f"map() saca de cada elemento un texto o un número, y hay {found.kind.value}.", "Diga qué campo."
            )
        return found


def _path(node: Node) -> _Path:
    """The way from a variable to a field; empty when it goes through anything else."""
    match node:
        case Name(name):
            return (name,)
        case Select(of, name):
            way = _path(of)
            return (*way, name) if way else ()
        case _:
            return ()
