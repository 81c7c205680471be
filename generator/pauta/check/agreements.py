"""What the rules about service-level agreements ask of them: their time, their days, what they refine."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import permutations

from pauta.model import Entity, Manual
from pauta.quantities import Duration, parse_date, parse_duration, parse_measure


def time(agreement: Entity) -> Duration:
    """The longest that an agreement lets a case take."""
    return parse_duration(agreement["valor"])


def share(agreement: Entity) -> Decimal:
    """In how many cases of a hundred it is kept."""
    return parse_measure(agreement["porcentaje"]).value


def is_over(manual: Manual, agreement: Entity) -> bool:
    """Whether the last day of an agreement has passed."""
    return "vigente_hasta" in agreement.data and parse_date(agreement["vigente_hasta"]) < manual.today


def in_force(manual: Manual, agreement: Entity) -> bool:
    """Whether an agreement binds today: it has begun and is not over."""
    return parse_date(agreement["vigente_desde"]) <= manual.today and not is_over(manual, agreement)


def upper_of(manual: Manual, agreement: Entity) -> Entity | None:
    """The agreement that another refines, when it is free of mistakes."""
    upper = manual.find("acuerdos", agreement.get("superior", ""))
    return upper if upper and upper.sound and upper is not agreement else None


def loosened(agreement: Entity, upper: Entity) -> tuple[str, ...]:
    """The fields in which an agreement promises less than the one above it."""
    worse = {
        "valor": time(agreement).same_clock(time(upper)) and time(upper) < time(agreement),
        "porcentaje": share(agreement) < share(upper),
    }
    return tuple(name for name, is_worse in worse.items() if is_worse)


def same_or_unsaid(one: Entity, other: Entity, name: str) -> bool:
    """Whether two agreements say the same in a field, or one of them nothing."""
    return name not in one.data or name not in other.data or bool(one[name] == other[name])


def overtaken(manual: Manual, is_sooner: Callable[[Entity, Entity], bool]) -> Iterator[tuple[Entity, Entity]]:
    """Agreements that should be the sooner and are not, each with the quickest of those that overtake it."""
    worst: dict[str, tuple[Entity, Entity]] = {}
    for one, other in _meeting(manual):
        if is_sooner(one, other) and _comparable(one, other) and time(other) < time(one):
            known = worst.get(one.id)
            if known is None or time(other) < time(known[1]):
                worst[one.id] = one, other
    yield from worst.values()


def _comparable(one: Entity, other: Entity) -> bool:
    """Whether the times of two agreements are of one clock."""
    return time(one).same_clock(time(other)) and same_or_unsaid(one, other, "reloj")


def _meeting(manual: Manual) -> Iterator[tuple[Entity, Entity]]:
    """Pairs of agreements under which one case may fall, both ways round."""
    by_service: dict[str, list[Entity]] = {}
    for agreement in manual.all("acuerdos"):
        if not is_over(manual, agreement):
            for service in agreement["servicios"]:
                by_service.setdefault(service, []).append(agreement)
    seen: set[tuple[str, str]] = set()
    for agreements in by_service.values():
        for one, other in permutations(agreements, 2):
            if (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                if _meet(one, other):
                    yield one, other


def _meet(one: Entity, other: Entity) -> bool:
    """Whether two agreements on a service share a level, a channel, a segment and some day.

    A higher level is a ceiling for the lower ones, so that it does not compete with them.
    """
    same_level = one.get("nivel", "cliente") == other.get("nivel", "cliente")
    return same_level and _overlap(one, other, "canales") and _overlap(one, other, "segmentos") and _days(one, other)


def _overlap(one: Entity, other: Entity, name: str) -> bool:
    """Whether two lists have something in common; without its list an agreement holds for all."""
    return name not in one.data or name not in other.data or not set(one[name]).isdisjoint(other[name])


def _days(one: Entity, other: Entity) -> bool:
    return all(
        "vigente_hasta" not in first.data or parse_date(then["vigente_desde"]) <= parse_date(first["vigente_hasta"])
        for first, then in ((one, other), (other, one))
    )
