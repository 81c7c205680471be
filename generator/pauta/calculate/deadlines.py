"""Whether what others take fits in what is promised: areas, suppliers, the steps of a service, and the same promise twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from pauta.calculate.model import Calculation, Figure, Input, Judged, given
from pauta.calculate.times import WorkTime, added_up, calendar_minutes, opening
from pauta.calculate.words import joined, minutes, number
from pauta.model import Entity, Manual
from pauta.quantities import Duration, parse_date, parse_duration, parse_measure

ADDED = "Suma de plazos, uno tras otro"
COMPARED = "Comparación de plazos"
ONE_AFTER_ANOTHER = "Cada plazo empieza cuando termina el anterior."


@dataclass(frozen=True, slots=True)
class Chain:
    """Terms one after another and the promise in which they must fit."""

    parts: Sequence[tuple[Input, Duration]]
    promise: Input
    limit: Duration

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The terms as a calculation uses them."""
        return tuple(part for part, _ in self.parts)

    @property
    def total(self) -> str:
        """The sum of the terms as people read it."""
        return added_up(term for _, term in self.parts)

    def margin(self, over: Fraction) -> str:
        """By how much the terms are over the promise, or what is left."""
        return margin(over, self.limit, *(term for _, term in self.parts))


def internal(manual: Manual) -> Iterator[Judged]:
    """What areas and suppliers take, one after another, inside each agreement in force."""
    inside: dict[str, list[Entity]] = {}
    for each in manual.all("acuerdos_entre_areas"):
        for name in each.get("acuerdos", ()):
            inside.setdefault(name, []).append(each)
    for agreement in _agreements(manual):
        suppliers = _suppliers(manual, agreement)
        parts = [(given(one, "plazo", name=manual.title(one)), one["plazo"]) for one in inside.get(agreement.id, ())]
        parts += [
            (given(one, "plazo_respuesta", name=manual.title(one)), one["plazo_respuesta"]) for _, one in suppliers
        ]
        terms = [(part, parse_duration(text)) for part, text in parts]
        yield from _internal(manual, agreement, terms)


def suppliers(manual: Manual) -> Iterator[Judged]:
    """What each supplier takes to deliver inside the agreements that depend on it."""
    hours = opening(manual)
    for agreement in _agreements(manual):
        for position, supplier in _suppliers(manual, agreement):
            over = _over(parse_duration(supplier["plazo_entrega"]), _promised(agreement), hours)
            if over is not None:
                yield Judged(over <= 0, partial(_supplier, manual, agreement, supplier, position, over))


def replenishment(manual: Manual) -> Iterator[Judged]:
    """What each article counts on to be replenished against what its supplier takes."""
    hours = opening(manual)
    for article in manual.all("inventarios"):
        supplier = manual.find("proveedores", article["proveedor"])
        if supplier and supplier.sound:
            over = _over(parse_duration(supplier["plazo_entrega"]), parse_duration(article["plazo_reposicion"]), hours)
            if over is not None:
                yield Judged(over <= 0, partial(_replenishment, manual, article, supplier, over))


def steps(manual: Manual) -> Iterator[Judged]:
    """The steps of each offer, one after another, inside the term that it promises."""
    hours = opening(manual)
    for offer in manual.all("ofertas"):
        parts = [
            (given(offer, "pasos", position, "plazo", name=f"«{step['nombre']}»"), parse_duration(step["plazo"]))
            for position, step in enumerate(offer["pasos"])
        ]
        promise = given(offer, "plazo")
        chain = Chain(parts, promise, parse_duration(promise.value))
        over = chain_over(chain, hours)
        if over is not None:
            yield Judged(over <= 0, partial(_steps, manual, offer, chain, over))


def repeated(manual: Manual) -> Iterator[Judged]:
    """A term that a channel or an offer publishes, and that of the agreement about the same."""
    for agreement in _agreements(manual):
        if agreement.get("nivel", "cliente") == "cliente" and "segmentos" not in agreement.data:
            for holder, name in _published(manual, agreement):
                said, value = parse_duration(holder[name]), _promised(agreement)
                if said.same_clock(value):
                    yield Judged(said == value, partial(_repeated, manual, agreement, holder, name))


def held_by(manual: Manual) -> Iterator[Judged]:
    """What each agreement promises against what the capacities that hold it are made for."""
    for agreement in _agreements(manual):
        for position, name in enumerate(agreement.get("capacidades", ())):
            capacity = manual.find("capacidades", name)
            if capacity and capacity.sound and _is_of(agreement, capacity):
                level = capacity["nivel_objetivo"]
                made_for, limit = parse_duration(level["tiempo"]), _promised(agreement)
                if made_for.same_clock(limit):
                    fewer = _percent(agreement["porcentaje"]) - _percent(level["porcentaje"])
                    holds = fewer <= 0 and made_for <= limit
                    yield Judged(holds, partial(_held_by, manual, agreement, capacity, position))


