"""What the page of a role gathers: where it takes part, what it answers for, whom it turns to."""

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import Markup

from pauta.checklists import Checklist, Kind
from pauta.model import Entity, Manual, Reference
from pauta.render import journey
from pauta.render.page import Page
from pauta.render.places import service_of
from pauta.spine import Field

_WORK = {"recursos": "Recurso", "capacidades": "Capacidad"}
"""Collections of means: whoever is named in one works for the services it names."""


def ladder(manual: Manual, role: Entity) -> list[Entity]:
    """The roles to turn to, one after another; it stops where a ring would begin."""
    steps: list[Entity] = []
    here: Entity | None = role
    while here is not None and here not in steps and (here is not role or not steps):
        if here is not role:
            steps.append(here)
        here = manual.find("roles", here.data.get("escala_a", ""))
    return steps


def escalate_to(manual: Manual, role: Entity) -> list[Entity]:
    """The roles that pass cases to this one."""
    return [other for other in manual.all("roles") if other.data.get("escala_a") == role.id]


def services(manual: Manual, role: Entity) -> list[tuple[Entity, list[str]]]:
    """The offered services in which the role takes part, and why."""
    reasons: dict[str, dict[str, None]] = {}
    for reference in manual.to(role):
        for service, why in _through(manual, reference):
            reasons.setdefault(service, {})[why] = None
    return [(s, list(reasons[s.id])) for s in manual.services() if s.id in reasons]


def _through(manual: Manual, reference: Reference) -> Iterator[tuple[str, str]]:
    source = reference.source
    if source is None:
        return
    if source.collection == "servicios":
        yield source.id, "Respondo"
    elif about := service_of(manual, source):
        yield about.id, "Mensajes" if source.collection == "mensajes" else "Pasos"
    elif source.collection in _WORK:
        for each in manual.of(source):
            if each.collection == "servicios":
                yield each.target, _WORK[source.collection]


def steps(manual: Manual, role: Entity) -> list[tuple[Entity, dict[str, Any], Field]]:
    """The steps of the offers that the role takes: service, step, and the field of its term."""
    found = []
    offers = {offer.id: offer for offer in manual.naming(role, "ofertas")}
    for service in manual.services():
        offer = offers.get(service.id)
        term = offer.field.at(("pasos", 0, "plazo")) if offer else None
        if offer is not None and term is not None:
            found += [(service, step, term) for step in offer["pasos"] if step["hace"] == role.id]
    return found


def messages(page: Page, role: Entity) -> list[tuple[str, list[Markup]]]:
    """The messages that the role gives, by service."""
    manual = page.site.manual
    found: dict[str, list[Markup]] = {}
    for reference in manual.to(role):
        source = reference.source
        if source is not None and source.collection == "mensajes":
            service = service_of(manual, source)
            if service is not None:
                found.setdefault(manual.title(service), []).append(page.link(source))
    return list(found.items())


def indicators(manual: Manual, role: Entity) -> list[Entity]:
    """The indicators that the role measures and reports."""
    return manual.naming(role, "indicadores")


def answers_for(page: Page, role: Entity) -> list[tuple[str, list[Markup]]]:
    """Everything else that names the role as responsible, by section."""
    manual = page.site.manual
    found: dict[str, list[Markup]] = {}
    for reference in manual.to(role):
        source = reference.source
        if source is None or reference.field.name != "responsable" or source.collection == "indicadores":
            continue
        if not source.sound:
            continue
        title = manual.spine.sections[reference.section].title
        found.setdefault(title, []).append(page.link(source))
    return list(found.items())


def owned_sections(manual: Manual, role: Entity) -> list[str]:
    """The sections that the role keeps up to date."""
    return [name for name, part in manual.parts.items() if part.control.get("responsable") == role.id]


_CARRIED_OUT = {
    Kind.FIVE_SECONDS: "prueba_cinco_segundos",
    Kind.TEST_CALL: "llamada_prueba",
    Kind.WALK: "recorrido_direccion",
}
"""Lists that the section of evaluation gives to one role -> the field that names it, in «ejecuta»."""


def lists(manual: Manual, role: Entity, every: Iterable[Checklist]) -> list[Checklist]:
    """The lists that a role fills in: its induction first, then those of its work."""
    mine = set(_kinds(manual, role))
    about = {("roles", role.id)}
    about.update(protocol.key for protocol in journey.protocols_of_role(manual, role))
    about.update(audit.key for audit in manual.all("auditorias") if audit["auditor"] == role.id)
    followed = {service.id for service, _ in services(manual, role)}
    answered = {service.key for service in manual.services() if service.get("responsable") == role.id}
    return sorted(
        (
            each
            for each in every
            if (each.about is None and each.kind in mine)
            or each.about in about
            or each.service in followed
            or (each.kind is Kind.QUALITY and each.about in answered)
        ),
        key=lambda each: each.role is None,
    )


def _kinds(manual: Manual, role: Entity) -> Iterator[Kind]:
    """The lists of the whole company that a role fills in."""
    yield Kind.DECALOGUE
    if owned_sections(manual, role):
        yield Kind.MANUAL
    if any(reference.section == "quejas" for reference in manual.to(role)):
        yield Kind.COMPLAINTS
    part = manual.parts.get("evaluacion")
    for kind, name in _CARRIED_OUT.items():
        if part is not None and part.data.get(name, {}).get("ejecuta") == role.id:
            yield kind
