"""The list of a complaint: its stages, the search for the cause, the improvement and its controls."""

from collections.abc import Iterator

from pauta.checklists.model import Checklist, Group, Item, Kind
from pauta.checklists.reading import details, from_entity, from_section, object_at, readable, reminders
from pauta.model import Manual

INTRO = (
    "Use una lista por cada queja, desde que se recibe hasta que se comprueba que la corrección funcionó. "
    "Los plazos de las etapas se cuentan desde que se recibió la queja; los de los controles, desde que se aprobó "
    "la mejora."
)
_SECTION = "quejas"


def complaint_lists(manual: Manual) -> Iterator[Checklist]:
    """One list, with the parts of the procedure that the manual has, in the order in which they happen."""
    yield Checklist(
        id=f"lista_{Kind.COMPLAINTS}",
        code="LG-QUEJAS",
        title="Lista de verificación: manejo de quejas",
        kind=Kind.COMPLAINTS,
        section=_SECTION,
        intro=INTRO,
        sections=_groups(manual),
    )


def _groups(manual: Manual) -> tuple[Group, ...]:
    groups = (
        _stages(manual),
        _answer(manual),
        _cause(manual),
        _improvement(manual),
        _controls(manual),
        _outside(manual),
    )
    return tuple(group for group in groups if group.items)


def _stages(manual: Manual) -> Group:
    return Group(
        "Manejo de la queja",
        tuple(
            Item(
                f"etapa.{stage.id}",
                f"Se cumplió «{stage['nombre']}» dentro de su plazo.",
                from_entity(stage, f"Quejas: {stage['nombre']}"),
                details=details(manual, stage.field, stage.data, "plazo", "responsable", "registro", "escala_a"),
            )
            for stage in manual.all("etapas_queja")
        ),
    )


def _answer(manual: Manual) -> Group:
    return Group(
        "Respuesta según la gravedad",
        tuple(
            Item(
                f"gravedad.{level.id}",
                f"Si la queja es de nivel «{level['nombre']}», la respuesta final se dio dentro de su plazo.",
                from_entity(level, f"Quejas: nivel {level['nombre']}"),
                details=details(manual, level.field, level.data, "plazo_respuesta", "atiende"),
            )
            for level in manual.all("gravedades")
        ),
    )


def _cause(manual: Manual) -> Group:
    title = "Investigación de la causa"
    found = object_at(manual, _SECTION, "investigacion")
    if found is None:
        return Group(title, ())
    field, data = found
    source = from_section(manual, _SECTION, "investigacion")
    record = field.children["registro"]
    return Group(
        title,
        (
            Item(
                "investigacion.metodo",
                "Se buscó la causa con el método de la empresa.",
                source,
                details=details(manual, field, data, "metodo", "responsable", "plazo"),
            ),
            *(
                Item(
                    f"investigacion.causa_en.{place}",
                    f"Se revisó si la causa está en «{readable(manual, field.children['causa_en'], [place])}».",
                    source,
                )
                for place in data["causa_en"]
            ),
            Item(
                "investigacion.registro",
                "La causa quedó registrada con todos sus datos.",
                source,
                details=details(manual, record, data["registro"], "documento", "campos", "conservacion"),
            ),
        ),
        reminders(field, data, "pasos"),
    )


def _improvement(manual: Manual) -> Group:
    title = "Solicitud de mejora continua"
    found = object_at(manual, _SECTION, "mejora")
    if found is None:
        return Group(title, ())
    field, data = found
    source = from_section(manual, _SECTION, "mejora")
    return Group(
        title,
        (
            Item(
                "mejora.solicitud",
                "Si el caso lo pedía, se llenó la solicitud dentro de su plazo.",
                source,
                details=details(manual, field, data, "cuando", "documento", "solicita", "plazo"),
            ),
            Item(
                "mejora.aprobacion",
                "La solicitud tiene una decisión escrita de quien la aprueba.",
                source,
                details=details(manual, field, data, "aprueba"),
            ),
        ),
        reminders(field, data, "campos"),
    )


def _controls(manual: Manual) -> Group:
    return Group(
        "Controles de la corrección",
        tuple(
            Item(
                f"control.{control.id}",
                f"El control «{control['nombre']}» se hizo y cumplió su criterio.",
                from_entity(control, f"Quejas: control «{control['nombre']}»"),
                details=details(manual, control.field, control.data, "tipo", "criterio", "cuando", "responsable"),
            )
            for control in manual.all("controles")
        ),
    )


def _outside(manual: Manual) -> Group:
    return Group("Vía externa", tuple(_told(manual)))


def _told(manual: Manual) -> Iterator[Item]:
    found = object_at(manual, _SECTION, "via_externa")
    if found is not None:
        field, data = found
        yield Item(
            "via_externa",
            "El cliente sabe ante quién puede acudir fuera de la empresa.",
            from_section(manual, _SECTION, "via_externa"),
            details=details(manual, field, data, "nombre", "plazo_referencia"),
        )
