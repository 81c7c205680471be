"""Dates, money and numbers as people write them in the manual's country."""

import re
from datetime import date
from decimal import Decimal
from functools import cache

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

_CURRENCY = re.compile("[A-Z]{3}")


@cache
def locale_of(country: str) -> Locale:
    """Spanish as written in a country; plain Spanish of America when Babel does not know it."""
    try:
        return Locale.parse(f"es_{country}")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("es_419")


@cache
def long_date(text: str, locale: Locale) -> str:
    """«2026-03-09» as «9 de marzo de 2026»."""
    return str(format_date(date.fromisoformat(text), "long", locale=locale))


@cache
def money(text: str, locale: Locale) -> str:
    """«1250.50 GTQ» as «Q1,250.50»; whole amounts without cents."""
    amount, currency = text.split(" ")
    shown = format_currency(
        Decimal(amount),
        currency,
        locale=locale,
        currency_digits="." in amount,
        format=None if "." in amount else _whole(locale),
    )
    return str(shown).replace("\u00a0", " ")


def _whole(locale: Locale) -> str:
    return str(locale.currency_formats["standard"].pattern).replace("0.00", "0").replace("0,00", "0")


@cache
def number_with_unit(text: str, locale: Locale) -> str:
    """«1500 metros» as «1,500 metros»; the unit stays as written and does not part from its number."""
    number, _, unit = text.partition(" ")
    if _CURRENCY.fullmatch(unit):
        return money(text, locale)
    return f"{plain_number(number, locale)}\u00a0{unit}"


def plain_number(value: str | float, locale: Locale) -> str:
    """A number with the country's separators and all the decimals it was written with."""
    decimals = len(str(value).partition(".")[2])
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(Decimal(str(value)), pattern, locale=locale)).replace("\u00a0", " ")
