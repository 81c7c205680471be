"""The lists of the whole service system: visits, calls, cards, audits, pocket cards, induction, and their scores."""

import csv
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import REFERENCE, TODAY
from pauta.bundled import schema_folder
from pauta.checklists import (
    WRITERS,
    Answer,
    Checklist,
    Group,
    Item,
    Kind,
    Respondent,
    Scoring,
    all_checklists,
    rules,
    score,
)
from pauta.load import load_manual
from pauta.model import Manual, build_manual
from pauta.spine import Spine, read_spine
from pauta.validate import validate
from scores import CASES, Case, point

EXAMPLES = schema_folder() / "ejemplos"
GIVEN = ("si", "no", "na", *(str(mark) for mark in range(11)), "", "Bien")


@pytest.fixture(scope="module")
def spine() -> Spine:
    return read_spine(schema_folder())


def manual_at(folder: Path, spine: Spine) -> Manual:
    loaded = load_manual(folder, spine.sections)
    return build_manual(loaded, validate(loaded, spine), spine, today=TODAY)


@pytest.fixture(scope="module")
def manual(spine: Spine) -> Manual:
    return manual_at(REFERENCE, spine)


@pytest.fixture(scope="module")
def lists(manual: Manual) -> dict[str, Checklist]:
    return {checklist.id: checklist for checklist in all_checklists(manual)}


def items(checklist: Checklist) -> list[Item]:
    return [item for _, _, item in checklist.numbered]


def written(manual: Manual, *path: str) -> Any:
    """What the section of evaluation says at a path."""
    value: Any = manual.parts["evaluacion"].data
    for name in path:
        value = value[name]
    return value


