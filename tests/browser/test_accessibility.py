"""No violation of WCAG 2.2 A or AA that axe can find, on any kind of page, in both colour schemes."""

from importlib.resources import files
from typing import Any

import pytest
from reader import DESKTOP, KINDS, PHONE, Open, search

from helpers import TODAY

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = """async runOnly => {
  const { violations } = await axe.run({ runOnly, resultTypes: ["violations"] });
  return violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.target.join(" ") + ": " + n.failureSummary));
}"""
_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose answer depends on the colour scheme; the others see the same page in both."""

_SCREENS = pytest.mark.parametrize("width", [DESKTOP, PHONE], ids=["desk", "phone"])


@pytest.fixture(scope="session")
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def _violations(page: Any, axe: str) -> list[str]:
    """What axe finds by light and, of the colours, by night."""
    page.evaluate(axe)
    by_light = _found(page, {"type": "tag", "values": _TAGS})
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("!document.body.dataset.mdColorScheme || document.body.dataset.mdColorScheme === 'slate'")
    _settle(page)
    by_night = _found(page, {"type": "rule", "values": _COLOURS})
    page.emulate_media(color_scheme="light")
    return [*by_light, *(f"by night: {each}" for each in by_night)]


def _found(page: Any, rules: dict[str, object]) -> list[str]:
    return list(page.evaluate(_RUN, rules))


def _settle(page: Any) -> None:
    """Wait until nothing moves or changes colour."""
    page.wait_for_function("document.getAnimations().every(each => each.playState !== 'running')")


@_SCREENS
def test_every_kind_of_page(window: Open, web: str, axe: str, width: int) -> None:
    page = window(web, width=width, reduced_motion="reduce").page()
    found = {}
    for kind, path in KINDS.items():
        page.goto(web + path)
        if violations := _violations(page, axe):
            found[kind] = violations
    assert found == {}


@_SCREENS
def test_an_old_version_with_its_notice(window: Open, versions_web: str, axe: str, width: int) -> None:
    page = window(versions_web, width=width, reduced_motion="reduce").page()
    page.clock.set_fixed_time(f"{TODAY}T12:00:00-06:00")
    found = {}
    for path in ("1.0.0/servicios/traslado.html", "1.0.0/versiones.html", "index.html"):
        page.goto(versions_web + path)
        page.wait_for_load_state("networkidle")
        if violations := _violations(page, axe):
            found[path] = violations
    assert found == {}


@_SCREENS
def test_what_is_new_in_each_version(window: Open, versions_web: str, axe: str, width: int) -> None:
    page = window(versions_web, width=width, reduced_motion="reduce").page()
    found = {}
    for path in ("index.html", "1.1.0.html", "2.0.0.html", "rol/asesor_atencion.html"):
        page.goto(f"{versions_web}vigente/novedades/{path}")
        page.wait_for_load_state("networkidle")
        if violations := _violations(page, axe):
            found[path] = violations
    assert found == {}


@_SCREENS
def test_with_the_search_open(window: Open, web: str, axe: str, width: int) -> None:
    page = window(web, width=width, reduced_motion="reduce").page()
    page.goto(web)
    page.get_by_role("button", name="Buscar en el manual").click()
    assert search(page, "instalacion")
    _settle(page)
    assert _violations(page, axe) == []


def test_with_the_menu_of_a_phone_open(window: Open, web: str, axe: str) -> None:
    page = window(web, width=PHONE, reduced_motion="reduce").page()
    page.goto(web + KINDS["section from its schema"])
    page.get_by_role("button", name="Menú").click()
    page.wait_for_function("!!document.activeElement.closest('#pt-navegacion')")
    _settle(page)
    assert _violations(page, axe) == []


def test_a_checklist_half_answered(window: Open, web: str, axe: str) -> None:
    page = window(web, reduced_motion="reduce").page()
    page.goto(web + KINDS["checklist"])
    for number, answer in enumerate(("si", "no", "na")):
        page.locator(".pt-punto").nth(number).locator(f"input[value={answer}]").check(force=True)
    page.evaluate("document.querySelectorAll('article details').forEach(each => { each.open = true; })")
    assert _violations(page, axe) == []


def test_details_that_are_open_and_reviews_that_are_overdue(window: Open, web: str, axe: str) -> None:
    page = window(web, reduced_motion="reduce").page()
    page.clock.set_fixed_time("2031-01-01T12:00:00")
    page.goto(web + KINDS["service"])
    page.evaluate("document.querySelectorAll('article details').forEach(each => { each.open = true; })")
    assert page.locator(".pt-vencida").count() > 0
    assert _violations(page, axe) == []
