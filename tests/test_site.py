"""The site of the reference manual, as files: everything is on a page, every page says where it comes from."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from built_site import CHECKOUT, BuiltSite, Element, HtmlPage, flat
from pauta.bundled import starter_folder
from pauta.calculate import calculate
from pauta.check import RULES
from pauta.check.completeness import by_section
from pauta.checklists import all_checklists
from pauta.load import Document, Path_
from pauta.model import Entity, Manual, Reference
from pauta.render import places
from pauta.spine import Field

_NOT_ABOUT_A_SECTION = frozenset({"404.html", "guia/index.md", "guia/index.html"})
"""What the house wrote by hand: nobody in the company owns it, and no line of the manual says it."""

_STRIP = ("Responsable", "Última revisión", "Próxima revisión", "Versión", "Fuente")

_ENGLISH = (
    "about", "and", "back to top", "by", "cancel", "clear", "clipboard", "close", "contents", "copied", "copy",
    "dark mode", "download", "edit", "error", "footer", "for", "from", "header", "home", "last update", "light mode",
    "loading", "made with", "match", "matches", "matching", "menu", "missing", "more on", "navigation", "next",
    "not found", "of", "open", "page", "permalink", "permanent link", "powered", "previous", "results", "search",
    "share", "skip", "switch", "table of", "tags", "the", "to", "toggle", "top", "type to", "updated", "version", "with",
)  # fmt: skip
"""Words of the machinery below; none is Spanish, nor a name that the manual uses."""

_ALSO_SPANISH = frozenset({"error"})
_READ_ALOUD = ("alt", "aria-label", "placeholder", "title")
_ABROAD = re.compile(r"^(?:tel|mailto):")


# --- links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["site", "other_site"])
def test_every_link_leads_somewhere(which: str, request: pytest.FixtureRequest) -> None:
    """A link to a page or a place on it that is not there leaves whoever follows it with nothing."""
    built: BuiltSite = request.getfixturevalue(which)
    assert sorted({broken for page in built.pages.values() for broken in _broken(built, page)}) == []


def test_nothing_is_asked_of_another_machine(site: BuiltSite) -> None:
    """Styles, scripts and pictures are all in the folder; only a telephone or a letter leads out."""
    outside = {
        address
        for page in site.pages.values()
        for _, address in _addresses(page)
        if not page.resolve(address) and not _ABROAD.match(address)
    }
    assert outside == set()
    sheets = [path.read_text("utf-8") for path in (site.root / "css").glob("*.css")]
    assert not [sheet for sheet in sheets if re.search(r"@import|url\(\s*['\"]?(?!data:|#)", sheet)]


def test_every_checklist_is_offered_for_download(site: BuiltSite) -> None:
    for checklist in all_checklists(site.manual):
        page = site.pages[f"listas/{checklist.id}.html"]
        offered = {page.resolve(a.attributes["href"]) for a in page.article.all("a") if "download" in a.attributes}
        assert f"listas/{checklist.id}.csv" in offered
        assert (site.root / f"listas/{checklist.id}.csv").read_bytes() == (
            site.lists / f"{checklist.id}.csv"
        ).read_bytes()


def test_no_id_stands_twice_on_a_page(site: BuiltSite) -> None:
    twice = {(page.path, one) for page in site.pages.values() for one in page.ids if page.ids.count(one) > 1}
    assert twice == set()


@pytest.mark.parametrize("which", ["site", "other_site"])
def test_every_page_is_well_formed(which: str, request: pytest.FixtureRequest) -> None:
    built: BuiltSite = request.getfixturevalue(which)
    assert {page.path: page.problems for page in built.pages.values() if page.problems} == {}


def _broken(built: BuiltSite, page: HtmlPage) -> Iterator[str]:
    for _, address in _addresses(page):
        target = page.resolve(address)
        file, _, place = target.partition("#")
        if target and not (built.root / file).is_file():
            yield f"{page.path}: {address}: no such file"
        elif place and file in built.pages and place not in built.pages[file].ids:
            yield f"{page.path}: {address}: no such place"


def _addresses(page: HtmlPage) -> Iterator[tuple[Element, str]]:
    for element in page.tree.walk():
        for name in ("href", "src"):
            if name in element.attributes:
                yield element, element.attributes[name]


# --- what every page says of itself --------------------------------------------------------------


def test_every_page_says_who_answers_for_it_and_since_when(site: BuiltSite) -> None:
    missing = {
        page.path: labels
        for page in site.readable
        if page.path not in _NOT_ABOUT_A_SECTION
        and (labels := [label for label in _STRIP if label not in page.meta or not page.meta[label].text])
    }
    assert missing == {}


def test_every_page_shows_the_version_in_force(site: BuiltSite) -> None:
    version = site.manual.parts["manual"].data["version"]
    for page in site.readable:
        if page.path not in _NOT_ABOUT_A_SECTION:
            assert page.meta["Versión"].text == version, page.path


def test_every_page_leads_to_the_lines_it_comes_from(site: BuiltSite) -> None:
    """The link says a file and a line, and leads to that line as it stands in the file."""
    for page in site.readable:
        for link in page.article.all("a"):
            if "fuente/manual/" in link.attributes["href"]:
                _assert_leads_to_line(site, page, link)
        if page.path not in _NOT_ABOUT_A_SECTION:
            assert "fuente/manual/" in page.meta["Fuente"].one("a").attributes["href"], page.path


def _assert_leads_to_line(site: BuiltSite, page: HtmlPage, link: Element) -> None:
    said = re.fullmatch(r"(manual/\S+\.yml), líneas? (\d+)(?:[–-](\d+))?", link.text)
    assert said is not None, f"{page.path}: {link.text}"
    address, _, place = page.resolve(link.attributes["href"]).partition("#")
    assert (address, place) == (f"fuente/{said[1]}.html", f"L{said[2]}")
    written = (site.project / said[1]).read_text("utf-8").split("\n")
    shown = next(each for each in site.pages[address].tree.all("li") if each.attributes.get("id") == place)
    line = written[int(said[2]) - 1]
    assert line.strip()
    assert flat(line).startswith(shown.text.removesuffix("████ reservado").strip())


def test_what_has_a_page_of_its_own_leads_to_its_own_line(site: BuiltSite) -> None:
    for entity in (*site.manual.all("servicios"), *site.manual.all("roles")):
        page = site.pages[places.page_of(site.manual, entity)[0]]
        assert page.meta["Fuente"].text == f"{entity.at().path}, línea {entity.at().line}"


def test_the_next_review_can_be_marked_when_it_is_overdue(site: BuiltSite) -> None:
    """The page is read for months: the browser compares the date with the reader's own day."""
    for page in site.readable:
        if page.path not in _NOT_ABOUT_A_SECTION:
            due = page.meta["Próxima revisión"].one("time")
            assert "data-vence" in due.attributes
            assert date.fromisoformat(due.attributes["datetime"]).isoformat() == due.attributes["datetime"]