class TestEvaluation:
    """What a company looks at in its own service is asked point by point, each by its own id."""

    LISTS = (
        ("lista_transaccion", "transaccion", ()),
        ("lista_comprador_misterioso", "comprador_misterioso", ("criterios",)),
        ("lista_libreta", "libreta", ("preguntas",)),
        ("lista_cinco_segundos", "prueba_cinco_segundos", ("puntos",)),
        ("lista_llamada_prueba", "llamada_prueba", ("puntos",)),
        ("lista_recorrido_direccion", "recorrido_direccion", ("puntos",)),
    )

    @pytest.mark.parametrize(("name", "field", "inside"), LISTS)
    def test_every_check_is_a_point(
        self, manual: Manual, lists: dict[str, Checklist], name: str, field: str, inside: tuple[str, ...]
    ) -> None:
        asked = {item.id: item.critical for item in items(lists[name])}
        assert asked == {each["id"]: each.get("critico", False) for each in written(manual, field, *inside)}

    def test_the_transaction_has_its_three_phases_and_says_who_and_when(self, lists: dict[str, Checklist]) -> None:
        checklist = lists["lista_transaccion"]
        assert [group.title for group in checklist.sections] == ["Antes", "Durante", "Después"]
        for item in items(checklist):
            assert {detail.partition(":")[0] for detail in item.details} >= {"Frecuencia", "Responsable", "Estándar"}

    def test_what_to_do_at_once_stands_above_the_five_seconds(
        self, manual: Manual, lists: dict[str, Checklist]
    ) -> None:
        checklist = lists["lista_cinco_segundos"]
        notes = {note.title: note.lines for note in checklist.notes}
        assert notes["Lugares"] == tuple(written(manual, "prueba_cinco_segundos", "lugares"))
        assert notes["Acción inmediata"] == (written(manual, "prueba_cinco_segundos", "accion_inmediata"),)
        assert dict(checklist.facts)["Frecuencia"] == "Semanal"

    def test_a_test_call_is_good_from_its_threshold_on_and_has_its_script(self, lists: dict[str, Checklist]) -> None:
        checklist = lists["lista_llamada_prueba"]
        assert checklist.scoring == Scoring(minimum=Decimal(86))
        assert [note.title for note in checklist.notes] == ["Guion", "Acción inmediata"]
        assert len(checklist.notes[0].lines) > 1, "the paragraphs of the script stay apart"

    def test_a_mystery_shopper_weighs_explains_every_no_and_pays_for_a_critical_failure(
        self, manual: Manual, lists: dict[str, Checklist]
    ) -> None:
        checklist = lists["lista_comprador_misterioso"]
        assert checklist.comment_on_no
        assert checklist.scoring == Scoring(minimum=Decimal(85), cap=Decimal(60))
        weights = {item.id: f"{item.worth} %" for item in items(checklist)}
        criteria = written(manual, "comprador_misterioso", "criterios")
        assert weights == {each["id"]: each["peso"] for each in criteria}
        assert {item.id: item.answer for item in items(checklist)} == {each["id"]: each["escala"] for each in criteria}
        assert "Si falla un punto crítico, la calificación no pasa de 60 %." in rules(checklist)

    def test_a_report_card_speaks_to_the_customer(self, lists: dict[str, Checklist]) -> None:
        checklist = lists["lista_libreta"]
        assert checklist.respondent is Respondent.CUSTOMER
        assert {item.answer for item in items(checklist)} == {Answer.ONE_TO_FIVE, Answer.TEXT}
        assert "nombre" in checklist.subject
        assert any("3 o menos" in rule for rule in rules(checklist))

    def test_an_anonymous_card_asks_for_no_name(self, tmp_path: Path, spine: Spine) -> None:
        text = (EXAMPLES / "evaluacion/bien/completo.yml").read_text("utf-8")
        (tmp_path / "evaluacion.yml").write_text(text.replace("anonima: false", "anonima: true"), "utf-8")
        (card,) = (each for each in all_checklists(manual_at(tmp_path, spine)) if each.kind is Kind.REPORT_CARD)
        assert card.respondent is Respondent.ANONYMOUS
        assert card.subject == ""
        assert "Su nombre y su teléfono" not in WRITERS["markdown"].write(card)

    def test_a_critical_failure_can_make_the_score_zero(self, tmp_path: Path, spine: Spine) -> None:
        text = (EXAMPLES / "evaluacion/bien/completo.yml").read_text("utf-8")
        zero = text.replace("si_falla_critico: puntaje_tope", "si_falla_critico: puntaje_cero")
        (tmp_path / "evaluacion.yml").write_text(zero, "utf-8")
        (visit,) = (each for each in all_checklists(manual_at(tmp_path, spine)) if each.kind is Kind.MYSTERY_SHOPPER)
        assert visit.scoring is not None
        assert visit.scoring.cap == 0

    def test_an_audit_asks_of_each_service_and_of_what_was_left_open(
        self, manual: Manual, lists: dict[str, Checklist]
    ) -> None:
        for audit in manual.all("auditorias"):
            checklist = lists[f"lista_auditoria_{audit.id}"]
            asked = {item.id for item in items(checklist)}
            assert {f"servicio.{name}" for name in audit["servicios"]} <= asked
            assert ("hallazgos" in asked) == ("hallazgos" in audit.data)
        (still_open,) = lists["lista_auditoria_au_campo"].notes
        assert "Fecha límite: " in still_open.lines[0]
        assert len(still_open.lines) == 1, "what is closed needs no reminder"


