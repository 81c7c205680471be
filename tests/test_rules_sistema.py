"""The rules of the service system on a copy of the reference manual: moments, cycles, strategy, evaluation, training."""

import re
from datetime import date
from pathlib import Path

import pytest

from helpers import NOT_APPLICABLE, Expected, ManualCopy, reference_copy
from pauta.pipeline import Project, check_project

MOMENTS = "momentos.yml"
STRATEGY = "estrategia.yml"
EVALUATION = "evaluacion.yml"
CULTURE = "cultura.yml"
PROTOCOLS = "protocolos.yml"

MOMENT = """\
  - id: mo_prueba
    nombre: Ve la camioneta
    tipo: {tipo}
    contacto_humano: false
    critico: false
    cliente_hace: Mira pasar la camioneta.
    expectativa: Que vaya despacio.
    estandar: La camioneta va limpia.
    elemento_fisico: Camioneta
    rol: tecnico_campo
    comprobaciones:
      - co_contratar_fachada

"""
MEMORABLE = "    detalle_memorable: El chofer saluda con la mano.\n"
TRAINING = """\
  - id: ca_prueba
    nombre: Prueba
    objetivo: Sabe hacerlo.
    roles:
      - jefe_compras
    duracion: 2 horas
    vigencia: {vigencia}
    evaluacion: Diez preguntas
    {para}
    impartida:
      - rol: jefe_compras
        fecha: {fecha}
        personas: 1
        evidencia: Lista firmada de la prueba
"""

PROMISE = """\
promesas:
  - id: pr_hora
    nombre: Hora
    texto: Llegamos a la hora.
    servicios:
      - instalacion
    responsable: gerente_servicio
"""


@pytest.fixture
def manual(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


def without(manual: ManualCopy, file: str, field: str, element: str = "") -> None:
    """Take a field, with all it holds, out of an element or of the section."""
    lines = manual.path(file).read_text("utf-8").splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if element in line) if element else -1
    indent = re.match(r"[ -]*", lines[start])[0] if element else ""  # type: ignore[index]
    first = next(n for n in range(start + 1, len(lines)) if re.match(rf" {{{len(indent)}}}{field}:", lines[n]))
    after = (n for n in range(first + 1, len(lines)) if re.match(rf" {{0,{len(indent)}}}\S", lines[n]))
    manual.write(file, "".join(lines[:first] + lines[next(after, len(lines)) :]))


def add_moment(manual: ManualCopy, kind: str = "necesidad") -> None:
    """A moment that is in no cycle."""
    manual.edit(MOMENTS, "ciclos:\n  - id", f"{MOMENT.format(tipo=kind)}ciclos:\n  - id")


def add_training(manual: ManualCopy, para: str, fecha: str = "2026-03-02", vigencia: str = "1 año") -> None:
    """A training that the head of purchases received."""
    training = TRAINING.format(para=para, fecha=fecha, vigencia=vigencia)
    manual.edit(CULTURE, "capacitaciones:\n  - id", f"capacitaciones:\n{training}\n  - id")


def rules_of(manual: ManualCopy) -> set[str]:
    return {finding.rule for finding in manual.check().findings}