def test_every_page_has_a_title_of_its_own(site: BuiltSite) -> None:
    """Two tabs, or two results of a search, with one name cannot be told apart."""
    titles: dict[str, list[str]] = {}
    for page in site.readable:
        titles.setdefault(page.title, []).append(page.path)
    del titles[_site_name(site)]  # the front page and the page not found bear the name of the site
    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}


def test_titles_and_descriptions_read_well(site: BuiltSite) -> None:
    for page in site.readable:
        assert page.heading
        assert page.title.endswith(_site_name(site))
        if page.path not in {"index.html", "404.html"}:
            assert page.title == f"{page.heading} · {_site_name(site)}"
        described = [m for m in page.tree.all("meta") if m.attributes.get("name") == "description"]
        assert len(described) == 1
        assert len(described[0].attributes["content"]) > len("Un manual")
        assert page.tree.one("html").attributes["lang"] == "es"
        assert not re.search(r"&(?:\w+|#\d+);|\{\{|\}\}|\{%|<\w|</", f"{page.title} {page.heading}")


def test_no_page_says_nothing_where_something_should_be(site: BuiltSite) -> None:
    """What Python and templates leave when a value is missing."""
    leftovers = re.compile(r"\b(?:None|True|False|Undefined|Markup|dict_items)\b|\{\{|\}\}|\{%|<(?:p|a|span|br)\b")
    found = {page.path: match[0] for page in site.readable if (match := leftovers.search(_said(page)))}
    assert found == {}