class TestSystem:
    """The rest of the system: errors, quality, steps before the manual, protocols, induction."""

    def test_each_error_is_looked_for_with_its_three_controls(
        self, manual: Manual, lists: dict[str, Checklist]
    ) -> None:
        asked = [item.id for item in items(lists["lista_errores"])]
        controls = ("", ".prevencion", ".deteccion", ".correccion")
        assert asked == [f"error.{error.id}{control}" for error in manual.all("errores") for control in controls]

    def test_each_service_has_its_seven_requirements(self, manual: Manual, lists: dict[str, Checklist]) -> None:
        for service in manual.services():
            asked = items(lists[f"lista_calidad_{service.id}"])
            assert len(asked) == 7
            assert asked[-1].id == "calidad.etapas"
            assert len(asked[-1].details) > 1, "a line for each stage"

    def test_the_steps_before_the_manual_show_their_proof(self, manual: Manual, lists: dict[str, Checklist]) -> None:
        asked = items(lists["lista_pasos_previos"])
        assert [item.id for item in asked] == [f"paso_previo.{each.id}" for each in manual.all("pasos_previos")]
        assert any(detail == "Fecha: 22 de mayo de 2026" for detail in asked[0].details)

    def test_the_six_steps_fit_a_pocket(self, manual: Manual, lists: dict[str, Checklist]) -> None:
        steps, handed_over, to_the_end = lists["lista_protocolo_pt_cliente_insatisfecho"].sections
        protocol = manual.find("protocolos", "pt_cliente_insatisfecho")
        assert protocol is not None
        assert [item.id for item in steps.items] == [f"paso.{each['id']}" for each in protocol["pasos"]]
        assert any(detail.startswith("No diga: «Cálmese» «") for detail in steps.items[0].details)
        assert [item.id for item in handed_over.items] == ["transferencia.datos_minimos", "transferencia.plazo"]
        assert to_the_end.items[0].id == "seguimiento.criterio_cierre"

    def test_an_induction_goes_from_training_to_the_first_moment_alone(
        self, manual: Manual, lists: dict[str, Checklist]
    ) -> None:
        checklist = lists["lista_induccion_asesor_atencion"]
        assert checklist.role == "asesor_atencion"
        asked = {item.id: item for item in items(checklist)}
        moments = {moment.id: moment for moment in manual.all("momentos") if moment.get("rol") == checklist.role}
        assert {f"momento.{name}" for name in moments} == {name for name in asked if name.startswith("momento.")}
        for name, moment in moments.items():
            assert asked[f"momento.{name}"].critical == moment["critico"]
        protocols = {each.id for each in manual.all("protocolos") if checklist.role in each["roles"]}
        assert {f"protocolo.{name}" for name in protocols} <= set(asked)

    def test_an_induction_asks_the_training_marked_for_it_or_all_of_it(
        self, manual: Manual, lists: dict[str, Checklist]
    ) -> None:
        for role in manual.all("roles"):
            checklist = lists.get(f"lista_induccion_{role.id}")
            trainings = [each for each in manual.all("capacitaciones") if role.id in each["roles"]]
            wanted = [each for each in trainings if each.get("induccion")] or trainings
            asked = [item.id for item in items(checklist)] if checklist else []
            assert [name for name in asked if name.startswith("capacitacion.")] == [
                f"capacitacion.{each.id}" for each in wanted
            ]

    def test_every_list_is_found_under_one_use_and_none_between_two(self, lists: dict[str, Checklist]) -> None:
        uses = [checklist.use for checklist in lists.values()]
        assert [use for position, use in enumerate(uses) if position == 0 or uses[position - 1] != use] == list(
            dict.fromkeys(uses)
        )
        assert "" not in uses

    def test_ids_and_codes_are_alone(self, manual: Manual) -> None:
        made = all_checklists(manual)
        assert len({checklist.id for checklist in made}) == len(made)
        assert len({checklist.code for checklist in made}) == len(made)


