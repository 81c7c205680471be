"""When posts are taken and when the channel is open: bands inside the opening hours, and no hour without a post."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from pauta.calculate.model import Calculation, Figure, Judged, given
from pauta.calculate.times import channel_hours
from pauta.calculate.words import clock, counted, lacking, left_over, spoken_days
from pauta.model import Entity, Manual
from pauta.quantities import parse_measure
from pauta.quantities.calendars import Shifts

WORKDAYS = ("lunes", "martes", "miercoles", "jueves", "viernes")
"""The days of a band that does not say its own."""

_WEEK = (*WORKDAYS, "sabado", "domingo")
_RULE = "turno-fuera-de-horario"


def bands(manual: Manual) -> Iterator[Judged]:
    """Each band of a capacity inside the hours of its channel; and each hour of the channel in some band."""
    for capacity in manual.all("capacidades"):
        channel = manual.find("canales", capacity.get("canal", ""))
        if "franjas" in capacity.data and channel and channel.sound:
            open_ = channel_hours(channel["horario"])
            if open_:
                yield from _bands(manual, capacity, channel, open_)


def crowded(manual: Manual) -> Iterator[Judged]:
    """Each band with no more posts than its capacity has."""
    for capacity in manual.all("capacidades"):
        for position, band in enumerate(capacity.get("franjas", ())):
            over = parse_measure(band["puestos"]).value - parse_measure(capacity["puestos"]).value
            yield Judged(over <= 0, partial(_crowded, manual, capacity, position, over))


def post_minutes(capacity: Entity) -> Fraction:
    """The minutes of posts that the bands of a capacity open in a week."""
    return sum(
        (
            max(_minute(band["hasta"]) - _minute(band["desde"]), 0)
            * len(_days(band))
            * Fraction(parse_measure(band["puestos"]).value)
            for band in capacity["franjas"]
        ),
        Fraction(),
    )


def open_minutes(channel: Entity) -> Fraction:
    """The minutes that a channel is open in a week without holidays; ValueError when its hours are backwards."""
    hours = channel_hours(channel["horario"])
    if not hours:
        raise ValueError("El horario del canal no está en orden.")
    return Fraction(sum(closes - opens for day in _WEEK for opens, closes in hours[day]))


def _bands(manual: Manual, capacity: Entity, channel: Entity, open_: Mapping[str, Shifts]) -> Iterator[Judged]:
    forward = True
    for position, band in enumerate(capacity["franjas"]):
        start, end = _minute(band["desde"]), _minute(band["hasta"])
        closed = [day for day in _days(band) if not _within(start, end, open_[day])]
        forward = forward and start < end
        yield Judged(start < end and not closed, partial(_inside, manual, capacity, position, channel, closed))
    if forward:
        gaps = list(_uncovered(capacity, open_))
        yield Judged(not gaps, partial(_covered, manual, capacity, channel, gaps))


def _crowded(manual: Manual, capacity: Entity, position: int, over: Decimal) -> Calculation:
    declared, most = given(capacity, "franjas", position, "puestos"), given(capacity, "puestos")
    said, difference = _said(capacity, position), left_over(over, "puesto", "puestos") if over > 0 else "cabe"
    return Calculation(
        f"{_id(capacity, position)}.puestos",
        "franja-con-mas-puestos",
        f"Puestos {said} en «{manual.title(capacity)}»",
        capacity,
        "Puestos de la franja ≤ puestos de la capacidad",
        (most,),
        (),
        declared,
        f"«{manual.title(capacity)}» pone {declared.value} {said}, y en total declara {most.value}: {difference}.",
        difference,
        f"Ponga en la franja {most.value} o menos, o declare {declared.value} en la capacidad.",
        (),
        "Comparación de cantidades",
    )


def _inside(manual: Manual, capacity: Entity, position: int, channel: Entity, closed: list[str]) -> Calculation:
    band = capacity["franjas"][position]
    backwards = _minute(band["hasta"]) <= _minute(band["desde"])
    day = (closed or _days(band))[0]
    hours = given(channel, "horario", day, name=f"Horario de «{manual.title(channel)}», {spoken_days([day])}")
    verdict = (
        "termina antes de empezar"
        if backwards
        else f"{'se sale del' if closed else 'cabe en el'} horario de «{manual.title(channel)}»"
    )
    declared = given(capacity, "franjas", position, "desde", name="Franja")
    return Calculation(
        _id(capacity, position),
        _RULE,
        f"Franja {_said(capacity, position)} de «{manual.title(capacity)}»",
        capacity,
        "Cada franja cabe en el horario del canal, todos sus días",
        (given(capacity, "franjas", position, "hasta"), hours),
        (),
        declared,
        f"La franja {_said(capacity, position)} de «{manual.title(capacity)}» {verdict}: {spoken_days([day])}, {hours.value}.",
        f"se sale {spoken_days(closed)}" if closed else "cabe",
        "Escriba primero la hora en que empieza."
        if backwards
        else f"Use horas dentro de {hours.value}, o corrija el horario del canal.",
        (),
        "Comparación de horarios",
    )


def _covered(manual: Manual, capacity: Entity, channel: Entity, gaps: list[tuple[str, int, int]]) -> Calculation:
    """That somebody attends while the channel is open."""
    day = gaps[0][0] if gaps else WORKDAYS[0]
    hours = given(channel, "horario", day, name=f"Horario de «{manual.title(channel)}», {spoken_days([day])}")
    missing = Fraction(sum(closes - opens for _, opens, closes in gaps), 60)
    difference = lacking(missing, "hora", "horas") if missing else "no falta ninguna hora"
    verdict = f"cubren todo el horario de «{manual.title(channel)}»."
    if gaps:
        first = f"{spoken_days([day])}, de {clock(gaps[0][1])} a {clock(gaps[0][2])}"
        verdict = f"no cubren el horario de «{manual.title(channel)}»: {first}; en la semana {difference}."
    return Calculation(
        f"horario.{capacity.id}",
        _RULE,
        f"Horas atendidas en «{manual.title(capacity)}»",
        capacity,
        "Horas del canal − horas de las franjas = 0",
        (hours,),
        (Figure("Horas sin puestos en la semana", counted(missing, "hora", "horas"), float(missing)),),
        given(capacity, "franjas", 0, "desde", name="Franjas"),
        f"Las franjas de «{manual.title(capacity)}» {verdict}",
        difference,
        "Agregue una franja para esas horas, o acorte el horario del canal.",
        ("Si ninguna franja dice sus días, solo se mira de lunes a viernes.",),
        "Comparación de horarios",
    )


def _uncovered(capacity: Entity, open_: Mapping[str, Shifts]) -> Iterator[tuple[str, int, int]]:
    """The stretches without a post, with their day; of all days if some band says its own."""
    named = any("dias" in band for band in capacity["franjas"])
    return ((day, *gap) for day in (_WEEK if named else WORKDAYS) for gap in _gaps(capacity, day, open_[day]))


def _gaps(capacity: Entity, day: str, shifts: Shifts) -> Iterator[tuple[int, int]]:
    """The stretches of a day on which the channel is open and no band puts a post."""
    taken = sorted(
        (_minute(band["desde"]), _minute(band["hasta"])) for band in capacity["franjas"] if day in _days(band)
    )
    for opens, closes in shifts:
        reached = opens
        for start, end in taken:
            if reached < start < closes:
                yield reached, start
            reached = max(reached, min(end, closes))
        if reached < closes:
            yield reached, closes


def _within(start: int, end: int, shifts: Shifts) -> bool:
    """Whether a stretch of the day is open from start to end, shifts that touch counted as one."""
    for opens, closes in shifts:
        if opens <= start < closes:
            start = closes
    return start >= end


def _days(band: Mapping[str, Any]) -> list[str]:
    return list(band.get("dias", WORKDAYS))


def _said(capacity: Entity, position: int) -> str:
    band = capacity["franjas"][position]
    days = f" ({spoken_days(band['dias'])})" if "dias" in band else ""
    return f"de {band['desde']} a {band['hasta']}{days}"


def _id(capacity: Entity, position: int) -> str:
    band = capacity["franjas"][position]
    return "-".join([f"franja.{capacity.id}.", *band.get("dias", ())[:1], band["desde"].replace(":", "")]).replace(
        ".-", "."
    )


def _minute(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:])
