"""The customer's path on the site: cycles, moments of truth, protocols, customers, and what they ask of a role."""

import pytest

from built_site import BuiltSite, HtmlPage
from pauta.model import Entity
from pauta.render import journey, places


def page_of(site: BuiltSite, entity: Entity) -> HtmlPage:
    return site.pages[places.page_of(site.manual, entity)[0]]


def named(site: BuiltSite, collection: str, name: str) -> Entity:
    entity = site.manual.find(collection, name)
    assert entity is not None
    return entity


def section(page: HtmlPage, title: str) -> str:
    """What a page says between a heading and the next of its rank."""
    return page.article.text.partition(title)[2]


@pytest.mark.parametrize("collection", ["ciclos", "momentos", "protocolos", "segmentos", "tipos_cliente"])
def test_each_has_a_page_with_its_name(site: BuiltSite, collection: str) -> None:
    entities = list(site.manual.all(collection))
    assert entities
    for entity in entities:
        assert site.manual.title(entity) in page_of(site, entity).heading


def test_the_index_of_the_path_leads_to_every_cycle_protocol_and_customer(site: BuiltSite) -> None:
    links = site.pages["camino/index.html"].links()
    for collection in ("ciclos", "protocolos", "segmentos", "tipos_cliente"):
        for entity in site.manual.all(collection):
            assert places.page_of(site.manual, entity)[0] in links


def test_a_cycle_tells_its_moments_as_the_customer_lives_them(site: BuiltSite) -> None:
    for cycle in site.manual.all("ciclos"):
        steps = page_of(site, cycle).article.one("ol", "pt-momentos").all("div", "pt-momento__titulo")
        titles = [site.manual.title(moment) for moment in journey.moments_of(site.manual, cycle)]
        assert [step.all("a")[0].text for step in steps] == titles


def test_a_moment_says_where_it_stands_and_leads_to_its_neighbours(site: BuiltSite) -> None:
    cycle = named(site, "ciclos", "ci_contratar")
    first, second, third = journey.moments_of(site.manual, cycle)[:3]
    page = page_of(site, second)
    said = page.article.one("p", "pt-recorrido").text
    assert said.startswith(f"Momento 2 de {len(cycle['momentos'])} de {site.manual.title(cycle)}.")
    assert {places.page_of(site.manual, each)[0] for each in (cycle, first, third)} <= set(page.links())


def test_critical_moments_and_those_without_people_say_so_in_words(site: BuiltSite) -> None:
    for moment in site.manual.all("momentos"):
        chips = [chip.text for chip in page_of(site, moment).article.all("span", "pt-chip")]
        assert ("▲ Crítico" in chips) == moment["critico"]
        assert ("■ Sin personas" in chips) == (not moment["contacto_humano"])


def test_a_protocol_is_a_card_with_one_line_to_say_for_each_step(site: BuiltSite) -> None:
    protocol = named(site, "protocolos", "pt_cliente_insatisfecho")
    card = page_of(site, protocol).article.one("ol", "pt-bolsillo").all("li", "pt-bolsillo__paso")
    assert [step.one("strong").text for step in card] == [step["nombre"] for step in protocol["pasos"]]
    said = [step.one("p", "pt-bolsillo__si").text for step in card]
    assert said == [f"Diga: {step['frases_si'][0]}" for step in protocol["pasos"]]


def test_a_hard_customer_is_told_by_signs_with_what_to_do_and_what_not(site: BuiltSite) -> None:
    for kind in site.manual.all("tipos_cliente"):
        article = page_of(site, kind).article
        assert [item.text for item in article.one("", "pt-si").all("li")] == kind["que_hacer"]
        assert [item.text for item in article.one("", "pt-no").all("li")] == kind["que_no"]
        assert [quote.text for quote in article.all("blockquote", "pt-guion")] == kind["frases"]


def test_what_a_segment_is_worth_is_for_management_only(site: BuiltSite, other_site: BuiltSite) -> None:
    family = named(other_site, "segmentos", "seg_familia")
    assert "valor" in family.data
    label = family.field.children["valor"].title
    assert label in page_of(other_site, family).article.text
    assert label not in page_of(site, named(site, "segmentos", "seg_familia")).article.text


class TestTheRole:
    def page(self, site: BuiltSite, name: str = "tecnico_campo") -> HtmlPage:
        return page_of(site, named(site, "roles", name))

    def test_finds_its_moments_and_what_it_does_in_them(self, site: BuiltSite) -> None:
        mine = [m for m in site.manual.all("momentos") if m.get("rol") == "tecnico_campo"]
        page = self.page(site)
        assert mine
        assert {places.page_of(site.manual, moment)[0] for moment in mine} <= set(page.links())
        behind = self.page(site, "encargado_bodega")
        assert "Entregar el material probado y contado contra la orden" in section(behind, "Mis momentos de verdad")

    def test_finds_the_terms_it_has_to_keep(self, site: BuiltSite) -> None:
        said = section(self.page(site), "Mis relojes")
        agreement = named(site, "acuerdos", "ans_instalacion")
        assert f"{agreement['nombre']} {agreement['valor']}" in said
        between = [a for a in site.manual.all("acuerdos_entre_areas") if a["entrega"] == "encargado_bodega"]
        assert between
        assert all(a["que_entrega"] in section(self.page(site, "encargado_bodega"), "Mis relojes") for a in between)

    def test_finds_the_protocols_it_applies(self, site: BuiltSite) -> None:
        links = set(self.page(site).links())
        for protocol in site.manual.all("protocolos"):
            if "tecnico_campo" in protocol["roles"]:
                assert places.page_of(site.manual, protocol)[0] in links

    def test_finds_its_training_and_when_it_expires(self, site: BuiltSite) -> None:
        training = named(site, "capacitaciones", "ca_seguridad_altura")
        given = max(each["fecha"] for each in training["impartida"] if each["rol"] == "tecnico_campo")
        assert training["vigencia"] == "1 año"
        year, rest = given[:4], given[4:]
        row = next(r for r in self.page(site).article.all("tr") if site.manual.title(training) in r.text)
        assert [time.attributes["datetime"] for time in row.all("time")] == [given, f"{int(year) + 1}{rest}"]
        assert "data-vence" in row.all("time")[1].attributes
