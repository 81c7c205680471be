"""What the pages of the service system reckon: agreements by service, training by role, validity, weights."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.core import Locale
from babel.dates import format_date
from markupsafe import Markup

from pauta.model import Entity, Manual
from pauta.quantities import later, parse_date, parse_duration, parse_measure
from pauta.render.html import join
from pauta.render.journey import Training, training_of_role
from pauta.render.page import Page
from pauta.spine import Field

_INSIDE = frozenset({"corporativo", "departamental"})
"""Levels of agreement that bind areas; what a customer is promised stands on the others."""


def links(page: Page, collection: str, names: Iterable[str]) -> Markup:
    """References on one line, however long: for a paragraph, which can hold no list."""
    return join((page.reference(collection, name) for name in names), ", ")


def all_but(field: Field, *names: str) -> list[str]:
    """The fields of a group other than some, to leave out of a sheet."""
    return [name for name in field.children if name not in names]


# --- agreements ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """What is agreed with the customers of a service."""

    service: Entity
    anywhere: list[Entity]
    """Agreements that hold whatever the channel."""
    by_channel: list[list[Entity]]
    """For each channel of the grid, its agreements."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Services by channels, with the agreements where they meet."""

    channels: list[Entity]
    rows: list[Row]


def agreement_grid(manual: Manual) -> Grid:
    """What is agreed with customers for each service in each channel that an agreement names."""
    agreements = [each for each in manual.all("acuerdos") if each.get("nivel") not in _INSIDE]
    named = {channel for each in agreements for channel in each.get("canales", ())}
    channels = [channel for channel in manual.all("canales") if channel.id in named]
    return Grid(channels, [_row(service, channels, agreements) for service in manual.services()])


def _row(service: Entity, channels: Iterable[Entity], agreements: Iterable[Entity]) -> Row:
    mine = [each for each in agreements if service.id in each["servicios"]]
    return Row(
        service,
        [each for each in mine if "canales" not in each.data],
        [[each for each in mine if channel.id in each.get("canales", ())] for channel in channels],
    )


def inside_agreements(agreements: Iterable[Entity]) -> list[Entity]:
    """The agreements that bind areas, not those that a customer is told of."""
    return [each for each in agreements if each.get("nivel") in _INSIDE]


# --- training, validity, weights -------------------------------------------------------------------


def training_matrix(manual: Manual) -> list[tuple[Entity, list[Training | None]]]:
    """Each role that must be trained, with its state in each training; None where it needs none."""
    topics = list(manual.all("capacitaciones"))
    rows = []
    for role in manual.all("roles"):
        mine = {training.entity.id: training for training in training_of_role(manual, role)}
        if mine:
            rows.append((role, [mine.get(topic.id) for topic in topics]))
    return rows


def valid_until(data: Mapping[str, Any]) -> str | None:
    """The last day of what has a date and a validity in calendar time, as a manual writes it."""
    validity = parse_duration(data["vigencia"])
    return later(parse_date(data["fecha"]), validity).isoformat() if validity.is_calendar else None


def total_weight(entries: Iterable[Entity]) -> str | None:
    """The sum of the weights of some entries, as a manual writes it; None when none has a weight."""
    weights = [parse_measure(entry["peso"]).value for entry in entries if "peso" in entry.data]
    return f"{sum(weights, Decimal(0)):f} %" if weights else None


def month_of(text: str, locale: Locale) -> str:
    """«2027-10-09» as «oct 2027», where a whole date would be too wide."""
    return str(format_date(parse_date(text), "MMM y", locale=locale))
