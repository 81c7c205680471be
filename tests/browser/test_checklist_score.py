"""The lists with marks, words and a score, in the hands of whoever fills them in."""

import random
import shutil
import subprocess
from collections.abc import Iterable
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

import pytest
from reader import PHONE, Open

from built_site import BuiltSite
from pauta.bundled import site_folder
from pauta.checklists import Answer, Checklist, Item, Score, Scoring, all_checklists, score
from requirements import require
from scores import CASES, Case

SHOPPER = "listas/lista_comprador_misterioso.html"
CARD = "listas/lista_libreta.html"
CALL = "listas/lista_llamada_prueba.html"
_SCRIPT = site_folder() / "contenido/js/listas.js"


def _total(page: Any) -> str:
    return str(page.locator(".pt-calificacion__total").text_content())


def _point(page: Any, id_: str) -> Any:
    return page.locator(f"[data-punto='{id_}']")


def _answer(page: Any, id_: str, answer: str) -> None:
    _point(page, id_).locator(f"input[value='{answer}']").check(force=True)


def _list(site: BuiltSite, address: str) -> Checklist:
    name = Path(address).stem
    return next(each for each in all_checklists(site.manual) if each.id == name)


def _in_words(found: Score) -> str:
    """How the page begins to tell a score."""
    if found.percent is None:
        return "Sin calificación"
    percent, earned, possible = (f"{number.normalize():f}" for number in (found.percent, found.earned, found.possible))
    return f"Calificación: {percent} % ({earned} de {possible} puntos posibles)."


def _field(item: Item, answer: str | None) -> str:
    if item.answer is Answer.TEXT:
        return f"<textarea name='{item.id}'>{escape(answer or '')}</textarea>"
    grades = item.answer.grades
    scale = f" data-escala='{grades[0]} {grades[-1]}'" if grades else ""
    choices = [*map(str, grades), "na"] if grades else ["si", "no", "na"]
    radios = "".join(
        f"<input type=radio name='{item.id}' value='{each}'{' checked' if each == answer else ''}>" for each in choices
    )
    return f"<fieldset{scale}>{radios}</fieldset>"


def _form(items: Iterable[Item], scoring: Scoring, case: Case) -> str:
    limits = "" if scoring.minimum is None else f" data-minimo='{scoring.minimum}'"
    limits += "" if scoring.cap is None else f" data-tope='{scoring.cap}'"
    if scoring.alert is not None:
        limits += f" data-alerta='{scoring.alert.value}'" + (
            " data-alerta-de-cien" if scoring.alert.unit == "%" else ""
        )
    points = "".join(
        f"<li data-punto='{item.id}' data-peso='{item.worth}'{' data-critico' if item.critical else ''}>"
        f"{_field(item, case.answers.get(item.id))}</li>"
        for item in items
    )
    result = "<section><p class='pt-calificacion__total'></p></section>"
    return f"<form data-lista=x data-version=1 data-calificada{limits}><ol>{points}</ol>{result}</form>"


@pytest.fixture(scope="module")
def blank(chromium: Any) -> Any:
    page = chromium.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_page_reckons_as_the_program_does(blank: Any, case: Case) -> None:
    blank.set_content(_form(case.items, case.scoring, case))
    blank.add_script_tag(content=_SCRIPT.read_text("utf-8"))
    found = score(case.items, case.scoring, case.answers)
    said = _total(blank)
    assert said.startswith(_in_words(found))
    assert ("Falló un punto crítico" in said) == (found.failed_critical and found.percent is not None)
    assert ("la calificación baja" in said) == found.capped
    assert ("Llega al mínimo" in said) == (found.good is True)
    assert ("No llega al mínimo" in said) == (found.good is False)
    assert ("Hay que llamar al cliente" in said) == found.alert


@pytest.mark.parametrize("address", [SHOPPER, CARD, CALL])
@pytest.mark.parametrize("seed", range(4))
def test_a_real_list_answered_at_random_gives_the_same_score(
    window: Open, web: str, site: BuiltSite, address: str, seed: int
) -> None:
    checklist = _list(site, address)
    assert checklist.scoring is not None
    chance = random.Random(seed)  # noqa: S311 - not a secret
    page = window(web).page()
    page.goto(web + address)
    answers = {}
    for _, _, item in checklist.numbered:
        choices = [*map(str, item.answer.grades), "na"] if item.answer.grades else ["si", "no", "na"]
        answer = chance.choice([*choices, None])
        if answer is not None and item.counts:
            answers[item.id] = answer
            _answer(page, item.id, answer)
    found = score((item for _, _, item in checklist.numbered), checklist.scoring, answers)
    assert _total(page).startswith(_in_words(found))


def test_marks_and_words_are_there_when_one_comes_back(window: Open, web: str, site: BuiltSite) -> None:
    marks = [item.id for _, _, item in _list(site, CARD).numbered if item.answer.grades]
    words = [item.id for _, _, item in _list(site, CARD).numbered if item.answer is Answer.TEXT]
    page = window(web).page()
    page.goto(web + CARD)
    for id_ in marks:
        _answer(page, id_, "4")
    _point(page, words[0]).locator("textarea").fill('Esperé <mucho>,\nnadie me dijo "por qué".')
    told = _total(page)
    done = f"{len(marks) + 1} de {len(marks) + len(words)} puntos respondidos"
    assert page.locator(".pt-lista__avance").inner_text() == done
    page.reload()
    assert page.locator(".pt-lista__avance").inner_text() == done
    assert _total(page) == told
    assert told.startswith("Calificación: 75 %")
    assert _point(page, words[0]).locator("textarea").input_value() == 'Esperé <mucho>,\nnadie me dijo "por qué".'


