"""What the fields of a manual are in a rule: texts, numbers, lists, and values with their unit taken apart.

«2 días hábiles» has no order among texts, so that what is written with a unit becomes an object:
``este.plazo.horas``, ``este.precio_publico.monto``, ``este.meta.valor``, ``este.contrato_hasta.dias``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from pauta.model import Manual
from pauta.quantities import Duration, Unit, parse_date, parse_duration, parse_measure, parse_money
from pauta.quantities.calendars import parse_hours
from pauta.spine import Field
from pauta.spine import Kind as Shape


class Kind(Enum):
    """What can be done with a value, by the name that people read."""

    TEXT = "un texto"
    INTEGER = "un número entero"
    DECIMAL = "un número con decimales"
    BOOLEAN = "un sí o no"
    LIST = "una lista"
    OBJECT = "un grupo de campos"
    UNIT = "un valor con unidad"


NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL})


@dataclass(frozen=True, slots=True, eq=False)
class Type:
    """The type of a value in a rule."""

    kind: Kind
    title: str = ""
    """What people call the object whose fields these are."""
    fields: Mapping[str, "Type"] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    """Fields that an object may lack."""
    item: "Type | None" = None
    choices: tuple[str, ...] = ()
    """The only values of a text, when there is a list of them."""
    collection: str = ""
    """The collection whose entity this is."""

    @property
    def is_scalar(self) -> bool:
        """Whether it can be compared as it is."""
        return self.kind in _SCALARS


_SCALARS = frozenset({Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.BOOLEAN})

TEXT = Type(Kind.TEXT)
INTEGER = Type(Kind.INTEGER)
DECIMAL = Type(Kind.DECIMAL)
BOOLEAN = Type(Kind.BOOLEAN)

_DURATION: Mapping[str, Type] = {"horas": DECIMAL, "dias": DECIMAL, "habil": BOOLEAN, "texto": TEXT}
_MEASURE: Mapping[str, Type] = {"valor": DECIMAL, "unidad": TEXT, "texto": TEXT}
UNITS: Mapping[str, Mapping[str, Type]] = {
    "duracion": _DURATION,
    "dinero": {"monto": DECIMAL, "moneda": TEXT, "texto": TEXT},
    "porcentaje": {"valor": DECIMAL, "texto": TEXT},
    "cantidad": _MEASURE,
    "medida": _MEASURE,
    "fecha": {"dias": INTEGER, "texto": TEXT},
}
"""Type of a field -> what a rule may ask of it."""

_SHAPES = {Shape.TEXT: TEXT, Shape.INTEGER: INTEGER, Shape.NUMBER: DECIMAL, Shape.BOOLEAN: BOOLEAN}


def entity_type(manual: Manual, collection: str) -> Type:
    """What an entity of a collection is in a rule."""
    _, item = manual.spine.collections[collection]
    return _object(item, f"«{collection}»", collection)


def _type_of(field_: Field) -> Type:
    parts = UNITS.get(field_.type or "")
    if parts:
        return Type(Kind.UNIT, f"«{field_.name}»", parts)
    if field_.kind is Shape.OBJECT:
        return _object(field_, f"«{field_.name}»")
    if field_.kind is Shape.LIST:
        return Type(Kind.LIST, f"«{field_.name}»", item=_type_of(field_.item) if field_.item else TEXT)
    if "enum" in field_.schema:
        return Type(Kind.TEXT, f"«{field_.name}»", choices=tuple(field_.schema["enum"]))
    return _SHAPES[field_.kind]


def _object(field_: Field, title: str, collection: str = "") -> Type:
    fields = {name: _type_of(child) for name, child in field_.children.items()}
    optional = frozenset(name for name, child in field_.children.items() if not child.required)
    return Type(Kind.OBJECT, title, fields, optional, collection=collection)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What values are reckoned with: the day, and the minutes of a working day."""

    today: date
    working_day: int

    def of(self, field_: Field, value: Any) -> Any:
        """A value of the manual as a rule sees it; it must be valid."""
        read = _READERS.get(field_.type or "")
        if read:
            return read(self, value)
        if isinstance(value, dict):
            return {
                name: self.of(field_.children[name], child) for name, child in value.items() if name in field_.children
            }
        if isinstance(value, list) and field_.item is not None:
            return [self.of(field_.item, child) for child in value]
        return float(value) if field_.kind is Shape.NUMBER else value

    def duration(self, text: str) -> dict[str, Any]:
        """A time in hours and in days; a month has 30 days, and a working day those of the longest one."""
        minutes = _minutes(parse_duration(text), self.working_day)
        a_day = self.working_day if "hábil" in text else _DAY
        return {"horas": minutes / 60, "dias": minutes / a_day, "habil": "hábil" in text, "texto": text}

    def day(self, text: str) -> dict[str, Any]:
        """A date as days from today, negative when it has passed."""
        return {"dias": (parse_date(text) - self.today).days, "texto": text}


def reckoning(manual: Manual) -> Reckoning:
    """What the values of a manual are reckoned with."""
    return Reckoning(manual.today, _working_day(manual))


_DAY = 24 * 60
_USUAL = 8 * 60
_WORTH = {
    Unit.SECOND: 1 / 60,
    Unit.MINUTE: 1.0,
    Unit.HOUR: 60.0,
    Unit.DAY: float(_DAY),
    Unit.WEEK: 7.0 * _DAY,
    Unit.MONTH: 30.0 * _DAY,
    Unit.YEAR: 365.0 * _DAY,
}


def _minutes(duration: Duration, working_day: int) -> float:
    in_business_days = duration.business and duration.unit is Unit.DAY
    return duration.amount * (float(working_day) if in_business_days else _WORTH[duration.unit])


def _working_day(manual: Manual) -> int:
    """The minutes of the longest day of the week, or of eight hours when the manual does not say."""
    part = manual.parts.get("manual")
    try:
        hours = parse_hours(part.data["horario_habil"]) if part else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return _USUAL
    lengths = [sum(closes - opens for opens, closes in shifts) for shifts in hours.week] if hours else []
    return max(lengths, default=0) or _USUAL


def _money(_: Reckoning, text: str) -> dict[str, Any]:
    money = parse_money(text)
    return {"monto": float(money.amount), "moneda": money.currency, "texto": text}


def _measure(_: Reckoning, text: str) -> dict[str, Any]:
    measure = parse_measure(text)
    return {"valor": float(measure.value), "unidad": measure.unit, "texto": text}


_READERS: Mapping[str, Callable[[Reckoning, str], dict[str, Any]]] = {
    "duracion": Reckoning.duration,
    "fecha": Reckoning.day,
    "dinero": _money,
    "porcentaje": _measure,
    "cantidad": _measure,
    "medida": _measure,
}
