"""The values of a manual by the way to each, «capacidad.capacidades.cap_telefono.volumen», or a shorter one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pauta.findings import CannotGoOn, Location
from pauta.load import Document, Loaded, Path_, Value
from pauta.nearest import nearest
from pauta.spine import Field, Kind, Spine

ANY = "*"
"""Stands for any one step: «capacidad.*.volumen» is the volume of every capacity."""
DEEP = "**"
"""Stands for any steps: «cap_telefono.**.volumen» is its volume, that of its peak and those of its bands."""

_MOST_LISTED = 6
_GROUPS = frozenset({Kind.OBJECT, Kind.LIST})
_SEE = "Vea los nombres de los campos en la guía del sitio, o en los archivos de la carpeta «manual»."


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A single value that the manual says, or could say."""

    section: str
    document: Document
    path: Path_
    names: tuple[str, ...]
    """The way to it as people write it: elements by their id, others by their position, from one."""
    field: Field
    value: Any
    """None when the manual does not say it."""

    @property
    def way(self) -> str:
        """The whole way, which always names it alone."""
        return ".".join(self.names)

    @property
    def location(self) -> Location:
        """Where it is written, or where it would be."""
        return self.document.locate(self.path)


def all_spots(loaded: Loaded, spine: Spine) -> list[Spot]:
    """Every value of the sections that apply."""
    return [
        spot
        for section, documents in loaded.documents.items()
        for document in documents
        if isinstance(document.value, dict) and "no_aplica" not in document.value
        for spot in _below(_At(section, document), spine.sections[section].root, document.value, (), (section,))
    ]


def named(way: str, spots: Sequence[Spot]) -> list[Spot]:
    """The values that a way names: one, or several when it says ``*`` or ``**``.

    Steps may be left out as long as one value is the nearest. ``**`` takes them all. Raises CannotGoOn when none or
    several would be.
    """
    steps = [step for step in way.split(".") if step != DEEP]
    fitting = [spot for spot in spots if _fits(steps, spot.names)]
    if not steps or not fitting:
        raise _unknown(way, steps, spots)
    if DEEP in way.split("."):
        return [spot for spot in fitting if spot.value is not None] or fitting
    least = min(len(spot.names) for spot in fitting)
    closest = [spot for spot in fitting if len(spot.names) == least]
    if ANY in steps:
        return [spot for spot in closest if spot.value is not None] or closest
    if len(closest) > 1:
        raise CannotGoOn(
            f"«{way}» puede ser {_alternatives([spot.way for spot in closest])}.",
            "Escriba más de la ruta, hasta que sea uno.",
        )
    return closest


@dataclass(frozen=True, slots=True)
class _At:
    section: str
    document: Document


def _below(at: _At, field: Field, value: Value, path: Path_, names: tuple[str, ...]) -> Iterator[Spot]:
    if field.kind is Kind.OBJECT and isinstance(value, dict):
        for name, child in field.children.items():
            if name in value or child.kind not in _GROUPS:
                yield from _below(at, child, value.get(name), (*path, name), (*names, name))
    elif field.kind is Kind.LIST and isinstance(value, list) and field.item is not None:
        for position, each in enumerate(value):
            step = _step(field, each, position)
            yield from _below(at, field.item, each, (*path, position), (*names, step))
    elif field.kind not in _GROUPS:
        yield Spot(at.section, at.document, path, names, field, value)


def _step(list_: Field, element: Value, position: int) -> str:
    name = element.get(list_.key) if list_.collection and isinstance(element, dict) else None
    return name if isinstance(name, str) else str(position + 1)


def _fits(steps: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the steps are names in order, the last of them the last."""
    return bool(steps) and steps[-1] in {names[-1], ANY} and _begins(steps[:-1], names[:-1])


def _begins(steps: Sequence[str], names: Sequence[str]) -> bool:
    rest = iter(names)
    return all(any(step in {name, ANY} for name in rest) for step in steps)


def _unknown(way: str, steps: Sequence[str], spots: Sequence[Spot]) -> CannotGoOn:
    """Why a way leads nowhere: the first step that is no name there, or one that is a group."""
    if not steps:
        return CannotGoOn(f"«{way}» no dice de qué campo.", "Agregue el nombre del campo, por ejemplo: **.volumen")
    for position, step in enumerate(steps):
        before = [spot for spot in spots if _begins(steps[:position], spot.names)]
        if not any(_begins(steps[: position + 1], spot.names) for spot in before):
            names = {name for spot in before for name in _after(steps[:position], spot.names)}
            where = f" dentro de «{'.'.join(steps[:position])}»" if position else ""
            guess = _guess(step, names)
            return CannotGoOn(
                f"En el manual no hay nada que se llame «{step}»{where}.", f"¿Quiso decir {guess}?" if guess else _SEE
            )
    inside = {spot.names[-1] for spot in spots if _begins(steps, spot.names[:-1])}
    return CannotGoOn(
        f"«{way}» no es un valor, sino varios.",
        f"Diga cuál de ellos: {_alternatives(sorted(inside))}." if inside else _SEE,
    )


def _after(steps: Sequence[str], names: Sequence[str]) -> Sequence[str]:
    """The names that may follow some steps."""
    at = 0
    for step in steps:
        while names[at] != step and step != ANY:
            at += 1
        at += 1
    return names[at:]


def _guess(step: str, names: set[str]) -> str:
    begin = sorted(name for name in names if name.startswith(step))
    close = nearest(step, names)
    return _alternatives(begin or ([close] if close else []))


def _alternatives(names: Sequence[str]) -> str:
    """«a», «b» o «c»; only the first when there are many."""
    shown = [f"«{name}»" for name in names[:_MOST_LISTED]]
    if len(names) > _MOST_LISTED:
        return f"{', '.join(shown)} y {len(names) - _MOST_LISTED} más"
    return " o ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