def _site_name(site: BuiltSite) -> str:
    return str(yaml.safe_load((site.project / "mkdocs.yml").read_text("utf-8"))["site_name"])


def _said(page: HtmlPage) -> str:
    """What a page says, but what to write in a file and the names of another program's buttons."""
    return " ".join(_texts(page.tree.one("body"), skip=("pre", "code", "em")))


def _texts(element: Element, *, skip: tuple[str, ...]) -> Iterator[str]:
    if element.tag in {*skip, "script", "style"} or not element.attributes.keys().isdisjoint(skip):
        return
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _texts(child, skip=skip)


# --- a page for each thing -----------------------------------------------------------------------


def test_everything_has_its_page(site: BuiltSite) -> None:
    manual = site.manual
    wanted = {
        **{places.section_page(name): part.title for name, part in manual.parts.items()},
        **{f"servicios/{each.id}.html": manual.title(each) for each in manual.all("servicios")},
        **{f"roles/{each.id}.html": manual.title(each) for each in manual.all("roles")},
        **{places.rule_page(rule.id): rule.title for rule in RULES},
        **{f"guia/campos/{each.name}.html": f"Campos: {each.title}" for each in manual.spine.sections.values()},
        **{places.list_page(each.id): each.title for each in all_checklists(manual)},
        "index.html": manual.parts["manual"].data["titulo"],
        "estado.html": "Estado del manual",
        "control.html": "Control de versiones",
    }
    assert {path: site.pages[path].heading for path in wanted} == {path: flat(title) for path, title in wanted.items()}
    indexes = ("servicios", "roles", "listas", "secciones", "guia/campos", "reglas", "guia")
    assert [each for each in indexes if f"{each}/index.html" not in site.pages] == []


def test_every_page_is_reached_from_the_front_page(site: BuiltSite) -> None:
    seen: set[str] = set()
    pending = ["index.html"]
    while pending:
        path = pending.pop()
        if path not in seen and path in site.pages:
            seen.add(path)
            page = site.pages[path]
            pending += [address.partition("#")[0] for address in page.links(page.tree)]
    assert set(site.pages) - seen == {"404.html"}


def test_every_line_of_the_manual_is_shown(site: BuiltSite) -> None:
    for file in sorted((site.project / "manual").rglob("*.yml")):
        name = file.relative_to(site.project).as_posix()
        shown = [each.text for each in site.pages[f"fuente/{name}.html"].tree.all("li")]
        written = [flat(line) for line in file.read_text("utf-8").removesuffix("\n").split("\n")]
        assert len(shown) == len(written)
        assert all(one == other or one.endswith("████ reservado") for one, other in zip(shown, written, strict=True))


def test_the_page_of_a_service_gathers_what_every_section_says_of_it(site: BuiltSite) -> None:
    for service in site.manual.services():
        headings = [each.text for each in site.pages[f"servicios/{service.id}.html"].article.all("h2")]
        for about in ("Oferta", "Verificaciones", "Comunicación", "Indicadores", "Recursos", "Capacidad", "Costo"):
            assert any(heading.startswith(about) for heading in headings), f"{service.id}: {about}"


def test_rules_and_fields_are_explained(site: BuiltSite) -> None:
    for rule in RULES:
        page = site.pages[places.rule_page(rule.id)]
        assert [each.text.removesuffix("¶").strip() for each in page.article.all("h2")] == list(rule.explanation)
    of_all = site.pages["guia/campos/index.html"].article.text
    for section in site.manual.spine.sections.values():
        said = site.pages[f"guia/campos/{section.name}.html"].article.text + of_all
        fields = (field for path, field in section.root.walk() if path and path[-1] != "*")
        absent = [field.title for field in fields if field.title not in said and field.type != "horario_dia"]
        assert absent == [], section.name


# --- references are links, both ways -------------------------------------------------------------


