"""What a company decides of the check itself, as «revision» of the manual's identity says it.

What is written wrong there is reported when the files are validated; here it is passed over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pauta.findings import Location, Severity
from pauta.model import Manual, Part
from pauta.quantities import parse_date

_HOME = "manual"
_REVIEW = "revision"
_SEVERITIES = {severity.spanish: severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a rule matters in this company."""

    rule: str
    severity: Severity
    reason: str
    at: Location


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule is not applied: a section, or an entity or a field in it."""

    section: str
    collection: str
    entity: str
    field: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that is not applied in a place until a day, and why."""

    rule: str
    place: Place
    reason: str
    approver: str
    until: date
    part: Part
    position: int

    def at(self, *names: str) -> Location:
        """Where it is written, or something of it."""
        return self.part.at(_REVIEW, "excepciones", self.position, *names)

    def has_expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.until < today


def weights(manual: Manual) -> Iterator[Weight]:
    """The severities that the company changed."""
    for part, position, each in _listed(manual, "severidades"):
        if isinstance(each, dict) and _texts(each, "regla", "severidad") and each["severidad"] in _SEVERITIES:
            where = part.at(_REVIEW, "severidades", position, "regla")
            yield Weight(each["regla"], _SEVERITIES[each["severidad"]], str(each.get("motivo", "")), where)


def waivers(manual: Manual) -> Iterator[Waiver]:
    """The exceptions, expired ones too."""
    for part, position, each in _listed(manual, "excepciones"):
        if not isinstance(each, dict) or not _texts(each, "regla", "motivo", "aprobado_por", "vence_el"):
            continue
        place, until = _place(each.get("lugar")), _day(each["vence_el"])
        if place and until:
            yield Waiver(each["regla"], place, each["motivo"], each["aprobado_por"], until, part, position)


def trusted_packages(manual: Manual) -> Iterator[tuple[str, Location]]:
    """The packages of rules that the company trusts, and where it says so."""
    for part, position, each in _listed(manual, "paquetes"):
        if isinstance(each, str) and each:
            yield each, part.at(_REVIEW, "paquetes", position)


def _listed(manual: Manual, name: str) -> Iterator[tuple[Part, int, Any]]:
    part = manual.parts.get(_HOME)
    review = part.data.get(_REVIEW) if part else None
    several = review.get(name) if isinstance(review, dict) else None
    if part and isinstance(several, list):
        for position, each in enumerate(several):
            yield part, position, each


def _texts(holder: Mapping[str, Any], *names: str) -> bool:
    return all(isinstance(holder.get(name), str) for name in names)


def _place(said: Any) -> Place | None:
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        return None
    names = ("seccion", "coleccion", "elemento", "campo")
    return Place(*(said.get(name, "") for name in names)) if "seccion" in said else None


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
