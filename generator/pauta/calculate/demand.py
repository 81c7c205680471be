"""What the posts of each capacity give to its demand: the normal one, each band of the day, the peak, a season."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from weakref import WeakKeyDictionary

from pauta.calculate.model import Figure, Input, given
from pauta.calculate.times import WorkTime, shift
from pauta.calculate.words import counted, in_unit, number, percent, spoken_days
from pauta.model import Entity, Manual
from pauta.quantities import Measure, parse_duration, parse_measure
from pauta.quantities.erlang import Attention, Demand, Target, Workload, attend, people_for, staff, workload

_LIVE = "en_vivo"
_HAIR = 1e-12
"""By so little a level may miss its target and hold it, as in ``erlang``."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A demand on a capacity: the normal one, the peak, a season or a band of the day."""

    capacity: Entity
    key: str
    """What tells it from the others of its capacity; empty for the normal one."""
    when: str
    """As a sentence names it, «en el pico»; empty for the normal one."""
    contacts: Decimal
    volume: tuple[Input, ...]
    posts: Input
    is_peak: bool = False
    """Whether something else than the declared posts may cover it."""

    @property
    def count(self) -> Measure:
        """The posts that are declared for it."""
        return parse_measure(self.posts.value)


@dataclass(frozen=True, slots=True)
class Needs:
    """What would keep the promise in a moment, and what the declared posts give instead."""

    posts: int
    people: int
    gives: str
    """«el 39 % en 20 segundos»."""
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the posts of a moment keep what is promised."""

    moment: Moment
    in_time: bool
    within_occupancy: bool
    occupancy: float
    needs: Callable[[], Needs]
    """What it takes, which is longer to reckon."""

    @property
    def holds(self) -> bool:
        """Whether the posts are enough and not too busy."""
        return self.in_time and self.within_occupancy


@dataclass(frozen=True, slots=True)
class Answers:
    """What the capacities of a manual give, and those of which nothing can be reckoned, with the reason."""

    given: tuple[Answer, ...]
    refused: tuple[tuple[Entity, str], ...]


_KNOWN: "WeakKeyDictionary[Manual, Answers]" = WeakKeyDictionary()
"""Several rules ask the same of one manual."""


def answers(manual: Manual) -> Answers:
    """What the posts of all capacities give to each of their demands; nothing when the business hours are not known."""
    if manual not in _KNOWN:
        _KNOWN[manual] = _reckon(manual)
    return _KNOWN[manual]


def waits(capacity: Entity) -> bool:
    """Whether customers wait in a queue, so that their number at each moment counts."""
    return bool(capacity["tipo"] == _LIVE)


def share(text: str) -> Fraction:
    """«85 %» as a share from 0 to 1."""
    return Fraction(parse_measure(text).value) / 100


def people_each(capacity: Entity) -> int:
    """The people that make one post."""
    return int(capacity.get("personas_por_puesto", 1))


def _reckon(manual: Manual) -> Answers:
    work, found, refused = shift(manual), list[Answer](), list[tuple[Entity, str]]()
    if work is None:
        return Answers((), ())
    for capacity in manual.all("capacidades"):
        try:
            found += [(_live if waits(capacity) else _deferred)(moment, work) for moment in _moments(capacity)]
        except ValueError as reason:
            refused.append((capacity, str(reason)))
    return Answers(tuple(found), tuple(refused))


def _moments(capacity: Entity) -> Iterator[Moment]:
    volume, declared = given(capacity, "volumen"), given(capacity, "puestos")
    normal = parse_measure(volume.value).value
    yield Moment(capacity, "", "", normal, (volume,), declared)
    for position, band in enumerate(capacity.get("franjas", ())):
        yield _band(capacity, position, band)
    peak = given(capacity, "pico", "volumen", name="Volumen del pico")
    yield Moment(capacity, "pico", "en el pico", parse_measure(peak.value).value, (peak,), declared, is_peak=True)
    seasons = capacity.get("estacionalidad", ())
    if seasons:
        position = max(range(len(seasons)), key=lambda index: seasons[index]["factor"])
        factor = given(capacity, "estacionalidad", position, "factor")
        when = f"en la temporada «{seasons[position]['periodo']}»"
        contacts = normal * Decimal(str(seasons[position]["factor"]))
        yield Moment(capacity, "temporada", when, contacts, (volume, factor), declared, is_peak=True)


def _band(capacity: Entity, position: int, band: Mapping[str, str]) -> Moment:
    volume, declared = (given(capacity, "franjas", position, name) for name in ("volumen", "puestos"))
    days = band.get("dias", ())
    key = "-".join(["franja", *days[:1], band["desde"].replace(":", "")])
    when = f"de {band['desde']} a {band['hasta']}" + (f" ({spoken_days(days)})" if days else "")
    return Moment(capacity, key, when, parse_measure(volume.value).value, (volume,), declared)


def _live(moment: Moment, work: WorkTime) -> Answer:
    said = moment.capacity
    demand = _demand(moment, work)
    within = _seconds(said, work, "nivel_objetivo", "tiempo")
    target = Target(share(said["nivel_objetivo"]["porcentaje"]), within, share(said["ocupacion_maxima"]))
    people_for(0, share(said["reductores"]))  # refuses a capacity whose people are never there
    gives = attend(math.floor(moment.count.value), demand, within)
    busy = _occupied(demand, gives)
    return Answer(
        moment,
        gives.service_level + _HAIR >= target.share,
        busy <= target.occupancy,
        float(busy),
        partial(_live_needs, said, demand, target, gives),
    )


def _live_needs(said: Entity, demand: Demand, target: Target, gives: Attention) -> Needs:
    posts, each = staff(demand, target).posts, people_each(said)
    level = f"{percent(gives.service_level)} en {said['nivel_objetivo']['tiempo']}"
    endless = math.isinf(gives.average_wait)
    wait = "sin fin" if endless else in_unit(gives.average_wait, "segundos", 1)
    return Needs(
        posts,
        people_for(posts, share(said["reductores"])) * each,
        f"el {level}",
        (
            Figure("Carga", counted(demand.erlangs, "erlang", "erlangs"), float(demand.erlangs)),
            Figure("Puestos que hacen falta", number(posts), float(posts)),
            Figure("Nivel de servicio con los declarados", level, gives.service_level),
            Figure("Espera media", wait, None if endless else gives.average_wait),
            Figure("Ocupación", percent(gives.occupancy), gives.occupancy),
        ),
    )


def _deferred(moment: Moment, work: WorkTime) -> Answer:
    said = moment.capacity
    load, count, limit = work_of(said, moment.contacts, work), moment.count.value, share(said["ocupacion_maxima"])
    busy = load.posts * limit / Fraction(count) if count else Fraction(load.hours > 0) * 2
    return Answer(moment, busy <= 1, busy <= limit, float(busy), partial(_deferred_needs, moment, load, work, busy))


def _deferred_needs(moment: Moment, load: Workload, work: WorkTime, busy: Fraction) -> Needs:
    said = moment.capacity
    posts, people = math.ceil(load.posts), load.whole_people * people_each(said)
    hours = Fraction(moment.count.value) * _interval_hours(said, work)
    return Needs(
        posts,
        people,
        f"{number(hours)} horas de trabajo por {said['intervalo']}, y llegan {number(load.hours)}",
        (
            Figure("Horas de trabajo", in_unit(load.hours, "horas"), float(load.hours)),
            Figure("Puestos que hacen falta", f"{number(load.posts)}, que se redondean a {posts}", float(posts)),
            Figure("Personas que hacen falta", number(people), float(people)),
            Figure("Ocupación", percent(busy), float(busy)),
        ),
    )


def work_of(capacity: Entity, contacts: Decimal, work: WorkTime) -> Workload:
    """The hours, posts and people that contacts which can wait take in one interval; raises ValueError as ``workload``."""
    return workload(
        contacts,
        _seconds(capacity, work, "tiempo_medio"),
        _interval_hours(capacity, work),
        reductions=share(capacity["reductores"]),
        occupancy=share(capacity["ocupacion_maxima"]),
    )


def _demand(moment: Moment, work: WorkTime) -> Demand:
    said = moment.capacity
    return Demand(
        moment.contacts,
        _seconds(said, work, "intervalo"),
        _seconds(said, work, "tiempo_medio"),
        said.get("simultaneos", 1),
        _seconds(said, work, "paciencia") if "paciencia" in said.data else None,
    )


def _occupied(demand: Demand, attention: Attention) -> Fraction:
    """The occupancy, exact: 8.5 erlangs in 10 posts are 85 %, not a hair more; 1 when they cannot carry the load."""
    servers = attention.posts * demand.simultaneous
    if not servers:
        return Fraction(1) if demand.erlangs else Fraction(0)
    return min(demand.erlangs * (1 - Fraction(attention.abandonment)) / servers, Fraction(1))


def _seconds(capacity: Entity, work: WorkTime, *path: str) -> Fraction:
    value = capacity.data
    for name in path:
        value = value[name]
    return work.minutes(parse_duration(str(value))) * 60


def _interval_hours(capacity: Entity, work: WorkTime) -> Fraction:
    return work.minutes(parse_duration(capacity["intervalo"])) / 60