def test_every_reference_is_a_link(site: BuiltSite) -> None:
    """Whoever reads a name finds the thing one click away."""
    manual = site.manual
    unlinked = [
        f"{reference.location}: {reference.field.title} «{reference.target}»"
        for reference in manual.references
        if not _is_linked(site, reference)
    ]
    assert unlinked == []


def test_everything_says_where_it_is_mentioned(site: BuiltSite) -> None:
    """Before changing a thing, one sees on its page who counts on it."""
    manual = site.manual
    silent = [
        f"{reference.target}: {reference.location}"
        for reference in manual.references
        if (target := manual.find(reference.collection, reference.target)) and not _leads_back(site, target, reference)
    ]
    assert silent == []


def test_terms_of_the_glossary_are_explained_where_they_are_used(site: BuiltSite) -> None:
    explained = [link for page in site.readable for link in page.article.all("a", "pt-termino")]
    meanings = {flat(term["definicion"]) for term in site.manual.all("terminos")}
    assert explained
    assert {link.attributes["title"] for link in explained} <= meanings


def _is_linked(site: BuiltSite, reference: Reference) -> bool:
    manual = site.manual
    target = manual.find(reference.collection, reference.target)
    assert target is not None
    address = _address(manual, target)
    homes = _homes(manual, reference.source, reference.section)
    return any(address in site.pages[home].links() or address.partition("#")[0] == home for home in homes)


def _leads_back(site: BuiltSite, target: Entity, reference: Reference) -> bool:
    manual = site.manual
    home = places.page_of(manual, target)[0]
    page = site.pages[home]
    if reference.source is None:
        return places.section_page(reference.section) in page.links() or home in _homes(manual, None, reference.section)
    address = _address(manual, reference.source)
    return address in page.links() or address.partition("#")[0] == home


def _homes(manual: Manual, source: Entity | None, section: str) -> set[str]:
    """The pages on which something is written."""
    if source is None:
        return {places.section_page(section)}
    return {places.page_of(manual, source)[0], places.section_page(section)}


def _address(manual: Manual, entity: Entity) -> str:
    page, anchor = places.page_of(manual, entity)
    return f"{page}#{anchor}" if anchor else page


# --- Spanish, and nothing else -------------------------------------------------------------------


def test_no_word_of_the_machinery_is_left_in_english(site: BuiltSite) -> None:
    words = re.compile(rf"\b(?:{'|'.join(word for word in _ENGLISH if word not in _ALSO_SPANISH)})\b", re.IGNORECASE)
    found = {
        (page.path, match[0])
        for page in site.readable
        for text in (_said(page), *_read_aloud(page), *_words_of_scripts(page))
        for match in words.finditer(text)
    }
    assert found == set()


def _read_aloud(page: HtmlPage) -> Iterator[str]:
    for element in page.tree.walk():
        for name in _READ_ALOUD:
            yield element.attributes.get(name, "")


def _words_of_scripts(page: HtmlPage) -> Iterator[str]:
    """What the theme's scripts will write on the page."""
    for element in page.tree.all("script"):
        if element.attributes.get("id") == "__config":
            yield from json.loads(str(element.children[0]))["translations"].values()


def test_the_search_speaks_spanish(site: BuiltSite) -> None:
    index = json.loads((site.root / "search" / "search_index.json").read_text("utf-8"))
    assert index["config"]["lang"] == ["es"]
    opened_from_a_folder = (site.root / "search" / "search_index.js").read_text("utf-8")
    assert json.loads(opened_from_a_folder.partition("=")[2].rstrip("; \n")) == index


def test_every_word_of_a_page_can_be_searched(site: BuiltSite) -> None:
    """Two words that meet without a space between are found by neither."""
    index = json.loads((site.root / "search" / "search_index.json").read_text("utf-8"))
    indexed: dict[str, set[str]] = {}
    for entry in index["docs"]:
        text = Element("", {}, None, [re.sub(r"<[^>]*>", "", f"{entry['title']} {entry['text']}")]).text
        indexed.setdefault(entry["location"].partition("#")[0], set()).update(_WORD.findall(text.lower()))
    for path in ("servicios/instalacion.html", "roles/asesor_atencion.html", "secciones/canales.html", "index.html"):
        said = " ".join(_texts(site.pages[path].article, skip=("pre", "form", "nav", "data-search-exclude")))
        words = {word for word in _WORD.findall(said.lower()) if word not in _OF_THE_PAGE}
        assert words - indexed[path] == set(), path