def _internal(manual: Manual, agreement: Entity, parts: Sequence[tuple[Input, Duration]]) -> Iterator[Judged]:
    """Terms of days on a calendar count only when the promise is on it too."""
    limit = _promised(agreement)
    countable = [(part, term) for part, term in parts if term.is_calendar == limit.is_calendar]
    chain = Chain(countable, given(agreement, "valor"), limit)
    over = chain_over(chain, opening(manual))
    if countable and over is not None:
        yield Judged(over <= 0, partial(_depends, manual, agreement, chain, over))


def _depends(manual: Manual, agreement: Entity, chain: Chain, over: Fraction) -> Calculation:
    said = joined(f"«{part.name}: {term}»" for part, term in chain.parts)
    return Calculation(
        f"acuerdo.{agreement.id}.interno",
        "ans-plazo-interno",
        f"Plazos de que depende «{manual.title(agreement)}»",
        agreement,
        "Suma de los plazos internos y de respuesta de los proveedores ≤ tiempo prometido",
        chain.inputs,
        (Figure("Suma", chain.total),),
        chain.promise,
        f"«{manual.title(agreement)}» promete {chain.promise.value}, y los plazos de que depende suman {chain.total}: {said}.",
        chain.margin(over),
        "Acorte esos plazos, o prometa un tiempo en que quepan uno tras otro.",
        (ONE_AFTER_ANOTHER, *day_assumed(opening(manual))),
        ADDED,
    )


def _supplier(manual: Manual, agreement: Entity, supplier: Entity, position: int, over: Fraction) -> Calculation:
    delivery, promise = given(supplier, "plazo_entrega"), given(agreement, "valor")
    who, title = manual.title(supplier), manual.title(agreement)
    difference = margin(over, parse_duration(delivery.value), parse_duration(promise.value))
    return Calculation(
        f"acuerdo.{agreement.id}.proveedor.{supplier.id}",
        "plazo-proveedor-excede-promesa",
        f"Entrega de «{who}» dentro de «{title}»",
        agreement,
        "Plazo de entrega del proveedor ≤ tiempo prometido",
        (delivery, promise),
        (Figure("Plazo de entrega", delivery.value),),
        given(agreement, "proveedores", position),
        f"«{title}» promete {promise.value} y depende de «{who}», que entrega en {delivery.value}: {difference}.",
        difference,
        f"Pacte con el proveedor {promise.value} o menos, tenga existencias y quítelo del acuerdo, o prometa {delivery.value} o más.",
        day_assumed(opening(manual)),
        COMPARED,
    )


def _replenishment(manual: Manual, article: Entity, supplier: Entity, over: Fraction) -> Calculation:
    declared, delivery = given(article, "plazo_reposicion"), given(supplier, "plazo_entrega")
    title, who = manual.title(article), manual.title(supplier)
    difference = margin(over, parse_duration(delivery.value), parse_duration(declared.value))
    return Calculation(
        f"inventario.{article.id}.plazo",
        "reposicion-menor-que-entrega",
        f"Plazo de reposición de «{title}»",
        article,
        "Plazo de reposición ≥ plazo de entrega del proveedor",
        (delivery,),
        (Figure("Plazo de entrega", delivery.value),),
        declared,
        f"«{title}» cuenta con que su pedido llega en {declared.value}, y «{who}» entrega en {delivery.value}: {difference}.",
        difference,
        f"Escriba {delivery.value} o más y revise el punto de reorden, o pacte {declared.value} con el proveedor.",
        day_assumed(opening(manual)),
        COMPARED,
    )


def _steps(manual: Manual, offer: Entity, chain: Chain, over: Fraction) -> Calculation:
    title = manual.title(offer)
    return Calculation(
        f"oferta.{offer.id}.pasos",
        "pasos-fuera-de-plazo",
        f"Pasos de «{title}» dentro de su plazo",
        offer,
        "Suma de los plazos de los pasos ≤ plazo prometido",
        chain.inputs,
        (Figure("Suma", chain.total),),
        chain.promise,
        f"Los pasos de «{title}» suman {chain.total}, y se promete {chain.promise.value}: {chain.margin(over)}.",
        chain.margin(over),
        f"Acorte los pasos en {minutes(max(over, Fraction()))} de trabajo, o prometa un plazo en que quepan.",
        (ONE_AFTER_ANOTHER, *day_assumed(opening(manual))),
        ADDED,
    )


def _repeated(manual: Manual, agreement: Entity, holder: Entity, name: str) -> Calculation:
    declared, value, title = given(holder, name), given(agreement, "valor"), manual.title(holder)
    return Calculation(
        f"acuerdo.{agreement.id}.publicado.{holder.collection}.{holder.id}",
        "promesa-distinta-del-acuerdo",
        f"«{declared.name}» de «{title}»",
        holder,
        "Plazo publicado = tiempo del acuerdo",
        (value,),
        (),
        declared,
        f"«{title}» dice {declared.value} en «{declared.name}», y el acuerdo «{manual.title(agreement)}» dice {value.value}.",
        equal_or(declared.value, value.value),
        f"Escriba {value.value} aquí, o {declared.value} en el acuerdo: es la misma promesa.",
        (),
        COMPARED,
    )


