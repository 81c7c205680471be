"""The list of an audit of service: that it compares all it must, and what became of the last one."""

from collections.abc import Iterator

from pauta.checklists.model import Checklist, Group, Item, Kind, Reminder
from pauta.checklists.reading import details, facts, from_entity, in_code, reminders
from pauta.checklists.service import short_name
from pauta.model import Entity, Manual


def audit_lists(manual: Manual) -> Iterator[Checklist]:
    """One for each audit, those done too: they are done again."""
    for audit in manual.all("auditorias"):
        yield Checklist(
            id=f"lista_auditoria_{audit.id}",
            code=f"LA-{in_code(audit.id)}",
            title=f"Lista de auditoría: {audit['nombre']}",
            kind=Kind.AUDIT,
            about=audit.key,
            section=audit.section,
            intro=(
                "La llena quien audita, con lo que vio y no con lo que le contaron. "
                "Un No necesita en sus observaciones qué se encontró, dónde y en cuántos casos."
            ),
            sections=_groups(manual, audit),
            facts=facts(manual, audit.field, audit.data, "auditor", "frecuencia", "fecha", "estado"),
            notes=_still_open(manual, audit),
            subject="Lugar y período",
        )


def _groups(manual: Manual, audit: Entity) -> tuple[Group, ...]:
    groups = (
        Group("Antes de empezar", tuple(_before(manual, audit))),
        Group("Comparación", tuple(_compared(manual, audit)), reminders(audit.field, audit.data, "criterios")),
        Group("Resultados", tuple(_results(manual, audit))),
    )
    return tuple(group for group in groups if group.items)


def _item(audit: Entity, name: str, text: str, *told: str) -> Item:
    return Item(name, text, from_entity(audit, f"Evaluación: {audit['nombre']}"), details=told)


def _before(manual: Manual, audit: Entity) -> Iterator[Item]:
    scope = details(manual, audit.field, audit.data, "alcance")
    auditor = details(manual, audit.field, audit.data, "auditor")
    yield _item(audit, "alcance", "Se revisó todo lo que el alcance incluye.", *scope)
    yield _item(audit, "independencia", "Quien audita no revisó su propio trabajo.", *auditor)


def _compared(manual: Manual, audit: Entity) -> Iterator[Item]:
    """The criteria have no ids, so they are one point; the services have."""
    yield _item(audit, "criterios", "Se comparó con cada criterio y la evidencia quedó anotada.")
    for name in audit.get("servicios", ()):
        service = manual.find("servicios", name)
        if service is not None and service.sound:
            yield _item(audit, f"servicio.{name}", f"«{short_name(service)}» cumple lo que se comparó.")


def _results(manual: Manual, audit: Entity) -> Iterator[Item]:
    if audit.get("hallazgos"):
        yield _item(audit, "hallazgos", "Lo que la vez anterior quedó por corregir está cerrado o en fecha.")
    yield _item(
        audit,
        "informe",
        "El informe está escrito, y cada resultado tiene acción, responsable y fecha.",
        *details(manual, audit.field, audit.data, "documento"),
    )


def _still_open(manual: Manual, audit: Entity) -> tuple[Reminder, ...]:
    field = audit.field.children["hallazgos"].item
    lines = tuple(
        " · ".join((found["nombre"], *details(manual, field, found, "accion", "responsable", "fecha_limite")))
        for found in audit.get("hallazgos", ())
        if field is not None and "accion" in found and "cerrado_el" not in found
    )
    return (Reminder("Por cerrar de la vez anterior", lines),) if lines else ()
