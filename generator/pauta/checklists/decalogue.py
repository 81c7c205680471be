"""The list of the decalogue: for each principle, the conducts that are seen and the points that prove it."""

from collections.abc import Iterator

from pauta.checklists.model import Checklist, Group, Item, Kind
from pauta.checklists.reading import from_entity
from pauta.checklists.service import short_name
from pauta.model import Entity, Manual

INTRO = (
    "Úsela para observar una atención completa. Responda por lo que vio y oyó, no por lo que supone; "
    "si el principio no tuvo ocasión de verse, responda N.A."
)


def decalogue_lists(manual: Manual) -> Iterator[Checklist]:
    """One list with a group for each principle; principles with nothing to observe are left out."""
    yield Checklist(
        id=f"lista_{Kind.DECALOGUE}",
        code="LG-DECALOGO",
        title="Lista de verificación: decálogo",
        kind=Kind.DECALOGUE,
        section="decalogo",
        intro=INTRO,
        sections=_groups(manual),
    )


def _groups(manual: Manual) -> tuple[Group, ...]:
    offered = {service.id for service in manual.services()}
    groups = (
        Group(principle["nombre"], (*_conducts(principle), *_proofs(manual, principle, offered)))
        for principle in manual.all("principios")
    )
    return tuple(group for group in groups if group.items)


def _conducts(principle: Entity) -> Iterator[Item]:
    """All the conducts as one point; the model tells why."""
    if principle.get("conductas"):
        yield Item(
            f"principio.{principle.id}",
            f"Se ven las conductas de «{principle['nombre']}».",
            from_entity(principle, f"Decálogo: {principle['nombre']}"),
            details=tuple(principle["conductas"]),
        )


def _proofs(manual: Manual, principle: Entity, offered: set[str]) -> Iterator[Item]:
    """The verifications that the principle cites, but those of a service that is no longer offered."""
    for name in principle.get("verificaciones", ()):
        point = manual.find("verificaciones", name)
        if point is None or not point.sound or point.parent is None or point.parent.id not in offered:
            continue
        service = manual.find("servicios", point.parent.id)
        shown = short_name(service) if service is not None else point.parent.id
        yield Item(
            f"principio.{principle.id}.{point.id}",
            point["nombre"],
            from_entity(point, f"Oferta: {shown}"),
            critical=bool(point.get("critico")),
            details=(f"Servicio: {shown}",),
        )
