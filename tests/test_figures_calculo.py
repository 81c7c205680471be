"""Figures of what is calculated: capacity and demand, stock levels, cost, the terms of a complaint on a calendar."""

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from helpers import NOT_APPLICABLE, ManualCopy, reference_copy
from pauta.figures import capacity_chart, cost_breakdown, deadline_calendar, stock_levels
from pauta.figures.svg import Ink
from pauta.model import Manual, build_manual
from pauta.render.audience import restrict
from test_figures import HOSTILE, SHAPES, SVG, assert_inside, parsed, shown

EXAMPLES = Path(__file__).parents[1] / "schema" / "ejemplos"

Draw = Callable[[Manual], Iterator[str]]


def _each(collection: str, draw: Callable[..., str]) -> Draw:
    return lambda manual: (svg for each in manual.all(collection) if (svg := draw(manual, each)))


FIGURES: dict[str, Draw] = {
    "capacidad": _each("capacidades", capacity_chart),
    "inventarios": _each("inventarios", stock_levels),
    "costo": _each("costos", cost_breakdown),
    "quejas": lambda manual: iter([svg] if (svg := deadline_calendar(manual)) else []),
}
COUNTS = {"capacidad": 8, "inventarios": 9, "costo": 7, "quejas": 1}


@pytest.fixture
def copy(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Manual:
    return reference_copy(tmp_path_factory.mktemp("calculo")).check().manual


def chart(manual: Manual, name: str) -> ET.Element:
    capacity = manual.find("capacidades", name)
    assert capacity is not None
    return parsed(capacity_chart(manual, capacity))


def stock(manual: Manual, name: str) -> ET.Element:
    article = manual.find("inventarios", name)
    assert article is not None
    return parsed(stock_levels(manual, article))


@pytest.mark.parametrize("name", FIGURES)
class TestEveryFigure:
    def test_each_has_a_name_and_a_description_and_stays_inside(self, manual: Manual, name: str) -> None:
        figures = [parsed(svg) for svg in FIGURES[name](manual)]
        assert len(figures) == COUNTS[name]
        for root in figures:
            by_id = {node.get("id"): node for node in root.iter() if node.get("id")}
            assert len(by_id[root.get("aria-labelledby")].text or "") > 10
            assert len(by_id[root.get("aria-describedby")].text or "") > 50
            assert_inside(root)

    def test_it_is_only_shapes_and_text_in_known_colours(self, manual: Manual, name: str) -> None:
        known = {one for ink in Ink for one in ink.split()}
        for svg in FIGURES[name](manual):
            assert "\n" not in svg, "a blank line inside would end a block of HTML in Markdown"
            for node in parsed(svg).iter():
                assert node.tag.removeprefix(SVG) in SHAPES
                if node.get("fill") or node.get("stroke"):
                    assert set((node.get("class") or "").split()) <= known
                    assert node.get("class")

    def test_figures_of_several_things_can_stand_on_one_page(self, manual: Manual, name: str) -> None:
        ids = [node.attrib["id"] for svg in FIGURES[name](manual) for node in parsed(svg).iter() if "id" in node.attrib]
        assert len(ids) == len(set(ids))

    def test_it_is_the_same_every_time(self, manual: Manual, name: str, copy: ManualCopy) -> None:
        assert list(FIGURES[name](copy.check().manual)) == list(FIGURES[name](manual))

    def test_a_section_that_is_absent_or_does_not_apply_has_no_figure(self, copy: ManualCopy, name: str) -> None:
        copy.write(f"{name}.yml", NOT_APPLICABLE)
        assert not list(FIGURES[name](copy.check().manual))
        copy.remove(f"{name}.yml")
        assert not list(FIGURES[name](copy.check().manual))

    def test_the_smallest_manual_is_drawn_or_left_out(self, copy: ManualCopy, name: str) -> None:
        copy.write(f"{name}.yml", (EXAMPLES / name / "bien" / "minimo.yml").read_text("utf-8"))
        for svg in FIGURES[name](copy.check().manual):
            assert_inside(parsed(svg))

    def test_hostile_names_are_text_and_stay_inside(self, copy: ManualCopy, name: str) -> None:
        names = iter([text.strip().replace("'", "''") for text in HOSTILE] * 40)
        text = copy.path(f"{name}.yml").read_text("utf-8")
        marked = re.compile(r"^( +(?:- )?(?:nombre|periodo)): [A-ZÁÉÍÓÚ0-9].*", re.MULTILINE)
        copy.write(f"{name}.yml", marked.sub(lambda found: f"{found[1]}: '{next(names)}'", text))
        drawn = list(FIGURES[name](copy.check().manual))
        assert drawn
        for svg in drawn:
            assert {node.tag.removeprefix(SVG) for node in parsed(svg).iter()} <= SHAPES
            assert_inside(parsed(svg))


class TestCapacity:
    def test_each_stretch_says_its_demand_and_how_many_posts_of_how_many(self, manual: Manual) -> None:
        texts = shown(chart(manual, "cap_telefono")).splitlines()
        assert [texts[n + 1] for n, text in enumerate(texts) if text == "09:00 a 12:00"] == ["10 llamadas"]
        assert texts.count("alcanza") == 10, "seven bands, the usual demand, the peak and the busiest season"
        assert "En el pico" in texts

    def test_what_is_missing_is_said_in_words_not_only_in_colour(self, copy: ManualCopy) -> None:
        copy.edit("capacidad.yml", "volumen: 14 llamadas", "volumen: 30 llamadas")
        root = chart(copy.check().manual, "cap_telefono")
        assert "faltan 3" in shown(root) or "faltan 4" in shown(root)
        alert = [node for node in root.iter(f"{SVG}rect") if node.get("class") == Ink.ALERT]
        assert len(alert) == 1

    def test_the_mark_of_the_declared_posts_stands_where_they_end(self, manual: Manual) -> None:
        root = chart(manual, "cap_telefono")
        bars = list(root.iter(f"{SVG}rect"))[1:]
        marks = list(root.iter(f"{SVG}line"))[1:]
        exact = [
            (float(bar.attrib["x"]) + float(bar.attrib["width"]), float(mark.attrib["x1"]))
            for bar, mark in zip(bars, marks, strict=True)
        ]
        assert all(end <= at + 0.1 for end, at in exact), "no bar of a capacity that holds passes its mark"

    def test_a_season_is_named_whole(self, manual: Manual) -> None:
        assert "Temporada «Noviembre y diciembre»" in shown(chart(manual, "cap_telefono")).replace("\n", " ")

    def test_work_that_can_wait_is_drawn_too(self, manual: Manual) -> None:
        assert "40 mensajes" in shown(chart(manual, "cap_correo"))


class TestStock:
    def test_each_level_is_written_with_its_unit(self, manual: Manual) -> None:
        texts = shown(stock(manual, "router_wifi6"))
        for level in ("16 unidades", "40 unidades", "125 unidades", "121 unidades", "250 unidades"):
            assert level in texts

    def test_names_of_levels_are_whole(self, manual: Manual) -> None:
        assert "Existencia de seguridad" in shown(stock(manual, "router_wifi6")).replace("\n", " ")

    def test_a_reorder_point_that_comes_too_late_is_said(self, copy: ManualCopy) -> None:
        copy.edit("inventarios.yml", "punto_reorden: 125 unidades", "punto_reorden: 90 unidades")
        assert "No alcanza" in shown(stock(copy.check().manual, "router_wifi6"))
        assert "No alcanza" not in shown(stock(copy.check().manual, "ont_gpon"))

    def test_levels_in_two_units_are_not_drawn(self, copy: ManualCopy) -> None:
        copy.edit("inventarios.yml", "maximo: 250 unidades", "maximo: 250 cajas")
        manual = copy.check().manual
        article = manual.find("inventarios", "router_wifi6")
        assert article is not None
        assert stock_levels(manual, article) == ""


class TestCost:
    def test_components_go_from_the_largest_to_the_smallest(self, manual: Manual) -> None:
        cost = manual.find("costos", "instalacion")
        assert cost is not None
        bars = [float(bar.attrib["width"]) for bar in parsed(cost_breakdown(manual, cost)).iter(f"{SVG}rect")]
        assert len(bars) == 12
        assert bars == sorted(bars, reverse=True)

    def test_shares_the_sum_and_what_varies_are_written(self, manual: Manual) -> None:
        cost = manual.find("costos", "instalacion")
        assert cost is not None
        texts = shown(parsed(cost_breakdown(manual, cost, money=lambda text: f"Q{text.split(' ')[0]}")))
        assert "Q77000 · 45 %" in texts
        assert "Suma: Q170469." in texts.replace("\n", " ")
        assert "Q100520 (59 %)" in texts.replace("\n", " ")

    def test_who_may_not_see_the_amounts_sees_no_picture(self, copy: ManualCopy) -> None:
        checked = copy.check()
        manual = checked.manual
        readable = build_manual(
            restrict(checked.loaded, manual.spine, "interno"), checked.validated, manual.spine, today=manual.today
        )
        assert not list(FIGURES["costo"](readable))


class TestCalendar:
    def test_a_friday_afternoon_leads_over_the_weekend(self, manual: Manual) -> None:
        root = parsed(deadline_calendar(manual))
        title = root.findtext(f"{SVG}title") or ""
        assert "viernes 27 de noviembre a las 15:30" in title
        texts = shown(root).splitlines()
        at = texts.index("Plazo máximo: 5 días hábiles")
        assert texts[at + 1] == "jueves 3 de diciembre a las 17:00"

    def test_a_holiday_on_the_way_is_named_and_counted(self, copy: ManualCopy) -> None:
        copy.edit(
            "manual.yml",
            "\nintroduccion:",
            "\n  - nombre: Aniversario de la empresa\n    fecha: 2026-12-01\n    tipo: feriado\n\nintroduccion:",
        )
        texts = shown(parsed(deadline_calendar(copy.check().manual)))
        assert "martes 1 de diciembre: Aniversario de la empresa" in texts.replace("\n", " ")
        lines = texts.splitlines()
        assert lines[lines.index("Plazo máximo: 5 días hábiles") + 1] == "viernes 4 de diciembre a las 17:00"

    def test_every_term_has_a_number_on_its_day(self, manual: Manual) -> None:
        root = parsed(deadline_calendar(manual))
        discs = list(root.iter(f"{SVG}circle"))
        terms = [text for text in shown(root).splitlines() if ": " in text]
        assert len(discs) == 2 * len(terms)

    def test_terms_of_one_day_do_not_cover_each_other(self, manual: Manual) -> None:
        discs = [
            (float(disc.attrib["cx"]), float(disc.attrib["cy"]), float(disc.attrib["r"]))
            for disc in parsed(deadline_calendar(manual)).iter(f"{SVG}circle")
        ]
        for first, second in combinations(discs, 2):
            apart = ((first[0] - second[0]) ** 2 + (first[1] - second[1]) ** 2) ** 0.5
            assert apart >= first[2] + second[2]

    def test_a_far_term_leaves_out_the_weeks_between(self, copy: ManualCopy) -> None:
        copy.edit("quejas.yml", "plazo_referencia: 8 días hábiles", "plazo_referencia: 90 días hábiles")
        root = parsed(deadline_calendar(copy.check().manual))
        assert "· · ·" in shown(root)
        assert_inside(root)