_WORD = re.compile(r"(?<!\w)[a-záéíóúüñ]{4,}(?!\w)")
_OF_THE_PAGE = frozenset(
    {
        "manual",
        "servicio",
        "cliente",
        "enlace",
        "volcán",
        "versión",
        "vigente",
        "desde",
        "octubre",
        "parte",
        "página",
        "esta",
    }
)
"""What the printed head and the contents of every page say."""


# --- what only management may read ---------------------------------------------------------------


def test_reserved_amounts_appear_nowhere(site: BuiltSite) -> None:
    amounts = _reserved_amounts(site.manual)
    numbers = set(_NUMBER.findall(_everything_written(site)))
    assert {amount for amount in amounts if not numbers.isdisjoint(_forms(amount))} == set()
    assert len(amounts) > 50


def test_reserved_amounts_are_shown_to_those_who_may(other_site: BuiltSite) -> None:
    numbers = set(_NUMBER.findall(_everything_written(other_site)))
    assert {each for each in _reserved_amounts(other_site.manual) if not {*_forms(each)[:2]} <= numbers} == set()


def test_what_is_reserved_says_so(site: BuiltSite, other_site: BuiltSite) -> None:
    assert "Reservado" in site.pages["servicios/instalacion.html"].article.text
    assert "████ reservado" in site.pages["fuente/manual/costo.yml.html"].tree.text
    shown = [chip.text for page in other_site.readable for chip in page.article.all("span", "pt-chip--reservado")]
    assert "Reservado" not in shown
    assert not [page.path for page in other_site.pages.values() if "████" in page.source]


def _reserved_amounts(manual: Manual) -> set[str]:
    """Amounts in fields for management that no other field says, nor the example of a rule."""
    reserved = _reserved(manual)
    free = {value for field, value in _all_values(manual) if field.visibility != "confidencial"}
    said = {number for text in (*free, *_examples()) for number in _NUMBER.findall(text)}
    return {each for each in reserved if each.endswith(" GTQ") and said.isdisjoint(_forms(each))}


def test_reserved_measures_appear_nowhere(site: BuiltSite, other_site: BuiltSite) -> None:
    """Those of another unit than money, as «1310 contactos»."""
    measures = _reserved_measures(site.manual)
    told, told_to_management = _everything_written(site), _everything_written(other_site)
    assert {each for each in measures if _says(told, each)} == set()
    assert {each for each in measures if not _says(told_to_management, each)} == set()
    assert {"1310 contactos", "18 visitas", "34 clientes"} <= measures


def _reserved_measures(manual: Manual) -> set[str]:
    """Measures in fields for management that no other field says, nor what is calculated of other fields."""
    written = (value for field, value in _all_values(manual) if field.visibility != "confidencial")
    calculated = (each.text for one in calculate(manual) if not one.is_confidential for each in one.results)
    free = "\n".join((*written, *calculated))
    return {
        each for each in _reserved(manual) if each[0].isdigit() and not each.endswith(" GTQ") and not _says(free, each)
    }


def _says(text: str, measure: str) -> bool:
    """Whether a text says a measure, with or without the comma of the thousands."""
    number, _, unit = measure.partition(" ")
    whole, dot, decimals = number.partition(".")
    forms = "|".join(re.escape(form + dot + decimals) for form in (whole, f"{int(whole):,}"))
    return re.search(rf"(?<![\d.,])(?:{forms})\s{re.escape(unit)}(?!\w)", text) is not None


def _reserved(manual: Manual) -> set[str]:
    return {value for field, value in _all_values(manual) if field.visibility == "confidencial"}


def _all_values(manual: Manual) -> Iterator[tuple[Field, str]]:
    for part in manual.parts.values():
        for document in part.documents:
            yield from _values(part.schema.root, document, ())


def _examples() -> Iterator[str]:
    return (text for rule in RULES for text in rule.explanation.values())


