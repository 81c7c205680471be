"""Which thing of one manual is which of the other: by id, and by content where an id was renumbered."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pauta.compare.normal import leaves, normal
from pauta.compare.quantities import is_quantity
from pauta.compare.texts import likeness
from pauta.model import Entity, Manual
from pauta.spine import Field

_SAME_NAME = 0.5
"""The share of words from which two names may be of one thing."""
_SAME_THING = 0.6
"""The share of content from which a thing that came is one that went away, when their names are alike."""
_CLEARLY_SAME = 0.8
"""The same, whatever their names."""
_COMMON = 50
"""What so many things say tells none of them apart."""

Leaf = tuple[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Pairing:
    """The things of two manuals."""

    both: tuple[tuple[Entity, Entity], ...]
    removed: tuple[Entity, ...]
    added: tuple[Entity, ...]
    renumbered: Mapping[tuple[str, str], str]
    """Collection and earlier id -> later id, of things whose id changed."""


def pair(before: Manual, after: Manual, unreadable: Collection[str]) -> Pairing:
    """Put the things of two manuals together; what stands in an unreadable section is neither new nor gone."""
    both: list[tuple[Entity, Entity]] = []
    removed: list[Entity] = []
    added: list[Entity] = []
    renumbered: dict[tuple[str, str], str] = {}
    about = {**before.spine.identified_by, **after.spine.identified_by}
    names = dict.fromkeys((*after.entities, *before.entities))
    for name in sorted(names, key=lambda name: name in about):  # what others are about comes first
        old, new = before.entities.get(name, {}), after.entities.get(name, {})
        both += [(old[id_], new[id_]) for id_ in old if id_ in new]
        gone = [each for id_, each in old.items() if id_ not in new and each.section not in unreadable]
        come = [each for id_, each in new.items() if id_ not in old and each.section not in unreadable]
        found = list(_renumbered(gone, come, about.get(name), renumbered))
        both += found
        renumbered |= {one.key: other.id for one, other in found}
        known = {id(each) for two in found for each in two}
        removed += [each for each in gone if id(each) not in known]
        added += [each for each in come if id(each) not in known]
    return Pairing(tuple(both), tuple(removed), tuple(added), renumbered)


def _renumbered(
    gone: Sequence[Entity], come: Sequence[Entity], about: str | None, known: Mapping[tuple[str, str], str]
) -> Iterator[tuple[Entity, Entity]]:
    """Things that went away with those that came with the same content under another id."""
    if about:  # an offer has the id of its service
        arrived = {each.id: each for each in come}
        for each in gone:
            other = arrived.get(known.get((about, each.id), ""))
            if other is not None:
                yield each, other
        return
    first = [frozenset(_content(each)) for each in gone]
    second = [frozenset(_content(each)) for each in come]
    for i, j in _best(first, second, _SAME_THING):
        share = _share(first[i], second[j])
        names = likeness(str(gone[i].get("nombre", "")), str(come[j].get("nombre", "")))
        if share >= _CLEARLY_SAME or names >= _SAME_NAME:
            yield gone[i], come[j]


def _content(entity: Entity) -> Iterator[Leaf]:
    return (leaf for leaf in leaves(entity.field, entity.data) if len(leaf[0]) > 1 or leaf[1] != entity.id)


def _best(
    first: Sequence[frozenset[Hashable]], second: Sequence[frozenset[Hashable]], least: float
) -> Iterator[tuple[int, int]]:
    """Pairs of the most alike, each element once; equal ones in their order."""
    holders: dict[Hashable, list[int]] = defaultdict(list)
    for j, content in enumerate(second):
        for leaf in content:
            holders[leaf].append(j)
    candidates: list[tuple[float, int, int, int]] = []
    for i, content in enumerate(first):
        near = Counter(j for leaf in content if len(holders.get(leaf, ())) <= _COMMON for j in holders.get(leaf, ()))
        candidates += [(-_share(content, second[j]), i + j, i, j) for j in near]  # the same in both directions
    taken: tuple[set[int], set[int]] = set(), set()
    for share, _, i, j in sorted(candidates):
        if -share >= least and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def _share(one: frozenset[Hashable], other: frozenset[Hashable]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


# Elements of a list that have no id of their own.


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of two lists by position: which is which, and which stands alone."""

    both: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]

    @property
    def reordered(self) -> bool:
        """Whether elements that are in both lists stand in another order."""
        order = [j for _, j in sorted(self.both)]
        return order != sorted(order)


def pair_objects(item: Field | None, before: Sequence[Any], after: Sequence[Any]) -> Elements:
    """Elements by the field that names them in both lists, and the rest by what they say."""
    by_name: list[tuple[int, int]] = []
    for name in natural_key(item, before, after):
        at = {_named(element, name): j for j, element in enumerate(after)}
        by_name = [(i, at[n]) for i, element in enumerate(before) if (n := _named(element, name)) in at]
    return _with_alike(by_name, [_parts(item, each) for each in before], [_parts(item, each) for each in after])


def pair_texts(before: Sequence[str], after: Sequence[str], *, by_likeness: bool) -> Elements:
    """Equal texts, and the rest by the words that they have in common."""
    free: dict[str, list[int]] = defaultdict(list)
    for j, text in enumerate(after):
        free[text].append(j)
    same = [(i, free[text].pop(0)) for i, text in enumerate(before) if free.get(text)]
    if by_likeness:
        return _with_alike(same, [_words(text) for text in before], [_words(text) for text in after])
    return _with_alike(same, [frozenset()] * len(before), [frozenset()] * len(after))


def natural_key(item: Field | None, *lists: Iterable[Any]) -> list[str]:
    """The field that names each element of some lists and names no two of one list alike, or none.

    «nombre» before any other; then the first text that every element must have and that is no quantity.
    """
    if item is None:
        return []
    needed = [name for name, child in item.children.items() if child.required and not is_quantity(child)]
    names = ["nombre", *needed] if "nombre" in item.children else needed
    return next(([name] for name in names if all(_tells_apart(name, elements) for elements in lists)), [])


def _tells_apart(name: str, elements: Iterable[Any]) -> bool:
    told = [_named(element, name) for element in elements]
    return None not in told and len(set(told)) == len(told)


def _named(element: Any, name: str) -> str | None:
    told = element.get(name) if isinstance(element, dict) else None
    return str(normal(None, told)) if isinstance(told, str) else None


def _with_alike(
    same: Sequence[tuple[int, int]], before: Sequence[frozenset[Hashable]], after: Sequence[frozenset[Hashable]]
) -> Elements:
    """Pairs, those that can be made of what is left, and the rest."""
    left = [i for i in range(len(before)) if i not in {i for i, _ in same}]
    new = [j for j in range(len(after)) if j not in {j for _, j in same}]
    alike = [(left[i], new[j]) for i, j in _best([before[i] for i in left], [after[j] for j in new], _SAME_NAME)]
    both = [*same, *alike]
    first, second = {i for i, _ in both}, {j for _, j in both}
    return Elements(
        tuple(sorted(both)),
        tuple(i for i in left if i not in first),
        tuple(j for j in new if j not in second),
    )


def _parts(item: Field | None, element: Any) -> frozenset[Hashable]:
    return frozenset(leaves(item, element))


def _words(text: str) -> frozenset[Hashable]:
    return frozenset(text.casefold().split())
