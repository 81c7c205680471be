"""Novedades: what each version brought, for everybody and for each role, on pages, in a feed and in a message."""

import re
import shutil
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from built_site import BuiltSite, HtmlPage
from helpers import TODAY
from historia import EIGHT, Edit, History, Step, copy_of, new_history, tagged_history
from pauta.compare import Kind
from pauta.history.record import read_record
from pauta.pipeline import Project, render_project
from pauta.render import Rendered

ATOM = "{http://www.w3.org/2005/Atom}"
RECORD = """\
control:
  responsable: encargado_taller
  ultima_revision: 2026-05-20
  revisar_cada: 1 año
  estado: vigente

cambios:
  - id: ca_plazo
    nombre: La reparación se promete en <b>cuatro</b> días
    motivo: Uno de cada cuatro pares salía tarde & mal.
    propone: zapatero
    aprueban:
      - encargado_taller
    registrado_el: 2026-04-15
    vigente_desde: 2026-06-01
    version: 2.0.0
    aviso: 30 días calendario
    comunicado_a:
      canales:
        - local
    que_hacer: Diga la fecha en voz alta.
    instrucciones:
      - rol: zapatero
        que_hacer: Marque los pares de antes con una cinta.
    cubre:
      - seccion: oferta
        coleccion: ofertas
        elemento: reparacion
        campo: plazo
"""
HOSTILE = Edit(
    "oferta.yml", "      - Material y mano de obra\n", '      - Material <img src=x onerror=alert(1)> & "x" ]]>\n'
)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Six released versions, the last with a record of what it loosens, and what came after it."""
    made = tagged_history(tmp_path_factory.mktemp("novedades"), EIGHT[:5])
    made.manual.write("cambios.yml", RECORD)
    made.change(EIGHT[5])
    made.tag("2.0.0")
    made.change(Step("2.1.0", date(2026, 9, 7), (HOSTILE,)))
    return made


def render(history: History, audience: str = "interno") -> Rendered:
    record = read_record(history.root, audience=audience)
    published = render_project(Project(history.root), audience=audience, today=TODAY, record=record)
    assert published.rendered, published.checked.findings
    return published.rendered


@pytest.fixture(scope="module")
def rendered(history: History) -> Rendered:
    return render(history)


@pytest.fixture(scope="module")
def site(history: History) -> BuiltSite:
    built = BuiltSite(history.root, history.run("build"))
    assert built.told.returncode == 0, built.told.stderr
    return built


class TestThePages:
    def test_there_is_one_a_version_but_the_first_and_one_a_role(self, rendered: Rendered) -> None:
        versions = ["2.1.0", "2.0.0", "1.3.0", "1.2.0", "1.1.0", "1.0.1"]
        assert [path for path in rendered.pages if path.startswith("novedades/") and path.count("/") == 1] == [
            "novedades/index.md",
            *(f"novedades/{version}.md" for version in versions),
        ]
        assert {path for path in rendered.pages if path.startswith("novedades/rol/")} == {
            f"novedades/rol/{role}.md" for role in ("encargado_taller", "mostrador", "zapatero")
        }

    def test_of_a_version_tells_before_and_now_why_and_from_when(self, site: BuiltSite) -> None:
        page = site.pages["novedades/2.0.0.html"]
        said = page.article.text
        row = next(row for row in page.article.all("tr") if "Plazo prometido" in row.text)
        assert [cell.text for cell in row.all("td")] == ["3 días hábiles", "4 días hábiles"]
        assert "▼ Se promete menos" in row.text
        for told in ("1 de junio de 2026", "salía tarde & mal.", "Diga la fecha en voz alta", "30 días calendario"):
            assert told in said

    def test_a_change_of_wording_is_not_news(self, rendered: Rendered) -> None:
        assert "No cambia nada de lo que se promete" in rendered.pages["novedades/1.0.1.md"]

    def test_of_a_role_says_what_to_do_to_that_role_only(self, site: BuiltSite) -> None:
        cobbler, counter = (site.pages[f"novedades/rol/{role}.html"].article.text for role in ("zapatero", "mostrador"))
        assert "Marque los pares de antes con una cinta." in cobbler
        assert "cinta" not in counter
        for said in (cobbler, counter):
            assert "Diga la fecha en voz alta." in said
            assert "Uno de cada cuatro pares" in said

    def test_of_a_role_leaves_out_what_does_not_concern_it(self, history: History, tmp_path: Path) -> None:
        other = copy_of(history, tmp_path / "otra")
        other.tag("2.1.0")
        hasta = Edit("roles.yml", "hasta: 500 GTQ", "hasta: 600 GTQ")
        other.change(Step("2.2.0", date(2026, 10, 5), (hasta,)))
        pages = render(other).pages
        assert "500 GTQ" in pages["novedades/rol/encargado_taller.md"]
        assert "500 GTQ" not in pages["novedades/rol/zapatero.md"]

    def test_asks_to_sign_again_only_whom_it_concerns(self, history: History, tmp_path: Path) -> None:
        other = copy_of(history, tmp_path / "otra")
        other.tag("2.1.0")
        other.change(Step("2.2.0", date(2026, 10, 5), (Edit("roles.yml", "hasta: 500 GTQ", "hasta: 600 GTQ"),)))
        pages = render(other).pages
        assert "Firma de nuevo" in pages["novedades/rol/encargado_taller.md"]
        assert "Firma de nuevo" not in pages["novedades/rol/zapatero.md"]

    def test_are_linked_from_the_front_page_and_from_each_role(self, site: BuiltSite) -> None:
        assert "novedades/index.html#por-puesto" in site.pages["index.html"].links()
        for role in ("encargado_taller", "mostrador", "zapatero"):
            assert f"novedades/rol/{role}.html" in site.pages[f"roles/{role}.html"].links()

    def test_lead_only_to_what_is_there(self, site: BuiltSite) -> None:
        for page in _news(site):
            for address in page.links():
                path, _, anchor = address.partition("#")
                assert (site.root / path).is_file(), f"{page.path} → {address}"
                assert not anchor or path not in site.pages or anchor in site.pages[path].ids, (
                    f"{page.path} → {address}"
                )

    def test_show_hostile_values_as_text(self, site: BuiltSite) -> None:
        for page in _news(site):
            assert page.problems == []
            assert len(set(page.ids)) == len(page.ids)
            assert not [each for each in page.article.all("img") if "onerror" in each.attributes]
            assert not page.article.all("b")
        assert "<img src=x onerror=alert(1)>" in site.pages["novedades/2.1.0.html"].article.text
        assert "<b>cuatro</b> días" in site.pages["novedades/2.0.0.html"].article.text


def _news(site: BuiltSite) -> list[HtmlPage]:
    return [page for path, page in site.pages.items() if path.startswith(("novedades/", "acuses/"))]


class TestWithoutAHistory:
    def test_there_are_none_and_nothing_leads_to_them(self, history: History, tmp_path: Path) -> None:
        shutil.copytree(history.root / "manual", tmp_path / "manual")
        pages = render(History(tmp_path, tmp_path)).pages
        assert not [path for path in pages if path.startswith("novedades/")]
        assert not [path for path, text in pages.items() if "novedades/" in text]

    def test_a_first_version_has_none(self, tmp_path: Path) -> None:
        first = new_history(tmp_path)
        first.commit("Primer manual")
        first.tag("1.0.0")
        assert not [path for path in render(first).pages if path.startswith("novedades/")]

    def test_the_sheets_to_sign_are_there_all_the_same(self, history: History, tmp_path: Path) -> None:
        shutil.copytree(history.root / "manual", tmp_path / "manual")
        assert "acuses/zapatero.md" in render(History(tmp_path, tmp_path)).pages


class TestTheSameHistory:
    def test_gives_the_same_before_and_after_the_tag(self, history: History, tmp_path: Path) -> None:
        other = copy_of(history, tmp_path / "otra")
        before = render(other)
        other.tag("2.1.0")
        after = render(other)
        assert (after.pages, after.files) == (before.pages, before.files)

    def test_goes_on_after_a_version_that_nobody_can_read(self, history: History, tmp_path: Path) -> None:
        """A schema of the company that was broken in one version takes that version out, and no other."""
        other = copy_of(history, tmp_path / "otra")
        (other.root / "schema").mkdir()
        (other.root / "schema" / "rota.schema.json").write_text("{", "utf-8")
        other.commit("Un esquema roto")
        other.write_version("2.1.1", date(2026, 9, 14))
        other.commit("Versión 2.1.1")
        other.tag("2.1.1")
        shutil.rmtree(other.root / "schema")
        other.write_version("2.2.0", date(2026, 9, 21))
        other.commit("Versión 2.2.0")
        pages = render(other).pages
        assert "novedades/2.1.1.md" not in pages
        assert "novedades/2.0.0.md" in pages


class TestTheFeed:
    def test_is_valid_atom_with_an_entry_a_version(self, site: BuiltSite) -> None:
        feed = ET.fromstring((site.root / "novedades" / "feed.xml").read_text("utf-8"))  # noqa: S314 - ours
        assert feed.tag == f"{ATOM}feed"
        for needed in ("id", "title", "updated", "author"):
            assert len(feed.findall(f"{ATOM}{needed}")) == 1
        entries = feed.findall(f"{ATOM}entry")
        titles = [entry.findtext(f"{ATOM}title") for entry in entries]
        assert titles == [
            f"Novedades de la versión {v}" for v in ("2.1.0", "2.0.0", "1.3.0", "1.2.0", "1.1.0", "1.0.1")
        ]
        assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
        for entry in entries:
            link = entry.find(f"{ATOM}link")
            assert link is not None
            assert (site.root / "novedades" / link.attrib["href"]).is_file()
            assert entry.findtext(f"{ATOM}updated", "").endswith("T00:00:00Z")

    def test_says_hostile_values_as_they_are(self, site: BuiltSite) -> None:
        feed = ET.fromstring((site.root / "novedades" / "feed.xml").read_text("utf-8"))  # noqa: S314 - ours
        content = feed.findall(f"{ATOM}entry")[0].findtext(f"{ATOM}content", "")
        assert '<img src=x onerror=alert(1)> & "x" ]]>' in content


class TestTheMessage:
    def test_is_on_the_page_and_in_a_file(self, site: BuiltSite) -> None:
        text = (site.root / "novedades" / "2.0.0.txt").read_text("utf-8")
        page = site.pages["novedades/2.0.0.html"]
        assert "novedades/2.0.0.txt" in page.links()
        shown = page.article.one("div", "pt-mensaje__texto").text
        assert shown == " ".join(text.split())

    def test_tells_what_why_from_when_and_what_to_do(self, rendered: Rendered) -> None:
        lines = rendered.files["novedades/2.0.0.txt"].splitlines()
        assert "  Antes: 3 días hábiles" in lines
        assert "  Ahora: 4 días hábiles" in lines
        assert "Por qué: Uno de cada cuatro pares salía tarde & mal." in lines
        assert "Rige desde: 1 de junio de 2026" in lines
        assert "Qué hacer: Diga la fecha en voz alta." in lines


class TestWhatOnlyManagementReads:
    def test_is_news_only_on_its_site(self, history: History, tmp_path: Path) -> None:
        other = copy_of(history, tmp_path / "otra")
        other.tag("2.1.0")
        told_now = re.search(r"presupuesto_compensaciones: .*? GTQ", other.manual.path("costo.yml").read_text("utf-8"))
        assert told_now
        budget = Edit("costo.yml", told_now[0], "presupuesto_compensaciones: 98765.43 GTQ")
        other.change(Step("2.2.0", date(2026, 10, 5), (budget,)))
        for audience, is_told in (("interno", False), ("confidencial", True)):
            told = render(other, audience)
            said = (
                told.pages["novedades/2.2.0.md"] + told.files["novedades/2.2.0.txt"] + told.files["novedades/feed.xml"]
            )
            assert ("98765.43" in said) is is_told, audience


def test_a_sheet_names_the_fingerprint_that_a_signature_is_for(site: BuiltSite) -> None:
    page = site.pages["acuses/zapatero.html"]
    told = History(site.project, site.project).run("acks", "--register", str(site.project.parent / "no-hay.csv"))
    assert told.returncode == 2
    sheet = page.article.one("code", "pt-huella").text
    register = site.project.parent.parent / "acuses.csv"
    register.write_text(f"rol,persona,version,huella,fecha\nzapatero,Ana,2.1.0,{sheet},2026-09-08\n", "utf-8")
    told = History(site.project, site.project).run("acks", "--register", str(register), "--role", "zapatero")
    assert "Zapatero: 1 de 2 firmaron" in told.stdout
    assert len(page.article.all("tbody")[-1].all("tr")) >= 2


def test_a_removed_thing_is_told_to_be_left(history: History, tmp_path: Path) -> None:
    assert Kind.REMOVED == "quitado", "the templates say it by its name"
    other = copy_of(history, tmp_path / "otra")
    other.tag("2.1.0")
    gone = "\n      - Limpieza y lustre al terminar"
    other.change(Step("3.0.0", date(2026, 10, 5), (Edit("oferta.yml", gone, ""),)))
    page = render(other).pages["novedades/rol/zapatero.md"]
    assert "Limpieza y lustre al terminar" in page
