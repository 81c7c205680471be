"""The list of the manual itself: what a manager confirms before putting a version in force.

It asks about each thing that ``check.completeness`` requires, but asks the other half: that program
tells whether it is written, this list whether what is written is true.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pauta.checklists.model import Group, Item, Source
from pauta.checklists.reading import details, from_section
from pauta.checklists.service import short_name
from pauta.model import Entity, Manual
from pauta.spine import Section

INTRO = (
    "Úsela antes de poner en vigor una versión. La revisión automática dice si algo falta; "
    "estos puntos preguntan lo que solo una persona sabe: si lo escrito es cierto hoy."
)


@dataclass(frozen=True, slots=True)
class _Requirement:
    """What the manual must say of every service."""

    name: str
    collection: str
    text: str


_REQUIREMENTS = (
    _Requirement("oferta", "ofertas", "Su oferta dice lo que hoy se entrega, en qué plazo y a qué precio."),
    _Requirement("indicadores", "indicadores", "Sus indicadores se miden, y sus metas son las que se persiguen."),
    _Requirement("recursos", "recursos", "Las personas, los equipos y los sistemas que necesita están disponibles."),
    _Requirement("capacidad", "capacidades", "Su capacidad alcanza para el volumen que llega."),
    _Requirement("costo", "costos", "Su costo está calculado con los datos del último período."),
    _Requirement("antes", "comunicaciones", "Los mensajes que se dan antes del servicio son los que hoy se usan."),
    _Requirement("durante", "comunicaciones", "Los mensajes que se dan durante el servicio son los que hoy se usan."),
    _Requirement("despues", "comunicaciones", "Los mensajes que se dan después del servicio son los que hoy se usan."),
)


def manual_groups(manual: Manual) -> tuple[Group, ...]:
    """One group for the sections that every manual has, and one for each offered service."""
    required = (section for section in manual.spine.sections.values() if section.required)
    sections = Group("Secciones del manual", tuple(_section(manual, section) for section in required))
    services = (Group(short_name(service), tuple(_requirements(manual, service))) for service in manual.services())
    return tuple(group for group in (sections, *services) if group.items)


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


def _requirements(manual: Manual, service: Entity) -> Iterator[Item]:
    name = f"servicio.{service.id}"
    yield Item(
        f"{name}.responsable",
        "Tiene un responsable que lo sabe y lo acepta.",
        Source(manual.spine.sections[service.section].title, service.section, service.key, service.at()),
        details=details(manual, service.field, service.data, "responsable"),
    )
    for requirement in _REQUIREMENTS:
        section, _ = manual.spine.collections[requirement.collection]
        if manual.applies(section.name):
            yield Item(f"{name}.{requirement.name}", requirement.text, _said_in(manual, section, requirement, service))


def _said_in(manual: Manual, section: Section, requirement: _Requirement, service: Entity) -> Source:
    entity = manual.find(requirement.collection, service.id)
    if entity is None or manual.spine.identified_by.get(requirement.collection) != service.collection:
        return from_section(manual, section.name)
    return Source(section.title, section.name, entity.key, entity.at())
