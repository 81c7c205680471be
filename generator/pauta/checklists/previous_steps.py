"""The list of what is done before a manual is written."""

from collections.abc import Iterator

from pauta.checklists.model import Checklist, Group, Item, Kind
from pauta.checklists.reading import details, from_entity
from pauta.model import Manual


def previous_steps_lists(manual: Manual) -> Iterator[Checklist]:
    """One list with the steps in the order of the manual."""
    field_names = ("paso", "estado", "fecha", "evidencia", "documento", "responsable")
    items = tuple(
        Item(
            f"paso_previo.{step.id}",
            f"Está hecho, y se tiene a la vista lo que lo prueba: «{step['nombre']}».",
            from_entity(step, "Diagnóstico: pasos previos al manual"),
            details=details(manual, step.field, step.data, *field_names),
        )
        for step in manual.all("pasos_previos")
    )
    yield Checklist(
        id=f"lista_{Kind.PREVIOUS_STEPS}",
        code="LG-PASOS-PREVIOS",
        title="Lista de verificación: pasos previos al manual",
        kind=Kind.PREVIOUS_STEPS,
        section="diagnostico",
        intro=(
            "Úsela antes de escribir el manual y antes de cada versión mayor: lo que se ignora de los clientes y del "
            "propio trabajo no se puede prometer."
        ),
        sections=(Group("Pasos previos", items),) if items else (),
    )
