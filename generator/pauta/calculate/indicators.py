"""Whether an indicator and what it measures say the same: the agreement that it proves, the time of a capacity."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from pauta.calculate.deadlines import equal_or
from pauta.calculate.model import Calculation, Figure, Judged, given
from pauta.calculate.words import number
from pauta.model import Entity, Manual
from pauta.quantities import Duration, Measure, parse_duration, parse_measure, same_unit

_WHOLE = 100  # percent
_COMPARED = "Comparación de valores"


def targets(manual: Manual) -> Iterator[Judged]:
    """The target of each indicator that is stricter than every agreement that it proves; a weaker one is told elsewhere."""
    proving: dict[str, list[Entity]] = {}
    for agreement in manual.all("acuerdos"):
        if "indicador" in agreement.data:
            proving.setdefault(agreement["indicador"], []).append(agreement)
    for name, agreements in proving.items():
        indicator = manual.find("indicadores", name)
        if indicator and indicator.sound and indicator["tipo"] == "operacion":
            margins = [(agreement, _stricter(indicator, agreement)) for agreement in agreements]
            known = [(agreement, margin) for agreement, margin in margins if margin is not None]
            if known and all(margin >= 0 for _, margin in known):
                agreement, margin = min(known, key=lambda pair: pair[1])
                yield Judged(not margin, partial(_target, manual, indicator, agreement, margin))


def times(manual: Manual) -> Iterator[Judged]:
    """The mean time of each capacity against the target of the indicator that measures it."""
    for capacity in manual.all("capacidades"):
        indicator = manual.find("indicadores", capacity.get("indicador_tiempo", ""))
        if indicator and indicator.sound:
            same = _same_time(parse_measure(indicator["meta"]), parse_duration(capacity["tiempo_medio"]))
            yield Judged(same, partial(_time, manual, capacity, indicator))


def _stricter(indicator: Entity, agreement: Entity) -> Decimal | None:
    """By how much a target asks more than an agreement, in its unit; None when they cannot be compared."""
    target, promised = parse_measure(indicator["meta"]), parse_measure(agreement["porcentaje"]).value
    if target.unit == "%":
        return _WHOLE - promised - target.value if indicator["sentido"] == "bajar" else target.value - promised
    goal, value = _duration(target), parse_duration(agreement["valor"])
    if goal is None or not goal.same_clock(value):
        return None
    agreed = parse_measure(str(value)).value
    if goal == value:
        return Decimal(0)
    if same_unit(target.unit, parse_measure(str(value)).unit):
        return agreed - target.value
    return Decimal(1 if goal < value else -1)


def _target(manual: Manual, indicator: Entity, agreement: Entity, margin: Decimal) -> Calculation:
    declared = given(indicator, "meta")
    name = "porcentaje" if parse_measure(declared.value).unit == "%" else "valor"
    promised = given(agreement, name)
    wanted = promised.value
    if name == "porcentaje" and indicator["sentido"] == "bajar":
        wanted = f"{number(_WHOLE - parse_measure(promised.value).value)} %"
    said = "es igual" if not margin else f"la meta pide {number(margin)} más"
    return Calculation(
        f"indicador.{indicator.id}.meta",
        "meta-distinta-del-acuerdo",
        f"Meta de «{manual.title(indicator)}»",
        indicator,
        "Meta del indicador = lo que promete el acuerdo que prueba",
        (promised, declared),
        (Figure("Lo que promete el acuerdo", wanted),),
        declared,
        f"La meta de «{manual.title(indicator)}» es {declared.value}, y el acuerdo «{manual.title(agreement)}», que se prueba con él, "
        f"promete {promised.value}: {said}.",
        said,
        f"Escriba «meta: {wanted}», o prometa en el acuerdo lo que de verdad se busca.",
        (),
        _COMPARED,
    )


def _time(manual: Manual, capacity: Entity, indicator: Entity) -> Calculation:
    declared, target = given(capacity, "tiempo_medio"), given(indicator, "meta")
    said = equal_or(declared.value, target.value)
    return Calculation(
        f"capacidad.{capacity.id}.tiempo",
        "tiempo-distinto-del-indicador",
        f"Tiempo medio de «{manual.title(capacity)}»",
        capacity,
        "Tiempo medio de la capacidad = meta del indicador que lo mide",
        (target,),
        (Figure("Meta del indicador", target.value),),
        declared,
        f"«{manual.title(capacity)}» se calcula con {declared.value} por atención, y la meta de «{manual.title(indicator)}» es "
        f"{target.value}.",
        said,
        f"Calcule con {target.value}, o ponga la meta en {declared.value}.",
        (),
        _COMPARED,
    )


def _same_time(target: Measure, time: Duration) -> bool:
    goal = _duration(target)
    if goal is not None:
        return goal.same_clock(time) and goal == time
    written = parse_measure(str(time))
    return same_unit(target.unit, written.unit) and target.value == written.value


def _duration(measure: Measure) -> Duration | None:
    try:
        return parse_duration(str(measure))
    except ValueError:  # «1.5 horas» is a measure, but no duration
        return None
