"""What an expression of CEL says, as a tree: the part of the language that rules are written in.

The evaluator does not show its tree, and without one nobody could tell which fields a rule reads, nor
how long it would run. What is left out could grow without end (maps, lists of values that are not
written out, additions of texts) or tells nothing here (``null``, bytes, positions in a list).
"""

from dataclasses import dataclass


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


def height(tree: Node) -> int:
    """How many levels a tree has, found without a call for each."""
    height = 0
    level: tuple[Node, ...] = (tree,)
    while level:
        height, level = height + 1, tuple(below for node in level for below in children(node))
    return height
