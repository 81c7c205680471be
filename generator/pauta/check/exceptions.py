"""Findings as the company decided to take them: of another severity, or not at all for a while.

What is found when the files are read and written is never changed: a manual that cannot be read well
cannot be judged at all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from pauta.check.settings import Place, Waiver, waivers, weights
from pauta.findings import Finding, Location, Severity
from pauta.load import Document, Path_
from pauta.model import Entity, Manual
from pauta.nearest import nearest


class Freedom(Enum):
    """What a company may decide of a rule."""

    ALL = "its severity, and where it is not applied"
    SEVERITY = "its severity alone: it is about a change, or a file beside the manual, without a place in it"
    NOTHING = "nothing: without it the rest cannot be trusted"


Freedoms = Mapping[str, Freedom]
"""Every rule that there is, by its id."""


def reviewed(manual: Manual, found: Iterable[Finding], freedoms: Freedoms) -> Iterator[Finding]:
    """Findings in the severity that the company gave them, without those excepted; and what is wrong with all that.

    An exception that has expired excepts nothing any more.
    """
    standing = [each for each in _fit(manual, freedoms) if not each.has_expired(manual.today)]
    used = set[int]()
    for each in graded(manual, found, freedoms):
        covering = next((waiver for waiver in standing if _covers(manual, waiver, each)), None)
        if covering is None:
            yield each
        else:
            used.add(covering.position)
    yield from _misnamed(manual, freedoms)
    yield from _misplaced(manual)
    yield from (_expired(each) for each in _fit(manual, freedoms) if each.has_expired(manual.today))
    if manual.sound(*manual.spine.sections):  # otherwise not every rule was asked
        yield from (_unused(each) for each in standing if each.position not in used)


def graded(manual: Manual, found: Iterable[Finding], freedoms: Freedoms) -> Iterator[Finding]:
    """Findings in the severity that the company gave to their rules."""
    severities = {each.rule: each.severity for each in weights(manual) if freedoms.get(each.rule) in GRADED}
    return (replace(each, severity=severities[each.rule]) if each.rule in severities else each for each in found)


GRADED = frozenset({Freedom.ALL, Freedom.SEVERITY})
"""What a rule must leave to the company for its severity to be changed."""


def _fit(manual: Manual, freedoms: Freedoms) -> list[Waiver]:
    """The exceptions to a rule that allows them, in a place that exists."""
    return [
        each
        for each in waivers(manual)
        if freedoms.get(each.rule) is Freedom.ALL and _nowhere(manual, each.place) is None
    ]


def _covers(manual: Manual, waiver: Waiver, finding: Finding) -> bool:
    if finding.rule != waiver.rule:
        return False
    place, where = waiver.place, finding.location
    if place.section not in manual.parts:
        return where.path == f"manual/{place.section}.yml"
    return any(
        document.path == where.path and document.is_inside(path, where.line, where.column)
        for document, path in _homes(manual, place)
    )


def _homes(manual: Manual, place: Place) -> Iterator[tuple[Document, Path_]]:
    """The values that a place names: one of an entity, or one in each file of a section."""
    below = (place.field,) if place.field else ()
    if place.entity:
        for entity in _entities(manual, place):
            yield entity.document, (*entity.path, *below)
    else:
        for document in manual.parts[place.section].documents:
            yield document, below


def _entities(manual: Manual, place: Place) -> list[Entity]:
    found = (each.get(place.entity) for name, each in manual.entities.items() if place.collection in {"", name})
    return [entity for entity in found if entity is not None and entity.section == place.section]


class Waived(NamedTuple):
    """What the place of an exception names, as a page shows it."""

    entity: Entity | None
    field: str
    """The title of the field; empty when the place names none."""


def waived(manual: Manual, place: Place) -> Waived:
    """The entity and the field that a place names, as far as the manual has them."""
    found = _entities(manual, place) if place.entity else []
    entity = found[0] if found else None
    section = manual.spine.sections.get(place.section)
    fields = entity.field.children if entity else section.root.children if section else {}
    return Waived(entity, fields[place.field].title if place.field in fields else place.field)


# --- what is wrong with what the company decided -------------------------------------------------


def _misnamed(manual: Manual, freedoms: Freedoms) -> Iterator[Finding]:
    """Rules that do not exist, or of which that cannot be decided."""
    for weight in weights(manual):
        if freedoms.get(weight.rule) not in GRADED:
            yield _no_such(weight.rule, weight.at, freedoms) or _fixed(weight.rule, weight.at)
    for waiver in waivers(manual):
        if freedoms.get(waiver.rule) is not Freedom.ALL:
            where = waiver.at("regla")
            yield _no_such(waiver.rule, where, freedoms) or _without_place(waiver, where, freedoms)


def _no_such(rule: str, where: Location, freedoms: Freedoms) -> Finding | None:
    if rule in freedoms:
        return None
    guess = nearest(rule, freedoms)
    mend = f"¿Quiso decir «{guess}»?" if guess else "«pauta explain», sin nombre, las muestra todas."
    return Finding("regla-desconocida", Severity.ERROR, f"No hay una regla que se llame «{rule}».", where, mend)


def _fixed(rule: str, where: Location) -> Finding:
    return Finding(
        "regla-fija",
        Severity.ERROR,
        f"La gravedad de «{rule}» no se cambia, ni se exceptúa: sin lo que comprueba no se puede confiar en el resto.",
        where,
        "Corrija lo que la regla señala y quite esto.",
    )


def _without_place(waiver: Waiver, where: Location, freedoms: Freedoms) -> Finding:
    if freedoms[waiver.rule] is Freedom.NOTHING:
        return _fixed(waiver.rule, where)
    return Finding(
        "regla-fija",
        Severity.ERROR,
        f"«{waiver.rule}» no trata de un lugar del manual, y no se exceptúa aquí.",
        where,
        "Un cambio se deja pasar con «exenciones», en la sección «cambios».",
    )


class _Nowhere(NamedTuple):
    """Which part of a place names nothing, and what it may have meant."""

    name: str
    message: str
    mend: str


def _misplaced(manual: Manual) -> Iterator[Finding]:
    for waiver in waivers(manual):
        wrong = _nowhere(manual, waiver.place)
        if wrong:
            where = waiver.at("lugar", wrong.name)
            yield Finding("lugar-desconocido", Severity.ERROR, wrong.message, where, wrong.mend)


def _nowhere(manual: Manual, place: Place) -> _Nowhere | None:
    if place.section not in manual.spine.sections:
        message = f"No hay una sección que se llame «{place.section}»."
        return _meant("seccion", message, place.section, manual.spine.sections)
    inside = [name for name, (home, _) in manual.spine.collections.items() if home.name == place.section]
    if place.collection and place.collection not in inside:
        message = f"En «{place.section}» no hay una lista que se llame «{place.collection}»."
        return _meant("coleccion", message, place.collection, inside)
    found = _entities(manual, place)
    if place.entity and not found:
        known = [name for each in inside for name in manual.entities.get(each, {})]
        message = f"En «{place.section}» no hay un elemento que se llame «{place.entity}»."
        return _meant("elemento", message, place.entity, known)
    fields = found[0].field.children if found else manual.spine.sections[place.section].root.children
    if place.field and place.field not in fields:
        return _meant("campo", f"Ahí no hay un campo que se llame «{place.field}».", place.field, fields)
    return None


def _meant(name: str, message: str, said: str, known: Iterable[str]) -> _Nowhere:
    guess = nearest(said, known)
    return _Nowhere(name, message, f"¿Quiso decir «{guess}»?" if guess else "Corrija el lugar, o quite la excepción.")


def _expired(waiver: Waiver) -> Finding:
    return Finding(
        "excepcion-vencida",
        Severity.ERROR,
        f"La excepción a «{waiver.rule}» venció el {waiver.until.isoformat()} y ya no deja pasar nada.",
        waiver.at("vence_el"),
        "Corrija lo que exceptuaba y quítela; si todavía hace falta, que se apruebe otra vez con otra fecha.",
    )


def _unused(waiver: Waiver) -> Finding:
    return Finding(
        "excepcion-sin-uso",
        Severity.WARNING,
        f"La excepción a «{waiver.rule}» no deja pasar ningún hallazgo.",
        waiver.at(),
        "Quítela si ya se corrigió. Si el hallazgo sigue, es de otro lugar: el elemento entero, sin «campo», u otro elemento.",
    )
