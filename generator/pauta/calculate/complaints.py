"""The deadlines of a complaint: in order, inside the published term, and on a calendar with a worked example."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import partial
from itertools import pairwise

from pauta.calculate.deadlines import ADDED, COMPARED, ONE_AFTER_ANOTHER, Chain, chain_over, day_assumed
from pauta.calculate.model import Calculation, Figure, Input, Judged, given
from pauta.calculate.times import opening, work_calendar
from pauta.model import Entity, Manual, Part
from pauta.quantities import parse_duration
from pauta.quantities.calendars import WorkCalendar, deadline

_FRIDAY = 4
_AFTERNOON = time(15, 30)
_STEPS = (
    ("manejo", "acuse", "plazo"),
    ("investigacion", "plazo"),
    ("manejo", "comunicacion_decision", "plazo"),
)
_NAMES = {
    "acuse": "Acuse de recibo",
    "investigacion": "Investigación",
    "comunicacion_decision": "Comunicación de la decisión",
}


@dataclass(frozen=True, slots=True)
class Due:
    """The last moment of one term of a complaint."""

    term: Input
    moment: datetime


@dataclass(frozen=True, slots=True)
class Example:
    """A complaint that comes in on a Friday afternoon: when each term ends on the calendar of the company."""

    received: datetime
    dues: tuple[Due, ...]
    holidays: tuple[tuple[date, str], ...]
    """The holidays between the receipt and the last term."""


def chain(manual: Manual) -> Iterator[Judged]:
    """Receipt, investigation and answer, one after another, inside the longest term for an answer."""
    part = _part(manual)
    parts = [_named(part, path) for path in _STEPS if _says(part, path)] if part else []
    if part and parts and _says(part, ("manejo", "plazo_maximo")):
        promise = given(part, "manejo", "plazo_maximo")
        whole = Chain([(each, parse_duration(each.value)) for each in parts], promise, parse_duration(promise.value))
        over = chain_over(whole, opening(manual))
        if over is not None:
            yield Judged(over <= 0, partial(_chain, manual, part, whole, over))


def order(manual: Manual) -> Iterator[Judged]:
    """The stages of a complaint, whose terms all run from the receipt: none ends before the one that it follows."""
    hours = opening(manual)
    for before, after in pairwise(manual.all("etapas_queja")):
        first, limit = given(before, "plazo", name=f"Plazo de «{manual.title(before)}»"), given(after, "plazo")
        step = Chain([(first, parse_duration(first.value))], limit, parse_duration(limit.value))
        over = chain_over(step, hours)
        if over is not None:
            yield Judged(over <= 0, partial(_stage, manual, before, after, step, over))


def _chain(manual: Manual, part: Part, whole: Chain, over: Fraction) -> Calculation:
    listed = ", ".join(f"{each.name.lower()} {each.value}" for each, _ in whole.parts)
    return Calculation(
        "queja.cadena",
        "queja-fuera-de-plazo",
        "Cadena de plazos de una queja",
        part,
        "Acuse + investigación + comunicación de la decisión ≤ plazo máximo",
        whole.inputs,
        (Figure("Suma", whole.total),),
        whole.promise,
        f"Los plazos de una queja suman {whole.total} ({listed}), y el plazo máximo para responderla es {whole.promise.value}: "
        f"{whole.margin(over)}.",
        whole.margin(over),
        "Acorte esos plazos, o publique un plazo máximo en que quepan uno tras otro.",
        (ONE_AFTER_ANOTHER, *day_assumed(opening(manual))),
        ADDED,
    )


def _stage(manual: Manual, before: Entity, after: Entity, step: Chain, over: Fraction) -> Calculation:
    earlier, title = manual.title(before), manual.title(after)
    return Calculation(
        f"queja.etapa.{after.id}",
        "etapas-de-queja-en-desorden",
        f"Plazo de «{title}»",
        after,
        "Plazo de cada etapa ≥ plazo de la anterior; todos cuentan desde que se recibió",
        step.inputs,
        (Figure("Plazo de la etapa anterior", step.total),),
        step.promise,
        f"La etapa «{title}» vence {step.promise.value} después de recibida la queja, y «{earlier}», que va antes, {step.total}: "
        f"{step.margin(over)}.",
        step.margin(over),
        f"Escriba {step.total} o más en «{title}», o menos en la anterior.",
        day_assumed(opening(manual)),
        COMPARED,
    )


def example(manual: Manual) -> Example | None:
    """When each term ends for a complaint of the first Friday after the manual's day at half past three.

    None when the manual says no terms, or when its hours or its country do not let them be counted.
    """
    part, calendar = _part(manual), work_calendar(manual)
    received = _friday(manual.today)
    terms = list(_terms(manual, part)) if part else []
    if calendar is None or not terms:
        return None
    try:
        dues = tuple(Due(term, deadline(calendar, received, parse_duration(term.value))) for term in terms)
        last = max(due.moment for due in dues)
        return Example(received, dues, tuple(_holidays(calendar, received.date(), last.date())))
    except ValueError:  # the hours never open, or there is no list for the country
        return None


def _terms(manual: Manual, part: Part) -> Iterator[Input]:
    """The terms that all run from the receipt."""
    for stage in manual.all("etapas_queja"):
        yield given(stage, "plazo", name=manual.title(stage))
    for severity in manual.all("gravedades"):
        yield given(severity, "plazo_respuesta", name=f"Respuesta a una queja «{manual.title(severity)}»")
    for path, name in (
        (("manejo", "plazo_maximo"), "Plazo máximo"),
        (("via_externa", "plazo_referencia"), "Plazo de referencia"),
    ):
        if _says(part, path):
            yield given(part, *path, name=name)


def _friday(today: date) -> datetime:
    return datetime.combine(today + timedelta(days=(_FRIDAY - today.weekday()) % 7), _AFTERNOON)


def _holidays(calendar: WorkCalendar, first: date, last: date) -> Iterator[tuple[date, str]]:
    for after in range((last - first).days + 1):
        day = first + timedelta(days=after)
        name = calendar.holiday(day)
        if name is not None:
            yield day, name


def _part(manual: Manual) -> Part | None:
    part = manual.parts.get("quejas")
    return part if part is not None and part.sound else None


def _says(part: Part | None, path: tuple[str, ...]) -> bool:
    value = part.data if part else {}
    for name in path:
        if not isinstance(value, dict) or name not in value:
            return False
        value = value[name]
    return True


def _named(part: Part, path: tuple[str, ...]) -> Input:
    return given(part, *path, name=_NAMES[path[-2]])