class TestMomentoIncompleto:
    @pytest.mark.parametrize(
        ("field", "title"),
        [("rol", "Rol"), ("canales", "Canales"), ("estandar", "Estándar"), ("comprobaciones", "Se evalúa con")],
    )
    def test_each_thing_it_must_say(self, manual: ManualCopy, field: str, title: str) -> None:
        without(manual, MOMENTS, field, "- id: mo_contratar_eleccion")
        place = manual.place(MOMENTS, "▸id: mo_contratar_eleccion")
        manual.finds(Expected("momento-incompleto", place, f"«Escoge plan y firma» le falta «{title}»."))

    def test_all_that_it_lacks_is_told_at_once(self, manual: ManualCopy) -> None:
        for field in ("rol", "estandar"):
            without(manual, MOMENTS, field, "- id: mo_contratar_eleccion")
        place = manual.place(MOMENTS, "▸id: mo_contratar_eleccion")
        manual.finds(Expected("momento-incompleto", place, "le falta «Rol» y «Estándar»."))

    def test_before_a_thing_the_thing_stands_for_the_channel(self, manual: ManualCopy) -> None:
        without(manual, MOMENTS, "canales", "- id: mo_contratar_fachada")
        manual.finds()

    def test_before_a_thing_neither_thing_nor_channel(self, manual: ManualCopy) -> None:
        without(manual, MOMENTS, "canales", "- id: mo_contratar_fachada")
        without(manual, MOMENTS, "elemento_fisico", "- id: mo_contratar_fachada")
        place = manual.place(MOMENTS, "▸id: mo_contratar_fachada")
        manual.finds(Expected("momento-incompleto", place, "le falta «Canales»."))

    def test_a_thing_is_no_channel_for_a_person(self, manual: ManualCopy) -> None:
        manual.edit(MOMENTS, "contacto_humano: false", "contacto_humano: true", after="- id: mo_contratar_fachada")
        without(manual, MOMENTS, "canales", "- id: mo_contratar_fachada")
        place = manual.place(MOMENTS, "▸id: mo_contratar_fachada")
        manual.finds(Expected("momento-incompleto", place, "le falta «Canales»."))

    def test_no_check_is_asked_of_a_company_without_evaluation(self, manual: ManualCopy) -> None:
        without(manual, MOMENTS, "comprobaciones", "- id: mo_contratar_eleccion")
        manual.write(EVALUATION, NOT_APPLICABLE)
        assert "momento-incompleto" not in rules_of(manual)


class TestMomentoCriticoSinRespaldo:
    @pytest.mark.parametrize(
        ("field", "title"),
        [("indicadores", "Indicadores"), ("recuperacion", "Plan de recuperación")],
    )
    def test_indicator_and_plan(self, manual: ManualCopy, field: str, title: str) -> None:
        without(manual, MOMENTS, field, "- id: mo_falla_solucion")
        place = manual.place(MOMENTS, "▸id: mo_falla_solucion")
        manual.finds(Expected("momento-critico-sin-respaldo", place, f"es crítico y le falta «{title}»."))

    def test_what_is_not_critical_needs_neither(self, manual: ManualCopy) -> None:
        without(manual, MOMENTS, "indicadores", "- id: mo_contratar_fachada")
        manual.finds()


class TestCicloIncompleto:
    def test_the_types_it_has_not(self, manual: ManualCopy) -> None:
        for step in ("mo_salir_opcion", "mo_salir_comenta"):
            manual.edit(MOMENTS, f"      - {step}\n", "", after="- id: ci_salir")
        place = manual.place(MOMENTS, "▸momentos:", after="- id: ci_salir")
        found = {(f.rule, str(f.location)): f.message for f in manual.check().findings}
        assert "no tiene momentos de tipo «Elección» y «Reacción» ni dice por qué" in found["ciclo-incompleto", place]

    def test_a_type_that_does_not_apply_for_a_reason(self, manual: ManualCopy) -> None:
        manual.edit(MOMENTS, "      - mo_salir_opcion\n", "", after="- id: ci_salir")
        self.declare(manual, "eleccion")
        assert "ciclo-incompleto" not in rules_of(manual)

    def test_a_type_both_declared_and_there(self, manual: ManualCopy) -> None:
        self.declare(manual, "eleccion")
        place = manual.place(MOMENTS, "tipo: ▸eleccion\n        motivo")
        title = "Elige cómo seguir"
        manual.edit(MOMENTS, re.search(r"nombre: .*", self.element(manual))[0], f"nombre: {title}")  # type: ignore[index]
        manual.finds(
            Expected("ciclo-incompleto", place, f"dice que el tipo «Elección» no aplica, y lo tiene en «{title}».")
        )

    def test_a_misspelt_type_is_told_once(self, manual: ManualCopy) -> None:
        manual.edit(MOMENTS, "tipo: eleccion", "tipo: elección", after="- id: mo_salir_opcion")
        assert "ciclo-incompleto" not in rules_of(manual)

    def test_a_step_that_does_not_exist_is_told_once(self, manual: ManualCopy) -> None:
        manual.edit(MOMENTS, "- mo_salir_opcion", "- mo_salir_opcio", after="- id: ci_salir")
        rules = rules_of(manual)
        assert "referencia-rota" in rules
        assert "ciclo-incompleto" not in rules

    def declare(self, manual: ManualCopy, kind: str) -> None:
        declared = f"    tipos_que_no_aplican:\n      - tipo: {kind}\n        motivo: No hay nada que escoger.\n"
        manual.edit(MOMENTS, "    servicio: cancelacion\n", f"    servicio: cancelacion\n{declared}")

    def element(self, manual: ManualCopy) -> str:
        text = manual.path(MOMENTS).read_text("utf-8")
        return text[text.index("- id: mo_salir_opcion") :]


