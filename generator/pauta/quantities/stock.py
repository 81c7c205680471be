"""How much stock a demand needs: safety stock, reorder point, lot, and how long it lasts.

Quantities are in the unit of the item and times in days, all on one clock: demand of working days
goes with a lead time in working days. What a manual can say wrong raises ValueError with a Spanish
sentence that a finding may quote.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import erfc, sqrt
from statistics import NormalDist

_NEVER = Decimal("Infinity")
_ZERO = Decimal(0)
_EXACT = 1e-12


@dataclass(frozen=True, slots=True)
class Supply:
    """What is asked of an item each day and how long it takes to come.

    ``deviation`` and ``lead_deviation`` are standard deviations; a missing one of the demand, None,
    leaves the safety stock unknown. ``review_days`` is 0 when the stock is watched all the time.
    Raises ValueError when something is negative.
    """

    daily: Decimal
    lead_days: Decimal
    deviation: Decimal | None = None
    lead_deviation: Decimal = _ZERO
    review_days: Decimal = _ZERO

    def __post_init__(self) -> None:
        if min(self.daily, self.lead_days, self.deviation or 0, self.lead_deviation, self.review_days) < 0:
            raise ValueError("La demanda, su desviación y los plazos no pueden ser negativos.")

    @property
    def lead_demand(self) -> Decimal:
        """What is asked for from an order until it arrives, on average, with the wait for the next review."""
        return self.daily * (self.lead_days + self.review_days)

    @property
    def spread(self) -> Decimal | None:
        """The standard deviation of that demand; None when that of a day is missing."""
        if self.deviation is None:
            return None
        days = self.lead_days + self.review_days
        return (days * self.deviation**2 + (self.daily * self.lead_deviation) ** 2).sqrt()


@dataclass(frozen=True, slots=True)
class Reorder:
    """When to order again: ``point`` is the demand until the order arrives and the safety stock.

    Without a deviation ``safety`` is None, and the point is the least it may be: the demand alone.
    """

    lead_demand: Decimal
    safety: Decimal | None

    @property
    def point(self) -> Decimal:
        """The stock at which to order."""
        return self.lead_demand + (self.safety or _ZERO)


@dataclass(frozen=True, slots=True)
class Cover:
    """How many days a stock lasts, and how many it keeps; without a limit, None."""

    days: Decimal
    """Infinite when nobody asks for what is there."""
    shelf_days: Decimal | None

    @property
    def spoils(self) -> bool:
        """Whether the last units expire before they are used."""
        return self.shelf_days is not None and self.days > self.shelf_days


def safety_stock(supply: Supply, level: Decimal) -> Decimal | None:
    """The stock against bad luck, so that a share of the cycles (0 to 1) ends without running out.

    None when the deviation of the demand is missing; nothing for a level of one half or less.
    Raises ValueError for 100 %, which no stock holds, and for shares out of range.
    Source: z · √((L + P)·σd² + d²·σL²), in E. Silver, D. Pyke and R. Peterson, *Inventory
    Management and Production Planning and Scheduling*; z is the normal quantile, exact, so it
    differs a little from tables with two decimals.
    """
    quantile = Decimal(NormalDist().inv_cdf(_attainable(level)))
    spread = supply.spread
    return None if spread is None else max(quantile * spread, _ZERO)


def safety_stock_by_units(supply: Supply, level: Decimal, lot: Decimal) -> Decimal | None:
    """The stock against bad luck, so that a share of the units asked for (0 to 1) is handed over at once.

    ``lot`` is what is ordered each time: the larger it is, the seldomer there may be a shortage. None
    when the deviation is missing; never less than nothing. Raises ValueError as ``safety_stock`` does,
    and for a lot of nothing. Source: the z for which G(z) = (1 − share) · lot / spread, G being the
    normal loss function, in the same book.
    """
    share, spread = _attainable(level), supply.spread
    if lot <= 0:
        raise ValueError("Para medir el nivel en unidades hace falta saber de cuánto es el lote.")
    if not spread:
        return spread
    allowed = (1 - share) * float(lot / spread)
    return Decimal(_quantile_of_loss(allowed)) * spread


def _attainable(level: Decimal) -> float:
    """A share that some stock holds; raises ValueError for others."""
    share = float(level)
    if share >= 1:
        raise ValueError("Ninguna existencia evita todos los faltantes; pida menos de 100 %, por ejemplo 99 %.")
    if share <= 0:
        raise ValueError("El nivel de servicio del inventario debe ser mayor que 0 %.")
    return share


def _loss(z: float) -> float:
    """By how much a standard normal goes beyond z, on average: φ(z) − z · (1 − Φ(z))."""
    return NormalDist().pdf(z) - z * erfc(z / sqrt(2)) / 2


def _quantile_of_loss(allowed: float) -> float:
    """The z, from nothing up, beyond which a standard normal goes by no more than is allowed."""
    low, high = 0.0, 1.0
    if _loss(low) <= allowed:
        return low
    while _loss(high) > allowed:
        low, high = high, 2 * high
    while high - low > _EXACT:
        middle = (low + high) / 2
        low, high = (middle, high) if _loss(middle) > allowed else (low, middle)
    return high


def reorder(supply: Supply, level: Decimal) -> Reorder:
    """When to order so that a share of the cycles ends without running out.

    Raises ValueError as ``safety_stock`` does. Source: d·(L + P) + safety stock, in the same book.
    """
    return Reorder(supply.lead_demand, safety_stock(supply, level))


def covered(supply: Supply, point: Decimal) -> float | None:
    """The share of cycles that end without running out if the order is placed at this stock.

    None when the deviation is missing. Without any spread it is 1 or 0. Source: ``safety_stock``, backwards.
    """
    spare, spread = point - supply.lead_demand, supply.spread
    if spread is None:
        return None
    if not spread:
        return float(spare >= 0)
    return NormalDist().cdf(float(spare / spread))


def delivered(supply: Supply, point: Decimal, lot: Decimal) -> float | None:
    """The share of units that are handed over at once if a lot is ordered at this stock.

    None when the deviation is missing. Without any spread only what the average takes too much is lacking.
    Source: 1 − spread · G(z) / lot, as in ``safety_stock_by_units``.
    """
    spare, spread = point - supply.lead_demand, supply.spread
    if spread is None:
        return None
    lacking = float(spread) * _loss(float(spare / spread)) if spread else max(-float(spare), 0.0)
    return max(1 - lacking / float(lot), 0.0)


def economic_order(yearly: Decimal, order_cost: Decimal, holding_cost: Decimal) -> Decimal:
    """The lot with the least cost of ordering and keeping; costs in one currency, keeping by unit and year.

    Raises ValueError for negative figures or when keeping costs nothing, for then no lot is too big.
    Source: F. W. Harris (1913), √(2·D·S/H).
    """
    if yearly < 0 or order_cost < 0 or holding_cost <= 0:
        raise ValueError("La demanda y el costo de pedir no pueden ser negativos, y guardar debe costar algo.")
    return (2 * yearly * order_cost / holding_cost).sqrt()


def dearer_than_economic(lot: Decimal, economic: Decimal) -> Decimal:
    """How much more a lot costs than the economic one in ordering and keeping, as a share; 0 for the same.

    Both above nothing. Source: (Q / Q* + Q* / Q) / 2 − 1, from the formula of Harris.
    """
    return (lot / economic + economic / lot) / 2 - 1


def cover(units: Decimal, daily: Decimal, shelf_days: Decimal | None = None) -> Cover:
    """How many days some units last at a demand, beside those they keep.

    Raises ValueError when something is negative. Source: stock / daily demand, the usual days of cover.
    """
    if min(units, daily, shelf_days or 0) < 0:
        raise ValueError("Las existencias, la demanda y la caducidad no pueden ser negativas.")
    if not units:
        return Cover(_ZERO, shelf_days)
    return Cover(units / daily if daily else _NEVER, shelf_days)
