"""The site as a reader meets it: on a desk and on a phone, by light and by night, with the search."""

import pytest
from reader import DESKTOP, KINDS, PHONE, Open, search


@pytest.mark.parametrize("where", ["web", "folder"])
@pytest.mark.parametrize("start", ["index.html", "guia/campos/oferta.html"], ids=["front", "below"])
def test_the_search_minds_no_accents(window: Open, where: str, start: str, request: pytest.FixtureRequest) -> None:
    """Whoever writes in a hurry finds the same, on a server and from a folder."""
    address = request.getfixturevalue(where)
    page = window(address).page()
    page.goto(address + start)
    found = search(page, "atencion")
    assert any("atención" in title for title in found)
    for words in ("atención", "Atención", "ATENCION"):
        assert search(page, words) == found, words


def test_the_search_finds_a_service_by_what_people_call_it(window: Open, web: str) -> None:
    page = window(web).page()
    page.goto(web)
    assert "Instalación de internet por fibra" in search(page, "poner internet")
    assert search(page, "zzzzzz") == []
    assert page.locator(".md-search-result__meta").inner_text() == "No se encontró nada"


def test_a_result_leads_to_the_words_marked(window: Open, web: str) -> None:
    page = window(web).page()
    page.goto(web)
    search(page, "instalacion")
    page.locator(".md-search-result__item a").first.click()
    page.wait_for_url(lambda url: "index.html" not in url)
    marked = [text.lower() for text in page.locator("article mark").all_inner_texts()]
    assert marked
    assert {text for text in marked if not text.startswith("instalaci")} == set()


def test_the_button_of_the_front_page_opens_the_search(window: Open, web: str) -> None:
    page = window(web).page()
    page.goto(web)
    page.get_by_role("button", name="Buscar en el manual").click()
    page.keyboard.type("queja")
    page.wait_for_selector(".md-search-result__item")


def test_every_page_fits_a_phone(window: Open, web: str) -> None:
    """Nothing is wider than the screen, and what scrolls inside it can be reached with the keyboard."""
    page = window(web, width=PHONE).page()
    wide, unreachable = {}, {}
    for kind, path in KINDS.items():
        page.goto(web + path)
        if page.evaluate("document.documentElement.scrollWidth") > PHONE:
            wide[kind] = page.evaluate(_WIDEST)
        if stuck := page.evaluate(_SCROLLS_WITHOUT_KEYBOARD):
            unreachable[kind] = stuck
    assert (wide, unreachable) == ({}, {})


_WIDEST = """() => [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.getClientRects().length)
  .map(e => e.tagName + "." + e.className).slice(-4)"""


_SCROLLS_WITHOUT_KEYBOARD = """() => [...document.querySelectorAll("article *, main *")]
  .filter(e => /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1)
  .filter(e => e.tabIndex < 0)
  .map(e => e.tagName + "." + e.className)"""


def test_a_wide_table_moves_with_the_arrows(window: Open, web: str) -> None:
    page = window(web, width=PHONE).page()
    page.goto(web + "control.html")
    page.locator(".pt-tabla").first.focus()
    assert page.evaluate("document.activeElement.matches('.pt-tabla')")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_the_first_tab_skips_to_the_content(window: Open, web: str) -> None:
    for kind in ("front page", "service", "checklist"):
        page = window(web).page()
        page.goto(web + KINDS[kind])
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent.trim()") == "Saltar a contenido"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('article')"), kind


def test_everything_the_keyboard_reaches_shows_that_it_is_reached(window: Open, web: str) -> None:
    page = window(web).page()
    page.goto(web + KINDS["service"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; }"
        )
        assert shown, page.evaluate("document.activeElement.outerHTML")


def test_the_menu_of_a_phone_works_with_the_keyboard(window: Open, web: str) -> None:
    page = window(web, width=PHONE).page()
    page.goto(web + KINDS["section from its schema"])
    button = page.get_by_role("button", name="Menú")
    assert button.get_attribute("aria-expanded") == "false"
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("!!document.activeElement.closest('#pt-navegacion')")
    assert page.locator("[data-abrir-menu]").get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.hasAttribute('data-abrir-menu')")
    assert page.locator("[data-abrir-menu]").get_attribute("aria-expanded") == "false"


def test_bare_letters_do_nothing(window: Open, web: str) -> None:
    """Whoever dictates, or answers «s», must not be taken elsewhere."""
    page = window(web).page()
    page.goto(web + KINDS["service"])
    for key in ("s", "f", "n", "p", "/"):
        page.keyboard.press(key)
    assert page.url == web + KINDS["service"]
    assert not page.locator("#__search").is_checked()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_colours_follow_the_device_until_the_reader_chooses(window: Open, web: str, dark: bool) -> None:  # noqa: FBT001
    page = window(web, dark=dark).page()
    page.goto(web)
    wanted = ["default", "slate"]
    assert page.locator("body").get_attribute("data-md-color-scheme") == wanted[dark]
    for _ in range(3):
        page.locator("form[data-md-component=palette] label:visible").click()
        if page.locator("body").get_attribute("data-md-color-scheme") != wanted[dark]:
            break
    chosen = page.locator("body").get_attribute("data-md-color-scheme")
    assert chosen != wanted[dark]
    page.reload()
    assert page.locator("body").get_attribute("data-md-color-scheme") == chosen


def test_an_overdue_review_says_so(window: Open, web: str) -> None:
    """On the reader's own day, long after the page was built."""
    page = window(web).page()
    page.clock.set_fixed_time("2026-11-21T12:00:00")
    page.goto(web + KINDS["service"])
    assert page.locator(".pt-vencida").count() == 0
    page.clock.set_fixed_time("2031-01-01T12:00:00")
    page.goto(web + KINDS["service"])
    assert page.locator(".pt-meta .pt-vencida").inner_text().endswith("(vencida)")


def test_a_page_that_is_not_there_leads_back(window: Open, web: str) -> None:
    page = window(web).page()
    page.goto(web + "404.html")
    page.get_by_role("link", name="Ir al inicio").click()
    page.wait_for_selector(".pt-portada")


def test_every_page_opens_from_a_folder(window: Open, folder: str) -> None:
    """Nothing is asked of another machine and no script stumbles, with no server at all."""
    page = window(folder).page()
    for path in KINDS.values():
        if path != "404.html":  # only a server shows it
            page.goto(folder + path)


def test_the_site_reads_without_scripts(window: Open, web: str) -> None:
    page = window(web, width=DESKTOP, java_script_enabled=False).page()
    page.goto(web + KINDS["checklist"])
    assert page.locator(".pt-punto").first.is_visible()
    assert page.locator("a.pt-partes__enlace").first.is_visible()


def test_what_a_phone_folds_a_wide_screen_shows_and_groups_keep_their_names(window: Open, web: str) -> None:
    wide, phone = window(web).page(), window(web, width=PHONE).page()
    for page, is_folded in ((wide, False), (phone, True)):
        page.goto(web + KINDS["indicators"])
        assert page.locator(".pt-doblez > summary").first.is_visible() is is_folded
        assert page.locator(".pt-doblez dl").first.is_visible() is not is_folded
    wide.goto(web + KINDS["role"])
    assert wide.locator(".pt-plegable > summary").first.is_visible()