def _values(root: Field, document: Document, path: Path_) -> Iterator[tuple[Field, str]]:
    value: Any = document.value
    for step in path:
        value = value[step]
    if isinstance(value, dict | list):
        for step in value if isinstance(value, dict) else range(len(value)):
            yield from _values(root, document, (*path, step))
    elif isinstance(value, str) and (field := root.at(path)) is not None:
        yield field, value


_NUMBER = re.compile(r"(?<![\d.,])Q?\d[\d,]*(?:\.\d+)?(?: GTQ)?(?!\d)")


def _forms(amount: str) -> tuple[str, ...]:
    """An amount as the file says it, as people write it, and bare when it cannot be anything else."""
    number, _, currency = amount.partition(" ")
    assert currency == "GTQ"
    whole, _, cents = number.partition(".")
    written = f"{int(whole):,}" + (f".{cents:0<2}" if cents else "")
    bare = (number, written) if len(whole) > 4 or cents else ()
    return (amount, f"Q{written}", f"{written} GTQ", *bare)


def _everything_written(site: BuiltSite) -> str:
    files = [*site.root.rglob("*.html"), *site.root.rglob("*.csv"), *(site.root / "search").iterdir(), *site.lists.iterdir()]  # fmt: skip
    known = {".html", ".csv", ".json", ".js", ".css", ".svg", ".xml", ".gz", ".map", ".md", ".txt", ".png"}
    assert {path.suffix for path in site.root.rglob("*") if path.is_file()} <= known | {""}
    return "\n".join(_SHAPE.sub("", path.read_text("utf-8")) for path in files)


_SHAPE = re.compile(r'(?<= )d="[^"<>]*"')
"""The coordinates of a drawing, which say nothing of money."""


# --- what does not apply, and what is no longer offered ------------------------------------------


def test_a_section_that_does_not_apply_says_so(other_site: BuiltSite) -> None:
    said = other_site.pages["secciones/alianzas.html"].article.text
    for what in ("No aplica", "La empresa trabaja sola.", "Gerente general", "5 de octubre de 2027"):
        assert what in said
    for path in ("estado.html", "control.html"):
        row = next(r for r in other_site.pages[path].article.all("tr") if r.text.startswith("Alianzas"))
        assert "No aplica" in row.text, path


def test_a_section_that_does_not_apply_counts_as_complete(other_site: BuiltSite) -> None:
    assert "100 %" in other_site.pages["estado.html"].article.one("", "pt-total").text


def test_a_retired_service_says_so_and_names_what_replaced_it(site: BuiltSite) -> None:
    retired = [each for each in site.manual.all("servicios") if each["estado"] == "retirado"]
    assert retired
    for service in retired:
        page = site.pages[f"servicios/{service.id}.html"]
        successor = site.manual.find("servicios", service["reemplazado_por"])
        assert "ya no se ofrece" in page.article.text
        assert successor is not None
        assert f"servicios/{successor.id}.html" in page.links()


def test_a_retired_service_is_not_a_way_in(site: BuiltSite) -> None:
    offered = site.pages["index.html"].links()
    lists = site.pages["listas/index.html"].links()
    for service in site.manual.all("servicios"):
        current = service["estado"] != "retirado"
        assert (f"servicios/{service.id}.html" in offered) is current
        assert (f"listas/lista_servicio_{service.id}.html" in lists) is current


def test_the_state_of_the_manual_is_what_the_check_counts(site: BuiltSite) -> None:
    rows = {row.one("th").text: row for row in site.pages["estado.html"].article.all("tr") if row.all("td")}
    for state in by_section(site.manual):
        assert f"{state.met} de {state.total}" in rows[state.title].text


# --- where it goes -------------------------------------------------------------------------------


@pytest.mark.parametrize("file", [CHECKOUT / "mkdocs.yml", starter_folder() / "mkdocs.yml"], ids=["ours", "starter"])
def test_the_site_never_goes_where_templates_are(file: Path) -> None:
    """MkDocs empties its site folder, whose usual name is the folder of a project's own templates."""
    settings = yaml.safe_load(file.read_text("utf-8"))
    assert settings["site_dir"] == "build/site"
    assert settings["use_directory_urls"] is False
