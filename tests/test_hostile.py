"""Values are data: whatever signs a text holds, the site shows them as written and does nothing else with them."""

import csv
import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from markdown import markdown

from built_site import BuiltSite, Element, HtmlPage, flat
from hostile import Written
from pauta.checklists.csv_ import unguard

_WRITTEN_BY_PEOPLE = ("alt", "aria-label", "content", "title", "placeholder")
_BREAKS_A_WORD = frozenset({"text", "tspan"})
_KEPT_BY_SEARCH = re.compile(r"</?(?:p|ul|ol|li|pre|code|mark|h[1-6])>")


@pytest.fixture(scope="session")
def hostile(hostile_site: tuple[BuiltSite, Written]) -> BuiltSite:
    return hostile_site[0]


@pytest.fixture(scope="session")
def written(hostile_site: tuple[BuiltSite, Written]) -> Written:
    return hostile_site[1]


def test_texts_read_as_they_were_written(hostile: BuiltSite, written: Written) -> None:
    """On every page: in headings, menus, tables, the contents, and the tab of the browser."""
    wrong = [
        f"{page.path}: {one}"
        for page in hostile.readable
        for one in written.wrongly_shown(page.tree.text_beside_pictures)
    ]
    assert wrong == []


def test_pictures_say_what_was_written(hostile: BuiltSite, written: Written) -> None:
    drawn = [(page.path, picture.text) for page in hostile.readable for picture in page.tree.all("svg")]
    assert [f"{path}: {one}" for path, text in drawn for one in written.wrongly_drawn(text)] == []
    assert any(written.marks(text) for _, text in drawn)


def test_every_text_is_on_some_page(hostile: BuiltSite, written: Written) -> None:
    """Nothing that somebody wrote is lost on the way."""
    shown = {mark for page in hostile.readable for mark in written.marks(page.tree.text)}
    assert sorted(text for mark, text in written.texts.items() if mark not in shown) == []


def test_texts_in_attributes_read_as_they_were_written(hostile: BuiltSite, written: Written) -> None:
    """What is read aloud, and what shows when the pointer rests on a term."""
    wrong = [f"{page.path}: {one}" for page in hostile.readable for text in _in_attributes(page) for one in written.wrongly_shown(text)]  # fmt: skip
    assert wrong == []


def test_pictures_show_the_texts(hostile: BuiltSite, written: Written) -> None:
    for path, collection in (("secciones/triangulo.html", "estrategias"), ("secciones/quejas.html", "etapas_queja")):
        picture = hostile.pages[path].article.all("figure")[0].text
        names = [flat(entity["nombre"]) for entity in hostile.manual.all(collection)]
        assert written.marks(" ".join(names)) & written.marks(picture), path


def test_no_text_makes_an_element(hostile: BuiltSite, harmless_site: BuiltSite) -> None:
    """The pages hold the same elements, with the same attributes, as those of a manual of letters alone."""
    assert set(hostile.pages) == set(harmless_site.pages)
    for path, page in hostile.pages.items():
        assert _elements(page) == _elements(harmless_site.pages[path]), path


def test_no_text_makes_a_script_or_an_address(hostile: BuiltSite) -> None:
    for page in hostile.pages.values():
        for element in page.tree.walk():
            assert not [name for name in element.attributes if name.startswith("on")], page.path
            for name in ("href", "src", "action", "formaction"):
                assert not re.match(
                    r"\s*(?:javascript|data|vbscript):", element.attributes.get(name, ""), re.IGNORECASE
                )


def test_pages_stay_well_formed(hostile: BuiltSite) -> None:
    assert {page.path: page.problems for page in hostile.pages.values() if page.problems} == {}


def test_the_lines_of_the_files_are_shown_as_they_are(hostile: BuiltSite) -> None:
    for file in sorted((hostile.project / "manual").rglob("*.yml")):
        page = hostile.pages[f"fuente/{file.relative_to(hostile.project).as_posix()}.html"]
        shown = ["".join(_raw(line)) for line in page.tree.all("code")]
        lines = file.read_text("utf-8").removesuffix("\n").split("\n")
        assert [one for one, other in zip(shown, lines, strict=True) if one != other and "████" not in one] == []


def test_what_the_search_shows_reads_as_written(hostile: BuiltSite, written: Written) -> None:
    """The search puts its texts on the page as HTML, so they must be HTML that shows them as written."""
    index = json.loads((hostile.root / "search" / "search_index.json").read_text("utf-8"))
    for entry in index["docs"]:
        for text in (entry["title"], entry["text"]):
            bare = _KEPT_BY_SEARCH.sub(" ", text)
            assert "<" not in bare, entry["location"]
            assert list(written.wrongly_shown(flat(html.unescape(bare)))) == [], entry["location"]


def test_checklists_in_csv_hold_the_texts(hostile: BuiltSite, written: Written) -> None:
    seen = set[str]()
    for file in sorted(hostile.lists.glob("*.csv")):
        for row in csv.reader(file.read_text("utf-8-sig").splitlines(keepends=True)):
            for cell in row:
                assert not re.match(r"\s*[=+\-@\t\r]", cell), "a spreadsheet would take it for a formula"
                assert list(written.wrongly_shown(flat(unguard(cell)))) == [], file.name
                seen |= written.marks(cell)
    assert seen


def test_checklists_in_markdown_hold_the_texts(hostile: BuiltSite, written: Written) -> None:
    seen = set[str]()
    for file in sorted(hostile.lists.glob("*.md")):
        page = HtmlPage(file.name, markdown(file.read_text("utf-8"), extensions=["tables", "attr_list", "fenced_code"]))
        assert list(written.wrongly_shown(page.tree.text)) == [], file.name
        assert {each.tag for each in page.tree.all()} <= {"h1", "h2", "ul", "li", "p", "strong", "br"}
        seen |= written.marks(page.tree.text)
    assert seen


def _in_attributes(page: HtmlPage) -> Iterator[str]:
    for element in page.tree.walk():
        for name in _WRITTEN_BY_PEOPLE:
            yield flat(element.attributes.get(name, ""))


def _elements(page: HtmlPage) -> Counter[tuple[str, ...]]:
    """The elements of a page with the names of their attributes; of a picture, but not its lines of text."""
    return Counter(
        (each.tag, *sorted(each.attributes), *sorted(each.classes))
        for each in page.tree.walk()
        if each.tag not in _BREAKS_A_WORD and "pt-dato" not in each.classes
    )


def _raw(element: Element) -> Iterable[str]:
    return (child for child in element.children if isinstance(child, str))
