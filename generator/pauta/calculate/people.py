"""Whether there are people for the posts: after absences, for all capacities of a role, and for the hours of a week."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from pauta.calculate.capacity import declared_posts
from pauta.calculate.demand import answers, people_each, share, waits, work_of
from pauta.calculate.model import Calculation, Figure, Input, Judged, given
from pauta.calculate.schedule import open_minutes, post_minutes
from pauta.calculate.times import WorkTime, identity, shift
from pauta.calculate.words import balance, counted, in_unit, number, quoted
from pauta.model import Entity, Manual
from pauta.quantities import parse_duration, parse_measure
from pauta.quantities.erlang import people_for

_SHRINKAGE = "Reductores de la planeación de personal"


@dataclass(frozen=True, slots=True)
class Team:
    """Capacities and the roles that hold them, as far as they share people."""

    capacities: tuple[Entity, ...]
    roles: tuple[Entity, ...]

    @property
    def people(self) -> int:
        """Everybody who has one of the roles."""
        return sum(role["personas"] for role in self.roles)


def present(manual: Manual) -> Iterator[Judged]:
    """The people of each capacity against its posts after absences; nothing is judged while posts are missing."""
    for answer in answers(manual).given:
        if not answer.moment.key:
            capacity = answer.moment.capacity
            needed = _live_people(capacity) if waits(capacity) else answer.needs().people
            enough = parse_measure(capacity["personas"]).value >= needed
            judged = waits(capacity) or answer.holds
            yield Judged(enough if judged else None, partial(_people, manual, capacity, needed))


def roster(manual: Manual) -> Iterator[Judged]:
    """The people that all capacities of a role count against those who have it: nobody is counted twice."""
    for team in teams(manual):
        needed = sum(parse_measure(capacity["personas"]).value for capacity in team.capacities)
        yield Judged(needed <= team.people, partial(_roster, manual, team, math.ceil(needed)))


def hours(manual: Manual) -> Iterator[Judged]:
    """The hours of work that the posts of a team take in a week against those that its people give."""
    work, part = shift(manual), identity(manual)
    if work is None or part is None or "jornada" not in part.data:
        return
    week = given(part, "jornada", "semanal")
    for team in teams(manual):
        taken = [(capacity, _weekly(manual, capacity, work)) for capacity in team.capacities]
        known = [(capacity, minutes) for capacity, minutes in taken if minutes is not None]
        if len(known) == len(taken):
            holds = sum(minutes for _, minutes in known) <= team.people * work.week
            yield Judged(holds, partial(_hours, manual, team, known, week))


def _live_people(capacity: Entity) -> int:
    """People for the declared posts, rounded up to whole posts."""
    each = people_each(capacity)
    return people_for(Fraction(declared_posts(capacity)), share(capacity["reductores"])) * each


def _people(manual: Manual, capacity: Entity, needed: int) -> Calculation:
    declared = given(capacity, "personas")
    has = parse_measure(declared.value).value
    difference, title = balance(has, needed, "persona", "personas"), manual.title(capacity)
    names = ["puestos", "reductores", *(name for name in ("personas_por_puesto",) if name in capacity.data)]
    if not waits(capacity):
        names[:1] = ["volumen", "intervalo", "tiempo_medio", "ocupacion_maxima"]
    formula = "Personas = puestos / (1 − reductores), hacia arriba"
    return Calculation(
        f"personas.{capacity.id}",
        "personal-insuficiente",
        f"Personas de «{title}»",
        capacity,
        formula
        if waits(capacity)
        else "Personas = volumen × tiempo medio / (horas × (1 − reductores) × ocupación máxima), hacia arriba",
        tuple(given(capacity, name) for name in names),
        (Figure("Personas que hacen falta", number(needed), float(needed)),),
        declared,
        f"«{title}» necesita {counted(needed, 'persona', 'personas')} para que sus puestos ({capacity['puestos']}) no queden vacíos por "
        f"ausencias ({capacity['reductores']}), y declara {declared.value}: {difference}.",
        difference,
        _fewer(capacity, needed, math.floor(has)),
        ("Los reductores son iguales todo el año.",),
        _SHRINKAGE,
    )


def _fewer(capacity: Entity, needed: int, has: int) -> str:
    if not waits(capacity):
        return f"Declare {counted(needed, 'persona', 'personas')}, o reduzca el volumen o el tiempo medio."
    covered = math.floor(has * (1 - share(capacity["reductores"])) / people_each(capacity))
    return f"Declare {counted(needed, 'persona', 'personas')}; con {capacity['personas']} se cubren {counted(covered, 'puesto', 'puestos')}."


def teams(manual: Manual) -> Iterator[Team]:
    """Capacities that share a role, however indirectly; those with a role that has mistakes are let be."""
    waiting = [capacity for capacity in manual.all("capacidades") if capacity.get("roles")]
    while waiting:
        members = [waiting.pop(0)]
        names = set(members[0]["roles"])
        grew = True
        while grew:
            joining = [capacity for capacity in waiting if not names.isdisjoint(capacity["roles"])]
            grew = bool(joining)
            members += joining
            waiting = [capacity for capacity in waiting if capacity not in joining]
            names = names.union(*(capacity["roles"] for capacity in joining))
        roles = [manual.find("roles", name) for name in sorted(names)]
        if all(role and role.sound for role in roles):
            yield Team(tuple(members), tuple(role for role in roles if role))


def _roster(manual: Manual, team: Team, needed: int) -> Calculation:
    people = [given(role, "personas", name=f"Personas de «{manual.title(role)}»") for role in team.roles]
    difference = balance(team.people, needed, "persona", "personas")
    roles = quoted([manual.title(role) for role in team.roles])
    return Calculation(
        f"plantilla.{team.roles[0].id}",
        "plantilla-insuficiente",
        f"Plantilla de {roles}",
        team.roles[0],
        "Personas que cuentan las capacidades ≤ personas que tienen el rol",
        (*_named(manual, team, "personas"), *people),
        (Figure("Personas que cuentan las capacidades", number(needed), float(needed)),),
        people[0],
        f"Las capacidades de {roles} cuentan {counted(needed, 'persona', 'personas')}, y los roles tienen {number(team.people)}: {difference}.",
        difference,
        f"Ponga {counted(needed, 'persona', 'personas')} entre esos roles, o cuente en las capacidades solo {number(team.people)}.",
        ("Nadie trabaja al mismo tiempo en dos capacidades.",),
        "Suma",
    )


def _named(manual: Manual, team: Team, name: str) -> Iterator[Input]:
    """A field of each capacity of a team, told apart by the capacity."""
    for capacity in team.capacities:
        each = given(capacity, name)
        yield given(capacity, name, name=f"{each.name} de «{manual.title(capacity)}»")


def _weekly(manual: Manual, capacity: Entity, work: WorkTime) -> Fraction | None:
    """The minutes of work, absences included, that a capacity takes in a week; None when it cannot be told."""
    try:
        if waits(capacity):
            taken = _attended(manual, capacity)
        else:
            each = work_of(capacity, parse_measure(capacity["volumen"]).value, work)
            taken = each.hours * 60 / share(capacity["ocupacion_maxima"]) * _intervals(capacity, work)
        return None if taken is None else taken * people_each(capacity) / (1 - share(capacity["reductores"]))
    except (ValueError, ZeroDivisionError):  # told elsewhere
        return None


def _intervals(capacity: Entity, work: WorkTime) -> Fraction:
    """How many intervals of a capacity a week has."""
    return work.week / work.minutes(parse_duration(capacity["intervalo"]))


def _attended(manual: Manual, capacity: Entity) -> Fraction | None:
    """The minutes of posts that are open in a week."""
    channel = manual.find("canales", capacity.get("canal", ""))
    if "franjas" in capacity.data:
        return post_minutes(capacity)
    if channel is None or not channel.sound:
        return None
    return Fraction(declared_posts(capacity)) * open_minutes(channel)


def _hours(manual: Manual, team: Team, taken: Sequence[tuple[Entity, Fraction]], week: Input) -> Calculation:
    needed = sum((minutes for _, minutes in taken), Fraction()) / 60
    each = team_week(manual)
    available, difference = team.people * each, balance(round(team.people * each, 1), round(needed, 1), "hora", "horas")
    roles = quoted([manual.title(role) for role in team.roles])
    inputs = [given(role, "personas", name=f"Personas de «{manual.title(role)}»") for role in team.roles]
    return Calculation(
        f"horas.{team.roles[0].id}",
        "horas-insuficientes",
        f"Horas por semana de {roles}",
        team.roles[0],
        "Suma de las horas de puesto de cada capacidad / (1 − reductores) ≤ personas × jornada semanal",
        (*inputs, week, *_named(manual, team, "puestos"), *_named(manual, team, "reductores")),
        tuple(
            Figure(f"Horas de «{manual.title(one)}»", in_unit(minutes / 60, "horas", 1), float(minutes / 60))
            for one, minutes in taken
        ),
        inputs[0],
        f"Los puestos de {quoted([manual.title(one) for one, _ in taken])} piden {number(needed, 1)} horas pagadas por semana, y "
        f"{counted(team.people, 'persona', 'personas')} de {roles} dan {number(available, 1)}: {difference}.",
        difference,
        f"Tenga {counted(math.ceil(needed / each), 'persona', 'personas')}, o cierre puestos a las horas de menos trabajo hasta "
        f"que pidan {number(available, 1)} horas.",
        (
            "A las horas de puesto de cada capacidad se les suman sus reductores.",
            "Lo que puede esperar se trabaja en proporción a las horas de la semana.",
        ),
        _SHRINKAGE,
    )


def team_week(manual: Manual) -> Fraction:
    """The hours that one person works in a week; 0 when they are not known."""
    work = shift(manual)
    return work.week / 60 if work else Fraction(0)