class TestOperacionSinCiclo:
    def test_a_service_whose_path_nobody_wrote(self, manual: ManualCopy) -> None:
        manual.edit(MOMENTS, "servicio: cancelacion", "servicio: instalacion", after="- id: ci_salir")
        place = manual.place("nomenclatura.yml", "▸id: cancelacion")
        manual.finds(Expected("operacion-sin-ciclo", place, "no tiene ciclo"))

    @pytest.mark.parametrize("written", [None, NOT_APPLICABLE])
    def test_a_company_that_writes_no_moments(self, manual: ManualCopy, written: str | None) -> None:
        manual.remove(MOMENTS)
        if written:
            manual.write(MOMENTS, written)
        system = {"operacion-sin-ciclo", "ciclo-incompleto", "momento-sin-ciclo", "rol-sin-capacitacion"}
        assert not system & rules_of(manual)


class TestMomentoSinCiclo:
    def test_in_none(self, manual: ManualCopy) -> None:
        add_moment(manual)
        place = manual.place(MOMENTS, "▸id: mo_prueba")
        manual.finds(Expected("momento-sin-ciclo", place, "«Ve la camioneta» no está en ningún ciclo"))

    def test_in_two(self, manual: ManualCopy) -> None:
        add_moment(manual)
        for cycle, last in (("ci_pagar", "mo_pagar_comenta"), ("ci_salir", "mo_salir_comenta")):
            manual.edit(MOMENTS, f"- {last}\n", f"- {last}\n      - mo_prueba\n", after=f"- id: {cycle}")
        place = manual.place(MOMENTS, "▸mo_prueba", after="- id: ci_salir")
        manual.finds(Expected("momento-sin-ciclo", place, "está en más de un ciclo: «"))

    def test_to_be_the_high_point_of_a_cycle_is_no_step(self, manual: ManualCopy) -> None:
        add_moment(manual)
        manual.edit(MOMENTS, "punto_alto: mo_pagar_revisa", "punto_alto: mo_prueba")
        peak = manual.place(MOMENTS, "punto_alto: ▸mo_prueba")
        manual.finds(
            Expected("momento-sin-ciclo", manual.place(MOMENTS, "▸id: mo_prueba"), "no está en ningún ciclo"),
            Expected("ciclo-sin-recuerdo", peak, "que no es uno de sus momentos"),
        )

    def test_one_step_and_the_high_point_of_one_cycle(self, manual: ManualCopy) -> None:
        add_moment(manual)
        manual.edit(MOMENTS, "punto_alto: mo_pagar_revisa", "punto_alto: mo_prueba")
        last = "- mo_pagar_comenta\n"
        manual.edit(MOMENTS, last, f"{last}      - mo_prueba\n", after="- id: ci_pagar")
        manual.edit(
            MOMENTS, "    rol: tecnico_campo\n", f"{MEMORABLE}    rol: tecnico_campo\n", after="- id: mo_prueba"
        )
        manual.finds()


class TestCadenaConVuelta:
    def test_a_loop_is_told_once_by_its_names(self, manual: ManualCopy) -> None:
        self.lead(manual, "mo_salir_despues", "mo_salir_cierra")
        place = manual.place(MOMENTS, "▸mo_salir_cierra", after="- id: mo_salir_despues")
        first, second = (self.name(manual, moment) for moment in ("mo_salir_cierra", "mo_salir_despues"))
        manual.finds(Expected("cadena-con-vuelta", place, f"da la vuelta: «{first}» → «{second}» → «{first}»."))

    def test_before_itself(self, manual: ManualCopy) -> None:
        self.lead(manual, "mo_salir_despues", "mo_salir_despues")
        place = manual.place(MOMENTS, "- ▸mo_salir_despues", after="- id: mo_salir_despues")
        manual.finds(Expected("cadena-con-vuelta", place, "dice que va antes de sí mismo"))

    def test_a_loop_of_many(self, manual: ManualCopy) -> None:
        self.lead(manual, "mo_salir_despues", "mo_salir_decide")
        place = manual.place(MOMENTS, "▸mo_salir_decide", after="- id: mo_salir_despues")
        (found,) = (f for f in manual.check().findings if f.rule == "cadena-con-vuelta")
        assert str(found.location) == place
        assert found.message.count("→") >= 3

    def test_two_ways_to_one_moment_are_no_loop(self, manual: ManualCopy) -> None:
        self.lead(manual, "mo_salir_decide", "mo_salir_comenta")
        manual.finds()

    def lead(self, manual: ManualCopy, moment: str, after: str) -> None:
        """Say that a moment goes before another too."""
        manual.edit(MOMENTS, "    antes_de:\n", f"    antes_de:\n      - {after}\n", after=f"- id: {moment}")

    def name(self, manual: ManualCopy, moment: str) -> str:
        entity = manual.check().manual.find("momentos", moment)
        assert entity
        return str(entity["nombre"])


