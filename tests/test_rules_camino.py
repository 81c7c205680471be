"""The rules of the customer's path on a copy of the reference manual: what is said, to whom, by whom and how it is looked at."""

import re
from pathlib import Path

import pytest

from helpers import NOT_APPLICABLE, Expected, ManualCopy, reference_copy

MOMENTS = "momentos.yml"
PROTOCOLS = "protocolos.yml"
COMPLAINTS = "quejas.yml"
CUSTOMERS = "clientes.yml"
LOYALTY = "fidelizacion.yml"
EVALUATION = "evaluacion.yml"
CULTURE = "cultura.yml"
STRATEGY = "estrategia.yml"

RULES = {
    "canal-sin-atencion": "oferta",
    "canal-sin-registro": "fidelizacion",
    "causa-sin-hilo": "quejas",
    "queja-fuera-de-plazo": "quejas",
    "ciclo-sin-recuerdo": "momentos",
    "ciclo-sin-validar": "momentos",
    "reaccion-sin-captura": "momentos",
    "momento-critico-sin-visita": "evaluacion",
    "evaluacion-incompleta": "evaluacion",
    "auditoria-sin-accion": "evaluacion",
    "protocolo-incompleto": "protocolos",
    "trato-sin-reglas": "protocolos",
    "frase-prohibida-en-guion": "protocolos",
    "clase-servicio-incompleta": "protocolos",
    "calidad-incompleta": "protocolos",
    "servicio-sin-caracteristicas": "protocolos",
    "tipo-cliente-sin-resguardo": "clientes",
    "expectativa-sin-responsable": "clientes",
    "programa-sin-medida": "fidelizacion",
    "servicio-sin-valor-posterior": "estrategia",
    "friccion-sin-plan": "estrategia",
    "compromiso-sin-evidencia": "cultura",
    "version-sin-difusion": "cultura",
    "servicio-sin-hallazgo": "diagnostico",
    "acuerdo-sin-capacidad": "ans",
}
"""Each rule that is tested here and is about one section, and the section."""