def _held_by(manual: Manual, agreement: Entity, capacity: Entity, position: int) -> Calculation:
    promised, time = (given(agreement, name) for name in ("porcentaje", "valor"))
    share, within = (given(capacity, "nivel_objetivo", name) for name in ("porcentaje", "tiempo"))
    fewer = _percent(promised.value) - _percent(share.value)
    short = [f"faltan {number(fewer)} puntos"] if fewer > 0 else []
    if _promised(agreement) < parse_duration(within.value):
        short.append(f"{within.value} es más que {time.value}")
    title, who, difference = manual.title(agreement), manual.title(capacity), joined(short) if short else "alcanza"
    return Calculation(
        f"acuerdo.{agreement.id}.capacidad.{capacity.id}",
        "acuerdo-excede-capacidad",
        f"«{title}» sobre «{who}»",
        agreement,
        "Porcentaje del acuerdo ≤ porcentaje de la capacidad, y tiempo de la capacidad ≤ tiempo del acuerdo",
        (promised, time, share, within),
        (Figure("Nivel de la capacidad", f"{share.value} en {within.value}", float(_percent(share.value) / 100)),),
        given(agreement, "capacidades", position),
        f"«{title}» promete el {promised.value} en {time.value}, y la capacidad «{who}», que lo sostiene, está calculada para "
        f"el {share.value} en {within.value}: {difference}.",
        difference,
        f"Calcule la capacidad para el {promised.value} en {time.value}, o prometa el {share.value} en {within.value}.",
        (),
        COMPARED,
    )


def _published(manual: Manual, agreement: Entity) -> Iterator[tuple[Entity, str]]:
    """What publishes the same term: the one channel of a first answer, the one service of a delivery."""
    metric, services = agreement["metrica"], agreement["servicios"]
    if metric in {"espera", "primera_respuesta"} and len(agreement.get("canales", ())) == 1:
        channel = manual.find("canales", agreement["canales"][0])
        if channel and channel.sound:
            yield channel, "primera_respuesta"
    if (
        metric in {"entrega", "resolucion"}
        and len(services) == 1
        and not {"canales", "prioridad"} & agreement.data.keys()
    ):
        offer = manual.find("ofertas", services[0])
        if offer and offer.sound:
            yield offer, "plazo"


def _is_of(agreement: Entity, capacity: Entity) -> bool:
    """Whether a capacity works for the channels of an agreement; one for all channels is of each."""
    return "canales" not in agreement.data or capacity.get("canal") in agreement["canales"]


def _agreements(manual: Manual) -> Iterator[Entity]:
    """Those that are not over."""
    for agreement in manual.all("acuerdos"):
        until = agreement.get("vigente_hasta")
        if until is None or manual.today <= parse_date(until):
            yield agreement


def _promised(agreement: Entity) -> Duration:
    return parse_duration(agreement["valor"])


def _suppliers(manual: Manual, agreement: Entity) -> list[tuple[int, Entity]]:
    found = enumerate(manual.find("proveedores", name) for name in agreement.get("proveedores", ()))
    return [(position, one) for position, one in found if one and one.sound]


def _over(taken: Duration, limit: Duration, hours: WorkTime | None) -> Fraction | None:
    """By how many minutes a term is longer than its limit; None when nobody can tell."""
    if taken.is_calendar or limit.is_calendar:
        return calendar_minutes(taken) - calendar_minutes(limit) if taken.same_clock(limit) else None
    return hours.minutes(taken) - hours.minutes(limit) if hours else None


def chain_over(chain: Chain, hours: WorkTime | None) -> Fraction | None:
    """By how many minutes terms one after another are longer than their limit; None when nobody can tell."""
    terms = [term for _, term in chain.parts]
    if any(term.is_calendar for term in (*terms, chain.limit)):
        together = all(term.same_clock(chain.limit) for term in terms)
        return sum(map(calendar_minutes, terms), Fraction()) - calendar_minutes(chain.limit) if together else None
    return sum(map(hours.minutes, terms), Fraction()) - hours.minutes(chain.limit) if hours else None


def margin(over: Fraction, *terms: Duration) -> str:
    """By how much a term is over its limit, or what is left; in business hours unless the terms are on a calendar."""
    if not over:
        return "es exacto"
    working = not any(term.is_calendar for term in terms)
    return f"se pasa por {minutes(over)}" if over > 0 else f"queda un margen de {minutes(-over, working=working)}"


def equal_or(declared: str, wanted: str) -> str:
    """That two values are written alike, or both of them."""
    return "es igual" if declared == wanted else f"{declared} contra {wanted}"


def day_assumed(hours: WorkTime | None) -> tuple[str, ...]:
    """What a business day is taken to last."""
    return (f"Un día hábil son {minutes(hours.day)}, los del día de más horas.",) if hours else ()


def _percent(share: str) -> Fraction:
    return Fraction(parse_measure(share).value)
