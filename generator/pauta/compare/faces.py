"""A field as two schemas describe it, and what they say of its changes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pauta.compare.model import Affected
from pauta.spine import Field, Kind

_HIDDEN = "confidencial"
_OPENNESS = ("publico", "interno", _HIDDEN)


@dataclass(frozen=True, slots=True)
class Faces:
    """A field in the schema of each manual; either may lack it.

    A word of comparison counts when either schema has it, so that taking a word out of the schema
    and loosening the promise at once does not go unseen.
    """

    before: Field | None
    after: Field | None

    @property
    def field(self) -> Field | None:
        """The field as the later schema has it, or else the earlier."""
        return self.after or self.before

    @property
    def each(self) -> Sequence[Field]:
        """The later field and the earlier, as far as they exist."""
        return [field for field in (self.after, self.before) if field is not None]

    @property
    def kind(self) -> Kind | None:
        """The shape of the value when both schemas agree; None when they do not, or do not know it."""
        kinds = {field.kind for field in self.each}
        return kinds.pop() if len(kinds) == 1 else None

    @property
    def direction(self) -> str | None:
        """Which way is for the better, as the schemas say it."""
        return next((field.direction for field in self.each if field.direction), None)

    @property
    def is_commitment(self) -> bool:
        """Whether it is promised."""
        return any(field.is_commitment for field in self.each)

    @property
    def siblings(self) -> Iterable[str]:
        """Names of the fields below, in the order of the later schema."""
        return dict.fromkeys(name for field in self.each for name in field.children)

    def child(self, name: str) -> "Faces":
        """The field of that name below this one."""
        return Faces(
            self.before.children.get(name) if self.before else None,
            self.after.children.get(name) if self.after else None,
        )

    @property
    def item(self) -> "Faces":
        """The field of each element of a list."""
        return Faces(self.before.item if self.before else None, self.after.item if self.after else None)


@dataclass(frozen=True, slots=True)
class Words:
    """What a field says of its changes, with what it inherits from the fields around it."""

    affects: tuple[Affected, ...] | None = None
    """Whom a change affects; None when no schema says, empty when it affects nobody."""
    material: bool = False
    visibility: str = "interno"

    def below(self, faces: Faces) -> "Words":
        """The words of a field that stands inside."""
        words = self
        for field in reversed(faces.each):
            words = words.and_of(field)
        return words

    def and_of(self, field: Field) -> "Words":
        """These words with those that a field adds."""
        said = self.affects if field.affects is None else tuple(a for a in Affected if a in field.affects)
        hidden = self.visibility == _HIDDEN or "x-visibilidad" not in field.schema
        return Words(said, self.material or field.is_material, self.visibility if hidden else field.visibility)

    def or_of(self, other: "Words") -> "Words":
        """These words, and of the other side's what these do not say."""
        return Words(
            other.affects if self.affects is None else self.affects,
            self.material or other.material,
            strictest(self.visibility, other.visibility),
        )


def words_along(root: Field, path: Sequence[str | int]) -> Words:
    """The words of all fields on the way to a value."""
    words, here = Words().and_of(root), root
    for step in path:
        below = here.children.get(step) if isinstance(step, str) else here.item
        if below is None:
            break
        words, here = words.and_of(below), below
    return words


def promises(field: Field, value: Any) -> bool:
    """Whether a value, or something inside it, is a commitment."""
    return any(each.is_commitment for each in _said(field, value))


def is_to_be_known(field: Field, value: Any) -> bool:
    """Whether a value, or something inside it, is what a role must know."""
    return any(each.is_material for each in _said(field, value))


def affected(field: Field, value: Any) -> set[str]:
    """Whom the schema names for a value and what is inside it."""
    return {who for each in _said(field, value) for who in each.affects or ()}


def visibilities(field: Field, values: Iterable[Any]) -> set[str]:
    """Who may read some values and what is inside them, as far as the schema says it."""
    said = (each for value in values for each in _said(field, value) if "x-visibilidad" in each.schema)
    return {each.visibility for each in said}


def strictest(*visibilities: str) -> str:
    """The least open of some visibilities."""
    return max(visibilities, key=_OPENNESS.index)


def _said(field: Field, value: Any) -> Iterator[Field]:
    """The fields that a value really says."""
    if isinstance(value, dict):
        yield field
        for name, below in value.items():
            if name in field.children:
                yield from _said(field.children[name], below)
    elif isinstance(value, list):
        yield field
        for below in value if field.item else ():
            yield from _said(field.item, below) if field.item else ()
    elif isinstance(value, _SINGLE):
        yield field


_SINGLE = (str, bool, int, float)
