"""How many posts answer a demand in time: queues of Erlang B, C and A, and work that can wait.

Assumptions of all three queues, to be said wherever their figures are shown: contacts arrive at
random (Poisson) at a steady pace, take an exponential time, wait in one queue and are answered in
the order in which they came. Erlang C supposes besides that nobody hangs up.

Shares go from 0 to 1, times are in seconds. What a manual can say wrong raises ValueError with a
Spanish sentence that a finding may quote.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Exact = Decimal | Fraction | int
"""A number without rounding. With floats, 21 posts of people absent 30 % of the time would ask for 31 people."""

MOST_ERLANGS = 100_000
"""More than any company has; beyond it a figure is a slip, and would take long to reckon."""

_NEGLIGIBLE = 40.0
"""States e⁻⁴⁰ times rarer than the commonest one do not change any digit that is shown."""

_ROUNDING = 1e-12
"""By so little a level may miss its target and hold it: 1 - 0.9 is a hair less than 10 %."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Contacts that arrive in an interval, what each takes, and how long people wait before they hang up.

    ``simultaneous`` is how many conversations one post holds at once, each of which takes
    ``handling`` at that pace; ``patience`` is the mean time after which people leave, None when
    nobody does. Raises ValueError when something is out of its range.
    """

    contacts: Exact
    interval: Exact
    handling: Exact
    simultaneous: int = 1
    patience: Exact | None = None

    def __post_init__(self) -> None:
        if self.interval <= 0:
            raise ValueError("El intervalo debe durar más que cero.")
        if self.contacts < 0 or self.handling < 0 or (self.contacts and not self.handling):
            raise ValueError("El volumen no puede ser negativo, y el tiempo medio debe ser mayor que cero.")
        if self.simultaneous < 1:
            raise ValueError("Cada puesto atiende al menos un contacto a la vez.")
        if self.patience is not None and self.patience <= 0:
            raise ValueError("La paciencia debe ser mayor que cero.")
        if max(self.erlangs, self.contacts_in_patience) > MOST_ERLANGS:
            raise ValueError("El volumen es demasiado grande para su intervalo; revise las unidades.")

    @property
    def erlangs(self) -> Fraction:
        """The load: contacts in progress on average if none waited."""
        return Fraction(self.contacts) * Fraction(self.handling) / Fraction(self.interval)

    @property
    def contacts_in_patience(self) -> Fraction:
        """Contacts that arrive while one waits before hanging up; none when nobody hangs up."""
        return Fraction(self.contacts) * Fraction(self.patience or 0) / Fraction(self.interval)


@dataclass(frozen=True, slots=True)
class Target:
    """«80 % in 20 seconds», and how busy a post may be at most.

    Raises ValueError for 100 %, which no number of posts holds, and for shares out of range.
    """

    share: Exact
    within: Exact
    occupancy: Exact = 1

    def __post_init__(self) -> None:
        if self.share == 1:
            raise ValueError("Ninguna cantidad de puestos atiende a tiempo al 100 %; pida menos, por ejemplo 99 %.")
        if not 0 <= self.share < 1 or self.within < 0:
            raise ValueError("El nivel objetivo va de 0 % a menos de 100 %, en un tiempo que no sea negativo.")
        if not 0 < self.occupancy <= 1:
            raise ValueError("La ocupación máxima debe ser mayor que 0 % y no pasar de 100 %.")


@dataclass(frozen=True, slots=True)
class Attention:
    """What some posts give: shares of the contacts offered, and seconds.

    With a load that the posts cannot carry and nobody hanging up, the queue grows without end:
    everybody waits, ``service_level`` is 0 and ``average_wait`` infinite.
    """

    posts: int
    service_level: float
    """Share of all contacts answered within the time; who hung up before counts as not answered."""
    average_wait: float
    """Of all contacts, answered or not."""
    occupancy: float
    waiting: float
    """Share that does not find a free post."""
    abandonment: float = 0.0


@dataclass(frozen=True, slots=True)
class Staffing:
    """The fewest posts that hold a target, the people to schedule for them, and what those posts give."""

    posts: int
    people: int
    attention: Attention


@dataclass(frozen=True, slots=True)
class Workload:
    """Work that can wait: hours of work, and the posts and people it takes, exact; round them up to declare them."""

    hours: Fraction
    posts: Fraction
    people: Fraction

    @property
    def whole_people(self) -> int:
        """People, rounded up."""
        return math.ceil(self.people)


def erlang_b(servers: int, erlangs: float) -> float:
    """The share of contacts that find all servers busy, when those are lost instead of waiting.

    Raises ValueError for fewer than no servers or a load that is not a finite amount.
    Source: A. K. Erlang (1917), by the recurrence B(k) = a·B(k-1) / (k + a·B(k-1)), which needs no
    factorials and so neither overflows nor loses digits.
    """
    if servers < 0 or not 0 <= erlangs < math.inf:
        raise ValueError("Los puestos y la carga no pueden ser negativos ni infinitos.")
    blocked = 1.0
    for busy in range(1, servers + 1):
        blocked = erlangs * blocked / (busy + erlangs * blocked)
        if not blocked:
            break
    return blocked


def erlang_c(servers: int, erlangs: float) -> float:
    """The share of contacts that wait when nobody hangs up; 1 when the servers cannot carry the load.

    Raises ValueError as ``erlang_b`` does. Source: A. K. Erlang (1917): C = n·B / (n - a·(1 - B)).
    """
    blocked = erlang_b(servers, erlangs)
    if erlangs and servers <= erlangs:
        return 1.0
    return servers * blocked / (servers - erlangs + erlangs * blocked) if erlangs else 0.0


def attend(posts: int, demand: Demand, within: Exact) -> Attention:
    """What some posts give to a demand: Erlang A if people hang up, Erlang C if they do not.

    A post that holds k conversations at once counts as k servers, each as slow as ``handling`` says.
    Raises ValueError for fewer than no posts. Sources: Erlang (1917), with service level
    1 - C·exp(-(n - a)·T/h), average wait C·h/(n - a) and occupancy a/n; for Erlang A, see ``_impatient``.
    """
    if posts < 0:
        raise ValueError("Los puestos no pueden ser negativos.")
    if not demand.erlangs:
        return Attention(posts, service_level=1.0, average_wait=0.0, occupancy=0.0, waiting=0.0)
    if demand.patience is not None:
        return _impatient(posts, demand, float(demand.patience), float(within))
    servers, handling = posts * demand.simultaneous, float(demand.handling)
    spare = float(servers - demand.erlangs)
    if spare <= 0:
        return Attention(posts, service_level=0.0, average_wait=math.inf, occupancy=1.0, waiting=1.0)
    waiting = erlang_c(servers, float(demand.erlangs))
    return Attention(
        posts,
        service_level=1 - waiting * math.exp(-spare * float(within) / handling),
        average_wait=waiting * handling / spare,
        occupancy=float(demand.erlangs / servers),
        waiting=waiting,
    )


def staff(demand: Demand, target: Target, reductions: Exact = 0) -> Staffing:
    """The fewest posts that reach the level without passing the occupancy, and the people for them.

    No demand asks for no posts. Both figures improve with every post, so the fewest is found by
    halving. Raises ValueError as ``people_for`` does. Source: the definitions in ``attend``.
    """

    def holds(posts: int) -> bool:
        given = attend(posts, demand, target.within)
        enough = given.service_level + _ROUNDING >= target.share
        return enough and _occupied(demand, given) <= target.occupancy

    posts = _first(holds, _fewest(demand, target)) if demand.erlangs else 0
    return Staffing(posts, people_for(posts, reductions), attend(posts, demand, target.within))


def people_for(posts: Exact, reductions: Exact) -> int:
    """The people to schedule so that some posts are taken: posts / (1 - reductions), rounded up.

    Reductions are the share of paid time in absences, breaks and training; ValueError when it is
    negative or leaves no time. Source: the shrinkage of workforce planning.
    """
    return math.ceil(Fraction(posts) / _present(reductions))


def workload(
    contacts: Exact, handling: Exact, hours: Exact, *, reductions: Exact = 0, occupancy: Exact = 1
) -> Workload:
    """The work of contacts that can wait (mail, complaints, visits), never a matter for Erlang.

    ``handling`` is in seconds; ``hours`` are those that a post is open while the contacts arrive.
    Raises ValueError without hours, for negative work, and for shares that leave no time.
    Source: volume · time / (hours · (1 - reductions) · occupancy), the usual backlog staffing.
    """
    if contacts < 0 or handling < 0 or hours <= 0:
        raise ValueError(
            "El volumen y el tiempo medio no pueden ser negativos, y el intervalo debe tener horas de atención."
        )
    if not 0 < occupancy <= 1:
        raise ValueError("La ocupación máxima debe ser mayor que 0 % y no pasar de 100 %.")
    work = Fraction(contacts) * Fraction(handling) / 3600
    posts = work / (Fraction(hours) * Fraction(occupancy))
    return Workload(work, posts, posts / _present(reductions))


def _present(reductions: Exact) -> Fraction:
    if not 0 <= reductions < 1:
        raise ValueError("Los reductores deben ser de 0 % a menos de 100 %.")
    return 1 - Fraction(reductions)


def _occupied(demand: Demand, given: Attention) -> Fraction:
    """The occupancy, exact: 8.5 erlangs in 10 posts are 85 %, not a hair more."""
    return demand.erlangs * (1 - Fraction(given.abandonment)) / (given.posts * demand.simultaneous)


def _fewest(demand: Demand, target: Target) -> int:
    """Posts below which no target can hold: every contact is to be carried, or at least those answered in time."""
    if demand.patience is not None:
        carried = demand.erlangs * Fraction(target.share) / Fraction(target.occupancy)
        return max(1, math.floor(carried / demand.simultaneous))
    occupied = math.ceil(demand.erlangs / Fraction(target.occupancy) / demand.simultaneous)
    return max(occupied, math.floor(demand.erlangs / demand.simultaneous) + 1)


def _first(holds: Callable[[int], bool], lowest: int) -> int:
    """The first number from the lowest on that holds, when all after it do."""
    low, high, step = lowest, lowest, 1
    while not holds(high):
        low, high, step = high + 1, high + step, step * 2
    return low + bisect_left(range(low, high), x=True, key=holds)


def _impatient(posts: int, demand: Demand, patience: float, within: float) -> Attention:
    """Erlang A (M/M/n+M): the probability of each number in the queue, and what happens to who arrives then.

    Sources: C. Palm (1957); O. Garnett, A. Mandelbaum and M. Reiman (2002). Who finds j waiting is
    answered, unless patience ends first, with probability c/(c + j + 1), where c is how many
    contacts all posts finish in one patience.
    """
    servers = posts * demand.simultaneous
    finished = servers * patience / float(demand.handling)
    queue = _queue(servers, float(demand.erlangs), float(demand.contacts_in_patience), finished)
    in_time = math.fsum(
        here * finished / (finished + ahead + 1) * share
        for ahead, (here, share) in enumerate(zip(queue, _soon(finished, within / patience), strict=False))
    )
    waiting = min(math.fsum(queue), 1.0)
    left = math.fsum(ahead * here for ahead, here in enumerate(queue)) / float(demand.contacts_in_patience)
    return Attention(
        posts,
        service_level=min(1 - waiting + in_time, 1.0),
        average_wait=left * patience,
        occupancy=float(demand.erlangs) * (1 - left) / servers if servers else 1.0,
        waiting=waiting,
        abandonment=left,
    )


def _queue(servers: int, erlangs: float, arrivals: float, finished: float) -> list[float]:
    """The probability that all servers are busy and 0, 1, 2… contacts wait, by logarithms so that none overflows."""
    logs = [0.0]
    top = 0.0
    while arrivals > finished + len(logs) or logs[-1] > top - _NEGLIGIBLE:
        logs.append(logs[-1] + math.log(arrivals / (finished + len(logs))))
        top = max(top, logs[-1])
    blocked = erlang_b(servers, erlangs)
    if not blocked:
        return []
    weights = [math.exp(log - top) for log in logs]
    total = math.fsum(weights) + (1 - blocked) / blocked * math.exp(-top)
    return [weight / total for weight in weights]


def _soon(finished: float, patiences: float) -> Iterator[float]:
    """Whether who is answered with 0, 1, 2… ahead is so within a time, in patiences: a negative binomial, summed."""
    log = -(finished + 1) * patiences
    spent = -math.expm1(-patiences)
    late, ahead = 0.0, 0
    while True:
        late += math.exp(log)
        yield max(1 - late, 0.0)
        ahead += 1
        log += math.log(spent * (finished + ahead) / ahead) if spent else -math.inf