class TestMomentoFisicoSinInspeccion:
    def test_a_check_of_another_kind_is_not_enough(self, manual: ManualCopy) -> None:
        self.look_at_it_with(manual, "co_existencias")
        place = manual.place(MOMENTS, "▸comprobaciones:", after="- id: mo_prueba")
        manual.finds(
            Expected(
                "momento-fisico-sin-inspeccion",
                place,
                "En el momento «Ve la camioneta» no participa una persona, y ninguna de sus comprobaciones es una inspección",
            )
        )

    def test_one_inspection_among_others_is_enough(self, manual: ManualCopy) -> None:
        self.look_at_it_with(manual, "co_existencias\n      - co_contratar_fachada")
        manual.finds()

    def test_where_a_person_takes_part_it_may_be_asked(self, manual: ManualCopy) -> None:
        self.look_at_it_with(manual, "co_existencias")
        human = "contacto_humano: true\n    canales:\n      - sucursal"
        manual.edit(MOMENTS, "contacto_humano: false", human, after="- id: mo_prueba")
        manual.finds()

    def test_a_moment_with_no_check_is_told_once(self, manual: ManualCopy) -> None:
        without(manual, MOMENTS, "comprobaciones", "- id: mo_contratar_fachada")
        place = manual.place(MOMENTS, "▸id: mo_contratar_fachada")
        manual.finds(Expected("momento-incompleto", place, "«Se evalúa con»"))

    def test_a_check_to_mend_is_told_once(self, manual: ManualCopy) -> None:
        self.look_at_it_with(manual, "co_contratar_fachada")
        manual.edit(EVALUATION, "metodo: inspeccion", "metodo: inspección", after="- id: co_contratar_fachada")
        assert "momento-fisico-sin-inspeccion" not in rules_of(manual)

    def test_a_company_that_evaluates_nothing(self, manual: ManualCopy) -> None:
        manual.write(EVALUATION, NOT_APPLICABLE)
        assert "momento-fisico-sin-inspeccion" not in rules_of(manual)

    def look_at_it_with(self, manual: ManualCopy, checks: str) -> None:
        """A moment without people, as a step of a cycle, that is looked at with those checks."""
        add_moment(manual)
        manual.edit(MOMENTS, "- co_contratar_fachada", f"- {checks}", after="- id: mo_prueba")
        last = "- mo_pagar_comenta\n"
        manual.edit(MOMENTS, last, f"{last}      - mo_prueba\n", after="- id: ci_pagar")


