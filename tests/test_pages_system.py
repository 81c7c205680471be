"""The sections of the service system on the site: each says what whoever opens it came to find."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from markdown import markdown

from built_site import BuiltSite, Element, HtmlPage, reference_project
from helpers import NOT_APPLICABLE, TODAY, ManualCopy
from pauta.bundled import schema_folder
from pauta.pipeline import Project, check_project
from pauta.render import places, render_site

SECTIONS = (
    "ans",
    "estrategia",
    "diagnostico",
    "cultura",
    "evaluacion",
    "fidelizacion",
    "documentos",
    "quejas",
    "costo",
)

_HOLD_TEXT = frozenset({"dd", "dt", "h2", "h3", "li", "p", "td", "th"})

Pages = Callable[[], dict[str, HtmlPage]]


@pytest.fixture
def manual(tmp_path: Path) -> ManualCopy:
    return ManualCopy(reference_project(tmp_path / "proyecto"))


@pytest.fixture
def pages(manual: ManualCopy) -> Pages:
    """The pages of the sections as they are written now, without the theme around them."""

    def write() -> dict[str, HtmlPage]:
        checked = check_project(Project(manual.root), today=TODAY)
        written = render_site(checked.manual, checked.loaded).pages
        return {name: _page(name, written[f"secciones/{name}.md"]) for name in SECTIONS}

    return write


def _page(name: str, text: str) -> HtmlPage:
    body = text.split("---\n", 2)[2]
    return HtmlPage(places.section_page(name), markdown(body, extensions=["attr_list", "tables"]))


def section(site: BuiltSite, name: str) -> HtmlPage:
    return site.pages[places.section_page(name)]


def table(page: HtmlPage, label: str) -> Element:
    return next(each for each in page.article.all("div", "pt-tabla") if each.attributes["aria-label"] == label)


def rows(found: Element) -> list[list[str]]:
    """The cells of a table's body."""
    return [[cell.text for cell in _cells(row)] for body in found.all("tbody") for row in body.all("tr")]


def _cells(row: Element) -> list[Element]:
    return [each for each in row.children if isinstance(each, Element) and each.tag in {"th", "td"}]


# --- whatever a company has written so far -------------------------------------------------------


def test_sections_with_only_what_is_required_have_no_holes(manual: ManualCopy, pages: Pages) -> None:
    for name in SECTIONS:
        example = schema_folder() / "ejemplos" / name / "bien" / "minimo.yml"
        manual.path(f"{name}.yml").write_bytes(example.read_bytes())
    for name, page in pages().items():
        assert page.problems == [], name
        empty = [each.tag for each in page.tree.all() if each.tag in _HOLD_TEXT and not each.text]
        assert empty == [], name


def test_sections_that_do_not_apply_say_only_that(manual: ManualCopy, pages: Pages) -> None:
    for name in SECTIONS:
        manual.path(f"{name}.yml").write_text(NOT_APPLICABLE, "utf-8")
    for name, page in pages().items():
        assert "La empresa trabaja sola." in page.tree.text, name
        assert page.tree.all("h2") == [], name


# --- agreements ----------------------------------------------------------------------------------


def test_the_grid_of_agreements_says_what_each_service_promises_in_each_channel(site: BuiltSite) -> None:
    grid = table(section(site, "ans"), "Acuerdos por servicio y canal")
    heads = [cell.text for cell in grid.one("thead").all("th")]
    services = {service["nombre_corto"]: service for service in site.manual.services()}
    shown = {row[0]: dict(zip(heads, row, strict=True)) for row in rows(grid)}
    assert list(shown) == list(services)
    for agreement in site.manual.all("acuerdos"):
        if agreement.get("nivel") in {"corporativo", "departamental"}:
            continue
        channels = [site.manual.find("canales", each) for each in agreement.get("canales", ())]
        columns = [site.manual.title(each) for each in channels if each] or ["En cualquier canal"]
        for short, service in services.items():
            for column in columns:
                held = f"{agreement['valor']}" in shown[short][column].replace("\u00a0", " ")
                assert held or service.id not in agreement["servicios"], (short, column, agreement.id)


