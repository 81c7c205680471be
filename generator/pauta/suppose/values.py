"""The new value of a field, from what somebody writes: «+20%», «-3», «x1.5», «12», «10d», or as the manual writes it."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pauta.calculate.words import in_unit
from pauta.findings import CannotGoOn
from pauta.quantities import Duration, Unit, parse_duration, parse_measure
from pauta.spine import Field, Kind

_NUMBER = r"\d{1,9}(?:\.\d{1,6})?"
_STEP = re.compile(rf"(?P<sign>[+-])(?P<amount>{_NUMBER})\s*(?P<percent>%)?")
_FACTOR = re.compile(rf"[x×*]\s*(?P<amount>{_NUMBER})")
_BARE = re.compile(rf"(?P<amount>{_NUMBER})\s*(?P<percent>%)?")
_SHORT = re.compile(r"(?P<amount>\d{1,6})\s*(?P<unit>[a-zñ]{1,7})")

_DIGITS = {"dinero": 2, "porcentaje": 2}
_MOST_DIGITS = 4
_MEASURED = frozenset({"dinero", "porcentaje", "cantidad", "medida"})

_UNITS: dict[str, tuple[Unit, bool | None]] = {
    "s": (Unit.SECOND, False),
    "seg": (Unit.SECOND, False),
    "min": (Unit.MINUTE, None),
    "h": (Unit.HOUR, None),
    "hh": (Unit.HOUR, True),
    "d": (Unit.DAY, None),
    "dh": (Unit.DAY, True),
    "dc": (Unit.DAY, False),
    "sem": (Unit.WEEK, False),
    "mes": (Unit.MONTH, False),
    "meses": (Unit.MONTH, False),
    "a": (Unit.YEAR, False),
}
"""Short forms, and whether they are of business time; None when it is as in the present value."""

_SMALLER = {
    (Unit.HOUR, False): (Unit.MINUTE, 60),
    (Unit.HOUR, True): (Unit.MINUTE, 60),
    (Unit.MINUTE, False): (Unit.SECOND, 60),
    (Unit.WEEK, False): (Unit.DAY, 7),
    (Unit.YEAR, False): (Unit.MONTH, 12),
}
"""Units in which a part of another is whole."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants a value to be."""

    way: str
    """The way to it as it was written."""
    text: str

    @property
    def factor(self) -> Decimal | None:
        """By how much to multiply the present value; None when it is not asked for."""
        by, step = _FACTOR.fullmatch(self.text), _STEP.fullmatch(self.text)
        if by:
            return Decimal(by["amount"])
        return 1 + Decimal(step["sign"] + step["amount"]) / 100 if step and step["percent"] else None

    @property
    def difference(self) -> Decimal | None:
        """How much to add to the present value; None when it is not asked for."""
        step = _STEP.fullmatch(self.text)
        return Decimal(step["sign"] + step["amount"]) if step and not step["percent"] else None

    @property
    def is_relative(self) -> bool:
        """Whether there must be a present value."""
        return self.factor is not None or self.difference is not None

    def of(self, amount: Decimal) -> Decimal:
        """The new amount instead of a present one; raises CannotGoOn below zero."""
        new = amount * self.factor if self.factor is not None else amount + (self.difference or Decimal(0))
        if new < 0 <= amount:
            raise CannotGoOn(
                f"«{self.way}» quedaría por debajo de cero.", f"Reste menos: hoy es {amount.normalize():f}."
            )
        return new


def new_value(wish: Wish, field: Field, present: Any) -> Any:
    """The value that a field would have, as a manual writes it.

    Whether it is fit for the field is for the schema to say. Raises CannotGoOn for dates, and when
    something is asked relative to a value that is no number or is not there.
    """
    if field.type == "fecha":
        raise CannotGoOn(
            f"«{wish.way}» es una fecha, y las fechas no se suponen.", "Para ver el manual en otro día use --today."
        )
    if wish.is_relative and present is None:
        raise CannotGoOn(f"El manual no dice «{wish.way}»: no hay a qué sumar.", "Escriba el valor completo.")
    if field.type == "duracion":
        return _duration(wish, present)
    if field.type in _MEASURED:
        return _measure(wish, field, present)
    if field.kind in {Kind.INTEGER, Kind.NUMBER}:
        return _plain(wish, field, present)
    if field.kind is Kind.BOOLEAN:
        return {"sí": True, "si": True, "true": True, "no": False, "false": False}.get(wish.text.casefold(), wish.text)
    return wish.text


def _duration(wish: Wish, present: str | None) -> str:
    now = parse_duration(present) if present is not None else None
    if wish.is_relative and now:
        return str(_whole(wish.of(Decimal(now.amount)), now))
    bare, short = _BARE.fullmatch(wish.text), _SHORT.fullmatch(wish.text.casefold())
    if bare and not bare["percent"] and now:
        return str(_whole(Decimal(bare["amount"]), now))
    if short and short["unit"] in _UNITS:
        return _written(wish, int(short["amount"]), short["unit"], now)
    return wish.text


def _written(wish: Wish, amount: int, short: str, now: Duration | None) -> str:
    """A short form in full; «d» alone is of business days if the present value is of business time."""
    unit, business = _UNITS[short]
    if business is None and now is None and unit is Unit.DAY:
        raise CannotGoOn(
            f"«{wish.text}» no dice si los días son hábiles o de calendario.", f"Escriba {amount}dh o {amount}dc."
        )
    return str(Duration(amount, unit, bool(now and now.business) if business is None else business))


def _whole(amount: Decimal, like: Duration) -> Duration:
    """A duration in whole units: in a smaller one if it is whole there, or rounded."""
    unit, business = like.unit, like.business
    while amount != amount.to_integral_value() and (unit, business) in _SMALLER:
        unit, worth = _SMALLER[unit, business]
        amount *= worth
    return Duration(int(amount.to_integral_value(ROUND_HALF_UP)), unit, business)


def _measure(wish: Wish, field: Field, present: str | None) -> str:
    now = parse_measure(present) if present is not None else None
    bare = _BARE.fullmatch(wish.text)
    if wish.is_relative and now:
        amount = wish.of(now.value)
    elif bare and (bare["percent"] or now):
        amount = Decimal(bare["amount"])
    else:
        return wish.text
    unit = "%" if bare and bare["percent"] else now.unit if now else ""
    rounded = amount.quantize(Decimal(1).scaleb(-_DIGITS.get(field.type or "", _MOST_DIGITS)), ROUND_HALF_UP)
    return f"{_digits(rounded, field)} {_unit(rounded, unit)}"


def _digits(amount: Decimal, field: Field) -> str:
    whole = amount == amount.to_integral_value()
    if field.type == "dinero" and not whole:
        return f"{amount:.2f}"
    return f"{amount:.0f}" if whole else f"{amount.normalize():f}"


def _unit(amount: Decimal, unit: str) -> str:
    """The unit in the number that fits the amount: «1 puesto», «2 puestos»."""
    return in_unit(amount, unit).partition(" ")[2]


def _plain(wish: Wish, field: Field, present: float | None) -> Any:
    bare = _BARE.fullmatch(wish.text)
    if wish.is_relative and present is not None:
        amount = wish.of(Decimal(str(present)))
    elif bare and not bare["percent"]:
        amount = Decimal(bare["amount"])
    else:
        return wish.text
    return int(amount.to_integral_value(ROUND_HALF_UP)) if field.kind is Kind.INTEGER else float(amount)
