"""What serving badly costs: each concept by its own formula, and all of them in a year."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial

from pauta.calculate.model import Calculation, Figure, Input, Judged, given
from pauta.model import Manual, Part
from pauta.nearest import plain
from pauta.quantities import Money, parse_measure, parse_money
from pauta.quantities.costs import to_cents, total

_A_YEAR = {"mes": 12, "trimestre": 4, "anio": 1}
_RULE = "mal-servicio-no-suma"
_FEIGENBAUM = "Costos de la calidad de A. V. Feigenbaum (1956)"
_SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-"})
_TOKEN = re.compile(r"\s*(?:\[(\d+)\]|([-+*/()]))")


def concepts(manual: Manual) -> Iterator[Judged]:
    """Each concept whose formula only names its data, against the amount declared."""
    part = _part(manual)
    for position, concept in enumerate(part.data.get("mal_servicio", ()) if part else ()):
        if part and "monto" in concept and all("valor" in each for each in concept["datos"]):
            right = evaluate(concept["formula"], {each["nombre"]: _value(each["valor"]) for each in concept["datos"]})
            if right is not None:
                declared = parse_money(concept["monto"])
                amount = to_cents(Money(Decimal(right.numerator) / Decimal(right.denominator), declared.currency))
                yield Judged(amount == declared, partial(_concept, part, position, amount, declared))


def yearly(manual: Manual) -> Iterator[Judged]:
    """The sum of all concepts in a year against the one that the impact declares."""
    part = _part(manual)
    listed = part.data.get("mal_servicio", ()) if part else ()
    if part is None or not listed or "costo_mal_servicio" not in part.data.get("impacto", {}):
        return
    declared = parse_money(part.data["impacto"]["costo_mal_servicio"])
    amounts = [_times(parse_money(each["monto"]), _A_YEAR[each["periodo"]]) for each in listed if "monto" in each]
    if amounts and {each.currency for each in amounts} == {declared.currency}:
        added = total(amounts)
        yield Judged(added == declared, partial(_yearly, part, added, declared))


def evaluate(formula: str, values: Mapping[str, Fraction]) -> Fraction | None:
    """The result of a formula written with the names of its data and × ÷ + − ( ); None if it says anything else."""
    text, listed = formula.casefold().translate(_SIGNS), list(values)
    for position in sorted(range(len(listed)), key=lambda index: -len(listed[index])):
        text = text.replace(listed[position].casefold().translate(_SIGNS), f"[{position}]")
    tokens, at = list[Fraction | str](), 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        tokens.append(values[listed[int(match[1])]] if match[1] else match[2])
        at = match.end()
    try:
        result, rest = _sum(tokens)
    except (IndexError, TypeError, ZeroDivisionError):
        return None
    return None if rest else result


_Tokens = list[Fraction | str]


def _sum(tokens: _Tokens) -> tuple[Fraction, _Tokens]:
    result, rest = _product(tokens)
    while rest and rest[0] in {"+", "-"}:
        sign = 1 if rest[0] == "+" else -1
        more, rest = _product(rest[1:])
        result += sign * more
    return result, rest


def _product(tokens: _Tokens) -> tuple[Fraction, _Tokens]:
    result, rest = _factor(tokens)
    while rest and rest[0] in {"*", "/"}:
        divides = rest[0] == "/"
        more, rest = _factor(rest[1:])
        result = result / more if divides else result * more
    return result, rest


def _factor(tokens: _Tokens) -> tuple[Fraction, _Tokens]:
    first, rest = tokens[0], tokens[1:]
    if isinstance(first, Fraction):
        return first, rest
    if first != "(":
        raise TypeError(first)
    result, rest = _sum(rest)
    if rest[0] != ")":
        raise TypeError(rest[0])
    return result, rest[1:]


def _concept(part: Part, position: int, calculated: Money, declared: Money) -> Calculation:
    concept = part.data["mal_servicio"][position]
    said = _difference(declared, calculated)
    inputs = [
        given(part, "mal_servicio", position, "datos", index, "valor", name=each["nombre"])
        for index, each in enumerate(concept["datos"])
    ]
    return Calculation(
        f"mal-servicio.{_slug(concept['nombre'])}",
        _RULE,
        concept["nombre"],
        part,
        concept["formula"],
        tuple(inputs),
        (Figure("Monto", str(calculated), float(calculated.amount)),),
        given(part, "mal_servicio", position, "monto"),
        f"La fórmula de «{concept['nombre']}» da {calculated}, y el monto dice {declared}: {said}.",
        said,
        f"Escriba «monto: {calculated}», o corrija el dato equivocado.",
        (),
        _FEIGENBAUM,
    )


def _yearly(part: Part, added: Money, declared: Money) -> Calculation:
    said = _difference(declared, added)
    inputs: list[Input] = [
        given(part, "mal_servicio", position, "monto", name=each["nombre"])
        for position, each in enumerate(part.data["mal_servicio"])
        if "monto" in each
    ]
    return Calculation(
        "mal-servicio.total",
        _RULE,
        "Costo del mal servicio en un año",
        part,
        "Suma de los conceptos; los de un mes por 12 y los de un trimestre por 4",
        tuple(inputs),
        (Figure("Suma", str(added), float(added.amount)),),
        given(part, "impacto", "costo_mal_servicio"),
        f"Los conceptos del costo del mal servicio suman {added} al año, y el impacto dice {declared}: {said}.",
        said,
        f"Escriba «costo_mal_servicio: {added}», o corrija el concepto equivocado.",
        (),
        _FEIGENBAUM,
    )


def _difference(declared: Money, right: Money) -> str:
    left = declared.amount - right.amount
    if not left:
        return "es exacto"
    return f"{'sobran' if left > 0 else 'faltan'} {Money(abs(left), declared.currency)}"


def _value(text: str) -> Fraction:
    measure = parse_measure(text)
    return Fraction(measure.value) / 100 if measure.unit == "%" else Fraction(measure.value)


def _times(money: Money, factor: int) -> Money:
    return Money(money.amount * factor, money.currency)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")


def _part(manual: Manual) -> Part | None:
    part = manual.parts.get("costo")
    return part if part is not None and part.sound else None
