"""The pages of the calculations: each figure with its formula, its data line by line, its result and its margin."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from markdown import markdown

from built_site import HtmlPage
from helpers import NOT_APPLICABLE, ManualCopy, reference_copy
from pauta.bundled import schema_folder
from pauta.calculate import Calculation, calculate
from pauta.model import Manual, build_manual
from pauta.render import render_site
from pauta.render.audience import restrict
from pauta.render.site import Rendered
from test_figures import HOSTILE


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a manual as an audience reads them, without the theme around them."""

    manual: Manual
    rendered: Rendered

    @property
    def paths(self) -> list[str]:
        return [path for path in self.rendered.pages if path.startswith("calculos/")]

    def page(self, path: str) -> HtmlPage:
        body = self.rendered.pages[path].split("---\n", 2)[2]
        return HtmlPage(path.removesuffix(".md") + ".html", markdown(body, extensions=["attr_list", "tables"]))

    def of(self, name: str) -> HtmlPage:
        return self.page(f"calculos/{name}.md")

    def calculation(self, name: str) -> Calculation:
        return next(each for each in calculate(self.manual) if each.id == name)


def written(copy: ManualCopy, audience: str = "interno") -> Pages:
    checked = copy.check()
    spine = checked.manual.spine
    readable = restrict(checked.loaded, spine, audience)
    manual = build_manual(readable, checked.validated, spine, today=checked.manual.today)
    return Pages(manual, render_site(manual, checked.loaded, audience=audience))