@pytest.fixture
def manual(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


def drop(manual: ManualCopy, file: str, field: str, after: str) -> None:
    """Take out the first field of that name after a text, with all that is indented deeper."""
    text = manual.path(file).read_text("utf-8")
    found = re.compile(rf"^( +){field}:.*\n(?:\1 .*\n|\n(?=\1 ))*", re.MULTILINE).search(text, text.index(after))
    assert found
    manual.write(file, text[: found.start()] + text[found.end() :])


def put(manual: ManualCopy, file: str, field: str, value: str, after: str) -> None:
    """Say something else in the first field of that name after a text, on its own line."""
    text = manual.path(file).read_text("utf-8")
    found = re.compile(rf"^ +(?:- )?{field}: (.*)$", re.MULTILINE).search(text, text.index(after))
    assert found
    manual.write(file, text[: found.start(1)] + value + text[found.end(1) :])


def found_by(manual: ManualCopy, rule: str) -> list[tuple[str, str]]:
    """Place and message of what a rule finds."""
    return [(str(one.location), one.message) for one in manual.check().findings if one.rule == rule]


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("section", sorted(set(RULES.values()) - {"oferta", "quejas"}))
def test_nothing_is_asked_of_a_section_that_is_not_there(manual: ManualCopy, section: str, *, declared: bool) -> None:
    manual.remove(f"{section}.yml")
    if declared:
        manual.write(f"{section}.yml", NOT_APPLICABLE)
    mine = {rule for rule, home in RULES.items() if home == section}
    assert not mine & {finding.rule for finding in manual.check().findings}


class TestCanalSinAtencion:
    def test_one_that_is_offered_and_never_opens(self, manual: ManualCopy) -> None:
        self.shut(manual)
        [(place, message)] = found_by(manual, "canal-sin-atencion")
        assert place == manual.place("canales.yml", "▸horario:", after="- id: redes_sociales")
        assert "«Redes sociales» no atiende ningún día, y se ofrece en «" in message
        assert "«Soporte técnico»" in message

    def test_one_that_opens_on_holidays_only(self, manual: ManualCopy) -> None:
        self.shut(manual)
        manual.edit("canales.yml", "feriados: cerrado", "feriados: 08:00-12:00", after="- id: redes_sociales")
        assert found_by(manual, "canal-sin-atencion") == []

    def test_one_that_nobody_offers(self, manual: ManualCopy) -> None:
        text = manual.path("canales.yml").read_text("utf-8")
        week = text[text.index("    horario:\n", text.index("- id: redes_sociales")) :].split("    responsable")[0]
        shut = re.sub(r": .*", ": cerrado", week).replace("horario: cerrado", "horario:")
        manual.add(
            "canales.yml",
            f"""
  - id: fax
    nombre: Fax
    tipo: telefono
    contacto: 7700 0199
{shut}    responsable: supervisor_atencion
    tono: formal
    idiomas:
      - Español
    primera_respuesta: 1 hora hábil
    registro: Cuaderno de la recepción
""",
        )
        assert found_by(manual, "canal-sin-atencion") == []

    def shut(self, manual: ManualCopy) -> None:
        text = manual.path("canales.yml").read_text("utf-8")
        start = text.index("    horario:\n", text.index("- id: redes_sociales"))
        end = text.index("    responsable:", start)
        manual.write(
            "canales.yml", text[:start] + re.sub(r"\d\d:\d\d-\d\d:\d\d", "cerrado", text[start:end]) + text[end:]
        )


class TestHorarioAlReves:
    @pytest.mark.parametrize(
        ("hours", "says"),
        [
            ("18:00-08:00", "termina antes de empezar"),
            ("08:00-08:00", "termina antes de empezar"),
            ("08:00-12:00, 18:00-14:00", "termina antes de empezar"),
            ("14:00-18:00, 08:00-12:00", "empieza antes de que termine la otra"),
            ("08:00-13:00, 12:00-18:00", "empieza antes de que termine la otra"),
        ],
    )
    def test_hours_in_no_order(self, manual: ManualCopy, hours: str, says: str) -> None:
        manual.edit("canales.yml", "lunes: 08:00-19:00", f"lunes: {hours}")
        manual.finds(Expected("horario-al-reves", manual.place("canales.yml", f"lunes: ▸{hours}"), says))

    @pytest.mark.parametrize(
        "hours", ["08:00-12:00, 12:00-18:00", "18:00-24:00", "00:00-06:00, 18:00-24:00", "24 horas"]
    )
    def test_hours_in_order(self, manual: ManualCopy, hours: str) -> None:
        manual.edit("canales.yml", "lunes: 08:00-19:00", f"lunes: {hours}")
        manual.finds()

    def test_those_of_an_offer_and_of_the_company(self, manual: ManualCopy) -> None:
        put(manual, "oferta/traslado.yml", "martes", "17:00-08:00", "horario:")
        put(manual, "manual.yml", "domingo", "12:00-08:00", "horario_habil:")
        places = [place for place, _ in found_by(manual, "horario-al-reves")]
        assert sorted(places) == sorted(
            [
                manual.place("oferta/traslado.yml", "martes: ▸17:00-08:00"),
                manual.place("manual.yml", "domingo: ▸12:00-08:00"),
            ]
        )


class TestFraseProhibidaEnGuion:
    @pytest.mark.parametrize(
        "said",
        ["No se puede.", "Lo siento, ¡NO SE  PUEDE!", "no, se… puede", "Así, nó sé puedé hoy", "{x} no se puede {y}"],
    )
    def test_whatever_its_case_accents_and_signs(self, manual: ManualCopy, said: str) -> None:
        self.say(manual, said)
        place = manual.place(PROTOCOLS, f'- ▸"{said}"')
        manual.finds(Expected("frase-prohibida-en-guion", place, "lleva la frase prohibida «No se puede»"))

    @pytest.mark.parametrize(
        "said", ["Eso no se puedes", "El piano se puede afinar", "No {x} se puede", "No hoy se puede"]
    )
    def test_words_that_are_not_the_phrase(self, manual: ManualCopy, said: str) -> None:
        self.say(manual, said)
        manual.finds()

    def test_a_phrase_with_a_word_that_is_filled_in(self, manual: ManualCopy) -> None:
        manual.edit(PROTOCOLS, "frase: No se puede\n", 'frase: "No {verbo} se puede"\n')
        self.say(manual, "Hoy no {acción} se puede")
        place = manual.place(PROTOCOLS, '- ▸"Hoy no {acción} se puede"')
        manual.finds(Expected("frase-prohibida-en-guion", place, "la frase prohibida «No {verbo} se puede»"))

    @pytest.mark.parametrize(
        ("file", "old", "after"),
        [
            ("comunicacion/traslado.yml", "contenido: |\n          ", "- id: m_traslado_"),
            (COMPLAINTS, "dice: |\n        ", "- id: q_acusar"),
            (COMPLAINTS, "plantilla: |\n      ", "acuse:"),
            (CUSTOMERS, "frases:\n      - ", "- id: tc_abusivo"),
            (PROTOCOLS, "frase: ", "- id: pt_retencion"),
            (LOYALTY, "consentimiento: ", "- id: dc_opinion"),
            (COMPLAINTS, "preguntas:\n    - ", "satisfaccion_proceso:"),
        ],
    )
    def test_wherever_employees_read_what_to_say(self, manual: ManualCopy, file: str, old: str, after: str) -> None:
        text = manual.path(file).read_text("utf-8")
        start = text.index(old, text.index(after)) + len(old)
        manual.write(file, f"{text[:start]}Mi amor, {text[start:]}")
        [(place, message)] = found_by(manual, "frase-prohibida-en-guion")
        assert place.startswith(f"manual/{file}:")
        assert "«Mi amor»" in message

    def test_what_is_not_said_may_be_quoted(self, manual: ManualCopy) -> None:
        manual.edit(PROTOCOLS, "          - Así no lo puedo atender\n", "          - No se puede\n")
        put(manual, PROTOCOLS, "en_su_lugar", "Nunca «no se puede»; diga lo que sí.", "reglas_sin_culpa:")
        assert found_by(manual, "frase-prohibida-en-guion") == []

    def say(self, manual: ManualCopy, said: str) -> None:
        manual.edit(PROTOCOLS, "- Lo que sí puedo hacer hoy es esto.", f'- "{said}"')


class TestQuejaFueraDePlazo:
    def test_the_published_term_against_the_one_that_the_manual_cites(self, manual: ManualCopy) -> None:
        manual.edit(COMPLAINTS, "plazo_referencia: 8 días hábiles", "plazo_referencia: 4 días hábiles")
        place = manual.place(COMPLAINTS, "plazo_maximo: ▸5 días hábiles")
        manual.finds(Expected("queja-fuera-de-plazo", place, "no cabe en el plazo de referencia"))

    def test_a_severity_slower_than_any_complaint_may_be(self, manual: ManualCopy) -> None:
        put(manual, COMPLAINTS, "plazo_respuesta", "6 días hábiles", "- id: leve")
        place = manual.place(COMPLAINTS, "plazo_respuesta: ▸6 días hábiles")
        manual.finds(Expected("queja-fuera-de-plazo", place, "Una queja «Leve» se responde en 6 días hábiles"))

    @pytest.mark.parametrize(
        ("reference", "fits"), [("4 días calendario", False), ("5 días calendario", True), ("1 mes", True)]
    )
    def test_working_days_never_fit_in_fewer_on_the_calendar(
        self, manual: ManualCopy, reference: str, *, fits: bool
    ) -> None:
        manual.edit(COMPLAINTS, "plazo_referencia: 8 días hábiles", f"plazo_referencia: {reference}")
        assert bool(found_by(manual, "queja-fuera-de-plazo")) is not fits

    def test_what_none_can_compare_is_let_be(self, manual: ManualCopy) -> None:
        manual.edit(COMPLAINTS, "plazo_maximo: 5 días hábiles", "plazo_maximo: 9 días calendario")
        assert found_by(manual, "queja-fuera-de-plazo") == []

    def test_without_a_term_to_compare_with(self, manual: ManualCopy) -> None:
        manual.edit(COMPLAINTS, "  plazo_referencia: 8 días hábiles\n", "")
        manual.finds()

    def test_it_never_says_that_the_law_is_kept(self, manual: ManualCopy) -> None:
        manual.edit(COMPLAINTS, "plazo_referencia: 8 días hábiles", "plazo_referencia: 4 días hábiles")
        [(_, message)] = found_by(manual, "queja-fuera-de-plazo")
        assert not re.search(r"\bley\b|legal|cumpl", message)


class TestCausaSinHilo:
    def test_a_place_where_nobody_looks(self, manual: ManualCopy) -> None:
        manual.edit(COMPLAINTS, "    - servicio_al_cliente\n", "")
        place = manual.place(COMPLAINTS, "▸causa_en:")
        manual.finds(Expected("causa-sin-hilo", place, "no se busca en «"))

    def test_an_effect_that_no_indicator_shows(self, manual: ManualCopy) -> None:
        for control in ("ctl_causa_no_vuelve", "ctl_clientes_conformes", "ctl_plazos_del_mes"):
            drop(manual, COMPLAINTS, "indicador", f"- id: {control}")
        place = manual.place(COMPLAINTS, "▸controles:")
        manual.finds(Expected("causa-sin-hilo", place, "Ningún control de eficacia"))

    def test_a_part_that_is_missing_is_told_elsewhere(self, manual: ManualCopy) -> None:
        manual.cut(COMPLAINTS, "mejora:")
        assert found_by(manual, "causa-sin-hilo") == []


class TestCiclo:
    @pytest.mark.parametrize(("field", "title"), [("punto_alto", "Punto alto"), ("cierre", "Cómo termina")])
    def test_peak_and_ending(self, manual: ManualCopy, field: str, title: str) -> None:
        drop(manual, MOMENTS, field, "- id: ci_pagar")
        place = manual.place(MOMENTS, "▸id: ci_pagar")
        manual.finds(Expected("ciclo-sin-recuerdo", place, f"Al ciclo «Pagar mi factura» le falta «{title}»"))

    def test_a_peak_like_any_other_moment(self, manual: ManualCopy) -> None:
        drop(manual, MOMENTS, "detalle_memorable", "- id: mo_pagar_revisa")
        place = manual.place(MOMENTS, "▸id: mo_pagar_revisa")
        manual.finds(Expected("ciclo-sin-recuerdo", place, "es el punto alto del ciclo «Pagar mi factura»"))

    def test_a_peak_that_does_not_exist_is_told_once(self, manual: ManualCopy) -> None:
        put(manual, MOMENTS, "punto_alto", "mo_nada", "- id: ci_pagar")
        assert {finding.rule for finding in manual.check().findings} == {"referencia-rota"}

    def test_one_that_no_customer_has_seen(self, manual: ManualCopy) -> None:
        drop(manual, MOMENTS, "validacion", "- id: ci_pagar")
        place = manual.place(MOMENTS, "▸id: ci_pagar")
        manual.finds(Expected("ciclo-sin-validar", place, "Al ciclo «Pagar mi factura» le falta"))


class TestMomentos:
    def test_an_opinion_that_nobody_takes(self, manual: ManualCopy) -> None:
        drop(manual, MOMENTS, "captura", "- id: mo_pagar_comenta")
        place = manual.place(MOMENTS, "▸id: mo_pagar_comenta")
        manual.finds(Expected("reaccion-sin-captura", place, "en que el cliente opina, le falta"))

    def test_a_critical_one_that_the_shopper_passes_by(self, manual: ManualCopy) -> None:
        manual.edit(EVALUATION, "        - mo_pagar_revisa\n", "")
        place = manual.place(MOMENTS, "▸id: mo_pagar_revisa")
        manual.finds(Expected("momento-critico-sin-visita", place, "es crítico y ningún escenario"))

    def test_without_a_shopper_none_is_asked(self, manual: ManualCopy) -> None:
        manual.cut(EVALUATION, "comprador_misterioso:")
        assert found_by(manual, "momento-critico-sin-visita") == []

    def test_a_misspelt_name_in_a_scenario_is_told_once(self, manual: ManualCopy) -> None:
        manual.edit(EVALUATION, "- mo_pagar_revisa\n", "- mo_pagar_revisas\n")
        assert {finding.rule for finding in manual.check().findings} == {"referencia-rota"}


class TestEvaluacion:
    def test_what_a_phase_does_not_look_at(self, manual: ManualCopy) -> None:
        put(manual, EVALUATION, "aspecto", "otro", "- id: co_material_completo")
        place = manual.place(EVALUATION, "▸transaccion:")
        manual.finds(
            Expected("evaluacion-incompleta", place, "En la fase «Durante» de la transacción no se mira «Repo")
        )

    def test_what_the_shopper_does_not_mark(self, manual: ManualCopy) -> None:
        text = manual.path(EVALUATION).read_text("utf-8")
        manual.write(EVALUATION, text.replace("aspecto: oportunidad_de_venta", "aspecto: otro"))
        place = manual.place(EVALUATION, "▸criterios:", after="comprador_misterioso:")
        manual.finds(Expected("evaluacion-incompleta", place, "criterios del comprador misterioso no se mira «"))

    def test_a_failure_about_which_nothing_is_done(self, manual: ManualCopy) -> None:
        drop(manual, EVALUATION, "accion", "- nombre: De 60 casos")
        place = manual.place(EVALUATION, "▸nombre: De 60 casos")
        manual.finds(Expected("auditoria-sin-accion", place, "le falta «Acción»"))

    @pytest.mark.parametrize(
        ("file", "field", "day", "after", "says"),
        [
            (EVALUATION, "fecha_limite", "2026-11-20", "- nombre: Dos quejas leves", "sigue abierto"),
            (EVALUATION, "fecha", "2026-11-20", "- id: au_cobro", "estaba programada para el 2026-11-20"),
        ],
    )
    def test_a_day_that_passed(
        self, manual: ManualCopy, file: str, field: str, day: str, after: str, says: str
    ) -> None:
        put(manual, file, field, day, after)
        manual.finds(Expected("auditoria-sin-accion", manual.place(file, f"▸{day}"), says))

    def test_the_last_day_has_not_passed(self, manual: ManualCopy) -> None:
        put(manual, EVALUATION, "fecha_limite", "2026-11-21", "- nombre: Dos quejas leves")
        manual.finds()


class TestProtocoloIncompleto:
    @pytest.mark.parametrize("step", ["calma", "escucha", "causa", "empatia", "transferencia", "seguimiento"])
    def test_each_of_the_six_steps(self, manual: ManualCopy, step: str) -> None:
        manual.cut(PROTOCOLS, f"- id: pp_insatisfecho_{step}")
        place = manual.place(PROTOCOLS, "▸pasos:", after="- id: pt_cliente_insatisfecho")
        manual.finds(Expected("protocolo-incompleto", place, "le falta el paso de «"))

    @pytest.mark.parametrize(("field", "title"), [("transferencia", "Traspaso"), ("seguimiento", "Seguimiento")])
    def test_hand_over_and_follow_up(self, manual: ManualCopy, field: str, title: str) -> None:
        drop(manual, PROTOCOLS, field, "pp_insatisfecho_seguimiento")
        place = manual.place(PROTOCOLS, "▸id: pt_cliente_insatisfecho")
        manual.finds(Expected("protocolo-incompleto", place, f"le falta «{title}»"))

    def test_a_channel_without_destination_when_it_holds_for_all(self, manual: ManualCopy) -> None:
        self.forget(manual, "redes_sociales", "- id: pt_cliente_insatisfecho")
        place = manual.place(PROTOCOLS, "▸destinos:", after="- id: pt_cliente_insatisfecho")
        manual.finds(Expected("protocolo-incompleto", place, "no dice a quién se pasa el caso por «Redes sociales»"))

    def test_only_the_channels_that_it_names_need_one(self, manual: ManualCopy) -> None:
        manual.edit(PROTOCOLS, "      - redes_sociales\n    pasos:", "    pasos:", after="- id: pt_bienvenida")
        self.forget(manual, "redes_sociales", "- id: pt_bienvenida")
        manual.finds()

    @pytest.mark.parametrize(("field", "title"), [("responsable", "Responsable"), ("plazo", "Plazo")])
    def test_who_follows_up_and_when(self, manual: ManualCopy, field: str, title: str) -> None:
        drop(manual, PROTOCOLS, field, "    seguimiento:\n")
        place = manual.place(PROTOCOLS, "▸seguimiento:\n", after="- id: pt_cliente_insatisfecho")
        manual.finds(Expected("protocolo-incompleto", place, f"le falta «{title}»"))

    def test_none_for_the_dissatisfied(self, manual: ManualCopy) -> None:
        put(manual, PROTOCOLS, "tipo", "atencion", "- id: pt_cliente_insatisfecho")
        place = manual.place(PROTOCOLS, "▸protocolos:")
        manual.finds(Expected("protocolo-incompleto", place, "Ningún protocolo es para el cliente insatisfecho"))

    def forget(self, manual: ManualCopy, channel: str, after: str) -> None:
        text = manual.path(PROTOCOLS).read_text("utf-8")
        found = re.compile(rf"        - canal: {channel}\n          rol: .*\n          como: .*\n").search(
            text, text.index(after)
        )
        assert found
        manual.write(PROTOCOLS, text[: found.start()] + text[found.end() :])


class TestTratoSinReglas:
    @pytest.mark.parametrize("rule", ["hablar_mal", "contradecir", "contar_lo_privado"])
    def test_each_of_the_three(self, manual: ManualCopy, rule: str) -> None:
        others = {"hablar_mal": "contradecir"}
        manual.edit(PROTOCOLS, f"regla: {rule}", f"regla: {others.get(rule, 'hablar_mal')}")
        place = manual.place(PROTOCOLS, "▸reglas_sin_culpa:")
        manual.finds(Expected("trato-sin-reglas", place, "trata «"))

    def test_no_phrases_at_all(self, manual: ManualCopy) -> None:
        manual.cut(PROTOCOLS, "frases_prohibidas:")
        [(_, message)] = found_by(manual, "trato-sin-reglas")
        assert "les falta «Frases prohibidas»" in message


class TestClaseServicioIncompleta:
    @pytest.mark.parametrize(
        ("kind", "field"),
        [
            ("cs_virtual_reactivo", "disponibilidad"),
            ("cs_presencial_proactivo", "disparador"),
            ("cs_presencial_proactivo", "calendario"),
            ("cs_presencial_reactivo", "normas"),
            ("cs_presencial_reactivo", "capacitaciones"),
        ],
    )
    def test_what_each_medium_and_initiative_demands(self, manual: ManualCopy, kind: str, field: str) -> None:
        drop(manual, PROTOCOLS, field, f"- id: {kind}")
        manual.finds(Expected("clase-servicio-incompleta", manual.place(PROTOCOLS, f"▸id: {kind}"), "le falta «"))

    def test_what_the_other_kinds_do_not(self, manual: ManualCopy) -> None:
        drop(manual, PROTOCOLS, "normas", "- id: cs_presencial_proactivo")
        manual.finds()

    def test_no_training_is_asked_of_a_company_without_it(self, manual: ManualCopy) -> None:
        drop(manual, PROTOCOLS, "capacitaciones", "- id: cs_presencial_reactivo")
        manual.write(CULTURE, NOT_APPLICABLE)
        assert found_by(manual, "clase-servicio-incompleta") == []


class TestCalidadIncompleta:
    def test_a_requirement(self, manual: ManualCopy) -> None:
        drop(manual, PROTOCOLS, "tecnica", "\ncalidad:")
        place = manual.place(PROTOCOLS, "calidad:\n  - ▸servicio: instalacion")
        manual.finds(
            Expected("calidad-incompleta", place, "A la calidad de «Instalación de internet por fibra» le falta")
        )

    def test_a_stage_that_leaves_no_trace(self, manual: ManualCopy) -> None:
        for field in ("registro", "control"):
            drop(manual, PROTOCOLS, field, "- nombre: Tendido y conexión")
        place = manual.place(PROTOCOLS, "▸nombre: Tendido y conexión")
        manual.finds(Expected("calidad-incompleta", place, "no queda registro ni hay control de «Tendido y conexión»"))

    def test_either_is_enough(self, manual: ManualCopy) -> None:
        drop(manual, PROTOCOLS, "registro", "- nombre: Tendido y conexión")
        manual.finds()


class TestServicio:
    def test_that_says_nothing_of_its_characteristics(self, manual: ManualCopy) -> None:
        text = manual.path(PROTOCOLS).read_text("utf-8")
        start = text.index("  - servicio: wifi_hogar\n", text.index("\ncaracteristicas:"))
        manual.write(PROTOCOLS, text[:start] + text[text.index("\ncalidad:", start) :])
        place = manual.place("nomenclatura.yml", "▸id: wifi_hogar")
        manual.finds(Expected("servicio-sin-caracteristicas", place, "El servicio «Wifi Hogar» no dice"))

    def test_that_forgets_one_of_them(self, manual: ManualCopy) -> None:
        drop(manual, PROTOCOLS, "perecedero", "\ncaracteristicas:")
        [(_, message)] = found_by(manual, "servicio-sin-caracteristicas")
        assert "A las características de «Instalación de internet por fibra» le falta «" in message

    def test_that_gives_nothing_afterwards(self, manual: ManualCopy) -> None:
        put(manual, STRATEGY, "fase", "durante", "- nombre: Plano de la casa")
        place = manual.place("nomenclatura.yml", "▸id: wifi_hogar")
        manual.finds(Expected("servicio-sin-valor-posterior", place, "después de «Wifi Hogar»"))

    def test_that_answers_to_no_finding(self, manual: ManualCopy) -> None:
        manual.edit("diagnostico.yml", "      servicios:\n        - wifi_hogar\n", "")
        place = manual.place("nomenclatura.yml", "▸id: wifi_hogar")
        manual.finds(Expected("servicio-sin-hallazgo", place, "llevó al servicio «Wifi Hogar»"))

    def test_of_which_nobody_asks_customers(self, manual: ManualCopy) -> None:
        text = manual.path("indicadores.yml").read_text("utf-8")
        heads = re.split(r"(?=\n  - id: )", text)
        manual.write(
            "indicadores.yml",
            "".join(one.replace("      - wifi_hogar\n", "") if "tipo: percepcion" in one else one for one in heads),
        )
        place = manual.place("nomenclatura.yml", "▸id: wifi_hogar")
        assert found_by(manual, "servicio-sin-percepcion") == [
            (place, "Ningún indicador mide lo que el cliente opina de «Wifi Hogar».")
        ]


class TestClientes:
    @pytest.mark.parametrize(
        ("kind", "field"), [("sumiso", "pregunta_activa"), ("abusivo", "evidencia"), ("abusivo", "trato_digno")]
    )
    def test_what_two_kinds_need(self, manual: ManualCopy, kind: str, field: str) -> None:
        drop(manual, CUSTOMERS, field, f"- id: tc_{kind}")
        place = manual.place(CUSTOMERS, f"▸id: tc_{kind}")
        manual.finds(Expected("tipo-cliente-sin-resguardo", place, "le falta «"))

    def test_what_the_others_may_leave_out(self, manual: ManualCopy) -> None:
        drop(manual, CUSTOMERS, "pregunta_activa", "- id: tc_agresivo")
        manual.finds()

    def test_a_kind_that_is_not_there(self, manual: ManualCopy) -> None:
        put(manual, CUSTOMERS, "tipo", "agresivo", "- id: tc_quejumbroso")
        manual.finds(Expected("tipo-cliente-sin-resguardo", manual.place(CUSTOMERS, "▸tipos_cliente:"), "trata «"))

    @pytest.mark.parametrize("field", ["responsable", "revisar_el"])
    def test_an_expectation_that_nobody_follows(self, manual: ManualCopy, field: str) -> None:
        drop(manual, CUSTOMERS, field, "- id: ex_familia_clases")
        place = manual.place(CUSTOMERS, "▸id: ex_familia_clases")
        manual.finds(Expected("expectativa-sin-responsable", place, "le falta «"))


class TestFidelizacion:
    @pytest.mark.parametrize("field", ["responsable", "indicador"])
    def test_an_action_that_nobody_answers_for(self, manual: ManualCopy, field: str) -> None:
        drop(manual, LOYALTY, field, "- nombre: Llamada de agradecimiento")
        place = manual.place(LOYALTY, "▸nombre: Llamada de agradecimiento")
        manual.finds(Expected("programa-sin-medida", place, "le falta «"))

    def test_a_channel_that_the_crm_does_not_know(self, manual: ManualCopy) -> None:
        manual.cut(LOYALTY, "- canal: visita")
        manual.finds(Expected("canal-sin-registro", manual.place(LOYALTY, "▸por_canal:"), "«Visita a domicilio»"))

    def test_a_misspelt_channel_is_told_once(self, manual: ManualCopy) -> None:
        manual.edit(LOYALTY, "    - canal: visita", "    - canal: visitas")
        assert {finding.rule for finding in manual.check().findings} == {"referencia-rota"}


class TestDireccion:
    @pytest.mark.parametrize("field", ["plan", "responsable", "fecha_limite"])
    def test_a_friction_that_nobody_mends(self, manual: ManualCopy, field: str) -> None:
        drop(manual, STRATEGY, field, "- nombre: El turno de la sucursal")
        place = manual.place(STRATEGY, "▸nombre: El turno de la sucursal")
        manual.finds(Expected("friccion-sin-plan", place, "le falta «"))

    def test_a_commitment_without_proof(self, manual: ManualCopy) -> None:
        drop(manual, CULTURE, "evidencias", "- id: cg_reunion")
        place = manual.place(CULTURE, "▸id: cg_reunion")
        manual.finds(Expected("compromiso-sin-evidencia", place, "le falta «Evidencias»"))

    @pytest.mark.parametrize(("day", "late"), [("2026-09-20", True), ("2026-09-21", False)])
    def test_two_periods_without_proof(self, manual: ManualCopy, day: str, *, late: bool) -> None:
        drop(manual, CULTURE, "evidencias", "- id: cg_reunion")
        proof = f"    evidencias:\n      - fecha: {day}\n        descripcion: Acta\n"
        manual.edit(CULTURE, "    frecuencia: mensual\n", f"    frecuencia: mensual\n{proof}", after="- id: cg_reunion")
        assert [place for place, _ in found_by(manual, "compromiso-sin-evidencia")] == (
            [manual.place(CULTURE, "▸evidencias:", after="- id: cg_reunion")] if late else []
        )

    def test_a_version_that_nobody_was_told_of(self, manual: ManualCopy) -> None:
        manual.edit("manual.yml", "version: 2.0.0", "version: 2.1.0")
        manual.finds(Expected("version-sin-difusion", manual.place(CULTURE, "▸difusiones:"), "La versión 2.1.0"))

    def test_a_role_that_was_not_told(self, manual: ManualCopy) -> None:
        manual.edit(CULTURE, "      - jefe_compras\n", "", after="- id: di_2_0_0")
        place = manual.place(CULTURE, "▸audiencia:", after="- id: di_2_0_0")
        manual.finds(Expected("version-sin-difusion", place, "no se ha comunicado a «Jefe de compras»"))

    def test_a_role_that_did_not_sign(self, manual: ManualCopy) -> None:
        text = manual.path(CULTURE).read_text("utf-8")
        start = text.index("      - rol: gerente_financiero\n", text.index("- id: di_2_0_0"))
        manual.write(CULTURE, text[:start] + "".join(text[start:].splitlines(keepends=True)[3:]))
        place = manual.place(CULTURE, "▸acuses:", after="- id: di_2_0_0")
        manual.finds(Expected("version-sin-difusion", place, "falta el acuse de «"))

    def test_a_norm_without_objective(self, manual: ManualCopy) -> None:
        drop(manual, "manual.yml", "objetivos", "- id: n_promesa_cumplida")
        place = manual.place("manual.yml", "▸id: n_promesa_cumplida")
        manual.finds(Expected("norma-sin-objetivo", place, "A la norma «Lo prometido se cumple» le falta"))


class TestEstrategiaQueSupone:
    def test_names_no_finding(self, manual: ManualCopy) -> None:
        self.suppose(manual)
        [(_, message)] = found_by(manual, "estrategia-incompleta")
        assert "no dice de qué hallazgos del diagnóstico parte" in message

    def test_needs_none_without_a_diagnosis(self, manual: ManualCopy) -> None:
        self.suppose(manual)
        manual.remove("diagnostico.yml")
        assert found_by(manual, "estrategia-incompleta") == []

    def suppose(self, manual: ManualCopy) -> None:
        text = manual.path(STRATEGY).read_text("utf-8")
        manual.write(STRATEGY, re.sub(r"^hallazgos:\n(?:  - .*\n)+", "", text, flags=re.MULTILINE))


class TestAcuerdoSinCapacidad:
    def test_one_that_customers_are_promised(self, manual: ManualCopy) -> None:
        drop(manual, "ans.yml", "capacidades", "- id: ans_soporte")
        manual.finds(Expected("acuerdo-sin-capacidad", manual.place("ans.yml", "▸id: ans_soporte"), "le falta «"))

    def test_those_above_are_held_by_those_below(self, manual: ManualCopy) -> None:
        drop(manual, "ans.yml", "capacidades", "- id: ans_dep_campo")
        manual.finds()
