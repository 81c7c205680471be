"""Whether the posts of each capacity answer its demand as promised: the normal one, each band, the peak, the seasons."""

import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial

from pauta.calculate.demand import Answer, Moment, Needs, answers, share, waits
from pauta.calculate.model import Calculation, Figure, Input, Judged, given
from pauta.calculate.words import balance, counted, percent
from pauta.model import Entity, Manual
from pauta.quantities import parse_duration, parse_measure

_QUEUE = (
    "Los contactos llegan al azar (Poisson), a un ritmo parejo dentro del intervalo.",
    "Hay una sola fila y se atiende en el orden de llegada.",
    "El tiempo de cada atención varía como una exponencial.",
)
_NOBODY_LEAVES = "Nadie se va mientras espera (Erlang C)."
_SOME_LEAVE = "Quien espera se va cuando se le acaba la paciencia, que es exponencial (Erlang A)."
_LETTERS = (
    "C(n, a): la parte de los contactos que tiene que esperar cuando hay n puestos; n: puestos; a: carga, en erlangs; "
    "e: la base de los logaritmos naturales, 2.718; T: tiempo prometido; TMO: tiempo medio de operación."
)
_CAN_WAIT = "El trabajo puede esperar dentro del intervalo: se cuentan horas, no filas."
_C = "A. K. Erlang (1917), fórmula C"
_A = "C. Palm (1957); O. Garnett, A. Mandelbaum y M. Reiman (2002), Erlang A"
_BACKLOG = "Cálculo usual de carga de trabajo: volumen × tiempo / (horas × ocupación)"


def posts(manual: Manual) -> Iterator[Judged]:
    """Posts against the normal demand and that of each band: whether the promised level is reached.

    Posts that reach it and are too busy are judged by ``occupancy``.
    """
    for answer in answers(manual).given:
        if not answer.moment.is_peak:
            holds = None if answer.in_time and not answer.within_occupancy else answer.in_time
            yield Judged(holds, partial(_level, manual, answer, "capacidad-insuficiente"))


def peaks(manual: Manual) -> Iterator[Judged]:
    """Posts against the peak and the busiest season; nothing is judged while the normal demand is not answered."""
    given_ = answers(manual).given
    short = {answer.moment.capacity.id for answer in given_ if not answer.moment.is_peak and not answer.holds}
    for answer in given_:
        if answer.moment.is_peak:
            holds = None if answer.moment.capacity.id in short else answer.holds
            yield Judged(holds, partial(_level, manual, answer, "pico-insuficiente"))


def occupancy(manual: Manual) -> Iterator[Judged]:
    """How busy the posts are, against the most that they may be; nothing is judged while the level is not reached."""
    for answer in answers(manual).given:
        if not answer.moment.is_peak:
            yield Judged(answer.within_occupancy if answer.in_time else None, partial(_busy, manual, answer))


def impossible(manual: Manual) -> Iterator[Judged]:
    """The capacities of which nothing can be reckoned, each with the reason."""
    for capacity, reason in answers(manual).refused:
        yield Judged(holds=False, write=partial(_refused, manual, capacity, reason))


def declared_posts(capacity: Entity) -> Decimal:
    """The posts that a capacity declares."""
    return parse_measure(capacity["puestos"]).value


def _level(manual: Manual, answer: Answer, rule: str) -> Calculation:
    moment, needs = answer.moment, answer.needs()
    enough = min(Decimal(needs.posts), moment.count.value) if answer.holds else needs.posts
    difference = balance(moment.count.value, enough, "puesto", "puestos")
    title = manual.title(moment.capacity)
    return Calculation(
        _id("capacidad", moment),
        rule,
        f"Puestos de «{title}»{_when(moment, ', ')}",
        moment.capacity,
        _formula(moment.capacity),
        _inputs(moment),
        needs.figures,
        moment.posts,
        f"«{title}» necesita{_when(moment)} {_posts(needs.posts)} para atender {_promise(moment.capacity)} "
        f"y declara {moment.posts.value}: {difference}.",
        difference,
        _nearest(moment, needs),
        _assumptions(moment.capacity),
        _source(moment.capacity),
        symbols=_LETTERS if _is_erlang_c(moment.capacity) else "",
    )


def _nearest(moment: Moment, needs: Needs) -> str:
    with_declared = f"{'se atendería' if waits(moment.capacity) else 'hay'} {needs.gives}"
    advice = f"{_posts(needs.posts)} ({counted(needs.people, 'persona', 'personas')} contando ausencias)"
    if moment.is_peak:
        return (
            f"Hacen falta {advice}; con {moment.posts.value} {with_declared}. Agréguelos en el pico y declárelos, reparta la "
            "demanda, o baje lo que se promete."
        )
    return f"Declare {advice}; con {moment.posts.value} {with_declared}. O revise el volumen, el tiempo medio o lo prometido."