@pytest.fixture
def copy(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return written(reference_copy(tmp_path_factory.mktemp("interno")))


@pytest.fixture(scope="module")
def management(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return written(reference_copy(tmp_path_factory.mktemp("confidencial")), "confidencial")


def targets(page: HtmlPage) -> list[str]:
    return [link.attributes["href"] for link in page.tree.all("a")]


# --- what a page says ------------------------------------------------------------------------------


def test_every_calculation_has_a_page_that_the_index_leads_to(management: Pages) -> None:
    index = management.of("index")
    made = list(calculate(management.manual))
    assert len(management.paths) == len(made) + 1
    listed = {path.removesuffix(".md").removeprefix("calculos/") + ".html" for path in management.paths}
    assert {target for target in targets(index) if "/" not in target} == listed - {"index.html"}
    assert f"{len(made)} cálculos" in index.tree.text


def test_every_page_of_a_calculation_is_in_the_menu(management: Pages) -> None:
    def leaves(nav: object) -> list[str]:
        return [nav] if isinstance(nav, str) else [leaf for _, below in nav for leaf in leaves(below)]  # type: ignore[attr-defined]

    state = next(below for title, below in management.rendered.nav if title == "Estado")
    assert set(management.paths) <= set(leaves(state))


def test_a_page_says_formula_data_result_margin_assumptions_and_source(everybody: Pages) -> None:
    said = everybody.of("capacidad.cap_telefono").tree.text
    calculation = everybody.calculation("capacidad.cap_telefono")
    for text in (calculation.formula, calculation.verdict, calculation.difference, calculation.source):
        assert " ".join(text.split()) in said
    assert all(each in said for each in calculation.assumptions)
    assert all(f"{each.name} {each.text}" in said for each in calculation.results)
    assert "✓ Se cumple" in said


def test_the_letters_of_a_formula_are_explained(everybody: Pages) -> None:
    for name, letters in (
        ("capacidad.cap_telefono", ("C(n, a):", "T:", "TMO:")),
        ("inventario.router_wifi6.reserva", ("z:", "σd:", "σL:")),
    ):
        said = everybody.of(name).tree.text
        assert all(letter in said for letter in letters), name


def test_what_is_left_of_a_term_in_business_days_is_in_business_hours(everybody: Pages) -> None:
    """«37 horas» of five business days would be read as a day and a half."""
    assert "Margen queda un margen de 37 horas hábiles" in everybody.of("acuerdo.ans_instalacion.interno").tree.text


def test_each_datum_leads_to_the_line_that_says_it(management: Pages) -> None:
    """A reader who doubts a figure must land on the value itself."""
    for name in (
        "capacidad.cap_telefono",
        "inventario.router_wifi6.reorden",
        "costo.instalacion.total",
        "queja.cadena",
    ):
        links = targets(management.of(name))
        for given in (*management.calculation(name).inputs, management.calculation(name).declared):
            place = given.location
            assert f"../fuente/{place.path}.html#L{place.line}" in links
            assert str(given.value) in place.source


def test_data_of_several_things_lead_to_each(everybody: Pages) -> None:
    links = targets(everybody.of("plantilla.asesor_atencion"))
    for wanted in ("../roles/asesor_atencion.html", "../secciones/capacidad.html#capacidades-cap-telefono"):
        assert wanted in links


def test_links_between_pages_lead_to_pages_that_exist(everybody: Pages) -> None:
    known = {f"{path.removesuffix('.md')}.html" for path in everybody.rendered.pages}
    for path in everybody.paths:
        for target in targets(everybody.page(path)):
            page = urlsplit(target).path
            if page.endswith(".html") and "fuente/" not in page:
                there = page.removeprefix("../") if page.startswith("../") else f"calculos/{page}"
                assert there in known, (path, target)


def test_pictures_stand_where_they_help(management: Pages) -> None:
    for name, picture in (
        ("capacidad.cap_telefono", "fig-capacidad-cap-telefono"),
        ("inventario.router_wifi6.reorden", "fig-existencias-router-wifi6"),
        ("costo.instalacion.total", "fig-costo-instalacion"),
        ("queja.cadena", "fig-plazos-queja"),
    ):
        assert f'id="{picture}-titulo"' in management.rendered.pages[f"calculos/{name}.md"]
    assert "fig-plazos-queja" in management.rendered.pages["secciones/quejas.md"]
    assert management.rendered.pages["secciones/capacidad.md"].count("<figure") == 8
    assert management.rendered.pages["secciones/inventarios.md"].count("<figure") == 9
    assert "fig-costo-instalacion" in management.rendered.pages["servicios/instalacion.md"]


# --- what does not hold ----------------------------------------------------------------------------


def test_what_does_not_hold_is_marked_and_says_what_would(copy: ManualCopy) -> None:
    copy.edit("capacidad.yml", "volumen: 14 llamadas", "volumen: 30 llamadas")
    pages = written(copy)
    said = pages.of("capacidad.cap_telefono.pico").tree.text
    calculation = pages.calculation("capacidad.cap_telefono.pico")
    assert "✗ No se cumple" in said
    assert " ".join(calculation.nearest.split()) in said
    index = pages.of("index")
    assert "✗ 1 no se cumple" in index.tree.text
    (opened,) = [each for each in index.tree.all("details") if "open" in each.attributes]
    assert "Línea 1550" in opened.text


def test_what_does_not_hold_is_named_before_everything_else(copy: ManualCopy) -> None:
    """Among hundreds of figures a manager must not have to look for the one that is wrong."""
    copy.edit("capacidad.yml", "volumen: 14 llamadas", "volumen: 30 llamadas")
    source = written(copy).rendered.pages["calculos/index.md"]
    assert source.index("capacidad.cap_telefono.pico.html") < source.index("\n## ")


def test_what_is_not_judged_says_so(copy: ManualCopy) -> None:
    copy.edit("capacidad.yml", "volumen: 7 llamadas", "volumen: 70 llamadas")
    assert "● Sin juzgar" in written(copy).of("capacidad.cap_telefono.pico").tree.text


# --- who may read ----------------------------------------------------------------------------------


def test_a_site_for_everybody_has_no_calculation_made_of_costs(everybody: Pages, management: Pages) -> None:
    hidden = set(management.paths) - set(everybody.paths)
    assert any("costo." in path for path in hidden)
    assert any("mal-servicio." in path for path in hidden)
    assert any("oferta." in path and "precio" in path for path in hidden)
    for path in everybody.paths:
        text = everybody.rendered.pages[path]
        assert not any(said in text for said in ("170469", "170,469", "115.18", "611,020", "fig-costo")), path


def test_no_shown_calculation_has_a_reserved_datum(everybody: Pages) -> None:
    shown = {path.removeprefix("calculos/").removesuffix(".md") for path in everybody.paths}
    reserved = [each.id for each in calculate(everybody.manual) if each.is_confidential]
    assert not shown & set(reserved)


def test_a_field_that_a_company_reserves_takes_its_calculations_away(copy: ManualCopy) -> None:
    schema = json.loads((schema_folder() / "capacidad.schema.json").read_text("utf-8"))
    capacity = schema["properties"]["capacidades"]["items"]["properties"]
    capacity["reductores"]["x-visibilidad"] = "confidencial"
    own = copy.root / "schema"
    own.mkdir()
    (own / "capacidad.schema.json").write_text(json.dumps(schema), "utf-8")
    names = {path.removeprefix("calculos/").removesuffix(".md") for path in written(copy).paths}
    assert not [name for name in names if name.startswith("personas.")]
    assert "capacidad.cap_telefono" not in names, "it says how many people that is"
    assert "inventario.router_wifi6.reorden" in names


# --- whatever a company has written so far ---------------------------------------------------------


@pytest.mark.parametrize("section", ["capacidad", "inventarios", "costo", "quejas"])
@pytest.mark.parametrize("state", ["absent", "does not apply", "smallest"])
def test_sections_that_say_little_or_nothing(copy: ManualCopy, section: str, state: str) -> None:
    if state == "absent":
        copy.remove(f"{section}.yml")
    else:
        smallest = (schema_folder() / "ejemplos" / section / "bien" / "minimo.yml").read_text("utf-8")
        copy.write(f"{section}.yml", smallest if state == "smallest" else NOT_APPLICABLE)
    pages = written(copy, "confidencial")
    assert pages.paths
    for path in pages.paths:
        assert pages.page(path).problems == [], path


def test_a_manual_with_nothing_to_calculate_has_no_such_pages(copy: ManualCopy) -> None:
    for file in ("capacidad", "inventarios", "recursos", "ans", "indicadores", "costo", "quejas"):
        copy.remove(f"{file}.yml")
    for each in (copy.root / "manual" / "oferta").iterdir():
        each.unlink()
    pages = written(copy)
    made = list(calculate(pages.manual))
    assert bool(pages.paths) == bool(made)
    assert ("Cálculos" in str(pages.rendered.nav)) == bool(made)


# --- hostile values --------------------------------------------------------------------------------


def test_hostile_names_are_text_and_make_no_bad_address(copy: ManualCopy) -> None:
    names = iter([text.strip().replace("'", "''") for text in HOSTILE] * 60)
    for file in ("capacidad.yml", "inventarios.yml", "costo.yml"):
        text = copy.path(file).read_text("utf-8")
        marked = re.compile(r"^( +(?:- )?nombre): [A-ZÁÉÍÓÚ0-9].*", re.MULTILINE)
        copy.write(file, marked.sub(lambda found: f"{found[1]}: '{next(names)}'", text))
    pages = written(copy, "confidencial")
    assert len(pages.paths) > 200
    files = [path.removeprefix("calculos/") for path in pages.paths]
    assert all(re.fullmatch(r"[a-z0-9_.-]+\.md", file) and len(file) < 200 for file in files)
    assert len(set(files)) == len(files)
    for path in pages.paths:
        page = pages.page(path)
        assert page.problems == [], path
        assert not page.tree.all("script")
