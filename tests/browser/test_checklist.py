"""A checklist in the hands of whoever fills it in: on the screen, again tomorrow, and on paper."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from reader import KINDS, PHONE, Open

from built_site import BuiltSite
from pauta.checklists import all_checklists
from requirements import require

LIST = KINDS["checklist"]
_NO_STORAGE = """
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
"""


def _point(page: Any, number: int) -> Any:
    return page.locator(".pt-punto").nth(number)


def _answer(page: Any, number: int, answer: str) -> None:
    _point(page, number).locator(f"input[value={answer}]").check(force=True)


def _progress(page: Any) -> str:
    return str(page.locator(".pt-lista__avance").inner_text())


def _answers(page: Any) -> list[str]:
    return list(page.evaluate("[...document.querySelectorAll('.pt-punto input:checked')].map(e => e.value)"))


@pytest.mark.parametrize("where", ["web", "folder"])
def test_answers_are_there_when_one_comes_back(window: Open, where: str, request: pytest.FixtureRequest) -> None:
    address = request.getfixturevalue(where)
    page = window(address).page()
    page.goto(address + LIST)
    total = page.locator(".pt-punto").count()
    assert _progress(page) == f"0 de {total} puntos respondidos"
    _answer(page, 0, "si")
    _answer(page, 1, "no")
    _answer(page, 2, "na")
    _answer(page, 1, "si")
    page.locator("input[name=lugar]").fill("Casa de la 4.ª calle «azul»")
    page.locator("input[name=fecha]").fill("2026-11-21")
    _point(page, 1).locator(".pt-punto__nota input").fill('Falta la firma; "urgente" <b>')
    assert _progress(page) == f"3 de {total} puntos respondidos"
    page.reload()
    assert _progress(page) == f"3 de {total} puntos respondidos"
    assert _answers(page) == ["si", "si", "na"]
    assert page.locator("input[name=lugar]").input_value() == "Casa de la 4.ª calle «azul»"
    assert page.locator("input[name=fecha]").input_value() == "2026-11-21"
    assert _point(page, 1).locator(".pt-punto__nota input").input_value() == 'Falta la firma; "urgente" <b>'


def test_lists_do_not_mix(window: Open, web: str) -> None:
    page = window(web).page()
    page.goto(web + LIST)
    _answer(page, 0, "si")
    page.goto(web + "listas/lista_quejas.html")
    assert _answers(page) == []
    page.goto(web + LIST)
    assert _answers(page) == ["si"]


def test_answers_to_an_older_version_are_not_taken_for_this_one(window: Open, web: str, site: BuiltSite) -> None:
    """A point may ask something else today."""
    page = window(web).page()
    page.goto(web + LIST)
    _answer(page, 0, "si")
    version = site.manual.parts["manual"].data["version"]
    keys = page.evaluate("Object.keys(localStorage)")
    assert [key for key in keys if key.startswith("pauta:")] == [f"pauta:lista_servicio_instalacion:{version}"]


def test_starting_again_asks_first(window: Open, web: str) -> None:
    watched = window(web)
    page = watched.page()
    page.goto(web + LIST)
    _answer(page, 0, "si")
    page.locator("input[name=lugar]").fill("Sucursal")
    page.get_by_role("button", name="Empezar de nuevo").click()
    assert _answers(page) == ["si"]
    watched.agrees = True
    page.get_by_role("button", name="Empezar de nuevo").click()
    assert _answers(page) == []
    assert page.locator("input[name=lugar]").input_value() == ""
    assert _progress(page).startswith("0 de ")
    page.reload()
    assert _answers(page) == []


def test_it_works_where_the_browser_keeps_nothing(window: Open, web: str) -> None:
    page = window(web).page()
    page.add_init_script(_NO_STORAGE)
    page.goto(web + LIST)
    assert "no permite guardar" in page.locator(".pt-lista__guardado").inner_text()
    _answer(page, 0, "si")
    assert _progress(page).startswith("1 de ")


def test_a_record_that_makes_no_sense_does_no_harm(window: Open, web: str, site: BuiltSite) -> None:
    version = site.manual.parts["manual"].data["version"]
    page = window(web).page()
    page.goto(web + LIST)
    for record in ("{", "null", '"x"', '{"__proto__": 1, "lugar": {"a": 1}}'):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [f"pauta:lista_servicio_instalacion:{version}", record])  # fmt: skip
        page.reload()
        assert _progress(page).startswith("0 de ")
        _answer(page, 0, "si")
        assert _progress(page).startswith("1 de ")


def test_it_can_be_answered_with_the_keyboard_alone(window: Open, web: str) -> None:
    page = window(web).page()
    page.goto(web + LIST)
    _point(page, 0).locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    assert _answers(page) == ["si"]
    page.keyboard.press("ArrowRight")
    assert _answers(page) == ["no"]
    page.keyboard.press("Tab")
    page.keyboard.type("Sin escalera, se pidió")
    assert _point(page, 0).locator(".pt-punto__nota input").input_value() == "Sin escalera, se pidió"
    while not page.evaluate("document.activeElement.type === 'radio' && document.activeElement.name"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert len(_answers(page)) == 2


def test_the_three_answers_can_be_touched_on_a_phone(window: Open, web: str) -> None:
    page = window(web, width=PHONE, has_touch=True).page()
    page.goto(web + LIST)
    for answer in ("Sí", "No", "N.A."):
        label = _point(page, 0).locator("fieldset label", has_text=re.compile(rf"^\s*{re.escape(answer)}\s*$"))
        box = label.bounding_box()
        assert box["width"] >= 24
        assert box["height"] >= 24
        label.tap()
        assert len(_answers(page)) == 1


def test_every_point_says_where_it_comes_from(window: Open, web: str) -> None:
    page = window(web).page()
    page.goto(web + LIST)
    link = _point(page, 0).locator("a.pt-punto__origen")
    link.click()
    page.wait_for_url(lambda url: "/listas/" not in url)
    assert page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null")


# --- on paper ------------------------------------------------------------------------------------


def _on_paper(page: Any, folder: Path) -> str:
    require(shutil.which("pdftotext"), "there is no pdftotext here")
    page.pdf(path=str(folder / "hoja.pdf"), prefer_css_page_size=True)
    told = subprocess.run(
        ["pdftotext", "-layout", str(folder / "hoja.pdf"), "-"], capture_output=True, text=True, check=True
    )
    return " ".join(told.stdout.split())


def test_it_prints_as_a_form(window: Open, web: str, site: BuiltSite, tmp_path: Path) -> None:
    page = window(web).page()
    page.goto(web + LIST)
    paper = _on_paper(page, tmp_path)
    checklist = next(each for each in all_checklists(site.manual) if each.id == "lista_servicio_instalacion")
    asked = ["Sí", "No", "N.A.", checklist.code, checklist.version, "Vigente desde", "1 de octubre de 2026", "Firma", "Fecha"]  # fmt: skip
    asked += ["Quién la llena", "Instalación de internet por fibra", "Enlace Volcán"]
    assert [each for each in asked if each not in paper] == []
    assert paper.count("N.A.") >= checklist.length
    for _, _, item in checklist.numbered:
        assert " ".join(item.text.split())[:40] in paper
    for screen_only in (
        "Empezar de nuevo",
        "Imprimir",
        "Buscar en el manual",
        "Saltar a contenido",
        "puntos respondidos",
    ):
        assert screen_only not in paper


def test_what_was_answered_prints_too(window: Open, web: str, tmp_path: Path) -> None:
    page = window(web).page()
    page.goto(web + LIST)
    _answer(page, 0, "no")
    page.locator("input[name=lugar]").fill("Sucursal del parque")
    _point(page, 0).locator(".pt-punto__nota input").fill("Se pidió el material")
    paper = _on_paper(page, tmp_path)
    assert "Sucursal del parque" in paper
    assert "Se pidió el material" in paper


@pytest.mark.parametrize("kind", ["service", "role", "complaints", "control"])
def test_a_page_prints_without_what_only_a_screen_needs(window: Open, web: str, kind: str, tmp_path: Path) -> None:
    page = window(web, dark=True).page()
    page.goto(web + KINDS[kind])
    paper = _on_paper(page, tmp_path)
    for screen_only in ("Buscar en el manual", "Saltar a contenido", "En esta página", "Puestos Listas Secciones"):
        assert screen_only not in paper
    assert "Enlace Volcán" in paper
    assert "2.0.0" in paper
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('article')).color") in {"rgb(0, 0, 0)", "rgba(0, 0, 0, 0.87)"} or _is_dark_ink(page)  # fmt: skip
    assert not page.locator(".md-header").is_visible()


def _is_dark_ink(page: Any) -> bool:
    """Letters darker than the paper, even when the reader's screen is dark."""
    colour = page.evaluate("getComputedStyle(document.querySelector('article')).color")
    return all(int(part) < 96 for part in re.findall(r"\d+", colour)[:3])