class TestRolSinCapacitacion:
    """The head of purchases has no part in a critical moment until a test gives one."""

    @pytest.fixture
    def manual(self, tmp_path: Path) -> ManualCopy:
        copy = reference_copy(tmp_path)
        text = copy.path(CULTURE).read_text("utf-8")
        copy.write(CULTURE, re.sub(r"      - rol: jefe_compras\n(        .*\n){3}", "", text))
        return copy

    @pytest.fixture
    def place(self, manual: ManualCopy) -> str:
        return manual.place("roles.yml", "▸id: jefe_compras")

    def test_each_way_to_have_a_part(self, manual: ManualCopy, place: str) -> None:
        task = "    detras:\n      - hace: Comprar la pieza que falta\n        rol: jefe_compras\n"
        manual.edit(MOMENTS, "    detras:\n", task, after="- id: mo_falla_solucion")
        manual.finds(
            Expected(
                "rol-sin-capacitacion",
                place,
                f"críticos para los que no ha recibido capacitación: «{self.name(manual)}».",
            )
        )

    @pytest.mark.parametrize("within", ["- id: mo_falla_solucion", "recuperacion:"])
    def test_who_answers_and_who_mends(self, manual: ManualCopy, place: str, within: str) -> None:
        text = manual.path(MOMENTS).read_text("utf-8")
        start = text.index(within, text.index("- id: mo_falla_solucion"))
        field = "rol" if within.startswith("-") else "responsable"
        changed = re.sub(rf"( {field}): \w+", r"\1: jefe_compras", text[start:], count=1)
        manual.write(MOMENTS, text[:start] + changed)
        manual.finds(Expected("rol-sin-capacitacion", place, self.name(manual)))

    @pytest.mark.parametrize(
        "para",
        [
            "momentos:\n      - mo_falla_solucion",
            "protocolos:\n      - pt_visita",
            "servicios:\n      - soporte_tecnico",
        ],
    )
    def test_a_training_for_the_moment(self, manual: ManualCopy, para: str) -> None:
        self.take_part(manual)
        add_training(manual, para)
        manual.finds()

    @pytest.mark.parametrize(
        "para", ["momentos:\n      - mo_pagar_paga", "protocolos:\n      - pt_cobro", "servicios:\n      - traslado"]
    )
    def test_a_training_for_something_else(self, manual: ManualCopy, place: str, para: str) -> None:
        self.take_part(manual)
        add_training(manual, para)
        manual.finds(Expected("rol-sin-capacitacion", place, self.name(manual)))

    def test_a_training_that_is_yet_to_come(self, manual: ManualCopy) -> None:
        self.take_part(manual)
        add_training(manual, "servicios:\n      - soporte_tecnico", fecha="2026-11-22")
        assert "rol-sin-capacitacion" in rules_of(manual)

    def test_an_old_training_is_a_training(self, manual: ManualCopy) -> None:
        self.take_part(manual)
        add_training(manual, "servicios:\n      - soporte_tecnico", fecha="2025-03-02")
        assert rules_of(manual) == {"capacitacion-vencida"}

    def test_a_training_to_mend_is_told_once(self, manual: ManualCopy) -> None:
        self.take_part(manual)
        add_training(manual, "servicios:\n      - soporte_tecnico", vigencia="un año")
        assert "rol-sin-capacitacion" not in rules_of(manual)

    def test_a_moment_that_is_not_critical(self, manual: ManualCopy) -> None:
        task = "    detras:\n      - hace: Comprar focos\n        rol: jefe_compras\n"
        manual.edit(MOMENTS, "    detras:\n", task, after="- id: mo_contratar_fachada")
        manual.finds()

    def test_a_company_without_the_section(self, manual: ManualCopy) -> None:
        self.take_part(manual)
        manual.write(CULTURE, NOT_APPLICABLE)
        assert "rol-sin-capacitacion" not in rules_of(manual)

    def test_a_culture_without_trainings(self, manual: ManualCopy) -> None:
        without(manual, CULTURE, "capacitaciones")
        assert "rol-sin-capacitacion" in rules_of(manual)

    def take_part(self, manual: ManualCopy) -> None:
        task = "    detras:\n      - hace: Comprar la pieza que falta\n        rol: jefe_compras\n"
        manual.edit(MOMENTS, "    detras:\n", task, after="- id: mo_falla_solucion")

    def name(self, manual: ManualCopy) -> str:
        moment = manual.check().manual.find("momentos", "mo_falla_solucion")
        assert moment
        return str(moment["nombre"])


class TestCapacitacionVencida:
    def test_the_last_time_counts(self, manual: ManualCopy) -> None:
        add_training(manual, "servicios:\n      - soporte_tecnico", fecha="2025-11-20")
        place = manual.place(CULTURE, "fecha: ▸2025-11-20")
        manual.finds(
            Expected(
                "capacitacion-vencida",
                place,
                "venció el 2026-11-20: se impartió por última vez el 2025-11-20 y vale 1 año.",
            )
        )

    def test_the_day_it_ends_it_still_holds(self, manual: ManualCopy) -> None:
        add_training(manual, "servicios:\n      - soporte_tecnico", fecha="2025-11-21")
        manual.finds()

    def test_it_was_given_again(self, manual: ManualCopy) -> None:
        add_training(manual, "servicios:\n      - soporte_tecnico", fecha="2026-11-20")
        entry = "      - rol: jefe_compras\n        fecha: {}\n        personas: 1\n        evidencia: Lista de {}\n"
        again = entry.format("2024-03-02", "marzo")
        manual.edit(CULTURE, "    impartida:\n", f"    impartida:\n{again}", after="- id: ca_prueba")
        manual.finds()

    def test_a_validity_that_no_calendar_can_tell(self, manual: ManualCopy) -> None:
        add_training(manual, "servicios:\n      - soporte_tecnico", vigencia="200 días hábiles")
        place = manual.place(CULTURE, "vigencia: ▸200 días hábiles")
        manual.finds(Expected("capacitacion-vencida", place, "no se puede saber qué día vence"))

    def test_it_is_a_warning(self, manual: ManualCopy) -> None:
        later = check_project(Project(manual.root), today=date(2036, 1, 1)).findings
        assert {f.severity.spanish for f in later if f.rule == "capacitacion-vencida"} == {"aviso"}


