"""No violation of WCAG 2.2 A or AA that axe can find, on any kind of page, in both colour schemes."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from conftest import DESKTOP, KINDS, PHONE, Watched
from requirements import require

Open = Callable[..., Watched]
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = """async tags => {
  const { violations } = await axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.target.join(" ") + ": " + n.failureSummary));
}"""
_SCREENS = pytest.mark.parametrize(
    ("width", "dark"),
    [(DESKTOP, False), (DESKTOP, True), (PHONE, False), (PHONE, True)],
    ids=["desk-light", "desk-dark", "phone-light", "phone-dark"],
)


@pytest.fixture(scope="session")
def axe() -> str:
    package = pytest.importorskip("axe_playwright_python")
    return (files(package) / "axe.min.js").read_text("utf-8")


def _violations(page: Any, axe: str) -> list[str]:
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(axe)
    return list(page.evaluate(_RUN, _TAGS))


@_SCREENS
def test_every_kind_of_page(window: Open, web: str, axe: str, width: int, dark: bool) -> None:  # noqa: FBT001
    page = window(web, width=width, dark=dark, reduced_motion="reduce").page()
    found = {}
    for kind, path in KINDS.items():
        page.goto(web + path)
        if violations := _violations(page, axe):
            found[kind] = violations
    require(axe, "axe")
    assert found == {}


@_SCREENS
def test_with_the_search_open(window: Open, web: str, axe: str, width: int, dark: bool) -> None:  # noqa: FBT001
    page = window(web, width=width, dark=dark, reduced_motion="reduce").page()
    page.goto(web)
    page.get_by_role("button", name="Buscar en el manual").click()
    page.locator("[data-md-component=search-query]").fill("instalacion")
    page.wait_for_selector(".md-search-result__item mark")
    page.wait_for_function("document.getAnimations().every(each => each.playState !== 'running')")
    assert _violations(page, axe) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_with_the_menu_of_a_phone_open(window: Open, web: str, axe: str, dark: bool) -> None:  # noqa: FBT001
    page = window(web, width=PHONE, dark=dark, reduced_motion="reduce").page()
    page.goto(web + KINDS["section from its schema"])
    page.get_by_role("button", name="Menú").click()
    page.wait_for_function("!!document.activeElement.closest('#pt-navegacion')")
    page.wait_for_function("document.getAnimations().every(each => each.playState !== 'running')")
    assert _violations(page, axe) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_checklist_half_answered(window: Open, web: str, axe: str, dark: bool) -> None:  # noqa: FBT001
    page = window(web, dark=dark, reduced_motion="reduce").page()
    page.goto(web + KINDS["checklist"])
    for number, answer in enumerate(("si", "no", "na")):
        page.locator(".pt-punto").nth(number).locator(f"input[value={answer}]").check(force=True)
    for details in page.locator("article details summary").all():
        details.click()
    assert _violations(page, axe) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_details_that_are_open_and_reviews_that_are_overdue(window: Open, web: str, axe: str, dark: bool) -> None:  # noqa: FBT001
    page = window(web, dark=dark, reduced_motion="reduce").page()
    page.clock.set_fixed_time("2031-01-01T12:00:00")
    page.goto(web + KINDS["service"])
    page.evaluate("document.querySelectorAll('article details').forEach(each => { each.open = true; })")
    assert page.locator(".pt-vencida").count() > 0
    assert _violations(page, axe) == []
