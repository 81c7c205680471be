"""Hostile texts where it counts: in a browser nothing runs, and the reader sees them as written."""

from collections.abc import Callable
from typing import Any

from built_site import BuiltSite, flat
from conftest import KINDS, PHONE, Watched
from hostile import Written

Open = Callable[..., Watched]
_STRANGERS = "img:not([src$='logo.svg']), iframe:not([src*='search']), object, embed, [onerror], [onclick], [onload]"


def _texts_of_results(page: Any) -> list[str]:
    page.wait_for_selector(".md-search-result__item")
    return [flat(text) for text in page.locator(".md-search-result__item").all_inner_texts()]


def test_nothing_runs_on_any_kind_of_page(window: Open, hostile_web: str) -> None:
    page = window(hostile_web).page()
    for path in KINDS.values():
        page.goto(hostile_web + path)
        assert page.locator(_STRANGERS).count() == 0, path


def test_the_browser_shows_what_was_written(
    window: Open, hostile_web: str, hostile_site: tuple[BuiltSite, Written]
) -> None:
    """A browser mends what it reads; after that the texts must still be the ones that were written."""
    written = hostile_site[1]
    page = window(hostile_web).page()
    for path in KINDS.values():
        page.goto(hostile_web + path)
        said = flat(page.evaluate("document.body.textContent"))
        assert list(written.wrongly_shown(said)) == [], path
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
        page.locator("[data-md-component=search-query]").fill("")
        page.locator("[data-md-component=search-query]").fill(mark)
        found = _texts_of_results(page)
        assert any(name in text for text in found), (name, found)
        assert page.locator(".md-search-result").locator(_STRANGERS).count() == 0


def test_what_is_searched_for_is_only_words(window: Open, hostile_web: str) -> None:
    page = window(hostile_web).page()
    page.goto(hostile_web)
    for words in ("<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "a:b^c~d+e*", "***", "(", "[a-"):
        page.locator("[data-md-component=search-query]").fill(words)
        page.wait_for_function("document.querySelector('.md-search-result__meta').textContent.trim() !== ''")
        page.goto(f"{hostile_web}{KINDS['service']}?h={words}")
        assert page.locator(_STRANGERS).count() == 0
        page.goto(hostile_web)


def test_a_list_of_hostile_points_keeps_its_answers(window: Open, hostile_web: str) -> None:
    page = window(hostile_web).page()
    page.goto(hostile_web + KINDS["checklist"])
    page.locator(".pt-punto input[value=si]").first.check(force=True)
    page.locator(".pt-punto__nota input").first.fill('"><img src=x onerror=alert(1)>')
    page.reload()
    assert page.locator(".pt-punto input:checked").count() == 1
    assert page.locator(".pt-punto__nota input").first.input_value() == '"><img src=x onerror=alert(1)>'


def test_long_texts_do_not_widen_a_phone(window: Open, hostile_web: str) -> None:
    page = window(hostile_web, width=PHONE).page()
    wide = {}
    for kind, path in KINDS.items():
        page.goto(hostile_web + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE:
            wide[kind] = width
    assert wide == {}