class TestEstrategiaIncompleta:
    @pytest.mark.parametrize(
        ("group", "name", "title"),
        [
            ("elementos", "valor_agregado", "«Valor agregado», de «Elementos»"),
            ("elementos", "componentes", "«Componentes del servicio», de «Elementos»"),
            ("elementos", "segmentos_objetivo", "«Segmentos objetivo», de «Elementos»"),
            ("elementos", "puntos_contacto", "«Puntos de contacto», de «Elementos»"),
            ("elementos", "auditoria", "«Auditoría del servicio», de «Elementos»"),
            ("criterios", "no_trivial", "«Es más que un lema», de «Criterios»"),
            ("criterios", "mision", "«Lleva una misión que el personal usa», de «Criterios»"),
            ("criterios", "premisa_beneficio", "«Parte de un beneficio decisivo», de «Criterios»"),
            ("criterios", "simple", "«Es simple y una sola», de «Criterios»"),
        ],
    )
    def test_each_element_and_each_criterion(self, manual: ManualCopy, group: str, name: str, title: str) -> None:
        self.take_out(manual, group, name)
        found = {f.rule: f for f in manual.check().findings}["estrategia-incompleta"]
        assert found.message == f"A la estrategia de servicio le falta {title}."
        assert found.location.path == f"manual/{STRATEGY}"

    def test_an_element_without_evidence(self, manual: ManualCopy) -> None:
        self.take_out(manual, "elementos", "auditoria", "evidencia")
        place = manual.place(STRATEGY, "  ▸auditoria:\n")
        manual.finds(
            Expected("estrategia-incompleta", place, "«Auditoría del servicio», de «Elementos», no dice con qué")
        )

    def test_only_a_slogan(self, manual: ManualCopy) -> None:
        self.only(manual, "El cliente es primero")
        message = "La frase «El cliente es primero» es solo un lema: no la respalda ninguna promesa, número"
        assert any(f.message.startswith(message) for f in manual.check().findings)

    @pytest.mark.parametrize(
        ("phrase", "more"),
        [
            ("Le contestamos en 20 segundos", ""),
            ("El cliente es primero", "beneficio: Una noche entera de sueño\n"),
            (
                "El cliente es primero",
                PROMISE,
            ),
            (
                "El cliente es primero",
                "elementos:\n  segmentos_objetivo:\n    como: Son los más.\n    segmentos:\n      - seg_familia\n",
            ),
        ],
    )
    def test_a_phrase_with_something_behind(self, manual: ManualCopy, phrase: str, more: str) -> None:
        self.only(manual, phrase, more)
        assert not any("solo un lema" in f.message for f in manual.check().findings)

    @pytest.mark.parametrize("written", [None, NOT_APPLICABLE])
    def test_a_company_without_a_strategy(self, manual: ManualCopy, written: str | None) -> None:
        manual.remove(STRATEGY)
        if written:
            manual.write(STRATEGY, written)
        assert "estrategia-incompleta" not in rules_of(manual)

    def take_out(self, manual: ManualCopy, *path: str) -> None:
        """Take out what the strategy says at a path."""
        lines = manual.path(STRATEGY).read_text("utf-8").splitlines(keepends=True)
        first = -1
        for depth, name in enumerate(path):
            first = next(n for n in range(first + 1, len(lines)) if lines[n].startswith(f"{'  ' * depth}{name}:"))
        depth = 2 * (len(path) - 1)
        after = (n for n in range(first + 1, len(lines)) if re.match(rf" {{0,{depth}}}\S", lines[n]))
        manual.write(STRATEGY, "".join(lines[:first] + lines[next(after, len(lines)) :]))

    def only(self, manual: ManualCopy, phrase: str, more: str = "") -> None:
        """A strategy with a phrase and little else."""
        control = NOT_APPLICABLE.partition("no_aplica:")[0]
        manual.write(STRATEGY, f"{control}frase: {phrase}\n{more}")


