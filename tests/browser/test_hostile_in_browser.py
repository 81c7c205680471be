"""Hostile texts where it counts: in a browser nothing runs, and the reader sees them as written."""

from reader import KINDS, PHONE, Open, search

from built_site import BuiltSite, flat
from hostile import Written

_STRANGERS = "img:not([src$='logo.svg']), iframe:not([src*='search']), object, embed, [onerror], [onclick], [onload]"


_SAID = """() => {
  const page = document.body.cloneNode(true);
  page.querySelectorAll("svg, script").forEach(each => each.remove());
  return page.textContent;
}"""


def test_every_page_shows_what_was_written_and_nothing_runs(
    window: Open, hostile_web: str, hostile_site: tuple[BuiltSite, Written]
) -> None:
    """A browser mends what it reads; after that the texts must still be the ones that were written."""
    written = hostile_site[1]
    page = window(hostile_web, width=PHONE).page()
    for path in KINDS.values():
        page.goto(hostile_web + path)
        assert page.locator(_STRANGERS).count() == 0, path
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, path
        if not path.startswith("fuente/"):  # shows the file, with the signs that YAML needs
            assert list(written.wrongly_shown(flat(page.evaluate(_SAID)))) == [], path
            assert list(written.wrongly_shown(flat(page.title()))) == [], path


def test_the_search_shows_what_was_written(
    window: Open, hostile_web: str, hostile_site: tuple[BuiltSite, Written]
) -> None:
    built, written = hostile_site
    page = window(hostile_web).page()
    page.goto(hostile_web)
    for service in built.manual.services():
        name = flat(service["nombre"])
        (mark,) = written.marks(name)
        assert name in [flat(title) for title in search(page, mark)]
        assert page.locator(".md-search-result").locator(_STRANGERS).count() == 0


def test_what_is_searched_for_is_only_words(window: Open, web: str) -> None:
    page = window(web).page()
    page.goto(web)
    for words in ("<img src=x onerror=alert(1)>", "a:b^c~d+e*", "***", "(", "[a-", "__proto__", "constructor"):
        search(page, words)
        assert page.locator(_STRANGERS).count() == 0
    assert search(page, "08:00")
    for words in ("<img src=x onerror=alert(1)>", '"><script>alert(1)</script>'):
        page.goto(f"{web}{KINDS['service']}?h={words}")
        assert page.locator(_STRANGERS).count() == 0


def test_a_list_of_hostile_points_keeps_its_answers(window: Open, hostile_web: str) -> None:
    page = window(hostile_web).page()
    page.goto(hostile_web + KINDS["checklist"])
    page.locator(".pt-punto input[value=si]").first.check(force=True)
    page.locator(".pt-punto__nota input").first.fill('"><img src=x onerror=alert(1)>')
    page.reload()
    assert page.locator(".pt-punto input:checked").count() == 1
    assert page.locator(".pt-punto__nota input").first.input_value() == '"><img src=x onerror=alert(1)>'
