"""The list of a service: what is verified and said before, during and after it."""

from collections.abc import Iterator, Mapping

from pauta.checklists.model import Checklist, Group, Item, Kind, Reminder
from pauta.checklists.reading import details, from_entity, in_code, inside, named, reminders
from pauta.model import Entity, Manual

_PHASES = {"antes": "Antes", "durante": "Durante", "despues": "Después"}
_AT_HAND = {"antes": "requisitos_del_cliente", "despues": "entregables"}
"""Lists of an offer whose lines have no ids: they are shown beside the points of a phase."""

_ByOwner = Mapping[str, list[Entity]]


def service_lists(manual: Manual) -> Iterator[Checklist]:
    """One for each offered service; a phase without points is left out."""
    verifications = inside(manual, "verificaciones")
    messages = inside(manual, "mensajes")
    for service in manual.services():
        yield Checklist(
            id=f"lista_servicio_{service.id}",
            code=f"L-{in_code(service.id)}",
            title=f"Lista de verificación: {service['nombre']}",
            kind=Kind.SERVICE,
            about=service.key,
            section="oferta",
            intro=_intro(manual, service),
            sections=_groups(manual, service, verifications, messages),
        )


def _groups(manual: Manual, service: Entity, verifications: _ByOwner, messages: _ByOwner) -> tuple[Group, ...]:
    phases = (
        Group(
            title,
            (
                *_verified(manual, service, phase, verifications),
                *_said(manual, service, phase, messages),
            ),
            _at_hand(manual, service, phase),
        )
        for phase, title in _PHASES.items()
    )
    return tuple(group for group in phases if group.items)


def _intro(manual: Manual, service: Entity) -> str:
    owner = named(manual, "roles", service.get("responsable"))
    call = f" Responde por el servicio: {owner}." if owner else ""
    return (
        "Responda cada punto en el momento en que ocurre: Sí, No o N.A. si no se aplica a este caso. "
        f"Si un punto crítico queda en No, deténgase y avise antes de seguir.{call}"
    )


def short_name(service: Entity) -> str:
    """The name of a service for menus and lists."""
    return str(service.get("nombre_corto") or service.get("nombre") or service.id)


def _verified(manual: Manual, service: Entity, phase: str, verifications: _ByOwner) -> Iterator[Item]:
    for point in verifications.get(service.id, ()):
        if point["fase"] == phase:
            yield Item(
                point.id,
                point["nombre"],
                from_entity(point, f"Oferta: {short_name(service)}"),
                critical=bool(point.get("critico")),
                details=details(manual, point.field, point.data, "norma"),
            )


def _said(manual: Manual, service: Entity, phase: str, messages: _ByOwner) -> Iterator[Item]:
    for message in messages.get(service.id, ()):
        if message.path[-2] == phase:
            yield Item(
                f"mensaje.{message.id}",
                f"Se dio el mensaje «{message['nombre']}».",
                from_entity(message, f"Comunicación: {short_name(service)}"),
                details=(
                    *details(manual, message.field.children["forma"], message.get("forma", {}), "quien", "cuando"),
                    *details(manual, message.field, message.data, "medio"),
                ),
            )


def _at_hand(manual: Manual, service: Entity, phase: str) -> tuple[Reminder, ...]:
    offer = manual.find("ofertas", service.id)
    if offer is None or not offer.sound or phase not in _AT_HAND:
        return ()
    return reminders(offer.field, offer.data, _AT_HAND[phase])