def test_starting_again_empties_words_marks_and_score(window: Open, web: str, site: BuiltSite) -> None:
    watched = window(web)
    watched.agrees = True
    page = watched.page()
    page.goto(web + CARD)
    for _, _, item in _list(site, CARD).numbered:
        if item.counts:
            _answer(page, item.id, "2")
        else:
            _point(page, item.id).locator("textarea").fill("Nada")
    assert "Hay que llamar al cliente" in _total(page)
    page.get_by_role("button", name="Empezar de nuevo").click()
    assert _total(page).startswith("Sin calificación")
    assert page.locator("textarea").first.input_value() == ""


def test_the_score_is_beside_the_count_but_not_for_a_customer(window: Open, web: str, site: BuiltSite) -> None:
    page = window(web).page()
    page.goto(web + CALL)
    _answer(page, next(item.id for _, _, item in _list(site, CALL).numbered), "si")
    assert "Calificación: 100 %" in page.locator(".pt-lista__avance").inner_text()
    page.goto(web + CARD)
    _answer(page, next(item.id for _, _, item in _list(site, CARD).numbered), "5")
    assert "Calificación" not in page.locator(".pt-lista__avance").inner_text()


def test_a_mystery_shopper_must_explain_a_no(window: Open, web: str, site: BuiltSite) -> None:
    id_ = next(item.id for _, _, item in _list(site, SHOPPER).numbered if item.answer is Answer.YES_NO)
    page = window(web).page()
    page.goto(web + SHOPPER)
    note = _point(page, id_).locator(".pt-punto__nota input")
    _answer(page, id_, "si")
    assert "Falta explicar" not in _total(page)
    _answer(page, id_, "no")
    assert "Falta explicar 1 respuesta No." in _total(page)
    assert note.evaluate("each => each.required")
    note.fill("No me preguntaron nada")
    assert "Falta explicar" not in _total(page)
    note.fill("")
    _answer(page, id_, "na")
    assert "Falta explicar" not in _total(page)
    assert not note.evaluate("each => each.required")


def test_a_scale_is_answered_with_the_keyboard_alone(window: Open, web: str) -> None:
    page = window(web).page()
    page.goto(web + CARD)
    scale = page.locator(".pt-punto__respuesta--escala").first
    scale.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert scale.locator("input:checked").get_attribute("value") == "3"
    assert scale.locator("legend").inner_text().startswith("Nota de 1 a 5: ¿")


def test_every_mark_can_be_touched_on_a_phone(window: Open, web: str) -> None:
    page = window(web, width=PHONE, has_touch=True).page()
    page.goto(web + CARD)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    for label in page.locator(".pt-punto__respuesta--escala").first.locator("label").all():
        box, text = label.bounding_box(), label.evaluate("each => each.scrollWidth - each.clientWidth")
        assert min(box["width"], box["height"]) >= 24
        assert text <= 0, "nothing sticks out of its box"
        label.tap()
        assert label.locator("input").is_checked()


# --- on paper ------------------------------------------------------------------------------------


def _on_paper(page: Any, folder: Path) -> str:
    require(shutil.which("pdftotext"), "there is no pdftotext here")
    page.pdf(path=str(folder / "hoja.pdf"), prefer_css_page_size=True)
    told = subprocess.run(
        ["pdftotext", "-layout", str(folder / "hoja.pdf"), "-"], capture_output=True, text=True, check=True
    )
    return " ".join(told.stdout.split())


def test_a_card_prints_for_the_customer_and_nobody_else(
    window: Open, web: str, site: BuiltSite, tmp_path: Path
) -> None:
    checklist = _list(site, CARD)
    page = window(web).page()
    page.goto(web + CARD)
    paper = _on_paper(page, tmp_path)
    assert paper.count("1 2 3 4 5 N.A.") == sum(1 for _, _, item in checklist.numbered if item.answer.grades)
    assert checklist.subject in paper
    for ours in ("Calificación", "Para uso de la empresa", "Firma", "Turno", "Responde", "Evaluación: libreta"):
        assert ours not in paper


def test_a_visit_prints_with_its_weights_and_room_for_the_score(
    window: Open, web: str, site: BuiltSite, tmp_path: Path
) -> None:
    checklist = _list(site, SHOPPER)
    page = window(web).page()
    page.goto(web + SHOPPER)
    paper = _on_paper(page, tmp_path)
    assert paper.count("Vale ") == checklist.length
    assert "Puntos ganados" in paper
    assert "no pasa de 60 %" in paper
    assert "Explique este No" not in paper
    first = next(item for _, _, item in checklist.numbered)
    _answer(page, first.id, "no")
    paper = _on_paper(page, tmp_path)
    assert "Calificación: 0 %" in paper
    assert "Puntos ganados ___" not in paper
    assert Decimal(0) < first.weight