class TestPartial:
    """A manual that has only begun with the system still gets what it can."""

    @pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/bien/*.yml")), ids=lambda path: f"{path.parts[-3]}-{path.stem}")  # fmt: skip
    def test_any_section_alone_makes_lists_in_every_form(self, tmp_path: Path, spine: Spine, path: Path) -> None:
        (tmp_path / f"{path.parts[-3]}.yml").write_text(path.read_text("utf-8"), "utf-8")
        for checklist in all_checklists(manual_at(tmp_path, spine)):
            ids = [item.id for item in items(checklist)]
            assert len(set(ids)) == len(ids)
            for writer in WRITERS.values():
                assert writer.write(checklist)

    def test_without_the_system_there_are_only_the_lists_of_before(self, tmp_path: Path, spine: Spine) -> None:
        for name in ("nomenclatura", "comunicacion"):
            source = EXAMPLES / name / "bien/completo.yml"
            (tmp_path / f"{name}.yml").write_text(source.read_text("utf-8"), "utf-8")
        kinds = {checklist.kind for checklist in all_checklists(manual_at(tmp_path, spine))}
        assert kinds <= {Kind.SERVICE, Kind.COMPLAINTS, Kind.DECALOGUE, Kind.MANUAL}


class TestScore:
    """One number, reckoned one way, with what is not applicable outside."""

    @pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
    def test_a_case_worked_out_by_hand(self, case: Case) -> None:
        found = score(case.items, case.scoring, case.answers)
        assert found.percent == (None if case.percent is None else Decimal(case.percent))
        if case.points:
            assert [found.earned, found.possible] == [Decimal(part) for part in case.points.split(" de ")]
        assert (found.failed_critical, found.capped, found.good, found.alert) == (
            case.failed,
            case.lowered,
            case.good,
            case.alert,
        )

    @given(
        st.lists(
            st.tuples(st.sampled_from(Answer), st.decimals(0, 100, places=2), st.booleans(), st.sampled_from(GIVEN))
        )
    )
    def test_a_percentage_is_never_outside_a_hundred(self, drawn: list[tuple[Answer, Decimal, bool, str]]) -> None:
        points = [
            replace(point(f"p{n}", answer, critical=critical), weight=weight)
            for n, (answer, weight, critical, _) in enumerate(drawn)
        ]
        answers = {f"p{n}": given_ for n, (*_, given_) in enumerate(drawn)}
        found = score(points, Scoring(cap=Decimal(60)), answers)
        assert found.percent is None or 0 <= found.percent <= 100

    def test_weights_that_do_not_sum_a_hundred_are_said(self) -> None:
        assert "Los pesos suman 50 y no 100: la calificación se saca sobre esa suma." in rules(
            scored(point("a", weight="20"), point("b", weight="30"))
        )

    def test_a_list_without_a_score_has_no_rules(self, lists: dict[str, Checklist]) -> None:
        assert rules(lists["lista_cinco_segundos"]) == ()


def scored(*points: Item, **more: Any) -> Checklist:
    """A list with a score and these points."""
    return Checklist(
        id="lista_x",
        code="LG-X",
        title="Lista de verificación: prueba",
        kind=Kind.MYSTERY_SHOPPER,
        intro="Responda.",
        sections=(Group("Todo", points),),
        scoring=Scoring(minimum=Decimal(85), cap=Decimal(0)),
        **more,
    )


class TestForms:
    """Marks, words, weights and the score are in the files too."""

    ITEMS = (
        point("a", Answer.ONE_TO_FIVE, "60"),
        point("b", Answer.YES_NO, "40", critical=True),
        point("c", Answer.TEXT),
    )

    def rows(self, checklist: Checklist) -> list[dict[str, str]]:
        text = WRITERS["csv"].write(checklist).removeprefix("\ufeff")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def test_a_spreadsheet_says_how_each_point_is_answered_and_what_it_is_worth(self) -> None:
        mark, yes_no, words = self.rows(scored(*self.ITEMS))
        assert (mark["tipo_de_respuesta"], mark["peso"]) == ("De 1 a 5, o N.A.", "60")
        assert (yes_no["tipo_de_respuesta"], yes_no["peso"]) == ("Sí, No o N.A.", "40")
        assert (words["tipo_de_respuesta"], words["peso"], words["respuesta"]) == ("En palabras", "", "")
        assert "Se da por buena desde 85 %." in mark["como_se_califica"]

    def test_the_columns_of_before_stay_where_they_were(self, lists: dict[str, Checklist]) -> None:
        (plain, *_), (scored_, *_) = (self.rows(lists[name]) for name in ("lista_quejas", "lista_llamada_prueba"))
        assert list(scored_)[: len(plain)] == list(plain)
        assert "peso" not in plain

    def test_markdown_has_a_box_for_each_mark_room_for_words_and_for_the_score(self) -> None:
        text = WRITERS["markdown"].write(scored(*self.ITEMS))
        assert "- **1.** Punto a (vale 60)\n    - Nota: ☐ 1 ☐ 2 ☐ 3 ☐ 4 ☐ 5 ☐ N.A." in text
        assert "- [ ] **2.** Punto b **▲ Crítico** (vale 40)" in text
        assert "- **3.** Punto c\n    - Respuesta: ____" in text
        assert "Si falla un punto crítico, la calificación es cero." in text
        assert "÷ puntos posibles" in text

    def test_what_a_customer_reads_keeps_to_the_customer(self, lists: dict[str, Checklist]) -> None:
        text = WRITERS["markdown"].write(lists["lista_libreta"])
        for ours in ("Calificación", "Responde", "Origen", "Firmas", "Turno", "se llama al cliente"):
            assert ours not in text
        assert "¿Cumplimos el día y la hora que le dijimos?" in text

    def test_facts_and_notes_are_on_paper_too(self, lists: dict[str, Checklist]) -> None:
        text = WRITERS["markdown"].write(lists["lista_cinco_segundos"])
        assert "- **Frecuencia:** Semanal" in text
        assert "**Acción inmediata**" in text
