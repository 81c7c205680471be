"""A manual with other values beside the one that is written: what would break, and what it would cost."""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from pauta.calculate import Calculation, calculate
from pauta.check import RULES_BY_ID, check
from pauta.findings import CannotGoOn, Finding, Location
from pauta.load import Document, Loaded, Path_
from pauta.model import Manual, build_manual
from pauta.pipeline import Checked
from pauta.spine import Spine
from pauta.suppose.costs import Bill, bill
from pauta.suppose.spots import Spot, all_spots, named
from pauta.suppose.values import Wish, new_value
from pauta.validate import validate


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is supposed to be another."""

    way: str
    location: Location
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A calculation before and after."""

    id: str
    title: str
    declared: str
    before: str
    after: str
    nearest: str
    location: Location


@dataclass(frozen=True, slots=True)
class Break:
    """A finding that the supposed values bring, with its calculation if it comes from one."""

    rule: str
    title: str
    message: str
    mend: str
    location: Location
    calculation: Moved | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that would be different."""

    changes: tuple[Change, ...]
    broken: tuple[Break, ...]
    worse: tuple[Moved, ...]
    """Did not hold before either, and would be different."""
    mended: tuple[Moved, ...]
    moved: tuple[Moved, ...]
    """Would hold as before, with another margin."""
    bill: Bill


def suppose(checked: Checked, wishes: Sequence[Wish]) -> Outcome:
    """What would be different if some values of a manual were others.

    Raises CannotGoOn for a value that is not there, one named twice, and one that its field cannot hold.
    """
    spots = all_spots(checked.loaded, checked.manual.spine)
    wanted = list(_wanted(wishes, spots))
    loaded = _with(checked.loaded, wanted)
    manual = _supposed(checked.manual, loaded, wanted)
    before = {each.id: each for each in calculate(checked.manual)}
    after = {each.id: each for each in calculate(manual)}
    known = {(each.rule, each.location) for each in checked.findings}
    found = [each for each in check(manual) if (each.rule, each.location) not in known]
    pairs = [(before.get(name), each) for name, each in after.items()]
    return Outcome(
        tuple(Change(spot.way, spot.location, _text(spot.value), _text(new)) for spot, new in wanted),
        tuple(_broken(found, pairs)),
        tuple(_moved(pairs, was=False, will_be=False)),
        tuple(_moved(pairs, was=False, will_be=True)),
        tuple(_moved(pairs, was=True, will_be=True)),
        bill(checked.manual, manual),
    )


_Wanted = tuple[Spot, Any]


def _wanted(wishes: Iterable[Wish], spots: Sequence[Spot]) -> Iterator[_Wanted]:
    taken: set[str] = set()
    for wish in wishes:
        for spot in named(wish.way, spots):
            if spot.way in taken:
                raise CannotGoOn(f"«{spot.way}» se cambia dos veces.", "Deje uno solo de los dos valores.")
            taken.add(spot.way)
            yield spot, new_value(replace(wish, way=spot.way), spot.field, spot.value)


def _with(loaded: Loaded, wanted: Sequence[_Wanted]) -> Loaded:
    """The documents with the new values; places stay those of the files."""
    changed: dict[Document, Document] = {}
    for spot, new in wanted:
        if spot.document not in changed:
            spot.document.locate()  # the places of the document as it is written are noted before it is changed
            changed[spot.document] = replace(spot.document, value=deepcopy(spot.document.value), digest="")
        _put(changed[spot.document].value, spot.path, new)
    documents = {
        name: tuple(changed.get(document, document) for document in group) for name, group in loaded.documents.items()
    }
    return replace(loaded, documents=documents)


def _put(value: Any, path: Path_, new: Any) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = new


def _supposed(manual: Manual, loaded: Loaded, wanted: Sequence[_Wanted]) -> Manual:
    """The manual with the new values; raises CannotGoOn for the first one that its field cannot hold."""
    spine: Spine = manual.spine
    validated = validate(loaded, spine)
    for spot, new in wanted:
        if (spot.document.path, spot.path) in validated.faulty:
            said = next((each for each in validated.findings if each.location == spot.location), None)
            raise CannotGoOn(
                f"«{spot.way}» no puede valer «{_text(new)}». {said.message if said else ''}".strip(),
                (said.mend if said else "") or spot.field.how_to_write,
            )
    return build_manual(loaded, validated, spine, today=manual.today)


_Pair = tuple[Calculation | None, Calculation]


def _broken(found: Iterable[Finding], pairs: Iterable[_Pair]) -> Iterator[Break]:
    """The new findings, each with the calculation that it tells."""
    failing = {(now.rule, now.declared.location): (was, now) for was, now in pairs if now.holds is False}
    for each in found:
        pair = failing.get((each.rule, each.location))
        rule = RULES_BY_ID.get(each.rule)
        yield Break(
            each.rule,
            rule.title if rule else each.rule,
            pair[1].verdict if pair else each.message,
            each.mend,
            each.location,
            _both(*pair) if pair else None,
        )


def _moved(pairs: Iterable[_Pair], *, was: bool, will_be: bool) -> Iterator[Moved]:
    for before, after in pairs:
        held = before is not None and before.holds is was and after.holds is will_be
        if before is not None and held and _told(before) != _told(after):
            yield _both(before, after)


def _told(calculation: Calculation) -> tuple[str, str]:
    return calculation.declared.value, calculation.difference or calculation.verdict


def _both(before: Calculation | None, after: Calculation) -> Moved:
    return Moved(
        after.id,
        after.title,
        after.declared.value,
        before.difference or before.verdict if before else "",
        after.difference or after.verdict,
        after.nearest,
        after.declared.location,
    )


def _text(value: Any) -> str:
    if value is None:
        return "(no se dice)"
    return {True: "sí", False: "no"}[value] if isinstance(value, bool) else str(value)
