"""Where a comparison is, and how what it finds there becomes a change."""

from dataclasses import dataclass, field, replace
from typing import Any

from pauta.compare import roles, sentences
from pauta.compare.faces import Faces, Words, affected, is_to_be_known, promises, strictest, visibilities
from pauta.compare.model import Affected, Change, Key, Kind, Level, fingerprint
from pauta.compare.normal import normal, shown
from pauta.compare.texts import Wording
from pauta.findings import Location
from pauta.load import Path_
from pauta.model import Entity, Manual, Part
from pauta.spine import Section


class _Absent:
    """What stands for a value that is not there; None is a value."""


ABSENT = _Absent()


@dataclass(frozen=True, slots=True)
class Spot:
    """A value in one of the manuals: what holds it, and the way from there."""

    holder: Entity | Part | None
    path: Path_ = ()

    def below(self, step: str | int) -> "Spot":
        """The spot of a value inside."""
        return Spot(self.holder, (*self.path, step))

    @property
    def place(self) -> Location | None:
        """Its line and column; those of the nearest thing around it when it is not there."""
        return self.holder.at(*self.path) if self.holder else None


@dataclass(frozen=True, slots=True)
class Here:
    """Where the comparison is: the thing, the way inside it, and what the schemas say of changes there."""

    section: Section
    subject: str
    key: Key | None
    faces: Faces
    words: Words
    before: Spot
    after: Spot
    path: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    thing: str = ""
    """What the subject is: «Oferta», «Acuerdo»."""
    direction: str | None = None
    """Which way is better, «mayor» or «menor», as far as both manuals agree."""

    def child(self, name: str, direction: str | None) -> "Here":
        """The field of that name."""
        faces = self.faces.child(name)
        return replace(
            self,
            faces=faces,
            words=self.words.below(faces),
            before=self.before.below(name),
            after=self.after.below(name),
            path=(*self.path, name),
            titles=(*self.titles, faces.field.title if faces.field else name),
            direction=direction,
        )

    def element(self, name: str, title: str, before: int | None, after: int | None) -> "Here":
        """An element of this list by what names it, for the program and for people, and where it stands."""
        faces = self.faces.item
        return replace(
            self,
            faces=faces,
            words=self.words.below(faces),
            before=self.before if before is None else self.before.below(before),
            after=self.after if after is None else self.after.below(after),
            path=(*self.path, name),
            titles=(*self.titles, title),
            direction=None,
        )

    @property
    def what(self) -> str:
        """The field as sentences name it."""
        return sentences.named(self.titles, self.subject) if self.titles else f"«{self.subject}»"

    @property
    def title(self) -> str:
        """What people read for it: the kind of thing, its name and the field."""
        around = self.thing and f"{self.thing}: "
        return " › ".join((f"{around}{self.subject}", *self.titles))

    @property
    def promised(self) -> bool:
        """Whether a change here is one of a commitment."""
        return self.faces.is_commitment


@dataclass(frozen=True, slots=True)
class Notes:
    """The changes found so far in two manuals."""

    before: Manual
    after: Manual
    changes: list[Change] = field(default_factory=list)

    def note(
        self,
        here: Here,
        kind: Kind,
        before: Any = ABSENT,
        after: Any = ABSENT,
        *,
        sentence: str = "",
        told: tuple[str | None, str | None] | None = None,
        promised: bool | None = None,
        difference: Wording = Wording.SUBSTANCE,
        better: bool | None = None,
    ) -> None:
        """Note a change; ``told`` are the values as people read them, where they are not shown by their field."""
        bound = here.promised if promised is None else promised
        one, other = here.faces.before or here.faces.field, here.faces.after or here.faces.field
        shows = told or (
            None if before is ABSENT else shown(one, before, self.before),
            None if after is ABSENT else shown(other, after, self.after),
        )
        self.changes.append(
            Change(
                kind=kind,
                level=_level(kind, here.words, difference, promised=bound),
                affects=_affected(kind, here, before, after),
                section=here.section.name,
                key=here.key,
                path=here.path,
                title=here.title,
                sentence=sentence or sentences.of_field(kind, here.what, better=better, promised=bound),
                before=shows[0],
                after=shows[1],
                place_before=here.before.place,
                place_after=here.after.place,
                roles=self._roles(here),
                material=_material(kind, here, difference, before, after),
                fingerprint=fingerprint(
                    here.section.name, here.key, here.path, _normal(one, before), _normal(other, after)
                ),
                visibility=here.words.visibility if told else _visibility(here, before, after),
            )
        )

    def _roles(self, here: Here) -> tuple[str, ...]:
        found: set[str] = set()
        for manual, spot in ((self.before, here.before), (self.after, here.after)):
            if isinstance(spot.holder, Entity):
                found |= roles.of_thing(manual, spot.holder)
            elif spot.holder is not None and here.path:
                found |= roles.of_field(manual, here.section.name, here.path[0])
        return tuple(sorted(found))


def _normal(of: Any, value: Any) -> Any:
    return None if value is ABSENT else normal(of, value)


def _level(kind: Kind, words: Words, difference: Wording, *, promised: bool) -> Level:
    """A promise loosened, gone or changed in a way that cannot be judged is grave; wording is not."""
    if kind is Kind.MOVED or difference is Wording.PUNCTUATION:
        return Level.PATCH
    if promised:
        return Level.MAJOR if kind in {Kind.LOOSENED, Kind.REMOVED, Kind.CHANGED} else Level.MINOR
    return Level.PATCH if words.affects == () or kind is Kind.REWORDED else Level.MINOR


def _affected(kind: Kind, here: Here, *values: Any) -> tuple[Affected, ...]:
    """Whom the field says that it affects; of something whole that came or went, all whom its parts affect."""
    said = set(here.words.affects or ())
    if any(field_.reference == "roles" for field_ in here.faces.each):
        said.add(Affected.ROLE)
    if kind in _WHOLE:
        said |= {Affected(who) for each in here.faces.each for value in values for who in affected(each, value)}
    return tuple(who for who in Affected if who in said)


def _material(kind: Kind, here: Here, difference: Wording, *values: Any) -> bool:
    if kind is Kind.MOVED or difference is Wording.PUNCTUATION:
        return False
    inside = kind in _WHOLE and any(is_to_be_known(each, value) for each in here.faces.each for value in values)
    return here.words.material or inside


def _visibility(here: Here, *values: Any) -> str:
    """Who may read some values, with everything inside them."""
    return strictest(
        here.words.visibility, *(each for field_ in here.faces.each for each in visibilities(field_, values))
    )


_WHOLE = frozenset({Kind.ADDED, Kind.REMOVED})


def holds_promise(faces: Faces, *values: Any) -> bool:
    """Whether a field is a commitment, or one of some values of it holds one."""
    return any(promises(each, value) for each in faces.each for value in values)