def test_a_channel_without_agreement_shows_its_hole(site: BuiltSite) -> None:
    grid = table(section(site, "ans"), "Acuerdos por servicio y canal")
    heads = [cell.text for cell in grid.one("thead").all("th")]
    wifi = next(row for row in rows(grid) if row[0] == "Wifi Hogar")
    assert wifi[heads.index("Correo de atención")] == "—"


def test_the_page_of_a_service_says_its_terms_promises_and_path(site: BuiltSite) -> None:
    for service in site.manual.services():
        page = site.pages[f"servicios/{service.id}.html"]
        for collection in ("acuerdos", "promesas", "ciclos"):
            for entity in site.manual.all(collection):
                named = entity.get("servicios") or [entity.get("servicio")]
                path, anchor = places.page_of(site.manual, entity)
                address = f"{path}#{anchor}" if anchor else path
                assert (service.id in named) <= (address in page.links()), f"{service.id}: {entity.id}"


# --- strategy, diagnosis -------------------------------------------------------------------------


def test_a_criterion_is_marked_as_met_only_with_its_evidence(manual: ManualCopy, pages: Pages) -> None:
    before = pages()["estrategia"].tree.one("ul", "pt-prueba")
    assert len(before.all("li", "pt-prueba--si")) == 4
    manual.edit(
        "estrategia.yml",
        "    evidencia: Acta de Gerencia General de junio de 2026, con el traslado de presupuesto\n",
        "",
    )
    after = pages()["estrategia"].tree.one("ul", "pt-prueba")
    assert len(after.all("li", "pt-prueba--si")) == 3
    assert "Sin evidencia" in after.one("li", "pt-prueba--no").text


def test_a_promise_that_nothing_measures_says_so(manual: ManualCopy, pages: Pages) -> None:
    example = schema_folder() / "ejemplos" / "estrategia" / "bien" / "minimo.yml"
    promise = "promesas:\n- id: pr_x\n  nombre: Pan caliente\n  texto: Siempre caliente.\n  servicios: [instalacion]\n  responsable: gerente_general\n"
    manual.path("estrategia.yml").write_text(example.read_text("utf-8") + promise, "utf-8")
    assert "Sin medida" in pages()["estrategia"].tree.text


def test_every_finding_says_what_it_led_to_or_why_to_nothing(manual: ManualCopy, pages: Pages, site: BuiltSite) -> None:
    articles = section(site, "diagnostico").article.all("article", "pt-hallazgo")
    assert len(articles) == len(list(site.manual.all("hallazgos")))
    assert all("A qué llevó" in each.text or "Sin acción por ahora" in each.text for each in articles)
    manual.edit(
        "diagnostico.yml", "    llevo_a:\n      sistemas:\n        - sis_portal\n", "", after="id: ha_control_hijos"
    )
    assert pages()["diagnostico"].tree.text.count("Sin efecto todavía") == 1


# --- culture -------------------------------------------------------------------------------------


def test_the_training_of_each_role_stands_where_both_meet(site: BuiltSite) -> None:
    matrix = table(section(site, "cultura"), "Matriz de capacitación")
    topics = list(site.manual.all("capacitaciones"))
    shown = {row[0]: row[1:] for row in rows(matrix)}
    assert [cell.text for cell in matrix.one("thead").all("th")][1:] == [site.manual.title(each) for each in topics]
    for role in site.manual.all("roles"):
        if any(role.id in topic["roles"] for topic in topics):
            needed = [cell != "—" for cell in shown[site.manual.title(role)]]
            assert needed == [role.id in topic["roles"] for topic in topics], role.id


def test_a_training_lasts_as_long_as_it_says(site: BuiltSite) -> None:
    """Asesores de sucursal learned to treat complaints on 2 October 2026, and it holds one year."""
    matrix = table(section(site, "cultura"), "Matriz de capacitación")
    row = next(row for row in matrix.all("tr") if row.text.startswith("Asesor de sucursal"))
    first = row.all("time")[0]
    assert first.attributes["datetime"] == "2027-10-02"
    assert "data-vence" in first.attributes