class TestErrorSinControl:
    @pytest.mark.parametrize(
        ("field", "title"),
        [("prevencion", "Prevención"), ("deteccion", "Detección"), ("correccion", "Corrección")],
    )
    def test_each_control(self, manual: ManualCopy, field: str, title: str) -> None:
        without(manual, PROTOCOLS, field, "- id: er_indiferencia")
        place = manual.place(PROTOCOLS, "▸id: er_indiferencia")
        manual.finds(Expected("error-sin-control", place, f"le falta «{title}»."))

    def test_an_error_that_nobody_treats(self, manual: ManualCopy) -> None:
        manual.edit(PROTOCOLS, "error: indiferencia", "error: evadir_preguntas", after="- id: er_indiferencia")
        place = manual.place(PROTOCOLS, "\n▸errores:")
        manual.finds(Expected("error-sin-control", place, "trata «Indiferencia o falta de interés»."))

    def test_protocols_without_errors_are_told_once(self, manual: ManualCopy) -> None:
        without(manual, PROTOCOLS, "errores")
        assert [f.rule for f in manual.check().findings].count("error-sin-control") == 1

    def test_a_misspelt_kind_is_told_once(self, manual: ManualCopy) -> None:
        manual.edit(PROTOCOLS, "error: indiferencia", "error: indiferente", after="- id: er_indiferencia")
        assert "error-sin-control" not in rules_of(manual)

    def test_a_company_without_protocols(self, manual: ManualCopy) -> None:
        manual.write(PROTOCOLS, NOT_APPLICABLE)
        assert "error-sin-control" not in rules_of(manual)


class TestPesosNoSumanCien:
    @pytest.mark.parametrize(
        ("weight", "says"),
        [("6 %", "suman 101 %: sobra 1 %"), ("4.99 %", "suman 99.99 %: falta 0.01 %")],
    )
    def test_the_sum_and_the_difference_are_told(self, manual: ManualCopy, weight: str, says: str) -> None:
        manual.edit(EVALUATION, "peso: 5 %", f"peso: {weight}", after="- id: co_cm_saludo")
        place = manual.place(EVALUATION, "▸criterios:", after="comprador_misterioso:")
        manual.finds(Expected("pesos-no-suman-cien", place, f"«Comprador misterioso» {says}."))

    def test_the_report_card(self, manual: ManualCopy) -> None:
        manual.edit(EVALUATION, "peso: 15 %", "peso: 16 %", after="- id: co_libreta_claridad")
        place = manual.place(EVALUATION, "▸preguntas:", after="libreta:")
        manual.finds(Expected("pesos-no-suman-cien", place, "«Libreta de calificaciones» suman 101 %"))

    def test_a_question_that_was_left_without(self, manual: ManualCopy) -> None:
        manual.edit(EVALUATION, "      peso: 15 %\n", "", after="- id: co_libreta_claridad")
        place = manual.place(EVALUATION, "▸id: co_libreta_claridad")
        manual.finds(Expected("pesos-no-suman-cien", place, "no lleva peso"))

    def test_a_report_card_without_weights(self, manual: ManualCopy) -> None:
        text = manual.path(EVALUATION).read_text("utf-8")
        start, end = text.index("\nlibreta:"), text.index("\nprueba_cinco_segundos:")
        manual.write(EVALUATION, text[:start] + re.sub(r"      peso: .*\n", "", text[start:end]) + text[end:])
        manual.finds()

    def test_a_weight_to_mend_is_told_once(self, manual: ManualCopy) -> None:
        manual.edit(EVALUATION, "peso: 5 %", "peso: 5", after="- id: co_cm_saludo")
        assert "pesos-no-suman-cien" not in rules_of(manual)

    def test_of_two_criteria_with_one_name_both_weigh(self, manual: ManualCopy) -> None:
        manual.edit(EVALUATION, "id: co_cm_usted", "id: co_cm_despedida")
        assert "pesos-no-suman-cien" not in rules_of(manual)
