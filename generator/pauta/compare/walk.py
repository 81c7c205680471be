"""Two values of one field, and everything inside them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pauta.compare import hours, quantities, sentences
from pauta.compare.faces import Faces
from pauta.compare.model import Kind
from pauta.compare.normal import normal, shown
from pauta.compare.notes import ABSENT, Here, Notes, holds_promise
from pauta.compare.pairs import natural_key, pair_objects, pair_texts
from pauta.compare.quantities import WorkingDays
from pauta.compare.texts import Wording, plain, wording
from pauta.model import Manual
from pauta.spine import Field
from pauta.spine import Kind as Shape

_BETTER = {"subir": "mayor", "bajar": "menor"}
_NAMES_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Walk:
    """What a comparison knows while it goes through the values."""

    notes: Notes
    renumbered: Mapping[tuple[str, str], str]
    days: WorkingDays
    things: Collection[int]
    """The identity of each map that is a thing: these are compared apart, wherever they stand."""

    def values(self, here: Here, before: Any, after: Any) -> None:
        """Compare two values of a field, either of which may be absent."""
        if before is ABSENT or after is ABSENT:
            if before is not after:
                self._presence(here, before, after)
        elif self._is(here, Shape.OBJECT, dict, before, after):
            self._maps(here, before, after)
        elif self._is(here, Shape.LIST, list, before, after):
            self._lists(here, before, after)
        else:
            self._singles(here, before, after)

    @staticmethod
    def _is(here: Here, kind: Shape, type_: type, before: Any, after: Any) -> bool:
        return here.faces.kind is kind and isinstance(before, type_) and isinstance(after, type_)

    # Something that is in one manual only.

    def _presence(self, here: Here, before: Any, after: Any) -> None:
        added = before is ABSENT
        value = after if added else before
        if here.faces.kind is Shape.LIST and isinstance(value, list) and (here.direction or self._of_things(here)):
            self._lists(here, [] if added else before, after if added else [])
            return
        promised = holds_promise(here.faces, value)
        kind = _came_or_went(here, added=added, promised=promised)
        self.notes.note(here, kind, before, after, promised=promised)

    @staticmethod
    def _of_things(here: Here) -> bool:
        return any(field.collection for field in here.faces.each)

    # Maps.

    def _maps(self, here: Here, before: dict[str, Any], after: dict[str, Any]) -> None:
        if any(field.type == "horario" for field in here.faces.each):
            self._schedules(here, before, after)
        else:
            self.fields(here, before, after)

    def fields(self, here: Here, before: Mapping[str, Any], after: Mapping[str, Any], *but: str) -> None:
        """Compare the fields of two maps, in the order of the schema, save some."""
        for name in dict.fromkeys((*here.faces.siblings, *after, *before)):
            if name not in but:
                direction = self._direction(here.faces, name, before, after)
                self.values(here.child(name, direction), before.get(name, ABSENT), after.get(name, ABSENT))

    def _direction(self, around: Faces, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
        """Which way is better for a field; where an indicator says it, as far as it says the same in both manuals."""
        said = around.child(name).direction
        if said != "segun_sentido":
            return said
        told = {_told(self.notes.before, around, before), _told(self.notes.after, around, after)}
        return _BETTER.get(str(told.pop())) if len(told) == 1 else None

    def _schedules(self, here: Here, before: dict[str, Any], after: dict[str, Any]) -> None:
        try:
            order = hours.order(before, after)
        except (KeyError, ValueError):  # not a schedule, which the check tells
            order = 0 if normal(None, before) == normal(None, after) else None
        if order != 0:
            told = hours.differing(before, after) or None, hours.differing(after, before) or None
            self._ordered(here, order, before, after, told)

    # Lists.

    def _lists(self, here: Here, before: list[Any], after: list[Any]) -> None:
        if self._of_things(here):
            self._order_of_things(here, before, after)
            before, after = self._without_things(before), self._without_things(after)
        item = here.faces.item
        if item.kind is Shape.OBJECT or any(isinstance(each, dict | list) for each in (*before, *after)):
            self._objects(here, before, after)
        else:
            self._texts(here, before, after)

    def _without_things(self, elements: list[Any]) -> list[Any]:
        return [element for element in elements if id(element) not in self.things]

    def _order_of_things(self, here: Here, before: list[Any], after: list[Any]) -> None:
        """Things that stand in another order than before, as far as one file holds the list in both manuals."""
        first, second = self._ids(here, before), self._ids(here, after)
        if not here.key and self._in_files(here):
            return
        one = [name for name in first if name in second]
        other = [name for name in second if name in first]
        if one != other:
            self.notes.note(here, Kind.MOVED, one, other, told=(None, None), sentence=_reordered(here))

    def _in_files(self, here: Here) -> bool:
        parts = self.notes.before.parts.get(here.section.name), self.notes.after.parts.get(here.section.name)
        return any(part is not None and len(part.documents) > 1 for part in parts)

    def _ids(self, here: Here, elements: list[Any]) -> list[str]:
        field = here.faces.field
        if field is None or not field.collection:
            return []
        found = [element[field.key] for element in elements if id(element) in self.things]
        return [self.renumbered.get((field.collection, name), name) for name in found]

    def _objects(self, here: Here, before: list[Any], after: list[Any]) -> None:
        item = here.faces.item.field
        elements = pair_objects(item, before, after)
        key = next(iter(natural_key(item, before, after)), None)
        for i, j in elements.both:
            names = _names(item, key, before[i], self.notes.before)
            self.values(here.element(*names, i, j), before[i], after[j])
        for i in elements.removed:
            names = _names(item, key, before[i], self.notes.before)
            self._element(here, here.element(*names, i, None), before[i], ABSENT)
        for j in elements.added:
            names = _names(item, key, after[j], self.notes.after)
            self._element(here, here.element(*names, None, j), ABSENT, after[j])
        if elements.reordered:
            order = [normal(item, before[i]) for i, _ in elements.both]
            later = [normal(item, before[i]) for i, _ in sorted(elements.both, key=lambda two: two[1])]
            self.notes.note(here, Kind.MOVED, order, later, told=(None, None), sentence=_reordered(here))

    def _texts(self, here: Here, before: list[Any], after: list[Any]) -> None:
        item = here.faces.item.field
        first = [self._renamed(item, str(normal(item, each))) for each in before]
        second = [str(normal(item, each)) for each in after]
        free = item is None or not (item.reference or item.labels or item.type)
        elements = pair_texts(first, second, by_likeness=free)
        for i, j in elements.both:
            if first[i] != second[j]:
                self._text(here, before[i], after[j], element=(i, j))
        for i in elements.removed:
            self._element(here, _at(here, i, None), before[i], ABSENT)
        for j in elements.added:
            self._element(here, _at(here, None, j), ABSENT, after[j])
        if elements.reordered:
            self.notes.note(here, Kind.MOVED, before, after, told=(None, None), sentence=_reordered(here))

    def _element(self, around: Here, here: Here, before: Any, after: Any) -> None:
        """An element that a list gained or lost."""
        added = before is ABSENT
        direction = around.direction
        promised = around.promised or holds_promise(here.faces, before, after)
        if around.promised and direction:
            kind = Kind.TIGHTENED if added == (direction == "mayor") else Kind.LOOSENED
        elif around.promised and around.faces.item.kind is not Shape.OBJECT:
            kind = Kind.CHANGED  # without a direction nobody can tell whether more of it is more
        else:
            kind = Kind.ADDED if added else Kind.REMOVED
        sentence = sentences.of_element(kind, around.what, "gana" if added else "pierde")
        self.notes.note(here, kind, before, after, promised=promised, sentence=sentence)

    # Single values.

    def _singles(self, here: Here, before: Any, after: Any) -> None:
        field = here.faces.field
        if _same(normal(here.faces.before or field, before), normal(here.faces.after or field, after)):
            return
        if field is None or here.faces.kind is None:
            self._changed(here, before, after)
        elif field.reference:
            if self._renamed(field, str(before)) != str(after):
                self._changed(here, before, after)
        elif quantities.is_quantity(field):
            self._ordered(here, quantities.order(field, before, after, self.days), before, after)
        elif field.kind is Shape.TEXT and not field.labels and not field.type:
            self._text(here, str(before), str(after))
        else:
            self._changed(here, before, after)

    def _changed(self, here: Here, before: Any, after: Any) -> None:
        self.notes.note(here, Kind.CHANGED, before, after)

    def _ordered(
        self, here: Here, order: int | None, before: Any, after: Any,
        told: tuple[str | None, str | None] | None = None,
    ) -> None:  # fmt: skip
        """A quantity that became more or less, if that can be proved."""
        if order == 0:
            return
        better = None if here.direction is None or order is None else (order > 0) == (here.direction == "mayor")
        kind = Kind.CHANGED
        if here.promised:
            if better is not None:
                kind = Kind.TIGHTENED if better else Kind.LOOSENED
        elif order is not None and any(quantities.counts(field) for field in here.faces.each):
            kind = Kind.RAISED if order > 0 else Kind.LOWERED
        self.notes.note(here, kind, before, after, better=better, told=told)

    def _text(self, here: Here, before: str, after: str, *, element: tuple[int, int] | None = None) -> None:
        """A text in people's own words."""
        difference = wording(before, after)
        if element is not None:
            kind = Kind.REWORDED if difference < Wording.SUBSTANCE else Kind.CHANGED
            sentence = sentences.of_element(kind, here.what, "cambia")
            self.notes.note(
                _at(here, *element),
                kind,
                before,
                after,
                difference=difference,
                sentence=sentence,
                promised=here.promised,
            )
        elif here.key and here.path == ("nombre",):
            sentence = f"«{plain(before)}» ahora se llama «{plain(after)}»."
            self.notes.note(here, Kind.RENAMED, before, after, difference=difference, sentence=sentence)
        else:
            kind = Kind.REWORDED if difference < Wording.SUBSTANCE else Kind.CHANGED
            self.notes.note(here, kind, before, after, difference=difference)

    def _renamed(self, field: Field | None, name: str) -> str:
        """The later id of what a text names."""
        return self.renumbered.get((field.reference, name), name) if field and field.reference else name


