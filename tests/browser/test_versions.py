"""Several versions side by side: an old page says that it is old, and leads to what is in force."""

import json
import shutil
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from reader import DESKTOP, PHONE, Open, Watched

from helpers import TODAY

_SAME, _START = "Ver esta página en la versión que rige", "Ir al inicio de la versión que rige"


def _on(watched: Watched, day: str = TODAY.isoformat()) -> Any:
    """A page of a window whose calendar stands still at a day."""
    page = watched.page()
    page.clock.set_fixed_time(f"{day}T12:00:00-06:00")
    return page


def _notice(page: Any) -> Any:
    return page.locator(".pt-edicion")


def _text(page: Any) -> Any:
    """What a page is about."""
    return page.locator("article.md-content__inner")


def test_from_an_old_page_to_what_is_new_for_me(window: Open, versions_web: str) -> None:
    """The walk of an employee who kept an old address: notice, page in force, what changed for their role."""
    page = _on(window(versions_web))
    page.goto(versions_web + "1.0.0/roles/asesor_atencion.html")
    assert _text(page).get_by_text("Q50").first.is_visible()
    _notice(page).get_by_text(
        "La versión 1.0.0 ya no rige. Desde el 1 de octubre de 2026 rige la versión 2.0.0."
    ).wait_for()
    page.get_by_role("link", name=_SAME).click()
    page.wait_for_url(versions_web + "vigente/roles/asesor_atencion.html")
    assert _text(page).get_by_text("Q75").first.is_visible()
    assert _notice(page).inner_text() == ""
    _text(page).locator("a[href*='novedades/rol/asesor_atencion']").first.click()
    page.wait_for_url(versions_web + "vigente/novedades/rol/asesor_atencion.html")
    assert "2.0.0" in _text(page).inner_text()


def test_a_page_that_is_gone_leads_to_the_front_page(window: Open, versions_web: str, demo: Path) -> None:
    shutil.copy(demo / "1.0.0" / "control.html", demo / "1.0.0" / "retirada.html")
    watched = window(versions_web)
    page = _on(watched)
    page.goto(versions_web + "1.0.0/retirada.html")
    page.get_by_role("link", name=_START).click()
    page.wait_for_url(versions_web + "vigente/index.html")
    missing = [trouble for trouble in watched.trouble if "404" in trouble]
    assert len(missing) <= 2  # the question whether it is there, and the browser's own note
    watched.trouble[:] = [trouble for trouble in watched.trouble if trouble not in missing]


def test_a_version_that_begins_later_says_which_one_is_in_force(window: Open, versions_web: str) -> None:
    """A manual is published before its first day, so that people can read it."""
    page = _on(window(versions_web), "2026-09-20")
    page.goto(versions_web + "vigente/servicios/traslado.html")
    _notice(page).get_by_text("La versión 2.0.0 todavía no rige: empieza el 1 de octubre de 2026.").wait_for()
    page.get_by_role("link", name=_SAME).click()
    page.wait_for_url(versions_web + "1.1.0/servicios/traslado.html")
    page.wait_for_load_state("networkidle")
    assert _notice(page).inner_text() == ""


def test_versions_published_long_ago_obey_the_newest_list(window: Open, versions_web: str, demo: Path) -> None:
    """Nothing in their pages says what came after; the list at the root does."""
    listed = json.loads((demo / "versions.json").read_text("utf-8"))
    listed[0]["aliases"] = []
    new = {"version": "2.1.0", "title": "2.1.0", "aliases": ["vigente"], "properties": {"vigente_desde": "2026-11-02"}}
    page = _on(window(versions_web))
    page.route("**/versions.json", lambda route: route.fulfill(status=HTTPStatus.OK, json=[new, *listed]))
    page.goto(versions_web + "2.0.0/versiones.html")
    _notice(page).get_by_text("Desde el 2 de noviembre de 2026 rige la versión 2.1.0.").wait_for()
    rows = page.locator("[data-ediciones] tbody tr").all_inner_texts()
    assert [row.split("\t")[0].strip() for row in rows] == ["2.1.0", "2.0.0", "1.1.0", "1.0.0"]
    assert "1 de noviembre de 2026" in rows[1]


