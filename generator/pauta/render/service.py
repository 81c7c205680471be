"""What the page of a service gathers: what every section of the manual says of it."""

from collections.abc import Iterator, Mapping

from pauta.model import Entity, Manual
from pauta.render.control import Control
from pauta.spine import Section

_MEANS = "Los medios"


def families(manual: Manual) -> list[tuple[Entity | None, list[Entity]]]:
    """The services by family, in the order of the manual; those of no family come last."""
    services = list(manual.all("servicios"))
    groups: list[tuple[Entity | None, list[Entity]]] = [
        (family, [s for s in services if s.get("familia") == family.id]) for family in manual.all("familias")
    ]
    alone = [s for s in services if not manual.find("familias", s.get("familia", ""))]
    return [(family, group) for family, group in [*groups, (None, alone)] if group]


def gathered_control(manual: Manual, service: Entity, controls: Mapping[str, Control]) -> Control:
    """The control of a service's page: the oldest review and the nearest due of what it gathers."""
    names = {"nomenclatura", *(reference.section for reference in manual.to(service))}
    named = [controls[name] for name in names]
    own = controls["nomenclatura"]
    return Control(
        own.name,
        service.get("responsable"),
        own.estado,
        own.estado_titulo,
        min((c.ultima for c in named if c.ultima), default=None),
        own.cada,
        min((c.proxima for c in named if c.proxima), default=None),
        service.at(),
    )


def gathered(manual: Manual, service: Entity) -> Iterator[tuple[Section, list[tuple[str, list[Entity]]]]]:
    """The sections that speak of a service, with their entities by collection.

    What the service promises and what is said to the customer come before the means behind.
    """
    sections = sorted(manual.spine.sections.values(), key=_counter_first)
    for section in sections:
        groups = _about(manual, service, section)
        if groups:
            yield section, groups


def _counter_first(section: Section) -> tuple[int, int]:
    """What is needed at the counter, then why it is so, then the means behind it."""
    return {"El rumbo": 1, _MEANS: 2}.get(section.group, 0), section.order


def _about(manual: Manual, service: Entity, section: Section) -> list[tuple[str, list[Entity]]]:
    groups: dict[str, dict[str, Entity]] = {}
    for reference in manual.to(service):
        source = reference.source
        if (
            reference.section == section.name
            and source is not None
            and source.sound
            and source.collection != "servicios"
        ):
            groups.setdefault(source.collection, {})[source.id] = source
    return [(collection, list(entities.values())) for collection, entities in groups.items()]