def _came_or_went(here: Here, *, added: bool, promised: bool) -> Kind:
    """What the coming or going of a field means for a promise."""
    limits = _limits(here)
    if promised and limits:
        return Kind.LOOSENED if added else Kind.TIGHTENED
    if here.promised and here.faces.kind is Shape.LIST and here.faces.item.kind is not Shape.OBJECT:
        return Kind.CHANGED  # a list that may be left out may mean all of them, or none
    return Kind.ADDED if added else Kind.REMOVED


def _limits(here: Here) -> bool:
    """Whether having the field at all is worse: an exception, a day on which a promise ends."""
    is_date = any(field.type == "fecha" for field in here.faces.each)
    return here.direction == ("mayor" if is_date else "menor") and (is_date or here.faces.kind is Shape.OBJECT)


def _told(manual: Manual, around: Faces, data: Mapping[str, Any]) -> str | None:
    """The direction that a map says beside a quantity, or that the indicator it names says."""
    said = data.get("sentido")
    if isinstance(said, str):
        return said
    field = around.child("indicador").field
    named = data.get("indicador")
    if field is None or field.reference is None or not isinstance(named, str):
        return None
    indicator = manual.find(field.reference, named)
    return str(indicator.get("sentido")) if indicator else None


def _at(here: Here, before: int | None, after: int | None) -> Here:
    """The place of an element that has no name: its list, as far as people are told."""
    return replace(here.element("", "", before, after), path=here.path, titles=here.titles)


def _names(item: Field | None, key: str | None, element: Any, manual: Manual) -> tuple[str, str]:
    """What an element of a list is called, for the program and for people: by its natural key, or its first words."""
    if isinstance(element, dict) and key is not None:
        return plain(str(element[key])), shown(item.children.get(key) if item else None, element[key], manual)
    text = shown(item, element, manual)
    cut = text if len(text) <= _NAMES_LENGTH else f"{text[:_NAMES_LENGTH]}…"
    return cut, cut


def _reordered(here: Here) -> str:
    return f"{here.what} está en otro orden."


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal; true and 1 are not."""
    return type(one) is type(other) and bool(one == other)