def test_a_training_never_given_is_missing(manual: ManualCopy, pages: Pages) -> None:
    assert "✗ Falta" not in pages()["cultura"].tree.text
    record = (
        "      - rol: jefe_compras\n        fecha: 2026-10-02\n        personas: 1\n"
        "        evidencia: Lista firmada y hoja de calificación de los dos casos\n"
    )
    manual.edit("cultura.yml", record, "", after="id: ca_protocolo_queja")
    page = pages()["cultura"]
    assert next(row for row in page.tree.all("tr") if row.text.startswith("Jefe de compras")).text.count("✗ Falta") == 1


def test_who_has_not_acknowledged_the_manual_is_named(manual: ManualCopy, pages: Pages) -> None:
    assert "Faltan:" not in pages()["cultura"].tree.text
    record = "      - rol: jefe_compras\n        personas: 1\n        fecha: 2025-11-03\n"
    manual.edit("cultura.yml", record, "", after="id: di_1_4_0")
    assert "Faltan: Jefe de compras." in pages()["cultura"].tree.text


# --- evaluation ----------------------------------------------------------------------------------


def test_the_weights_of_the_mystery_shopper_add_up_before_the_readers_eyes(site: BuiltSite) -> None:
    criteria = table(section(site, "evaluacion"), "Criterios del comprador misterioso")
    groups = [row.all("td")[-1].text for row in criteria.all("tr", "pt-grupo")]
    assert len(groups) > 1
    assert sum(Decimal(each.split("\u00a0")[0].split()[0]) for each in groups) == 100
    assert criteria.one("tfoot").text.replace("\u00a0", " ") == "Total 100 %"


def test_every_check_of_a_transaction_stands_under_its_phase(site: BuiltSite) -> None:
    page = section(site, "evaluacion")
    lists = page.article.all("ul", "pt-renglones")
    for check in site.manual.all("comprobaciones"):
        if check.path[0] == "transaccion":
            place = ("antes", "durante", "despues").index(check["fase"])
            assert places.anchor(check) in {each.attributes.get("id") for each in lists[place].all("li")}, check.id


# --- data, documents, complaints -----------------------------------------------------------------


def test_the_inventory_of_data_says_purpose_ground_retention_and_what_is_sensitive(site: BuiltSite) -> None:
    shown = rows(table(section(site, "fidelizacion"), "Datos del cliente"))
    for row, datum in zip(shown, site.manual.all("datos_cliente"), strict=True):
        assert ("▲ Sensible" in row[0]) == datum["sensible"]
        labels = datum.field.children["base_legal"].labels
        assert row[2] == labels[datum["base_legal"]]
        assert row[3].replace("\u00a0", " ") == datum["retencion"]


def test_the_master_list_has_every_document_once_under_its_type(site: BuiltSite) -> None:
    found = table(section(site, "documentos"), "Lista maestra de documentos")
    for body in found.all("tbody"):
        head, *rest = body.all("tr")
        codes = [row.all("td", "pt-codigo")[0].text for row in rest]
        documents = list(site.manual.all("documentos"))
        kinds = documents[0].field.children["tipo"].labels
        assert codes == [each["codigo"] for each in documents if kinds[each["tipo"]] == head.text]
    assert sum(len(row) == 5 for row in rows(found)) == len(list(site.manual.all("documentos")))


def test_a_document_that_no_longer_holds_is_marked_in_the_list(site: BuiltSite) -> None:
    listed = rows(table(section(site, "documentos"), "Lista maestra de documentos"))
    states = {each["codigo"]: each["estado"] for each in site.manual.all("documentos")}
    marked = {row[0] for row in listed if len(row) > 1 and "Obsoleto" in row[1]}
    assert marked == {code for code, state in states.items() if state == "obsoleto"}
    assert marked


def test_the_priority_of_a_complaint_is_read_where_impact_and_probability_meet(site: BuiltSite) -> None:
    matrix = table(section(site, "quejas"), "Matriz de prioridad")
    heads = [cell.text for cell in matrix.one("thead").all("th")]
    shown = {(row[0], head): cell for row in rows(matrix) for head, cell in zip(heads, row, strict=True)}
    said = site.manual.parts["quejas"].data["manejo"]["evaluacion_inicial"]["matriz_prioridad"]
    assert len(said) == 9
    for cell in said:
        text = shown[cell["impacto"].capitalize(), cell["probabilidad"].capitalize()]
        assert text.startswith(f"Prioridad {cell['prioridad']} {cell['gravedad'].capitalize()}")
