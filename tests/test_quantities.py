"""Money, durations and measures: the texts that a manual may hold are read, and no others."""

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pauta.bundled import schema_folder
from pauta.quantities import (
    Duration,
    Measure,
    Money,
    Unit,
    later,
    parse_date,
    parse_duration,
    parse_measure,
    parse_money,
    same_unit,
)

_KINDS: dict[str, Any] = json.loads((schema_folder() / "comun.schema.json").read_text("utf-8"))["$defs"]
_PARSERS = {
    "dinero": parse_money,
    "duracion": parse_duration,
    "medida": parse_measure,
    "porcentaje": parse_measure,
    "cantidad": parse_measure,
}
_ALPHABET = "01259.,- %GTQgtq\náéñhorasdíhbilemcu"


def pattern(kind: str) -> re.Pattern[str]:
    return re.compile(_KINDS[kind]["pattern"].removeprefix("^").removesuffix("$"))


@pytest.mark.parametrize("kind", _PARSERS)
@given(data=st.data())
def test_whatever_the_schema_lets_pass_is_read(kind: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern(kind), fullmatch=True))
    assert _PARSERS[kind](text) is not None


@pytest.mark.parametrize("kind", ["dinero", "duracion", "medida"])
@given(data=st.data())
def test_what_the_schema_refuses_is_not_read(kind: str, data: st.DataObject) -> None:
    written = st.from_regex(pattern(kind), fullmatch=True)
    spoilt = st.tuples(written, st.integers(0, 20), st.sampled_from(_ALPHABET)).map(
        lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] :],
    )
    text = data.draw(spoilt | st.text(_ALPHABET, max_size=12))
    if pattern(kind).fullmatch(text):
        _PARSERS[kind](text)
    else:
        with pytest.raises(ValueError, match="not a"):
            _PARSERS[kind](text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "15 días",
        "1 horas",
        "2 hora",
        "01 hora",
        "1.5 horas",
        "-1 hora",
        "2  horas",
        "2 horas\n",
        "１ hora",
        "0 hora",
    ],
)
def test_a_duration_that_does_not_say_which_days_or_how_many_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        parse_duration(text)


def test_a_duration_has_an_amount_a_unit_and_a_kind_of_day() -> None:
    four = parse_duration("4 horas hábiles")
    assert (four.amount, four.unit, four.business) == (4, Unit.HOUR, True)
    assert parse_duration("1 mes") == Duration(1, Unit.MONTH)


@given(st.from_regex(pattern("duracion"), fullmatch=True))
@example("1 minuto hábil")
@example("0 años")
def test_a_duration_is_written_as_it_was_read(text: str) -> None:
    assert str(parse_duration(text)) == text


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        ("59 segundos", "1 minuto"),
        ("23 horas", "1 día calendario"),
        ("6 días calendario", "1 semana"),
        ("11 meses", "1 año"),
        ("59 minutos hábiles", "1 hora hábil"),
        ("3 días hábiles", "5 días hábiles"),
    ],
)
def test_durations_of_one_clock_are_ordered(shorter: str, longer: str) -> None:
    short, long = parse_duration(shorter), parse_duration(longer)
    assert short < long
    assert long > short
    assert short <= long
    assert short != long


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("60 minutos", "1 hora"),
        ("12 meses", "1 año"),
        ("7 días calendario", "1 semana"),
        ("120 minutos hábiles", "2 horas hábiles"),
    ],
)
def test_the_same_time_in_two_units_is_equal(one: str, other: str) -> None:
    assert parse_duration(one) == parse_duration(other)
    assert parse_duration(one) <= parse_duration(other)
    assert len({parse_duration(one), parse_duration(other)}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("8 horas", "8 horas hábiles"),
        ("1 mes", "30 días calendario"),
        ("1 día hábil", "8 horas hábiles"),
        ("1 día hábil", "1 día calendario"),
    ],
)
def test_durations_of_two_clocks_cannot_be_compared(one: str, other: str) -> None:
    first, second = parse_duration(one), parse_duration(other)
    assert first != second
    assert not first.same_clock(second)
    with pytest.raises(ValueError, match="different clocks"):
        assert first < second


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        ("2026-01-31", "1 mes", "2026-02-28"),
        ("2028-01-31", "1 mes", "2028-02-29"),
        ("2028-02-29", "1 año", "2029-02-28"),
        ("2026-08-31", "6 meses", "2027-02-28"),
        ("2026-12-15", "1 mes", "2027-01-15"),
        ("2026-11-21", "2 semanas", "2026-12-05"),
        ("2026-12-31", "1 día calendario", "2027-01-01"),
        ("2026-11-21", "0 meses", "2026-11-21"),
        ("2026-11-21", "999999 años", "9999-12-31"),
        ("2026-11-21", "999999 semanas", "9999-12-31"),
    ],
)
def test_some_calendar_time_later(day: str, text: str, expected: str) -> None:
    assert later(parse_date(day), parse_duration(text)) == parse_date(expected)


