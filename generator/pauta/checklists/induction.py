"""The induction to a role: what whoever begins learns, practises and has at hand before working alone."""

from collections.abc import Iterator
from itertools import chain

from pauta.checklists.model import Checklist, Group, Item, Kind
from pauta.checklists.reading import details, from_entity, in_code
from pauta.model import Entity, Manual

_OF_TRAINING = ("objetivo", "duracion", "modalidad", "imparte", "evaluacion", "nota_minima")


def induction_lists(manual: Manual) -> Iterator[Checklist]:
    """One for each role of which some training, moment, protocol, document or norm speaks."""
    for role in manual.all("roles"):
        name = manual.title(role)
        yield Checklist(
            id=f"lista_induccion_{role.id}",
            code=f"LI-{in_code(role.id)}",
            title=f"Inducción: {name}",
            kind=Kind.INDUCTION,
            about=role.key,
            section="cultura" if "cultura" in manual.parts else "roles",
            intro=(
                f"Una por cada persona que empieza en el puesto de {name}, desde su primer día. "
                "Mientras un punto crítico esté en No, esa parte del trabajo se hace en compañía."
            ),
            sections=_groups(manual, role),
            subject="Persona que empieza",
        )


def _groups(manual: Manual, role: Entity) -> tuple[Group, ...]:
    trainings = _trainings(manual, role)
    groups = (
        Group("Capacitación", tuple(_trained(manual, each) for each in trainings)),
        Group("Mis momentos de verdad", tuple(_moment(manual, each) for each in _naming(manual, role, "momentos"))),
        Group("Mis protocolos", tuple(_protocol(manual, each) for each in _naming(manual, role, "protocolos"))),
        Group("Mis documentos y normas", tuple(_written(manual, role, trainings))),
    )
    return tuple(group for group in groups if group.items)


def _naming(manual: Manual, role: Entity, collection: str) -> list[Entity]:
    """The entities of a collection that name the role in a field of their own, in the order of the manual."""
    fields = {"momentos": "rol", "protocolos": "roles", "capacitaciones": "roles"}
    found = {
        reference.source.key: reference.source
        for reference in manual.to(role)
        if reference.source is not None
        and reference.source.sound
        and reference.source.collection == collection
        and reference.path[len(reference.source.path)] == fields[collection]
    }
    return list(found.values())


def _trainings(manual: Manual, role: Entity) -> list[Entity]:
    """The training of the induction; all of the role's when none of it is marked so."""
    found = _naming(manual, role, "capacitaciones")
    return [each for each in found if each.get("induccion")] or found


def _trained(manual: Manual, training: Entity) -> Item:
    return Item(
        f"capacitacion.{training.id}",
        f"Recibió y aprobó «{training['nombre']}».",
        from_entity(training, f"Cultura: {training['nombre']}"),
        details=details(manual, training.field, training.data, *_OF_TRAINING),
    )


def _moment(manual: Manual, moment: Entity) -> Item:
    return Item(
        f"momento.{moment.id}",
        f"En «{moment['nombre']}» cumplió el estándar delante de quien le enseña.",
        from_entity(moment, f"Momentos: {moment['nombre']}"),
        critical=bool(moment["critico"]),
        details=details(manual, moment.field, moment.data, "estandar", "duracion", "protocolo"),
    )


def _protocol(manual: Manual, protocol: Entity) -> Item:
    return Item(
        f"protocolo.{protocol.id}",
        f"Practicó «{protocol['nombre']}» con un caso.",
        from_entity(protocol, f"Protocolos: {protocol['nombre']}"),
        details=details(manual, protocol.field, protocol.data, "cuando"),
    )


def _written(manual: Manual, role: Entity, trainings: list[Entity]) -> Iterator[Item]:
    documents = [each for each in manual.all("documentos") if role.id in _handed_to(each) and _in_force(each)]
    for document in documents:
        yield Item(
            f"documento.{document.id}",
            f"Sabe para qué sirve «{document['nombre']}» y dónde está.",
            from_entity(document, f"Documentos: {document['codigo']}"),
            details=details(manual, document.field, document.data, "codigo", "version", "ubicacion"),
        )
    cited = dict.fromkeys(
        chain(
            (each["norma"] for each in trainings if "norma" in each.data),
            chain.from_iterable(each.get("normas", ()) for each in documents),
        )
    )
    for norm in (manual.find("normas", name) for name in cited):
        if norm is not None and norm.sound:
            yield _norm(manual, norm)


def _norm(manual: Manual, norm: Entity) -> Item:
    title = manual.title(norm)
    return Item(
        f"norma.{norm.id}", f"Explica con un ejemplo la norma «{title}».", from_entity(norm, "Identidad: normas")
    )


def _handed_to(document: Entity) -> set[str]:
    """The roles that get a copy; who may only open it has no need to learn it on the first day."""
    return {copy["rol"] for copy in document.get("distribucion", ())}


def _in_force(document: Entity) -> bool:
    return bool(document["estado"] == "vigente")
