"""Two manuals, section by section and thing by thing."""

from typing import Any

from pauta.compare import sentences
from pauta.compare.faces import Faces, Words, words_along
from pauta.compare.hours import working_day
from pauta.compare.model import Change, Kind
from pauta.compare.notes import ABSENT, Here, Notes, Spot, holds_promise
from pauta.compare.pairs import Pairing, pair
from pauta.compare.quantities import WorkingDays
from pauta.compare.texts import plain
from pauta.compare.walk import Walk
from pauta.model import Entity, Manual, Part
from pauta.spine import Field, Section

_DECLARATION = "no_aplica"


def compare(before: Manual, after: Manual) -> tuple[Change, ...]:
    """What changed from one manual to another: the gravest first, then in the order of sections and ids.

    Things are matched by id, elements without one by what names them, never by position. Manuals that
    fail the check, or that were written for other schemas, are compared as far as they can be read.
    """
    comparison = _Comparison(before, after)
    comparison.run()
    order = {name: position for position, name in enumerate(comparison.names)}
    changes = comparison.notes.changes
    changes.sort(key=lambda c: (c.level.rank, order[c.section], c.key or ("", ""), c.path, c.kind, c.fingerprint))
    return tuple(changes)


class _Comparison:
    """One comparison under way."""

    def __init__(self, before: Manual, after: Manual) -> None:
        self.before, self.after = before, after
        self.notes = Notes(before, after)
        self.sections = {**before.spine.sections, **after.spine.sections}
        self.names = sorted(self.sections, key=lambda name: (self.sections[name].order, name))
        self.unreadable = before.unreadable | after.unreadable
        self.pairing: Pairing = pair(before, after, self.unreadable)
        things = {id(e.data) for m in (before, after) for ids in m.entities.values() for e in ids.values()}
        days = WorkingDays(_working_day(before), _working_day(after))
        self.moved: dict[str, tuple[str, str]] = {}
        """Sections in another file, with which their things went."""
        self.walk = Walk(self.notes, self.pairing.renumbered, days, things)

    def run(self) -> None:
        for name in self.names:
            self._section(name, self.before.parts.get(name), self.after.parts.get(name))
        for one, other in self.pairing.both:
            self._thing(one, other)
        gone = {id(each) for each in self.pairing.removed}
        come = {id(each) for each in self.pairing.added}
        for each in self.pairing.removed:
            if each.parent is None or id(each.parent) not in gone:
                self._came_or_went(each, None)
        for each in self.pairing.added:
            if each.parent is None or id(each.parent) not in come:
                self._came_or_went(None, each)

    # Sections.

    def _section(self, name: str, before: Part | None, after: Part | None) -> None:
        here = self._of_section(name, before, after)
        if name in self.unreadable:
            self._unreadable(here, name)
        if before is None or after is None:
            if before is not after and name not in self.unreadable:
                self._section_came_or_went(here, before, after)
        elif (before.not_applicable is None) != (after.not_applicable is None):
            self._applies_or_not(here, before, after)
        else:
            self._section_moved(here, before, after)
            if before.data != after.data:
                self.walk.fields(here, before.data, after.data, *self._unknown(name, before, after))

    def _unknown(self, name: str, before: Part, after: Part) -> set[str]:
        """Fields that may stand in the file that could not be read."""
        return set(before.data) ^ set(after.data) if name in self.unreadable else set()

    def _of_section(self, name: str, before: Part | None, after: Part | None) -> Here:
        faces = Faces(_root(self.before, name, before), _root(self.after, name, after))
        section = self.sections[name]
        return Here(section, section.title, None, faces, Words().below(faces), Spot(before), Spot(after))

    def _unreadable(self, here: Here, name: str) -> None:
        when = "antes" if name in self.before.unreadable else "ahora"
        promised = any(field.is_commitment for root in here.faces.each for _, field in root.walk())
        self.notes.note(
            here, Kind.CHANGED, promised=promised, told=(None, None),
            sentence=f"«{here.subject}»: {when} tiene un archivo que no se puede leer, y no se sabe todo lo que cambió.",
        )  # fmt: skip

    def _section_came_or_went(self, here: Here, before: Part | None, after: Part | None) -> None:
        data = [ABSENT if part is None else dict(part.data) for part in (before, after)]
        kind = Kind.ADDED if before is None else Kind.REMOVED
        end = "es una sección nueva." if before is None else "es una sección que ya no está."
        self.notes.note(
            here, kind, *data, told=(None, None), sentence=f"«{here.subject}» {end}",
            promised=holds_promise(here.faces, *data),
        )  # fmt: skip

    def _applies_or_not(self, here: Here, before: Part, after: Part) -> None:
        """A section that is now declared not to apply, or that applies again."""
        declared = before.not_applicable is None
        whole = (before if declared else after).data
        end = "ahora se declara que no aplica." if declared else "ya no se declara que no aplica."
        root = Faces(self.sections[here.section.name].root, None)
        self.notes.note(
            here, Kind.REMOVED if declared else Kind.ADDED, dict(before.data), dict(after.data), told=(None, None),
            sentence=f"«{here.subject}»: {end}", promised=holds_promise(root, whole),
        )  # fmt: skip

    def _section_moved(self, here: Here, before: Part, after: Part) -> None:
        files = before.at("control").path, after.at("control").path
        if files[0] != files[1]:
            self.moved[here.section.name] = files
            self.notes.note(here, Kind.MOVED, told=files, sentence=f"«{here.subject}» está en otro archivo.")

    # Things.

    def _thing(self, before: Entity, after: Entity) -> None:
        here = self._of_thing(before, after)
        key = self.after.spine.keys.get(after.collection, "id")
        if before.id != after.id:
            there = here.child(key, None)
            self.notes.note(
                there, Kind.RENAMED, before.id, after.id, told=(before.id, after.id), promised=False,
                sentence=f"{here.what} tiene otro identificador.",
            )  # fmt: skip
        self._moved(here, before, after)
        if before.data != after.data:
            self.walk.fields(here, before.data, after.data, key)

    def _moved(self, here: Here, before: Entity, after: Entity) -> None:
        """A thing in another file or inside another thing, unless all of what is around it moved with it."""
        one, other = before.parent, after.parent
        stays = self._later(one) == (other.key if other else None)
        told = before.document.path, after.document.path
        if stays and (one is not None or told[0] == told[1] or told == self.moved.get(after.section)):
            return
        if not stays:
            told = _around(self.before, before), _around(self.after, after)
        sentence = f"{here.what} está en otro archivo." if stays else f"{here.what} está dentro de otro elemento."
        holders = [ABSENT if stays or each is None else list(each.key) for each in (one, other)]
        self.notes.note(here, Kind.MOVED, *holders, told=told, sentence=sentence)

    def _later(self, thing: Entity | None) -> tuple[str, str] | None:
        if thing is None:
            return None
        return thing.collection, self.pairing.renumbered.get(thing.key, thing.id)

    def _came_or_went(self, before: Entity | None, after: Entity | None) -> None:
        here = self._of_thing(before, after)
        kind = Kind.ADDED if before is None else Kind.REMOVED
        values = [ABSENT if each is None else dict(each.data) for each in (before, after)]
        told = None if before is None else here.subject, None if after is None else here.subject
        lists = Faces(_list_of(self.before, before), _list_of(self.after, after))
        self.notes.note(
            here, kind, *values, told=told, promised=lists.is_commitment or holds_promise(here.faces, *values),
            sentence=sentences.of_thing(kind, section=here.section.title, subject=here.subject),
        )  # fmt: skip

    def _of_thing(self, before: Entity | None, after: Entity | None) -> Here:
        thing = after or before
        if thing is None:  # pragma: no cover - one of them is there
            raise AssertionError
        manual = self.after if after else self.before
        words = [_words(side, each) for side, each in ((self.after, after), (self.before, before)) if each]
        return Here(
            section=self.sections[thing.section],
            subject=plain(manual.title(thing)),
            thing=thing.field.title,
            key=thing.key,
            faces=Faces(before.field if before else None, after.field if after else None),
            words=words[0].or_of(words[-1]),
            before=Spot(before),
            after=Spot(after),
        )


def _root(manual: Manual, name: str, part: Part | None) -> Field | None:
    """What describes the whole of a section, or its declaration that it does not apply."""
    if part is not None and _DECLARATION in part.data:
        return manual.spine.not_applicable.root
    section: Section | None = manual.spine.sections.get(name)
    return section.root if section else None


def _working_day(manual: Manual) -> Any:
    """The working day of a manual: of the business hours that the manual itself declares."""
    part = manual.parts.get("manual")
    return working_day(part.data.get("horario_habil")) if part else None


def _list_of(manual: Manual, thing: Entity | None) -> Field | None:
    """The list in which a thing stands."""
    return manual.spine.sections[thing.section].root.at(thing.path[:-1]) if thing else None


def _words(manual: Manual, thing: Entity) -> Words:
    return words_along(manual.spine.sections[thing.section].root, thing.path)


def _around(manual: Manual, thing: Entity) -> str:
    return manual.title(thing.parent) if thing.parent else thing.document.path
