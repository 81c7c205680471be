"""The customer's path as pages tell it: which moments a cycle has, where a moment stands, what a role does in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pauta.model import Entity, Manual
from pauta.quantities.durations import later, parse_duration
from pauta.render.navigation import Nav
from pauta.render.places import own_page
from pauta.spine import Field


def moments_of(manual: Manual, cycle: Entity) -> list[Entity]:
    """The moments of a cycle, as the customer lives them."""
    named = (manual.find("momentos", name) for name in cycle.get("momentos", ()))
    return [moment for moment in named if moment is not None and moment.sound]


def cycles_of(manual: Manual, moment: Entity) -> list[Entity]:
    """The cycles in which a moment stands."""
    named = (link.source for link in manual.to(moment) if link.holder[-1:] == ("momentos",))
    return list(dict.fromkeys(each for each in named if each and each.collection == "ciclos" and each.sound))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a moment stands in a cycle."""

    cycle: Entity
    number: int
    total: int
    before: Entity | None
    after: Entity | None


def standings(manual: Manual, moment: Entity) -> list[Standing]:
    """The place of a moment in each of its cycles, with its neighbours."""
    found = []
    for cycle in cycles_of(manual, moment):
        moments = moments_of(manual, cycle)
        here = moments.index(moment)
        before = moments[here - 1] if here else None
        after = moments[here + 1] if here + 1 < len(moments) else None
        found.append(Standing(cycle, here + 1, len(moments), before, after))
    return found


def by_cycle(manual: Manual) -> list[tuple[Entity | None, list[Entity]]]:
    """Every moment once, under its first cycle; last, those that stand in none."""
    seen: set[str] = set()
    groups: list[tuple[Entity | None, list[Entity]]] = []
    for cycle in manual.all("ciclos"):
        moments = [moment for moment in moments_of(manual, cycle) if moment.id not in seen]
        seen.update(moment.id for moment in moments)
        groups.append((cycle, moments))
    rest = [moment for moment in manual.all("momentos") if moment.id not in seen]
    return [*groups, (None, rest)] if rest else groups


def navigation(manual: Manual, collection: str) -> Nav:
    """The pages of a collection as the menu shows them: moments below the cycle that they belong to."""
    if collection == "momentos" and any(manual.all("ciclos")):
        return []  # they stand below their cycles
    if collection != "ciclos":
        return [_leaf(manual, entity) for entity in manual.all(collection)]
    return [_with_its_moments(manual, cycle, moments) for cycle, moments in by_cycle(manual)]


def _with_its_moments(manual: Manual, cycle: Entity | None, moments: list[Entity]) -> tuple[str, "str | Nav"]:
    leaves: Nav = [_leaf(manual, moment) for moment in moments]
    if cycle is None:
        return "Otros momentos", leaves
    return manual.title(cycle), [("El ciclo completo", _path(manual, cycle)), *leaves]


def _leaf(manual: Manual, entity: Entity) -> tuple[str, "str | Nav"]:
    return manual.title(entity), _path(manual, entity)


def _path(manual: Manual, entity: Entity) -> str:
    return own_page(manual, entity).removesuffix(".html") + ".md"


# --- what the path asks of a role ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """What a role does in a moment."""

    moment: Entity
    does: tuple[str, ...]
    """How it takes part: it serves, it works behind, it makes up for a failure."""


def moments_of_role(manual: Manual, role: Entity) -> list[tuple[Entity | None, list[Part]]]:
    """The moments in which a role takes part, by cycle."""
    mine = set(manual.naming(role, "momentos"))
    groups = []
    for cycle, moments in by_cycle(manual):
        parts = [Part(moment, tuple(_taking_part(moment, role.id))) for moment in moments if moment in mine]
        groups.append((cycle, [part for part in parts if part.does]))
    return [(cycle, parts) for cycle, parts in groups if parts]


def _taking_part(moment: Entity, role: str) -> Iterator[str]:
    if moment.get("rol") == role:
        yield "Atiendo al cliente"
    yield from (str(step["hace"]) for step in moment.get("detras", ()) if step.get("rol") == role)
    if moment.get("recuperacion", {}).get("responsable") == role:
        yield "Respondo si algo falla"


@dataclass(frozen=True, slots=True)
class Clock:
    """A term that a role has to keep."""

    what: str
    term: str
    field: Field
    """The field of the term."""
    clock: str
    """How the time is counted, as people read it; empty when the term itself says it."""
    source: Entity


def clocks_of_role(manual: Manual, role: Entity) -> list[Clock]:
    """The terms that a role has to keep: agreements of its moments, what it hands to other areas, its work behind."""
    return [*_agreed(manual, role), *_owed(manual, role), *_behind(manual, role)]


def _agreed(manual: Manual, role: Entity) -> Iterator[Clock]:
    names = dict.fromkeys(
        moment["acuerdo"]
        for moment in manual.naming(role, "momentos")
        if moment.get("rol") == role.id and "acuerdo" in moment.data
    )
    mine = [manual.find("acuerdos", name) for name in names]
    answered = [each for each in manual.naming(role, "acuerdos") if each["responsable"] == role.id]
    for agreement in dict.fromkeys([*(each for each in mine if each is not None and each.sound), *answered]):
        labels = agreement.field.children["reloj"].labels
        clock = labels.get(str(agreement.get("reloj")), "")
        yield Clock(manual.title(agreement), agreement["valor"], agreement.field.children["valor"], clock, agreement)


def _owed(manual: Manual, role: Entity) -> Iterator[Clock]:
    for agreement in manual.all("acuerdos_entre_areas"):
        if agreement["entrega"] == role.id:
            to = manual.find("roles", agreement["recibe"])
            what = f"Entregar a {manual.title(to) if to else agreement['recibe']}: {agreement['que_entrega']}"
            yield Clock(what, agreement["plazo"], agreement.field.children["plazo"], "", agreement)


def _behind(manual: Manual, role: Entity) -> Iterator[Clock]:
    for moment in manual.naming(role, "momentos"):
        term = moment.field.at(("detras", 0, "plazo"))
        for step in moment.get("detras", ()):
            if term is not None and step.get("rol") == role.id and "plazo" in step:
                yield Clock(step["hace"], step["plazo"], term, "", moment)


def protocols_of_role(manual: Manual, role: Entity) -> list[Entity]:
    """The protocols that a role applies, whole or in one of their steps."""
    return [
        protocol
        for protocol in manual.all("protocolos")
        if role.id in protocol["roles"] or any(step.get("rol") == role.id for step in protocol["pasos"])
    ]


@dataclass(frozen=True, slots=True)
class Training:
    """A training that a role must hold."""

    entity: Entity
    last: str | None
    """The last day on which it was given to the role."""
    due: str | None
    """The day on which it expires; None when it was never given or its validity is not in calendar time."""


def training_of_role(manual: Manual, role: Entity) -> list[Training]:
    """The training that a role must hold, with its last day and the day on which it expires."""
    return [_training(entity, role.id) for entity in manual.all("capacitaciones") if role.id in entity["roles"]]


def _training(entity: Entity, role: str) -> Training:
    given: list[dict[str, Any]] = [each for each in entity.get("impartida", ()) if each["rol"] == role]
    last = max((str(each["fecha"]) for each in given), default=None)
    valid_for = parse_duration(entity["vigencia"])
    if last is None or not valid_for.is_calendar:
        return Training(entity, last, None)
    return Training(entity, last, later(date.fromisoformat(last), valid_for).isoformat())