def test_a_list_that_cannot_be_read_leaves_the_page_as_it_is(window: Open, versions_web: str) -> None:
    page = _on(window(versions_web))
    odd = '[{"version": "<b>", "aliases": []}, {"version": "9.9.9", "aliases": ["vigente"], "properties": null}]'
    page.route(
        "**/versions.json", lambda route: route.fulfill(status=HTTPStatus.OK, body=odd, content_type="application/json")
    )
    page.goto(versions_web + "1.0.0/control.html")
    page.wait_for_load_state("networkidle")
    assert _notice(page).inner_text() == ""


def test_from_a_folder_it_keeps_quiet(window: Open, demo: Path) -> None:
    """There is no list to ask; the page still says which version it is, and nothing fails."""
    page = _on(window(demo.as_uri() + "/"))
    page.goto((demo / "1.0.0" / "servicios" / "traslado.html").as_uri())
    page.wait_for_load_state("networkidle")
    assert _notice(page).inner_text() == ""
    assert "Versión 1.0.0" in page.locator("footer").inner_text()
    page.goto((demo / "index.html").as_uri())
    page.get_by_role("link", name="1.1.0").click()
    page.wait_for_url("**/1.1.0/index.html")


def test_the_selector_says_its_version_and_leads_to_another(window: Open, versions_web: str) -> None:
    page = _on(window(versions_web))
    page.goto(versions_web + "1.0.0/index.html")
    button = page.get_by_role("button", name="1.0.0: elegir versión")
    button.wait_for()
    button.focus()
    page.get_by_role("link", name="1.1.0").click()
    page.wait_for_url(lambda url: "/1.1.0/" in url)


@pytest.mark.parametrize("where", ["versions_web", "demo"])
def test_the_page_of_the_versions_tells_which_was_in_force(
    window: Open, where: str, request: pytest.FixtureRequest
) -> None:
    """With a server and from a folder."""
    place = request.getfixturevalue(where)
    address = place if isinstance(place, str) else place.as_uri() + "/"
    page = _on(window(address))
    page.goto(address + "2.0.0/versiones.html")
    day, said = page.get_by_label("¿Cuál regía el día…?"), page.locator(".pt-fecha output")
    for asked, told in (
        ("2026-05-03", "El 3 de mayo de 2026 regía la versión 1.0.0."),
        ("2026-05-04", "El 4 de mayo de 2026 regía la versión 1.1.0."),
        (TODAY.isoformat(), "El 21 de noviembre de 2026 rige la versión 2.0.0."),
        ("2027-01-01", "El 1 de enero de 2027 regirá, si no se publica otra, la versión 2.0.0."),
        ("2025-06-01", "El 1 de junio de 2025 todavía no había un manual en vigor."),
    ):
        day.fill(asked)
        assert said.inner_text() == told
    day.fill("2026-06-15")
    assert page.locator("tr.pt-elegida").get_attribute("data-version") == "1.1.0"


def test_without_scripts_the_versions_are_a_table(window: Open, versions_web: str) -> None:
    page = window(versions_web, java_script_enabled=False).page()
    page.goto(versions_web + "2.0.0/versiones.html")
    assert "30 de septiembre de 2026" in page.locator("[data-ediciones]").inner_text()
    assert page.locator(".pt-fecha").is_hidden()


@pytest.mark.parametrize("width", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_notice_moves_nothing_and_hides_nothing(window: Open, versions_web: str, width: int) -> None:
    page = _on(window(versions_web, width=width))
    page.goto(versions_web + "1.0.0/servicios/traslado.html")
    page.get_by_role("link", name=_SAME).wait_for()
    top = "document.querySelector('h1').getBoundingClientRect().top"
    with_notice = page.evaluate(top)
    page.evaluate("document.querySelector('.pt-edicion').hidden = true")
    assert page.evaluate(top) == with_notice
    page.evaluate("document.querySelector('.pt-edicion').hidden = false")
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    foot, notice = page.locator("footer p").last.bounding_box(), _notice(page).bounding_box()
    assert foot["y"] + foot["height"] <= notice["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_the_notice_stands_on_top(window: Open, versions_web: str) -> None:
    """A sheet of an old version that somebody prints must say that it is old."""
    page = _on(window(versions_web))
    page.goto(versions_web + "1.0.0/listas/lista_servicio_traslado.html")
    page.get_by_role("link", name=_SAME).wait_for()
    page.emulate_media(media="print")
    assert "ya no rige" in _notice(page).inner_text()
    assert _notice(page).bounding_box()["y"] < page.locator("h1").bounding_box()["y"]
    assert page.get_by_role("link", name=_SAME).is_hidden()
