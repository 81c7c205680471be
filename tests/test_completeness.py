"""The state of the manual: what is there, what is missing and what to fill first, as the rules say it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import NOT_APPLICABLE, ManualCopy, reference_copy
from pauta.check.completeness import ASKING, SectionState, State, by_section, by_service, next_steps, requirements
from pauta.check.coverage import Importance
from pauta.pipeline import Checked

NEW_SERVICE = """
  - id: nuevo
    nombre: Servicio nuevo
    nombre_corto: Nuevo
    definicion: Por definir
    estado: activo
"""


@pytest.fixture
def manual(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


def as_it_is(_: ManualCopy) -> None:
    """Leave the manual whole."""


def without_sections(manual: ManualCopy) -> None:
    for section in ("indicadores", "costo", "quejas", "triangulo"):
        manual.remove(f"{section}.yml")


def with_a_new_service(manual: ManualCopy) -> None:
    manual.add("nomenclatura.yml", NEW_SERVICE)
    manual.add(
        "comunicacion/wifi_hogar.yml", "\n      - id: m_prueba\n        nombre: Prueba\n        objetivo: asdf\n"
    )


def not_applicable(manual: ManualCopy) -> None:
    for section in ("alianzas", "costo", "decalogo"):
        manual.write(f"{section}.yml", NOT_APPLICABLE)


def with_mistakes(manual: ManualCopy) -> None:
    with_a_new_service(manual)
    manual.edit("costo.yml", "control:\n", "control:\n  extra: x\n")
    manual.edit("quejas.yml", "plazo_maximo: ", "plazo_maximo: mal ")
    manual.edit("indicadores.yml", "categoria: ", "categoria: mal_", after="- id: costo_por_contacto")
    manual.write("alianzas.yml", "alianzas: [")


def with_little_left(manual: ManualCopy) -> None:
    manual.cut("recursos.yml", "- id: planta_electrica")
    manual.edit("proveedores.yml", "    alterno: fibra_maya\n", "")
    for file, element in (("quejas.yml", "mejora:"), ("triangulo.yml", "- rol: analista_facturacion")):
        manual.cut(file, element)
    manual.cut("comunicacion/traslado.yml", "despues:")


BROKEN = (as_it_is, without_sections, with_a_new_service, not_applicable, with_mistakes, with_little_left)


@pytest.mark.parametrize("break_it", BROKEN)
def test_the_state_and_the_rules_never_disagree(manual: ManualCopy, break_it: Callable[[ManualCopy], None]) -> None:
    break_it(manual)
    checked = manual.check()
    rules = {rule.id for rule, _ in ASKING}
    told = {(str(finding.location), finding.message) for finding in checked.findings if finding.rule in rules}
    asked = {
        (str(one.location), one.problem.message)
        for one in requirements(checked.manual)
        if one.problem and "errores de escritura" not in one.problem.message
    }
    assert asked == told
    assert all(not one.met for one in requirements(checked.manual) if one.problem)


@pytest.mark.parametrize("break_it", BROKEN)
def test_a_manual_is_complete_exactly_when_nothing_is_left_to_do(
    manual: ManualCopy,
    break_it: Callable[[ManualCopy], None],
) -> None:
    break_it(manual)
    state = manual.check().manual
    complete = all(row.state in {State.COMPLETE, State.NOT_APPLICABLE} for row in by_section(state))
    assert complete == (not next_steps(state, 1000))
    assert complete == all(row.met == row.total for row in by_section(state))


def test_the_reference_manual_is_complete(manual: ManualCopy) -> None:
    state = manual.check().manual
    assert {row.state for row in by_section(state)} == {State.COMPLETE}
    assert all(row.complete and row.met == row.total > 0 for row in by_service(state))
    assert [row.id for row in by_service(state)] == [service.id for service in state.services()]


def test_a_section_has_its_control_and_its_title(manual: ManualCopy) -> None:
    row = sections(manual.check())["oferta"]
    assert row.title == "Oferta de cada servicio"
    assert row.control["responsable"] == "gerente_servicio"


def test_missing_sections_are_shown_and_come_first(manual: ManualCopy) -> None:
    with_a_new_service(manual)
    manual.remove("triangulo.yml")
    checked = manual.check()
    row = sections(checked)["triangulo"]
    assert (row.state, row.met, dict(row.control)) == (State.MISSING, 0, {})
    first = next_steps(checked.manual, 1)
    assert [str(step.location) for step in first] == ["manual/triangulo.yml:1:1"]


def test_an_optional_section_is_not_missing(manual: ManualCopy) -> None:
    manual.remove("glosario.yml")
    assert "glosario" not in sections(manual.check())


def test_what_does_not_apply_is_complete_and_said_so(manual: ManualCopy) -> None:
    not_applicable(manual)
    checked = manual.check()
    rows = sections(checked)
    assert {rows[name].state for name in ("alianzas", "costo", "decalogo")} == {State.NOT_APPLICABLE}
    assert all(row.complete for row in by_service(checked.manual))


def test_a_service_shows_how_much_it_lacks(manual: ManualCopy) -> None:
    complete = {row.id: row for row in by_service(manual.check().manual)}["wifi_hogar"]
    manual.cut("costo.yml", "- servicio: wifi_hogar")
    manual.remove("comunicacion/wifi_hogar.yml")
    rows = {row.id: row for row in by_service(manual.check().manual)}
    assert not rows["wifi_hogar"].complete
    assert rows["traslado"].complete
    missing = rows["wifi_hogar"].total - rows["wifi_hogar"].met
    assert missing == 5, "its cost, its communication and the three phases"
    assert rows["wifi_hogar"].met < complete.met


def test_a_service_lacks_what_a_missing_section_would_say(manual: ManualCopy) -> None:
    manual.remove("indicadores.yml")
    rows = by_service(manual.check().manual)
    assert all(row.total - row.met == 6 for row in rows), "an indicator, an opinion and the four categories"
    assert [step.section for step in next_steps(manual.check().manual, 100)] == ["indicadores"]


def test_mistakes_come_before_gaps(manual: ManualCopy) -> None:
    with_mistakes(manual)
    checked = manual.check()
    steps = next_steps(checked.manual, 100)
    first = [step for step in steps if step.importance is Importance.SECTION]
    assert [step.section for step in first] == ["indicadores", "alianzas", "costo", "quejas"]
    assert list(steps[: len(first)]) == first
    assert sections(checked)["alianzas"].state is State.INCOMPLETE
    assert not any(row.complete for row in by_service(checked.manual)), "costs could not be asked"


def test_steps_go_from_important_to_detail_and_are_no_more_than_asked(manual: ManualCopy) -> None:
    with_a_new_service(manual)
    state = manual.check().manual
    steps = next_steps(state, 100)
    assert [step.importance for step in steps] == sorted(step.importance for step in steps)
    assert next_steps(state, 3) == steps[:3]
    assert all(step.problem and step.problem.mend for step in steps)


def test_it_says_the_same_on_another_day(manual: ManualCopy) -> None:
    with_a_new_service(manual)
    today = manual.check().manual
    later = replace(today, today=today.today.replace(year=2036), _incoming={}, _outgoing={})
    assert requirements(later) == requirements(today)


def sections(checked: Checked) -> dict[str, SectionState]:
    return {row.name: row for row in by_section(checked.manual)}
