"""Whether stock lasts until the order arrives: safety stock, reorder point, highest stock, lot, and how long it keeps."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial

from pauta.calculate.model import Calculation, Figure, Input, Judged, given
from pauta.calculate.times import WorkTime, opening
from pauta.calculate.words import in_unit, number, percent, short_or_left
from pauta.model import Entity, Manual
from pauta.quantities import Money, parse_duration, parse_measure, parse_money, same_unit
from pauta.quantities.stock import (
    Cover,
    Supply,
    cover,
    covered,
    dearer_than_economic,
    delivered,
    economic_order,
    safety_stock,
    safety_stock_by_units,
)

_USUAL_LEVEL = Decimal("0.95")
_NORMAL = "El consumo de cada día varía como una normal y no depende del día anterior."
_BOOK = "E. Silver, D. Pyke y R. Peterson, Inventory Management and Production Planning and Scheduling"
_IN_ORDER = "Comparación de existencias"
_BY_ORDERS = "Existencia de seguridad = z × √((L + P) × σd² + d² × σL²)"
_BY_UNITS = f"{_BY_ORDERS}, con la z para la que G(z) = (1 − nivel) × lote / √((L + P) × σd² + d² × σL²)"
_LETTERS = (
    "z: cuántas desviaciones se guardan para llegar al nivel de servicio (1.645 para 95 %); L: plazo de reposición; "
    "P: cada cuánto se revisa; d: demanda diaria; σd: desviación de la demanda diaria; σL: desviación del plazo."
)
_UNITS = "unidades"
_DEARER = Decimal("0.25")
"""How much more a lot may cost than the economic one: what half or double of it costs. Near it hardly anything."""
_AMOUNTS = (
    "minimo",
    "punto_reorden",
    "maximo",
    "existencia_seguridad",
    "demanda_diaria",
    "desviacion_diaria",
    "lote",
)


@dataclass(frozen=True, slots=True)
class Article:
    """An article whose amounts are all in one unit, and its supply in business days."""

    entity: Entity
    title: str
    supply: Supply
    level: Decimal
    by_units: bool
    """Whether the level is the share of units handed over at once, and not that of orders without a shortage."""
    hours: WorkTime

    def amount(self, name: str) -> Decimal:
        """One of its amounts."""
        return parse_measure(self.entity[name]).value

    @property
    def unit(self) -> str:
        """What is counted."""
        return parse_measure(self.entity["punto_reorden"]).unit

    @property
    def reserve(self) -> Decimal:
        """The declared safety stock, the calculated one when it is not declared, or nothing."""
        if "existencia_seguridad" in self.entity.data:
            return self.amount("existencia_seguridad")
        return self.needed_reserve or Decimal(0)

    @property
    def needed_reserve(self) -> Decimal | None:
        """The calculated safety stock; None when the manual does not say how much the demand varies."""
        if self.by_units:
            return safety_stock_by_units(self.supply, self.level, self.amount("lote"))
        return safety_stock(self.supply, self.level)

    def kept(self, reserve: Decimal) -> str:
        """What a safety stock achieves, in words."""
        point = self.supply.lead_demand + reserve
        if self.by_units:
            return f"se entrega de inmediato el {percent(delivered(self.supply, point, self.amount('lote')) or 0)} de lo que se pide"
        return f"alcanza en el {percent(covered(self.supply, point) or 0)} de los pedidos"

    @property
    def aim(self) -> str:
        """What the level asks for, in words."""
        if self.by_units:
            return f"entregar de inmediato el {percent(self.level)} de lo que se pide"
        return f"que alcance en el {percent(self.level)} de los pedidos"


def safety(manual: Manual) -> Iterator[Judged]:
    """The declared safety stock of each article against the calculated one."""
    for article in _articles(manual):
        needed = article.needed_reserve
        if needed is not None and "existencia_seguridad" in article.entity.data:
            yield Judged(article.amount("existencia_seguridad") >= needed, partial(_safety, article, needed))


def reorder_points(manual: Manual) -> Iterator[Judged]:
    """The declared reorder point of each article against what is used until the order arrives."""
    yield from map(_reorder_judged, _articles(manual))


def reorder_point_of(manual: Manual, article: Entity) -> Calculation | None:
    """The same of one article; None when it cannot be reckoned."""
    made = next((made for _, made in _made(manual, [article])), None)
    return _reorder_judged(made).calculation() if isinstance(made, Article) else None


def _reorder_judged(article: Article) -> Judged:
    needed = article.supply.lead_demand + article.reserve
    return Judged(article.amount("punto_reorden") >= needed, partial(_reorder, article, needed))


def levels(manual: Manual) -> Iterator[Judged]:
    """The lowest, the reorder point and the highest of each article, in this order and with room for a lot."""
    for article in _articles(manual):
        point, lot = (
            article.amount("punto_reorden"),
            article.amount("lote") if "lote" in article.entity.data else Decimal(0),
        )
        yield Judged(article.amount("minimo") <= point, partial(_lowest, article))
        yield Judged(article.amount("maximo") >= point + lot, partial(_highest, article, point + lot))


def lots(manual: Manual) -> Iterator[Judged]:
    """The lot of each article against the economic one, where the manual says what ordering and keeping cost."""
    for article in _articles(manual):
        costs = _costs(article.entity)
        if costs is not None and article.supply.daily and article.amount("lote"):
            ordering, keeping = costs
            economic = economic_order(_yearly(article), ordering.amount, keeping.amount)
            dearer = dearer_than_economic(article.amount("lote"), economic)
            yield Judged(dearer <= _DEARER, partial(_lot, article, economic, dearer))


def shelf_life(manual: Manual) -> Iterator[Judged]:
    """How long the highest stock of each article lasts against how long it keeps."""
    for article in _articles(manual):
        if "caducidad" in article.entity.data:
            keeps = math.floor(article.hours.business_days(parse_duration(article.entity["caducidad"])))
            lasts = cover(article.amount("maximo"), article.supply.daily, Decimal(keeps))
            yield Judged(not lasts.spoils, partial(_shelf_life, article, keeps, lasts))


def impossible(manual: Manual) -> Iterator[Judged]:
    """The articles whose safety stock cannot be reckoned, each with the reason."""
    for entity, made in _made(manual, manual.all("inventarios")):
        if isinstance(made, str):
            yield Judged(holds=False, write=partial(_refused, manual, entity, made))


def _articles(manual: Manual) -> Iterator[Article]:
    """Those that can be reckoned."""
    return (made for _, made in _made(manual, manual.all("inventarios")) if isinstance(made, Article))


def _made(manual: Manual, articles: Iterable[Entity]) -> Iterator[tuple[Entity, Article | str]]:
    """Each article with one unit, or the reason why it cannot be reckoned; other units are told elsewhere."""
    hours = opening(manual)
    if hours is None:
        return
    for entity in filter(_one_unit, articles):
        try:
            yield entity, _article(manual, entity, hours)
        except ValueError as reason:
            yield entity, str(reason)


def _article(manual: Manual, entity: Entity, hours: WorkTime) -> Article:
    amounts = {name: parse_measure(entity[name]).value for name in _AMOUNTS if name in entity.data}
    supply = Supply(
        amounts["demanda_diaria"],
        _days(entity, "plazo_reposicion", hours),
        amounts.get("desviacion_diaria"),
        _days(entity, "desviacion_plazo", hours),
        _days(entity, "revision_cada", hours),
    )
    level = parse_measure(entity["nivel_servicio"]).value / 100 if "nivel_servicio" in entity.data else _USUAL_LEVEL
    by_units = _is_by_units(entity)
    if by_units:
        safety_stock_by_units(supply, level, amounts.get("lote", Decimal(0)))  # refuses what no stock holds
    else:
        safety_stock(supply, level)  # the same
    return Article(entity, manual.title(entity), supply, level, by_units, hours)


def _is_by_units(entity: Entity) -> bool:
    return bool(entity.get("nivel_medido_en") == _UNITS)


def _costs(entity: Entity) -> tuple[Money, Money] | None:
    """What an order costs, and what keeping a unit costs for a year; None when one is not said or they do not go together."""
    if not {"lote", "costo_pedido", "costo_almacenaje"} <= entity.data.keys():
        return None
    ordering, keeping = parse_money(entity["costo_pedido"]), parse_money(entity["costo_almacenaje"])
    together = ordering.currency == keeping.currency and ordering.amount and keeping.amount
    return (ordering, keeping) if together else None


def _yearly(article: Article) -> Decimal:
    days = article.hours.business_days(parse_duration("1 año"))
    return article.supply.daily * Decimal(days.numerator) / Decimal(days.denominator)


def _safety(article: Article, needed: Decimal) -> Calculation:
    declared = given(article.entity, "existencia_seguridad")
    whole, has = math.ceil(needed), article.amount("existencia_seguridad")
    difference = short_or_left(has, needed, article.unit)
    return Calculation(
        f"inventario.{article.entity.id}.reserva",
        "reserva-insuficiente",
        f"Existencia de seguridad de «{article.title}»",
        article.entity,
        _BY_UNITS if article.by_units else _BY_ORDERS,
        _inputs(article, "demanda_diaria", "desviacion_diaria", *(("lote",) if article.by_units else ())),
        (Figure("Existencia de seguridad", f"{in_unit(needed, article.unit, 1)}", float(needed)),),
        declared,
        f"La existencia de seguridad de «{article.title}» tendría que ser de {in_unit(needed, article.unit, 1)} para "
        f"{article.aim}, y se declaran {declared.value}: {difference}.",
        difference,
        f"Declare {in_unit(whole, article.unit)}; con {declared.value} {article.kept(has)}.",
        (_NORMAL, *_level_assumed(article)),
        _BOOK,
        symbols=_LETTERS,
    )


def _reorder(article: Article, needed: Decimal) -> Calculation:
    declared = given(article.entity, "punto_reorden")
    has = article.amount("punto_reorden")
    difference = short_or_left(has, needed, article.unit)
    names = [name for name in ("desviacion_diaria", "existencia_seguridad") if name in article.entity.data][-1:]
    days = max((has - article.reserve) / article.supply.daily, Decimal(0)) if article.supply.daily else None
    lasts = (
        ""
        if days is None
        else f" con {declared.value} alcanza si el pedido llega en {number(math.floor(days))} días hábiles"
    )
    return Calculation(
        f"inventario.{article.entity.id}.reorden",
        "reorden-insuficiente",
        f"Punto de reorden de «{article.title}»",
        article.entity,
        "Punto de reorden = demanda diaria × (plazo de reposición + revisión) + existencia de seguridad",
        _inputs(article, "demanda_diaria", *names),
        (
            Figure(
                "Consumo hasta que llega el pedido",
                f"{in_unit(article.supply.lead_demand, article.unit, 1)}",
                float(article.supply.lead_demand),
            ),
            Figure("Punto de reorden", f"{in_unit(needed, article.unit, 1)}", float(needed)),
        ),
        declared,
        f"«{article.title}» se tiene que pedir cuando quedan {in_unit(needed, article.unit, 1)}, y el punto de reorden dice "
        f"{declared.value}: {difference}.",
        difference,
        f"Declare {in_unit(math.ceil(needed), article.unit)};{lasts}."
        if lasts
        else f"Declare {in_unit(math.ceil(needed), article.unit)}.",
        (_NORMAL, *_level_assumed(article)),
        _BOOK,
    )


def _lowest(article: Article) -> Calculation:
    declared, point = given(article.entity, "minimo"), given(article.entity, "punto_reorden")
    over = article.amount("minimo") - article.amount("punto_reorden")
    difference = f"{'se pasa por' if over > 0 else 'queda un margen de'} {in_unit(abs(over), article.unit)}"
    return Calculation(
        f"inventario.{article.entity.id}.minimo",
        "existencias-en-desorden",
        f"Mínimo de «{article.title}»",
        article.entity,
        "Mínimo ≤ punto de reorden",
        (declared, point),
        (),
        declared,
        f"El mínimo de «{article.title}», {declared.value}, {'está por encima' if over > 0 else 'no pasa'} de su punto de reorden, {point.value}: {difference}.",
        difference,
        f"Baje el mínimo a {point.value} o menos, o suba el punto de reorden.",
        (),
        _IN_ORDER,
    )


def _highest(article: Article, needed: Decimal) -> Calculation:
    declared = given(article.entity, "maximo")
    difference = short_or_left(article.amount("maximo"), needed, article.unit)
    names = ("punto_reorden", "lote") if "lote" in article.entity.data else ("punto_reorden",)
    room = article.amount("maximo") - article.amount("punto_reorden")
    return Calculation(
        f"inventario.{article.entity.id}.maximo",
        "existencias-en-desorden",
        f"Máximo de «{article.title}»",
        article.entity,
        "Máximo ≥ punto de reorden + lote",
        tuple(given(article.entity, name) for name in names),
        (
            Figure(
                "Existencia al llegar el pedido, si no se consume nada",
                f"{in_unit(needed, article.unit)}",
                float(needed),
            ),
        ),
        declared,
        f"«{article.title}» puede llegar a {in_unit(needed, article.unit)} cuando entra un pedido, y su máximo es "
        f"{declared.value}: {difference}.",
        difference,
        f"Suba el máximo a {in_unit(needed, article.unit)}, o pida lotes de {number(max(room, Decimal(0)))}.",
        ("Mientras llega el pedido puede no consumirse nada.",),
        _IN_ORDER,
    )


def _lot(article: Article, economic: Decimal, dearer: Decimal) -> Calculation:
    declared = given(article.entity, "lote")
    most = economic * (1 + _DEARER + ((1 + _DEARER) ** 2 - 1).sqrt())
    least = economic * economic / most
    unit = article.unit
    difference = f"cuesta {percent(dearer)} más al año" if round(dearer, 3) else "cuesta lo mismo"
    return Calculation(
        f"inventario.{article.entity.id}.lote",
        "lote-lejos-del-economico",
        f"Lote de «{article.title}»",
        article.entity,
        "Lote económico = √(2 × demanda al año × costo de pedir / costo de almacenar una unidad un año)",
        _only(article, "demanda_diaria", "costo_pedido", "costo_almacenaje"),
        (
            Figure("Demanda al año", in_unit(_yearly(article), unit, 0), float(_yearly(article))),
            Figure("Lote económico", in_unit(economic, unit, 0), float(economic)),
        ),
        declared,
        f"Pedir «{article.title}» cuesta menos en lotes de {in_unit(economic, unit, 0)}, y se piden de {declared.value}: "
        f"{difference}.",
        difference,
        f"Pida lotes de {number(math.ceil(least))} a {in_unit(math.floor(most), unit)}: con ellos se gasta a lo más una cuarta parte sobre "
        "lo que cuesta el económico.",
        (
            f"Un año tiene {number(article.hours.business_days(parse_duration('1 año')))} días hábiles en promedio, con un consumo parejo.",
            "El precio de compra no cambia con el tamaño del lote.",
        ),
        "F. W. Harris (1913), How Many Parts to Make at Once",
    )


def _shelf_life(article: Article, keeps: int, lasts: Cover) -> Calculation:
    declared, shelf = given(article.entity, "maximo"), given(article.entity, "caducidad")
    most = math.floor(keeps * Fraction(article.supply.daily))
    endless = lasts.days.is_infinite()
    days = "sin fin" if endless else f"{number(lasts.days, 1)} días hábiles"
    over = f"se pasa por {number(lasts.days - keeps, 1)} días hábiles" if lasts.spoils and not endless else "alcanza"
    difference = "nadie lo usa" if endless else over
    return Calculation(
        f"inventario.{article.entity.id}.caducidad",
        "existencia-caduca",
        f"Caducidad de «{article.title}»",
        article.entity,
        "Máximo / demanda diaria ≤ caducidad",
        (*_only(article, "demanda_diaria"), shelf),
        (Figure("Días que dura el máximo", days, None if endless else float(lasts.days)),),
        declared,
        f"El máximo de «{article.title}», {declared.value}, {'no se usa nunca' if endless else f'tarda {days} en usarse'}, y caduca en {shelf.value} "
        f"({number(keeps)} días hábiles): {difference}.",
        difference,
        "Escriba lo que de verdad se consume; si nadie lo usa, deje de guardarlo."
        if endless
        else f"Baje el máximo a {in_unit(most, article.unit)} o menos, y el lote con él.",
        (f"Un mes tiene {number(article.hours.business_days(parse_duration('1 mes')), 1)} días hábiles en promedio.",),
        "Existencia / demanda diaria: días de cobertura",
    )


def _refused(manual: Manual, entity: Entity, reason: str) -> Calculation:
    declared = given(entity, "nivel_servicio" if "nivel_servicio" in entity.data else "demanda_diaria")
    return Calculation(
        f"inventario.{entity.id}.datos",
        "calculo-imposible",
        f"Datos de «{manual.title(entity)}»",
        entity,
        _BY_UNITS if _is_by_units(entity) else _BY_ORDERS,
        (),
        (),
        declared,
        verdict=f"La existencia de seguridad de «{manual.title(entity)}» no se puede calcular. {reason}",
        difference="",
        nearest=_mend(entity),
    )


def _mend(entity: Entity) -> str:
    if _is_by_units(entity) and not ("lote" in entity.data and parse_measure(entity["lote"]).value):
        return "Escriba «lote», o mida el nivel en pedidos."
    return "Escriba de 50 % a 99.9 %." if "nivel_servicio" in entity.data else "Corrija la demanda o su desviación."


def _inputs(article: Article, *names: str) -> tuple[Input, ...]:
    times = ("plazo_reposicion", "desviacion_plazo", "revision_cada", "nivel_servicio")
    return _only(article, *names, *(name for name in times if name in article.entity.data))


def _only(article: Article, *names: str) -> tuple[Input, ...]:
    return tuple(given(article.entity, name) for name in names)


def _level_assumed(article: Article) -> tuple[str, ...]:
    said = "nivel_servicio" in article.entity.data
    what = (
        "El nivel de servicio es por unidades: la parte de lo que se pide que se entrega de inmediato. G(z) es cuánto "
        "pasa de z, en promedio, una normal de media 0 y desviación 1."
        if article.by_units
        else "El nivel de servicio es por ciclo: la parte de los pedidos que llega sin que falte."
    )
    return (what,) if said else (what, "El manual no dice el nivel; se calcula con 95 %.")


def _one_unit(entity: Entity) -> bool:
    units = [parse_measure(entity[name]).unit for name in _AMOUNTS if name in entity.data]
    return all(same_unit(unit, units[0]) for unit in units)


def _days(entity: Entity, name: str, hours: WorkTime) -> Decimal:
    """A term in business days; nothing when it is not said."""
    if name not in entity.data:
        return Decimal(0)
    days = hours.business_days(parse_duration(entity[name]))
    return Decimal(days.numerator) / Decimal(days.denominator)