def _busy(manual: Manual, answer: Answer) -> Calculation:
    moment = answer.moment
    limit = given(moment.capacity, "ocupacion_maxima")
    over = Fraction(answer.occupancy) - share(limit.value)
    points = counted(round(abs(over) * 100, 1), "punto", "puntos")
    difference = f"{'se pasa por' if over > 0 else 'queda un margen de'} {points}"
    title, posts_ = manual.title(moment.capacity), _posts(answer.needs().posts)
    return Calculation(
        _id("ocupacion", moment),
        "ocupacion-excedida",
        f"Ocupación de «{title}»{_when(moment, ', ')}",
        moment.capacity,
        "Ocupación = volumen × tiempo medio / (intervalo × puestos × contactos simultáneos)",
        (*_inputs(moment), limit),
        (Figure("Ocupación", percent(answer.occupancy), answer.occupancy),),
        moment.posts,
        f"Los puestos de «{title}»{_when(moment)} ({moment.posts.value}) estarían ocupados el {percent(answer.occupancy)} del tiempo, "
        f"y la ocupación máxima es {limit.value}: {difference}.",
        difference,
        f"Declare {posts_}; con {moment.posts.value}, la ocupación máxima tendría que ser "
        f"{percent(Fraction(math.ceil(answer.occupancy * 100), 100))} o más.",
        _assumptions(moment.capacity),
        _source(moment.capacity),
    )


def _refused(manual: Manual, capacity: Entity, reason: str) -> Calculation:
    culprit, mend = _culprit(capacity)
    return Calculation(
        f"capacidad.{capacity.id}.datos",
        "calculo-imposible",
        f"Datos de «{manual.title(capacity)}»",
        capacity,
        _formula(capacity),
        (),
        (),
        culprit,
        verdict=f"La capacidad «{manual.title(capacity)}» no se puede calcular. {reason}",
        difference="",
        nearest=mend,
    )


def _culprit(capacity: Entity) -> tuple[Input, str]:
    """The field that does not let a capacity be reckoned, and what to write in it; the volume when it is none alone."""
    for path, is_wrong, mend in _LIMITS:
        holder = capacity.get("nivel_objetivo", {}) if len(path) > 1 else capacity.data
        if path[-1] in holder and is_wrong(str(holder[path[-1]])):
            return given(capacity, *path), mend
    return given(capacity, "volumen"), "Corrija el volumen, o el intervalo y el tiempo medio con que se calcula."


def _is_no_time(text: str) -> bool:
    return not parse_duration(text).amount


_LIMITS: tuple[tuple[tuple[str, ...], Callable[[str], bool], str], ...] = (
    (("nivel_objetivo", "porcentaje"), lambda text: share(text) == 1, "Escriba 99 % o menos."),
    (("intervalo",), _is_no_time, "Escriba cuánto dura el intervalo; por ejemplo, 30 minutos."),
    (("tiempo_medio",), _is_no_time, "Escriba lo que tarda una atención; por ejemplo, 270 segundos."),
    (("paciencia",), _is_no_time, "Escriba cuánto se espera antes de irse, o quite el campo."),
    (("ocupacion_maxima",), lambda text: not share(text), "Escriba más de 0 %; lo usual es 85 %."),
    (("reductores",), lambda text: share(text) == 1, "Escriba menos de 100 %; lo usual es de 25 % a 35 %."),
)
"""Fields, when their value leaves nothing to reckon with, and what to write."""


def _inputs(moment: Moment) -> tuple[Input, ...]:
    said = moment.capacity
    names: list[tuple[str, ...]] = [("intervalo",), ("tiempo_medio",)]
    if waits(said):
        names += [("nivel_objetivo", "porcentaje"), ("nivel_objetivo", "tiempo")]
        names += [(name,) for name in ("simultaneos", "paciencia") if name in said.data]
    names.append(("ocupacion_maxima",))
    return (*moment.volume, *(given(said, *path) for path in names))


def _promise(capacity: Entity) -> str:
    level = capacity["nivel_objetivo"]
    if waits(capacity):
        return (
            f"el {level['porcentaje']} en {level['tiempo']} con una ocupación de {capacity['ocupacion_maxima']} o menos"
        )
    return f"su trabajo de {capacity['intervalo']} con una ocupación de {capacity['ocupacion_maxima']} o menos"


def _formula(capacity: Entity) -> str:
    if not waits(capacity):
        return "Puestos = volumen × tiempo medio / (horas del intervalo × ocupación máxima)"
    if "paciencia" in capacity.data:
        return "Erlang A: el menor número de puestos con que la parte atendida a tiempo llega a la prometida"
    return "Nivel de servicio = 1 − C(n, a) × e^(−(n − a) × T / TMO); a = volumen × TMO / intervalo"


def _is_erlang_c(capacity: Entity) -> bool:
    """Whether customers wait as long as it takes."""
    return waits(capacity) and "paciencia" not in capacity.data


def _source(capacity: Entity) -> str:
    if not waits(capacity):
        return _BACKLOG
    return _A if "paciencia" in capacity.data else _C


def _assumptions(capacity: Entity) -> tuple[str, ...]:
    if not waits(capacity):
        return (_CAN_WAIT,)
    return (*_QUEUE, _SOME_LEAVE if "paciencia" in capacity.data else _NOBODY_LEAVES)


def _when(moment: Moment, before: str = " ") -> str:
    return f"{before}{moment.when}" if moment.when else ""


def _id(kind: str, moment: Moment) -> str:
    return ".".join(filter(None, (kind, moment.capacity.id, moment.key)))


def _posts(count: int) -> str:
    return counted(count, "puesto", "puestos")
