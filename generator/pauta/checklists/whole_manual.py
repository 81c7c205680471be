"""The list of the manual itself: what a manager confirms before putting a version in force.

It asks about each thing that ``check.completeness`` requires, but asks the other half: that program
tells whether it is written, this list whether what is written is true. A company may have a thousand
services, so each is one point, and what is confirmed of every one is said once, beside them.
"""

from collections.abc import Iterator

from pauta.checklists.model import Checklist, Group, Item, Kind, Reminder, Source
from pauta.checklists.reading import details, from_section
from pauta.checklists.service import short_name
from pauta.model import Entity, Manual
from pauta.spine import Section

INTRO = (
    "Úsela antes de poner en vigor una versión. La revisión automática dice si algo falta; "
    "estos puntos preguntan lo que solo una persona sabe: si lo escrito es cierto hoy."
)
_OF_EVERY_SERVICE = (
    ("servicios", "Tiene un responsable que lo sabe y lo acepta."),
    ("ofertas", "Su oferta dice lo que hoy se entrega, en qué plazo y a qué precio."),
    ("indicadores", "Sus indicadores se miden, y sus metas son las que se persiguen."),
    ("recursos", "Las personas, los equipos y los sistemas que necesita están disponibles."),
    ("capacidades", "Su capacidad alcanza para el volumen que llega."),
    ("costos", "Su costo está calculado con los datos del último período."),
    ("comunicaciones", "Los mensajes que se dan antes, durante y después del servicio son los que hoy se usan."),
)
"""A collection, and what a manager confirms of it for each service when the company needs its section."""


def manual_lists(manual: Manual) -> Iterator[Checklist]:
    """One list, with a group for the sections that every manual has and one for the offered services."""
    yield Checklist(
        id=f"lista_{Kind.MANUAL}",
        code="LG-MANUAL",
        title="Lista de verificación: manual completo",
        kind=Kind.MANUAL,
        intro=INTRO,
        sections=_groups(manual),
    )


def _groups(manual: Manual) -> tuple[Group, ...]:
    required = (section for section in manual.spine.sections.values() if section.required)
    groups = (
        Group("Secciones del manual", tuple(_section(manual, section) for section in required)),
        Group("Servicios", tuple(_service(manual, service) for service in manual.services()), _confirmed(manual)),
    )
    return tuple(group for group in groups if group.items)


def _section(manual: Manual, section: Section) -> Item:
    part = manual.parts.get(section.name)
    declared = part.not_applicable if part else None
    if declared is not None:
        field = manual.spine.not_applicable.root.children["no_aplica"]
        text = f"Sigue siendo cierto que «{section.title}» no se aplica a la empresa."
        known = details(manual, field, declared, "motivo", "aprobado_por", "revisar_el")
    else:
        field = section.root.children["control"]
        text = f"«{section.title}» está completa, al día y aprobada."
        known = details(manual, field, part.control if part else {}, "responsable", "ultima_revision", "revisar_cada")
    return Item(f"seccion.{section.name}", text, from_section(manual, section.name), details=known)


def _confirmed(manual: Manual) -> tuple[Reminder, ...]:
    lines = tuple(
        text for collection, text in _OF_EVERY_SERVICE if manual.applies(manual.spine.collections[collection][0].name)
    )
    return (Reminder("De cada servicio se confirma", lines),)


def _service(manual: Manual, service: Entity) -> Item:
    return Item(
        f"servicio.{service.id}",
        f"Lo que el manual dice de «{short_name(service)}» es cierto hoy.",
        Source(manual.spine.sections[service.section].title, service.section, service.key, service.at()),
        details=details(manual, service.field, service.data, "responsable"),
    )
