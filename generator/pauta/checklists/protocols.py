"""The pocket card of a protocol: its steps to tick, with what is said and what is not."""

from collections.abc import Iterator

from pauta.checklists.model import Checklist, Group, Item, Kind, Reminder
from pauta.checklists.reading import details, facts, from_entity, in_code, inside, named
from pauta.model import Entity, Manual

_OF_STEP = ("tiempo", "rol", "autoridad", "hasta")
_PHRASES = ("frases_si", "frases_no")


def protocol_lists(manual: Manual) -> Iterator[Checklist]:
    """One for each protocol."""
    steps = inside(manual, "pasos_protocolo")
    for protocol in manual.all("protocolos"):
        yield Checklist(
            id=f"lista_protocolo_{protocol.id}",
            code=f"LP-{in_code(protocol.id)}",
            title=f"Tarjeta de bolsillo: {protocol['nombre']}",
            kind=Kind.PROTOCOL,
            about=protocol.key,
            section=protocol.section,
            intro=(
                "Llévela consigo y repásela al terminar cada caso; sirve también para observar cómo lo hace otra "
                "persona. Lo que el caso no pidió es N.A."
            ),
            sections=_groups(manual, protocol, steps.get(protocol.id, [])),
            facts=facts(manual, protocol.field, protocol.data, "cuando"),
            subject="Caso o cliente",
        )


def _groups(manual: Manual, protocol: Entity, steps: list[Entity]) -> tuple[Group, ...]:
    groups = (
        Group("Pasos", tuple(_step(manual, protocol, step) for step in steps)),
        Group("Traspaso", tuple(_handed_over(manual, protocol)), _destinations(manual, protocol)),
        Group("Hasta el final", tuple(_to_the_end(manual, protocol))),
    )
    return tuple(group for group in groups if group.items)


def _step(manual: Manual, protocol: Entity, step: Entity) -> Item:
    return Item(
        f"paso.{step.id}",
        step["nombre"],
        from_entity(step, f"Protocolo: {protocol['nombre']}"),
        details=(*details(manual, step.field, step.data, *_OF_STEP), *_phrases(step)),
    )


def _phrases(step: Entity) -> Iterator[str]:
    """What is said and what is not, each phrase between its quotation marks."""
    for name in _PHRASES:
        if step.get(name):
            yield f"{step.field.children[name].title}: " + " ".join(f"«{phrase}»" for phrase in step[name])


def _asked(manual: Manual, protocol: Entity, path: tuple[str, str], text: str, *names: str) -> Item:
    """A point about one of the objects of a protocol: the field's path is its id."""
    where = path[0]
    return Item(
        ".".join(path),
        text,
        from_entity(protocol, f"Protocolo: {protocol['nombre']}"),
        details=details(manual, protocol.field.children[where], protocol[where], *names),
    )


def _handed_over(manual: Manual, protocol: Entity) -> Iterator[Item]:
    if "transferencia" in protocol.data:
        yield _asked(
            manual,
            protocol,
            ("transferencia", "datos_minimos"),
            "Si pasó el caso, entregó los datos, y el cliente no tuvo que contarlo otra vez.",
            "datos_minimos",
            "frase",
        )
        yield _asked(
            manual, protocol, ("transferencia", "plazo"), "Quien lo recibió lo tomó dentro de su plazo.", "plazo"
        )


def _destinations(manual: Manual, protocol: Entity) -> tuple[Reminder, ...]:
    field = protocol.field.children["transferencia"].children["destinos"]
    lines = tuple(
        f"{named(manual, 'canales', each['canal'])} → {named(manual, 'roles', each['rol'])}: {each['como']}"
        for each in protocol.get("transferencia", {}).get("destinos", ())
    )
    return (Reminder(field.title, lines),) if lines else ()


def _to_the_end(manual: Manual, protocol: Entity) -> Iterator[Item]:
    if "seguimiento" in protocol.data:
        yield _asked(
            manual,
            protocol,
            ("seguimiento", "criterio_cierre"),
            "Hubo seguimiento hasta que se cumplió lo que cierra el caso.",
            "responsable",
            "plazo",
            "canal",
            "repite_cada",
            "criterio_cierre",
        )
    if "registro" in protocol.data:
        source = from_entity(protocol, f"Protocolo: {protocol['nombre']}")
        told = details(manual, protocol.field, protocol.data, "registro")
        yield Item("registro", "Lo que pasó quedó anotado donde corresponde.", source, details=told)