@pytest.mark.parametrize("text", ["24 horas", "5 días hábiles", "90 minutos", "2 horas hábiles"])
def test_hours_and_business_time_are_not_added_to_a_date(text: str) -> None:
    assert not parse_duration(text).is_calendar
    with pytest.raises(ValueError, match="cannot be added"):
        later(date(2026, 11, 21), parse_duration(text))


@pytest.mark.parametrize("text", ["2026-02-30", "20260309", "2026-W10-1", "09/03/2026", "2026-3-9", ""])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|out of range|must be in"):
        parse_date(text)


def test_a_year_before_the_calendar_does_not_crash() -> None:
    assert parse_date("0000-05-05") == date.min


def test_money_adds_up_to_the_cent() -> None:
    tenth = parse_money("0.10 GTQ")
    assert tenth + tenth + tenth == parse_money("0.30 GTQ")
    assert parse_money("5 GTQ") - parse_money("7.50 GTQ") == Money(Decimal("-2.5"), "GTQ")


@pytest.mark.parametrize(
    ("text", "written"), [("350 GTQ", "350 GTQ"), ("1250.5 GTQ", "1250.50 GTQ"), ("7.00 USD", "7 USD")]
)
def test_money_is_written_as_the_schema_asks(text: str, written: str) -> None:
    assert str(parse_money(text)) == written


def test_two_currencies_are_not_added() -> None:
    with pytest.raises(ValueError, match="different currencies"):
        parse_money("1 GTQ") + parse_money("1 USD")


@pytest.mark.parametrize(
    "text", ["Q350", "350", "1,250 GTQ", "350 gtq", "350.555 GTQ", "-1 GTQ", "0350 GTQ", "350 GTQ\n"]
)
def test_money_without_its_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        parse_money(text)


def test_a_measure_has_a_value_and_a_unit() -> None:
    assert parse_measure("99.5 %") == Measure(Decimal("99.5"), "%")
    assert parse_measure("-5 puntos") == Measure(Decimal(-5), "puntos")
    assert parse_measure("0 quejas") == Measure(Decimal(0), "quejas")
    assert str(parse_measure("4 horas hábiles")) == "4 horas hábiles"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hora hábil", "horas hábiles"),
        ("mes", "meses"),
        ("segundo", "Segundos"),
        ("vez", "veces"),
        ("%", "%"),
        ("órdenes", "orden"),
        ("visita por día", "visitas por día"),
    ],
)
def test_a_unit_is_the_same_in_singular_and_plural(one: str, other: str) -> None:
    assert same_unit(one, other)
    assert same_unit(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("minutos", "horas"), ("%", "puntos"), ("horas", "horas hábiles"), ("GTQ", "USD")]
)
def test_different_units_are_told_apart(one: str, other: str) -> None:
    assert not same_unit(one, other)
