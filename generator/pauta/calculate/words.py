"""Figures as people in Guatemala read them: «1,250.5», «39 %», «falta 1 puesto»."""

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Number = Decimal | Fraction | float | int

_ONE_HOUR = 60  # minutes


def number(value: Number, digits: int = 2) -> str:
    """A number with at most so many decimals, and commas between thousands."""
    exact = Fraction(value)
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
        Decimal(1).scaleb(-digits), ROUND_HALF_UP
    )
    text = f"{rounded:,f}"
    shortened = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if shortened == "-0" else shortened


def percent(share: Number, digits: int = 1) -> str:
    """A share from 0 to 1 as a percentage: «82.7 %»; one that is not whole never reads as 100 %."""
    text = number(Fraction(share) * 100, digits)
    return f"más de 99.{'9' * digits} %" if text == "100" and share < 1 else f"{text} %"


def counted(amount: Number, one: str, several: str) -> str:
    """«1 puesto», «2 puestos»."""
    return f"{number(amount)} {one if _is_one(amount) else several}"


def lacking(amount: Number, one: str, several: str) -> str:
    """«falta 1 puesto», «faltan 2 puestos»."""
    return f"{'falta' if _is_one(amount) else 'faltan'} {counted(amount, one, several)}"


def left_over(amount: Number, one: str, several: str) -> str:
    """«sobra 1 puesto», «sobran 2 puestos», or that it is exact."""
    if not amount:
        return "es exacto"
    return f"{'sobra' if _is_one(amount) else 'sobran'} {counted(amount, one, several)}"


def balance(declared: Number, needed: Number, one: str, several: str) -> str:
    """What a declared amount lacks or has left of a needed one."""
    difference = Fraction(declared) - Fraction(needed)
    return lacking(-difference, one, several) if difference < 0 else left_over(difference, one, several)


def joined(texts: Iterable[str]) -> str:
    """Texts as a sentence lists them: «a, b y c»."""
    listed = list(texts)
    return " y ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def in_unit(amount: Number, unit: str, digits: int = 2) -> str:
    """An amount with its unit in the number that fits: «1 unidad», «3 unidades de repuesto»."""
    first, space, rest = unit.partition(" ")
    word = _one(first) if _is_one(amount, digits) else _several(first)
    return f"{number(amount, digits)} {word}{space}{rest}"


def short_or_left(declared: Number, needed: Number, unit: str) -> str:
    """What a declared amount lacks or has left of a needed one, in its unit."""
    difference = Fraction(declared) - Fraction(needed)
    rounded = Fraction(number(abs(difference), 1).replace(",", ""))
    if not rounded:
        return "es exacto" if difference >= 0 else "falta muy poco"
    verb = ("falta" if difference < 0 else "sobra") + ("" if rounded == 1 else "n")
    return f"{verb} {in_unit(rounded, unit, 1)}"


def _is_one(amount: Number, digits: int = 2) -> bool:
    """Whether an amount reads as «1» once it is rounded."""
    return number(amount, digits) == "1"


def _one(word: str) -> str:
    if re.search("[dlnr]es$", word):
        return re.sub("on$", "ón", word[:-2])
    return word[:-1] if re.search("[aeiou]s$", word) else word


def _several(word: str) -> str:
    if re.search("[aeiou]$", word):
        return f"{word}s"
    return re.sub("ón$", "on", word) + "es" if re.search("[dlnrón]$", word) and word.islower() else word


def minutes(amount: Number, *, working: bool = False) -> str:
    """A time in minutes: «2 horas y 30 minutos»; of business hours when ``working``: «2 horas hábiles y 30 minutos»."""
    hours, rest = divmod(Fraction(amount), _ONE_HOUR)
    names = ("hora hábil", "horas hábiles") if working else ("hora", "horas")
    parts = [counted(hours, *names)] if hours else []
    if rest or not parts:
        parts.append(counted(rest, "minuto", "minutos"))
    return joined(parts)


def clock(minute: int) -> str:
    """A minute of the day as «07:30»."""
    return f"{minute // _ONE_HOUR:02}:{minute % _ONE_HOUR:02}"


def quoted(titles: Sequence[str]) -> str:
    """Names between quotation marks, as a sentence lists them."""
    return joined(f"«{title}»" for title in titles)


def spoken_days(names: Iterable[str]) -> str:
    """Days of the week as people write them."""
    return joined(_DAYS.get(name, name) for name in names)


_DAYS = {"miercoles": "miércoles", "sabado": "sábado"}
