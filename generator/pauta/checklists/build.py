"""The manual -> every list that it makes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pauta.checklists.complaints import INTRO as COMPLAINTS_INTRO
from pauta.checklists.complaints import complaint_groups
from pauta.checklists.decalogue import INTRO as DECALOGUE_INTRO
from pauta.checklists.decalogue import decalogue_groups
from pauta.checklists.model import Checklist, Group, Kind
from pauta.checklists.reading import named
from pauta.checklists.service import service_groups, service_intro
from pauta.checklists.whole_manual import INTRO as MANUAL_INTRO
from pauta.checklists.whole_manual import manual_groups
from pauta.model import Entity, Manual


def all_checklists(manual: Manual) -> tuple[Checklist, ...]:
    """The lists of a manual: one a service, then the general ones; a list without points is left out."""
    heading = _heading(manual)
    lists = (*_of_services(manual, heading), *_general(manual, heading))
    return tuple(checklist for checklist in lists if checklist.sections)


@dataclass(frozen=True, slots=True)
class _Heading:
    """What all the lists of a version say at the top."""

    version: str = ""
    in_force_since: date | None = None
    approved_by: str = ""


def _heading(manual: Manual) -> _Heading:
    """The heading, as far as the manual tells it."""
    part = manual.parts.get("manual")
    if part is None or not part.sound or part.not_applicable is not None:
        return _Heading()
    return _Heading(
        part.data["version"],
        date.fromisoformat(part.data["vigente_desde"]),
        named(manual, "roles", part.data.get("aprobado_por")),
    )


def _of_services(manual: Manual, heading: _Heading) -> Iterator[Checklist]:
    for service, groups in service_groups(manual):
        yield Checklist(
            id=f"lista_servicio_{service.id}",
            code=f"L-{_in_code(service)}",
            title=f"Lista de verificación: {service['nombre']}",
            kind=Kind.SERVICE,
            intro=service_intro(manual, service),
            version=heading.version,
            in_force_since=heading.in_force_since,
            approved_by=heading.approved_by,
            sections=groups,
            service=service.id,
        )


def _in_code(service: Entity) -> str:
    return service.id.upper().replace("_", "-")


def _general(manual: Manual, heading: _Heading) -> Iterator[Checklist]:
    """The lists that no service owns; their codes begin otherwise, so that no service's id can give them."""
    plans: tuple[tuple[Kind, str, str, tuple[Group, ...]], ...] = (
        (Kind.COMPLAINTS, "manejo de quejas", COMPLAINTS_INTRO, complaint_groups(manual)),
        (Kind.DECALOGUE, "decálogo", DECALOGUE_INTRO, decalogue_groups(manual)),
        (Kind.MANUAL, "manual completo", MANUAL_INTRO, manual_groups(manual)),
    )
    for kind, about, intro, groups in plans:
        yield Checklist(
            id=f"lista_{kind}",
            code=f"LG-{kind.upper()}",
            title=f"Lista de verificación: {about}",
            kind=kind,
            intro=intro,
            version=heading.version,
            in_force_since=heading.in_force_since,
            approved_by=heading.approved_by,
            sections=groups,
        )
