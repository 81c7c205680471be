"""How much work a condition is, counted before it is asked; what would take long is refused.

The evaluator cannot be stopped once it runs, for it holds the interpreter. It copies what it knows for
each entity, and a value each time that a name stands in the condition; ``filter`` and ``map`` copy what
they have so far at each element. The count follows that: measured on all kinds of conditions, one unit
takes from a twentieth of a microsecond to one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pauta.check.own_rules.mistake import Mistake
from pauta.check.own_rules.tree import Choices, Has, Macro, Name, Node, Select, children

MOST = 10_000_000
"""The work that all the rules of a manual may take together."""

_A_LETTER = 1 / 200
_GATHERING = frozenset({"filter", "map"})
_A_PATTERN = 100.0
"""What a pattern costs: it is made ready each time."""

Values = Sequence[Any]


class _Several(list[Any]):
    """Values of which the heaviest is looked for once, however often a condition names them."""

    @cached_property
    def heaviest(self) -> float:
        """The weight of the heaviest."""
        return max(map(weight, self), default=1.0)


@dataclass(slots=True)
class Budget:
    """The work that is left for the rules that come."""

    left: float = MOST

    def spend(self, tree: Node, subject: str, asked: Values, known: Mapping[str, Values]) -> None:
        """Take the work of asking each of some entities; raises Mistake when no more than that is left."""
        named = {subject: _Several(asked), **{name: _Several([several]) for name, several in known.items()}}
        work = len(asked) * (effort(tree, named) + sum(map(_heaviest, named.values())))
        if work > self.left:
            raise Mistake(
                "Recorre listas tan largas que tardaría demasiado.",
                "Recorra menos listas una dentro de otra, o pregunte por un campo del propio elemento.",
            )
        self.left -= work


def effort(node: Node, known: Mapping[str, Values]) -> float:
    """The work of asking once, at most, when each name has one of some values."""
    match node:
        case Name(name):
            return _heaviest(known[name])
        case Macro():
            return _of_macro(node, known)
    own = _A_PATTERN if getattr(node, "function", "") == "matches" else 1.0
    return own + sum(effort(below, known) for below in children(node))


def _of_macro(node: Macro, known: Mapping[str, Values]) -> float:
    several = values(node.of, known)
    longest = max((len(each) for each in several), default=0)
    elements = _Several(_elements(several))
    inside = effort(node.body, {**known, node.variable: elements})
    copies = longest * longest * _heaviest(elements) / 4 if node.kind in _GATHERING else 0.0
    return effort(node.of, known) + longest * (_heaviest(elements) + inside) + copies


def values(node: Node, known: Mapping[str, Values]) -> Values:
    """What a list, or something on the way to one, may be."""
    match node:
        case Name(name):
            return known[name]
        case Select(of, name):
            return [each[name] for each in values(of, known) if isinstance(each, dict) and name in each]
        case Macro("filter", of):
            return values(of, known)
        case Macro("map", of, variable, body):
            inner = {**known, variable: _flat(values(of, known))}
            longest = max((len(each) for each in values(of, known)), default=0)
            one = list(values(body, inner)) if isinstance(body, Name | Select) else []
            return [[max(one, key=weight, default=0)] * longest]
        case Choices(written):
            return [[each.value for each in written]]
        case Has():
            return []
        case _:
            return [each for below in children(node) for each in values(below, known)]


def weight(value: Any) -> float:
    """How much there is to copy in a value."""
    if isinstance(value, dict):
        return 1.0 + sum(map(weight, value.values()))
    if isinstance(value, list):
        return 1.0 + sum(map(weight, value))
    return 1.0 + len(value) * _A_LETTER if isinstance(value, str) else 1.0


def _heaviest(several: Values) -> float:
    return several.heaviest if isinstance(several, _Several) else max(map(weight, several), default=1.0)


def _flat(several: Values) -> list[Any]:
    return list(_elements(several))


def _elements(several: Values) -> Iterator[Any]:
    for each in several:
        if isinstance(each, list):
            yield from each
