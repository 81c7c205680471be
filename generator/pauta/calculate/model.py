"""What a calculation is: a figure, what it comes from, what the manual declares, and whether both agree."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pauta.findings import Location
from pauta.load import Path_
from pauta.model import Entity, Part
from pauta.spine import Field

Holder = Entity | Part
"""What holds a field: an element of a collection, or a section itself."""

_RESERVED = "confidencial"


@dataclass(frozen=True, slots=True, eq=False)
class Input:
    """A value of the manual that a calculation uses, as it is written, and where."""

    name: str
    value: str
    holder: Holder
    path: Path_

    @property
    def location(self) -> Location:
        """Where the value is written."""
        return self.holder.at(*self.path)

    @property
    def field(self) -> Field | None:
        """The field that holds it, which knows who may read it."""
        return field_of(self.holder).at(self.path)

    @property
    def is_confidential(self) -> bool:
        """Whether only management may read it."""
        return any(field.visibility == _RESERVED for field in self._fields())

    def _fields(self) -> Iterator[Field]:
        for length in range(1, len(self.path) + 1):
            field = field_of(self.holder).at(self.path[:length])
            if field is not None:
                yield field


@dataclass(frozen=True, slots=True)
class Figure:
    """One result: its name, its text as people read it, and the number for pictures, None when there is none."""

    name: str
    text: str
    number: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Calculation:
    """One figure of the manual, recalculated.

    Its texts name figures of its inputs; who may not read these may not read the texts either.
    """

    id: str
    """Made of ids of the manual, never of positions or wordings; unique and stable."""
    rule: str
    """The rule that reports it when it does not hold."""
    title: str
    subject: Holder
    formula: str
    inputs: tuple[Input, ...]
    results: tuple[Figure, ...]
    declared: Input
    """What the manual says of the figure; a finding stands at its place."""
    verdict: str
    """The calculated figure, the declared one and the difference, in one sentence."""
    difference: str
    """How much is missing or left over."""
    nearest: str
    """The nearest values that would hold, in one or two sentences."""
    assumptions: tuple[str, ...] = ()
    source: str = ""
    """Where the formula comes from."""
    holds: bool | None = None
    """Whether the declared figure agrees; None when it is not judged, because something else is wrong first."""
    symbols: str = ""
    """What the letters of the formula stand for, where it has letters."""

    @property
    def is_confidential(self) -> bool:
        """Whether it was made of something that only management may read."""
        return any(each.is_confidential for each in (*self.inputs, self.declared))


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Whether a figure holds, known at once, and its calculation, written when somebody reads it."""

    holds: bool | None
    write: Callable[[], Calculation]

    def calculation(self) -> Calculation:
        """The calculation in full."""
        return replace(self.write(), holds=self.holds)


def field_of(holder: Holder) -> Field:
    """The field that describes a holder."""
    return holder.field if isinstance(holder, Entity) else holder.schema.root


def given(holder: Holder, *path: str | int, name: str = "") -> Input:
    """A field of a holder as an input; its name is the field's title unless another is said."""
    value = holder.data
    for step in path:
        value = value[step]  # type: ignore[index]  # a path of the manual: names and positions
    field = field_of(holder).at(path)
    return Input(name or (field.title if field else str(path[-1])), str(value), holder, path)
