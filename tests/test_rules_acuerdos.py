"""The rules about agreements, promises, findings, data and documents, each on a copy of the reference manual.

The sections that a test is about are written in it, short, so that it says all that it depends on;
what other rules say of the sections that name those written over is left aside.
"""

from pathlib import Path

import pytest

from helpers import NOT_APPLICABLE, TODAY, ManualCopy, reference_copy
from pauta.findings import Severity

CONTROL = """\
control:
  responsable: gerente_servicio
  ultima_revision: 2026-10-27
  revisar_cada: 6 meses
  estado: vigente
"""
RULES = {
    "acuerdo-sin-indicador": "ans",
    "acuerdo-vencido": "ans",
    "ans-escalamiento": "ans",
    "ans-excepcion-vencida": "ans",
    "ans-niveles": "ans",
    "ans-orden": "ans",
    "ans-plazo-interno": "ans",
    "ans-prioridades": "ans",
    "ans-relajado": "ans",
    "ans-sin-reloj": "ans",
    "servicio-sin-acuerdo": "ans",
    "dato-sin-proposito": "fidelizacion",
    "promesa-sin-respaldo": "estrategia",
    "hallazgo-sin-efecto": "diagnostico",
    "estudio-antiguo": "diagnostico",
    "documento-sin-control": "documentos",
}
"""Each rule that is tested here, and the section without which it has nothing to say."""

DEFAULTS = {
    "nombre": "",
    "tipo": "servicio",
    "servicios": "[soporte_tecnico]",
    "metrica": "resolucion",
    "valor": "2 días hábiles",
    "porcentaje": "90 %",
    "vigente_desde": "2026-10-01",
    "responsable": "gerente_servicio",
}
ANSWER = {"metrica": "primera_respuesta", "reloj": "horario_habil"}
SOLUTION = {"metrica": "resolucion", "reloj": "horario_habil"}
TOP = {"tipo": "multinivel", "nivel": "corporativo", "nombre": "Arriba"}
LOW = {"tipo": "multinivel", "nivel": "cliente", "superior": "arriba"}
DOCUMENT = {
    "codigo": "PO-01",
    "tipo": "procedimiento",
    "estado": "vigente",
    "medio": "ambos",
    "ubicacion": "Archivo",
    "origen": "empresa",
    "acceso": "interno",
    "version": "1.0.0",
    "elaboro": "supervisor_atencion",
    "aprobo": "gerente_servicio",
}
EXCEPTION = "{{motivo: Obra, aprobado_por: gerente_general, vence_el: {day}}}"
HOURS = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo", "feriados")


@pytest.fixture
def manual(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


def agreement(name: str, **fields: str) -> str:
    """An agreement as YAML: what every one has, but for the fields given."""
    written = {**DEFAULTS, "nombre": name.capitalize(), **fields}
    lines = "".join(f"    {field}: {value}\n" for field, value in written.items())
    return f"  - id: {name}\n{lines}"


def agree(manual: ManualCopy, *agreements: str) -> None:
    """Make these all the agreements of the manual."""
    manual.write("ans.yml", f"{CONTROL}acuerdos:\n{''.join(agreements)}")


def problems(manual: ManualCopy, rule: str) -> list[tuple[str, str]]:
    """Place and message of what a rule finds, in reading order."""
    found = manual.check().findings
    written_wrong = [f for f in found if f.rule in {"formato-incorrecto", "falta-campo", "campo-desconocido"}]
    assert not written_wrong, written_wrong
    assert all(finding.mend for finding in found)
    return [(str(finding.location), finding.message) for finding in found if finding.rule == rule]


def assert_one(manual: ManualCopy, rule: str, place: str, says: str) -> None:
    [(where, message)] = problems(manual, rule)
    assert where == place
    assert says in message


class TestAllOfThem:
    def test_say_nothing_of_the_reference_manual(self, manual: ManualCopy) -> None:
        assert [finding for finding in manual.check().findings if finding.rule in RULES] == []

    @pytest.mark.parametrize("declared", [True, False])
    def test_say_nothing_of_a_section_that_is_not_there(self, manual: ManualCopy, *, declared: bool) -> None:
        for section in set(RULES.values()):
            manual.path(f"{section}.yml").unlink(missing_ok=True)
            if declared:
                manual.write(f"{section}.yml", NOT_APPLICABLE)
        assert [finding for finding in manual.check().findings if finding.rule in RULES] == []


class TestAcuerdoVencido:
    def test_the_day_after_its_last(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", vigente_hasta="2026-11-20"))
        assert_one(
            manual, "acuerdo-vencido", manual.place("ans.yml", "hasta: ▸2026-11-20"), "«Uno» venció el 2026-11-20"
        )

    def test_it_holds_on_its_last_day(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", vigente_hasta=str(TODAY)))
        assert problems(manual, "acuerdo-vencido") == []

    def test_one_that_ends_before_it_begins_is_a_mistake_in_the_dates(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", vigente_hasta="2026-09-30"))
        place = manual.place("ans.yml", "hasta: ▸2026-09-30")
        assert_one(manual, "fecha-imposible", place, "«Uno» termina el 2026-09-30, antes de empezar (2026-10-01)")
        assert problems(manual, "acuerdo-vencido") == []


class TestDates:
    def test_an_element_that_should_have_been_looked_at_again(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", revisar_el="2026-11-20"), agreement("dos", revisar_el=str(TODAY)))
        place = manual.place("ans.yml", "revisar_el: ▸2026-11-20")
        assert_one(manual, "revision-vencida", place, "«Uno» debía volver a mirarse a más tardar el 2026-11-20")

    def test_a_finding_of_tomorrow(self, manual: ManualCopy) -> None:
        tomorrow = TestHallazgoSinEfecto.FINDING.replace("2026-09-01", "2026-11-22")
        manual.write("diagnostico.yml", CONTROL + tomorrow)
        place = manual.place("diagnostico.yml", "fecha: ▸2026-11-22")
        assert_one(manual, "fecha-imposible", place, "El hallazgo «Uno» tiene fecha 2026-11-22")


class TestServicioSinAcuerdo:
    ALL = "[instalacion, cambio_plan, facturacion_cobro, traslado, cancelacion, wifi_hogar, soporte_tecnico]"
    OTHERS = ALL.replace(", soporte_tecnico", "")

    def test_one_without_channels_covers_all_of_them(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", servicios=self.ALL))
        assert problems(manual, "servicio-sin-acuerdo") == []

    def test_a_service_that_no_agreement_names(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", servicios=self.OTHERS))
        place = manual.place("nomenclatura.yml", "▸id: soporte_tecnico")
        assert_one(manual, "servicio-sin-acuerdo", place, "no tiene ningún acuerdo")

    def test_the_channels_of_the_offer_that_are_left_out(self, manual: ManualCopy) -> None:
        phone = agreement(
            "dos", servicios="[soporte_tecnico]", canales="[telefono, whatsapp, correo, sucursal, portal]"
        )
        agree(manual, agreement("uno", servicios=self.OTHERS), phone)
        place = manual.place("oferta/soporte_tecnico.yml", "\n    ▸canales:")
        says = "se ofrece en «Visita a domicilio» y «Redes sociales» sin un acuerdo vigente"
        assert_one(manual, "servicio-sin-acuerdo", place, says)

    @pytest.mark.parametrize(
        "narrow",
        [{"vigente_desde": "2026-11-22"}, {"vigente_hasta": "2026-11-20"}, {"segmentos": "[seg_negocio_hogar]"}],
    )
    def test_one_for_other_days_or_for_some_customers_covers_nothing(
        self, manual: ManualCopy, narrow: dict[str, str]
    ) -> None:
        agree(manual, agreement("uno", servicios=self.OTHERS), agreement("dos", **narrow))
        place = manual.place("nomenclatura.yml", "▸id: soporte_tecnico")
        assert_one(manual, "servicio-sin-acuerdo", place, "no tiene ningún acuerdo")

    def test_waits_until_every_agreement_is_well_written(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", servicios=self.OTHERS), agreement("dos", valor="dos días"))
        assert "servicio-sin-acuerdo" not in {finding.rule for finding in manual.check().findings}


class TestAcuerdoSinIndicador:
    def test_none(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno"))
        place = manual.place("ans.yml", "▸id: uno")
        assert_one(manual, "acuerdo-sin-indicador", place, "no dice con qué indicador se prueba")

    @pytest.mark.parametrize(
        ("indicator", "value", "share"),
        [
            ("resolucion_soporte", "2 días hábiles", "90 %"),  # the time itself
            ("resolucion_soporte", "3 días hábiles", "90 %"),  # more is measured than is promised
            ("primera_respuesta_whatsapp", "600 segundos", "90 %"),  # 10 minutos
            ("nivel_servicio_telefono", "20 segundos", "80 %"),  # the share in time
            ("abandono_telefono", "20 segundos", "96 %"),  # 4 % that fail
        ],
    )
    def test_a_target_as_strong_as_the_promise(
        self, manual: ManualCopy, indicator: str, value: str, share: str
    ) -> None:
        agree(manual, agreement("uno", valor=value, porcentaje=share, indicador=indicator))
        assert problems(manual, "acuerdo-sin-indicador") == []

    @pytest.mark.parametrize(
        ("indicator", "value", "share", "says"),
        [
            ("resolucion_soporte", "1 día hábil", "90 %", "«Tiempo para resolver una falla», con que se prueba, es más débil: 2 días hábiles"),
            ("nivel_servicio_telefono", "20 segundos", "85 %", "en el 85 % de los casos"),
            ("abandono_telefono", "20 segundos", "97 %", "más débil: 4 %"),
            ("resolucion_soporte", "2 días calendario", "90 %", "que se mide en «días hábiles»"),
            ("costo_por_contacto", "2 días hábiles", "90 %", "que se mide en «GTQ»"),
        ],
    )  # fmt: skip
    def test_a_weaker_target_or_another_unit(
        self, manual: ManualCopy, indicator: str, value: str, share: str, says: str
    ) -> None:
        agree(manual, agreement("uno", valor=value, porcentaje=share, indicador=indicator))
        place = manual.place("ans.yml", f"indicador: ▸{indicator}")
        assert_one(manual, "acuerdo-sin-indicador", place, says)

    def test_an_opinion_proves_no_time(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", indicador="satisfaccion_cliente"))
        place = manual.place("ans.yml", "indicador: ▸satisfaccion_cliente")
        assert_one(manual, "acuerdo-sin-indicador", place, "que mide lo que el cliente opina")

    def test_a_target_with_decimals(self, manual: ManualCopy) -> None:
        manual.edit("indicadores.yml", "    meta: 2 días hábiles", "    meta: 1.5 días hábiles")
        agree(manual, agreement("uno", valor="1 día hábil", indicador="resolucion_soporte"))
        place = manual.place("ans.yml", "indicador: ▸resolucion_soporte")
        assert_one(manual, "acuerdo-sin-indicador", place, "más débil: 1.5 días hábiles")


class TestAnsSinReloj:
    @pytest.mark.parametrize("value", ["20 segundos", "10 minutos", "4 horas hábiles"])
    def test_less_than_a_day_says_which_hours_count(self, manual: ManualCopy, value: str) -> None:
        agree(manual, agreement("uno", valor=value))
        assert_one(manual, "ans-sin-reloj", manual.place("ans.yml", f"valor: ▸{value}"), "no dice qué horas cuentan")

    def test_days_need_not(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", valor="2 días hábiles"))
        assert problems(manual, "ans-sin-reloj") == []

    def test_working_hours_on_a_clock_that_never_stops(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", valor="4 horas hábiles", reloj="continuo"))
        assert_one(manual, "ans-sin-reloj", manual.place("ans.yml", "reloj: ▸continuo"), "su reloj no se detiene")

    def test_an_answer_at_any_hour_in_a_channel_that_closes(self, manual: ManualCopy) -> None:
        fields = {"metrica": "primera_respuesta", "reloj": "continuo", "canales": "[correo]"}
        self.open(manual, "08:00-12:00, 14:00-18:00")
        agree(manual, agreement("uno", valor="13 horas", **fields))
        assert_one(manual, "ans-sin-reloj", manual.place("ans.yml", "[▸correo]"), "cierra hasta 14 horas seguidas")
        agree(manual, agreement("uno", valor="14 horas", **fields))
        assert problems(manual, "ans-sin-reloj") == []

    @pytest.mark.parametrize(
        ("hours", "value"), [("24 horas", "1 minuto"), ("06:00-24:00", "6 horas"), ("18:00-06:00", "12 horas")]
    )
    def test_an_answer_at_any_hour_in_a_channel_open_long_enough(
        self, manual: ManualCopy, hours: str, value: str
    ) -> None:
        self.open(manual, hours)
        agree(manual, agreement("uno", metrica="espera", valor=value, reloj="continuo", canales="[correo]"))
        assert problems(manual, "ans-sin-reloj") == []

    def test_a_receipt_needs_nobody(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", metrica="acuse", valor="1 minuto", reloj="continuo", canales="[correo]"))
        assert problems(manual, "ans-sin-reloj") == []

    def test_a_channel_that_never_opens_is_told_of_the_channel(self, manual: ManualCopy) -> None:
        self.open(manual, "cerrado")
        agree(manual, agreement("uno", metrica="espera", valor="1 hora", reloj="continuo", canales="[correo]"))
        assert problems(manual, "ans-sin-reloj") == []
        place = manual.place("canales.yml", "▸horario:", after="- id: correo")
        assert_one(manual, "canal-sin-atencion", place, "«Correo de atención» no atiende ningún día")

    def open(self, manual: ManualCopy, hours: str) -> None:
        """Give the mail the same hours every day."""
        text = manual.path("canales.yml").read_text("utf-8")
        start = text.index("    horario:\n", text.index("- id: correo\n"))
        week = "".join(f"      {day}: {hours}\n" for day in HOURS)
        manual.write(
            "canales.yml", f"{text[:start]}    horario:\n{week}{text[text.index('    responsable:', start) :]}"
        )


class TestAnsOrden:
    def test_an_answer_after_the_solution(self, manual: ManualCopy) -> None:
        agree(
            manual,
            agreement("uno", **ANSWER, valor="4 horas hábiles"),
            agreement("dos", **SOLUTION, valor="3 horas hábiles"),
            agreement("tres", **SOLUTION, valor="90 minutos hábiles"),
        )
        place = manual.place("ans.yml", "valor: ▸4 horas hábiles")
        says = "promete «Primera respuesta» en 4 horas hábiles, después de «Resolución» en «Tres» (90 minutos hábiles)"
        assert_one(manual, "ans-orden", place, says)

    def test_a_receipt_after_the_answer(self, manual: ManualCopy) -> None:
        agree(
            manual,
            agreement("uno", metrica="acuse", valor="2 horas", reloj="continuo"),
            agreement("dos", metrica="primera_respuesta", valor="60 minutos", reloj="continuo"),
        )
        assert_one(manual, "ans-orden", manual.place("ans.yml", "valor: ▸2 horas"), "«Acuse de recibo» en 2 horas")

    def test_at_the_same_time_is_in_order(self, manual: ManualCopy) -> None:
        agree(
            manual,
            agreement("uno", **ANSWER, valor="60 minutos hábiles"),
            agreement("dos", **SOLUTION, valor="1 hora hábil"),
        )
        assert problems(manual, "ans-orden") == []

    @pytest.mark.parametrize(
        "other",
        [
            {"servicios": "[traslado]"},
            {"canales": "[correo]"},
            {"segmentos": "[seg_estudiante]"},
            {"prioridad": "2"},
            {"nivel": "departamental"},
            {"valor": "1 hora"},
            {"reloj": "horario_canal"},
            {"vigente_desde": "2027-02-01"},
            {"metrica": "entrega"},
        ],
    )
    def test_two_that_no_case_shares_are_not_compared(self, manual: ManualCopy, other: dict[str, str]) -> None:
        first = {"canales": "[telefono]", "segmentos": "[seg_familia]", "prioridad": "1", "vigente_hasta": "2027-01-31"}
        shared = {**SOLUTION, "valor": "1 hora hábil"}
        agree(
            manual,
            agreement("uno", **ANSWER, **first, valor="4 horas hábiles"),
            agreement("dos", **{**shared, **other}),
        )
        assert problems(manual, "ans-orden") == []


class TestAnsPrioridades:
    def test_the_urgent_may_not_wait_longer(self, manual: ManualCopy) -> None:
        agree(
            manual,
            agreement("uno", prioridad="1", valor="3 días hábiles"),
            agreement("dos", prioridad="2", valor="2 días hábiles"),
            agreement("tres", prioridad="3", valor="4 días hábiles"),
        )
        place = manual.place("ans.yml", "valor: ▸3 días hábiles")
        says = "«Uno», de prioridad 1, puede tardar 3 días hábiles: más que «Dos», de prioridad 2 (2 días hábiles)"
        assert_one(manual, "ans-prioridades", place, says)

    @pytest.mark.parametrize(
        "other", [{"metrica": "entrega"}, {"servicios": "[traslado]"}, {"valor": "2 horas hábiles"}, {"prioridad": "1"}]
    )
    def test_other_cases_are_not_compared(self, manual: ManualCopy, other: dict[str, str]) -> None:
        less = {"prioridad": "2", "valor": "2 días hábiles", **other}
        agree(manual, agreement("uno", prioridad="1", valor="3 días hábiles"), agreement("dos", **less))
        assert problems(manual, "ans-prioridades") == []


class TestAnsEscalamiento:
    def test_steps_that_go_up_to_the_limit(self, manual: ManualCopy) -> None:
        self.escalate(manual, "4 horas hábiles", "1 día hábil", "2 días hábiles")
        assert problems(manual, "ans-escalamiento") == []

    def test_a_step_after_the_limit(self, manual: ManualCopy) -> None:
        self.escalate(manual, "1 día hábil", "3 días hábiles")
        place = manual.place("ans.yml", "a_los: ▸3 días hábiles")
        assert_one(manual, "ans-escalamiento", place, "cuando el tiempo acordado (2 días hábiles) ya venció")

    @pytest.mark.parametrize("second", ["1 hora hábil", "90 minutos hábiles", "2 horas hábiles"])
    def test_a_step_that_is_not_after_the_one_before(self, manual: ManualCopy, second: str) -> None:
        self.escalate(manual, "2 horas hábiles", second)
        text = manual.path("ans.yml").read_text("utf-8")
        line = text[: text.rindex("a_los")].count("\n") + 1
        assert_one(manual, "ans-escalamiento", f"manual/ans.yml:{line}:16", f"el aviso 2 es a los {second}")

    def escalate(self, manual: ManualCopy, *times: str) -> None:
        steps = "".join(
            f"      - a_los: {time}\n        rol: gerente_servicio\n        hace: Ayuda\n" for time in times
        )
        agree(manual, agreement("uno") + f"    escalamiento:\n{steps}")


class TestLevels:
    @pytest.mark.parametrize(
        ("value", "share"), [("2 días hábiles", "90 %"), ("1 día hábil", "95 %"), ("0 días hábiles", "100 %")]
    )
    def test_lower_ones_may_tighten(self, manual: ManualCopy, value: str, share: str) -> None:
        self.refine(manual, valor=value, porcentaje=share)
        assert problems(manual, "ans-relajado") == []

    def test_lower_ones_may_not_loosen(self, manual: ManualCopy) -> None:
        self.refine(manual, valor="3 días hábiles", porcentaje="85 %")
        slower, fewer = problems(manual, "ans-relajado")
        assert slower[0] == manual.place("ans.yml", "valor: ▸3 días hábiles")
        assert "«Abajo» afloja el acuerdo «Arriba»: su «Tiempo máximo» es 3 días hábiles" in slower[1]
        assert fewer[0] == manual.place("ans.yml", "porcentaje: ▸85 %")
        assert "su «Proporción de casos» es 85 % y el de arriba 90 %" in fewer[1]

    def test_an_exception_lasts_until_its_last_day(self, manual: ManualCopy) -> None:
        self.refine(manual, valor="3 días hábiles", excepcion=EXCEPTION.format(day=TODAY))
        assert problems(manual, "ans-relajado") == problems(manual, "ans-excepcion-vencida") == []

    def test_an_exception_that_is_over_is_told_once(self, manual: ManualCopy) -> None:
        self.refine(manual, valor="3 días hábiles", excepcion=EXCEPTION.format(day="2026-11-20"))
        place = manual.place("ans.yml", "vence_el: ▸2026-11-20")
        assert_one(manual, "ans-excepcion-vencida", place, "y el acuerdo sigue por debajo de «Arriba»")
        assert problems(manual, "ans-relajado") == []

    def test_an_exception_that_is_over_and_not_needed(self, manual: ManualCopy) -> None:
        self.refine(manual, excepcion=EXCEPTION.format(day="2026-11-20"))
        place = manual.place("ans.yml", "vence_el: ▸2026-11-20")
        assert_one(manual, "ans-excepcion-vencida", place, "La excepción de «Abajo» venció el 2026-11-20.")

    @pytest.mark.parametrize("change", [{"valor": "1 día hábil"}, {"valor": "3 días hábiles"}, {"porcentaje": "95 %"}])
    def test_a_fixed_one_is_not_changed_even_by_exception(self, manual: ManualCopy, change: dict[str, str]) -> None:
        self.refine(manual, {"fijo": "true"}, **change, excepcion=EXCEPTION.format(day="2027-02-28"))
        [(field, value)] = change.items()
        place = manual.place("ans.yml", f"{field}: ▸{value}")
        assert_one(manual, "ans-relajado", place, "y «Arriba» es fijo")

    def test_a_fixed_one_holds_for_all_levels_below(self, manual: ManualCopy) -> None:
        middle = agreement("medio", tipo="multinivel", nivel="departamental", superior="arriba")
        low = agreement("abajo", **{**LOW, "superior": "medio", "valor": "1 día hábil"})
        agree(manual, agreement("arriba", **TOP, fijo="true"), middle, low)
        assert_one(manual, "ans-relajado", manual.place("ans.yml", "valor: ▸1 día hábil"), "y «Arriba» es fijo")

    @pytest.mark.parametrize(
        ("field", "upper", "lower", "says"),
        [
            ("metrica", "entrega", "resolucion", "uno dice «Resolución» y el otro «Entrega»"),
            ("prioridad", "1", "2", "uno dice «2» y el otro «1»"),
            ("reloj", "horario_habil", "continuo", "uno dice «Todas las horas, sin parar»"),
            ("indicador", "quejas_a_tiempo", "instalacion_a_tiempo", "en «Indicador» uno dice «instalacion_a_tiempo»"),
            ("valor", "4 horas hábiles", "4 horas", "uno dice «4 horas» y el otro «4 horas hábiles»"),
        ],
    )
    def test_both_measure_the_same(self, manual: ManualCopy, field: str, upper: str, lower: str, says: str) -> None:
        self.refine(manual, {field: upper}, **{field: lower})
        text = manual.path("ans.yml").read_text("utf-8")
        line = text[: text.rindex(f" {field}: ")].count("\n") + 1
        assert_one(manual, "ans-relajado", f"manual/ans.yml:{line}:{len(field) + 7}", says)

    def test_a_level_is_asked_of_each(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", tipo="multinivel"))
        place = manual.place("ans.yml", "tipo: ▸multinivel")
        assert_one(manual, "ans-niveles", place, "no dice cuál es el suyo")

    def test_what_a_lower_one_refines_is_asked(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", tipo="multinivel", nivel="cliente"))
        place = manual.place("ans.yml", "nivel: ▸cliente")
        assert_one(manual, "ans-niveles", place, "«Uno», de nivel de cliente, no dice qué acuerdo afina")

    def test_two_that_refine_each_other(self, manual: ManualCopy) -> None:
        agree(manual, agreement("arriba", **{**TOP, "superior": "abajo"}), agreement("abajo", **LOW))
        place = manual.place("ans.yml", "superior: ▸abajo")
        assert_one(manual, "ans-niveles", place, "tiene por superior a «Abajo»")

    def test_one_that_refines_itself(self, manual: ManualCopy) -> None:
        agree(manual, agreement("abajo", **{**LOW, "superior": "abajo"}))
        place = manual.place("ans.yml", "superior: ▸abajo")
        assert_one(manual, "ans-niveles", place, "que no está por encima")

    def refine(self, manual: ManualCopy, top: dict[str, str] | None = None, **low: str) -> None:
        """An agreement, and another that refines it."""
        agree(manual, agreement("arriba", **TOP, **(top or {})), agreement("abajo", **LOW, **low))


class TestAnsPlazoInterno:
    INTERNAL = """\
  - id: aa_{name}
    nombre: {name}
    entrega: encargado_bodega
    recibe: coordinador_campo
    que_entrega: Material
    plazo: {term}
    acuerdos: [uno]
    si_falla: Avisa
    vigente_desde: 2026-10-01
    revisar_el: 2027-04-01
"""
    COMMITMENT = """\
compromisos:
  - id: cg_uno
    nombre: Uno
    texto: Acompañar un turno.
    responsable: gerente_general
    asumido_el: 2026-10-01
"""

    def test_areas_that_take_more_than_is_promised(self, manual: ManualCopy) -> None:
        self.share(manual, "1 día hábil", "2 días hábiles")
        place = manual.place("ans.yml", "valor: ▸2 días hábiles")
        says = "los plazos de que depende suman 3 días hábiles: «a: 1 día hábil» y «b: 2 días hábiles»"
        assert_one(manual, "ans-plazo-interno", place, says)

    @pytest.mark.parametrize("second", ["1 día hábil", "3 días calendario"])
    def test_areas_that_fit_or_run_on_other_clocks(self, manual: ManualCopy, second: str) -> None:
        self.share(manual, "1 día hábil", second)
        assert problems(manual, "ans-plazo-interno") == []

    def test_a_supplier_counts_too(self, manual: ManualCopy) -> None:
        agree(manual, agreement("uno", valor="1 hora hábil", reloj="horario_habil", proveedores="[redes_altiplano]"))
        place = manual.place("ans.yml", "valor: ▸1 hora hábil")
        assert_one(manual, "ans-plazo-interno", place, "suman 2 horas hábiles")

    def share(self, manual: ManualCopy, *terms: str) -> None:
        agree(manual, agreement("uno"))
        internal = "".join(self.INTERNAL.format(name=n, term=t) for n, t in zip("ab", terms, strict=True))
        manual.write("cultura.yml", f"{CONTROL}{self.COMMITMENT}acuerdos_entre_areas:\n{internal}")


class TestPromesaSinRespaldo:
    PROMISE = "  - id: pr_uno\n    nombre: Uno\n    texto: A tiempo.\n    servicios: [traslado]\n    responsable: gerente_servicio\n"

    def promise(self, manual: ManualCopy, more: str) -> None:
        manual.write("estrategia.yml", f"{CONTROL}frase: Siempre\npromesas:\n{self.PROMISE}{more}")

    @pytest.mark.parametrize("measure", ["indicador: traslado_a_tiempo", "acuerdo: ans_traslado"])
    @pytest.mark.parametrize("reason", ["hallazgos: [ha_uno]", "expectativas: [ex_uno]"])
    def test_a_measure_and_a_reason(self, manual: ManualCopy, measure: str, reason: str) -> None:
        self.promise(manual, f"    {measure}\n    {reason}\n")
        assert problems(manual, "promesa-sin-respaldo") == []

    @pytest.mark.parametrize(
        ("more", "lacks"),
        [
            ("", "«Indicador» ni «Acuerdo de servicio» ni «Hallazgos» ni «Expectativas»"),
            ("    hallazgos: [ha_uno]\n", "no tiene «Indicador» ni «Acuerdo de servicio» que"),
            ("    indicador: traslado_a_tiempo\n", "no tiene «Hallazgos» ni «Expectativas» que"),
        ],
    )
    def test_a_slogan(self, manual: ManualCopy, more: str, lacks: str) -> None:
        manual.write("diagnostico.yml", CONTROL + TestHallazgoSinEfecto.FINDING)
        self.promise(manual, more)
        place = manual.place("estrategia.yml", "▸id: pr_uno")
        assert_one(manual, "promesa-sin-respaldo", place, lacks)

    def test_no_reason_is_asked_where_there_is_nowhere_to_write_it(self, manual: ManualCopy) -> None:
        for section in ("diagnostico", "clientes"):
            manual.write(f"{section}.yml", NOT_APPLICABLE)
        self.promise(manual, "    indicador: traslado_a_tiempo\n")
        assert problems(manual, "promesa-sin-respaldo") == []


class TestHallazgoSinEfecto:
    FINDING = """\
hallazgos:
  - id: ha_uno
    nombre: Uno
    tipo: deseo
    texto: Quieren avisos.
    prioridad: alta
    evidencia: Encuesta
    fecha: 2026-09-01
    vigencia: 1 año
"""

    def test_one_that_led_to_nothing(self, manual: ManualCopy) -> None:
        manual.write("diagnostico.yml", CONTROL + self.FINDING)
        place = manual.place("diagnostico.yml", "▸id: ha_uno")
        assert_one(manual, "hallazgo-sin-efecto", place, "«Uno», de prioridad alta, no llevó a nada")
        assert {f.severity for f in manual.check().findings if f.rule == "hallazgo-sin-efecto"} == {Severity.WARNING}

    @pytest.mark.parametrize(
        "more",
        [
            "    llevo_a:\n      servicios: [traslado]\n",
            "    descartado: {motivo: Pocos, aprobado_por: gerente_general, revisar_el: 2026-11-21}\n",
        ],
    )
    def test_one_that_led_to_something_or_was_dismissed(self, manual: ManualCopy, more: str) -> None:
        manual.write("diagnostico.yml", CONTROL + self.FINDING + more)
        assert problems(manual, "hallazgo-sin-efecto") == []

    def test_one_that_a_promise_answers_to(self, manual: ManualCopy) -> None:
        manual.write("diagnostico.yml", CONTROL + self.FINDING)
        promise = TestPromesaSinRespaldo.PROMISE + "    hallazgos: [ha_uno]\n"
        manual.write("estrategia.yml", f"{CONTROL}frase: Siempre\npromesas:\n{promise}")
        assert problems(manual, "hallazgo-sin-efecto") == []

    def test_a_dismissal_that_is_over(self, manual: ManualCopy) -> None:
        over = "    descartado: {motivo: Pocos, aprobado_por: gerente_general, revisar_el: 2026-11-20}\n"
        manual.write("diagnostico.yml", CONTROL + self.FINDING + over)
        place = manual.place("diagnostico.yml", "revisar_el: ▸2026-11-20")
        assert_one(manual, "hallazgo-sin-efecto", place, "se decidió hasta el 2026-11-20, y ya pasó")

    def test_an_empty_list_of_effects_is_none(self, manual: ManualCopy) -> None:
        manual.write("diagnostico.yml", CONTROL + self.FINDING + "    llevo_a: {}\n")
        place = manual.place("diagnostico.yml", "▸id: ha_uno")
        assert_one(manual, "hallazgo-sin-efecto", place, "no llevó a nada")


class TestEstudioAntiguo:
    STUDY = """\
estudios:
  - id: es_uno
    nombre: Encuesta
    fecha: {day}
    metodo: Llamadas
    poblacion: Clientes
    muestra: 100 clientes
    vigencia: {validity}
    responsable: gerente_servicio
"""

    def study(self, manual: ManualCopy, day: str, validity: str, more: str = "") -> None:
        finding = TestHallazgoSinEfecto.FINDING.replace("2026-09-01", day).replace("1 año", validity)
        manual.write("diagnostico.yml", CONTROL + self.STUDY.format(day=day, validity=validity) + finding + more)

    def test_a_study_that_is_over_speaks_for_its_findings(self, manual: ManualCopy) -> None:
        self.study(manual, "2025-11-20", "12 meses", "    estudio: es_uno\n")
        place = manual.place("diagnostico.yml", "fecha: ▸2025-11-20", after="- id: es_uno")
        assert_one(manual, "estudio-antiguo", place, "El estudio «Encuesta», del 2025-11-20, ya pasó su vigencia")
        assert {f.severity for f in manual.check().findings if f.rule == "estudio-antiguo"} == {Severity.WARNING}

    def test_a_finding_of_its_own(self, manual: ManualCopy) -> None:
        self.study(manual, "2025-11-20", "1 año")
        assert [message.split(",")[0] for _, message in problems(manual, "estudio-antiguo")] == [
            "El estudio «Encuesta»",
            "El hallazgo «Uno»",
        ]

    @pytest.mark.parametrize(("day", "validity"), [("2025-11-21", "1 año"), ("2020-01-01", "30 días hábiles")])
    def test_one_that_holds_today_or_has_no_last_day(self, manual: ManualCopy, day: str, validity: str) -> None:
        self.study(manual, day, validity)
        assert problems(manual, "estudio-antiguo") == []


class TestDatoSinProposito:
    DATUM = "datos_cliente:\n  - id: dc_uno\n    nombre: Correo\n    tipo: contacto\n    de_quien: actual\n    sensible: false\n    origen: Contrato\n"
    LOYALTY = """\
cliente_fiel:
  antiguedad: 2 años
  intencion: {como: Pregunta, desde: 4 puntos}
  recomendacion: {como: Pregunta, desde: 9 puntos}
programas:
  - id: pf_uno
    nombre: Uno
    objetivo: Que se queden
    segmentos: [seg_familia]
    beneficio_cliente: Un mes
    acciones:
      - nombre: Llamar
        cuando: Al año
    vigente_desde: 2026-10-01
    responsable: gerente_servicio
"""

    @pytest.mark.parametrize(
        ("more", "lacks"),
        [
            ("", "le falta «Finalidad» y «Conservación»"),
            ("    finalidad: Avisar\n", "le falta «Conservación»."),
            ("    retencion: 2 años\n", "le falta «Finalidad»."),
        ],
    )
    def test_no_purpose_or_no_end(self, manual: ManualCopy, more: str, lacks: str) -> None:
        manual.write("fidelizacion.yml", CONTROL + self.LOYALTY + self.DATUM + more)
        assert_one(manual, "dato-sin-proposito", manual.place("fidelizacion.yml", "▸id: dc_uno"), lacks)

    def test_both(self, manual: ManualCopy) -> None:
        more = "    finalidad: Avisar\n    retencion: 2 años\n"
        manual.write("fidelizacion.yml", CONTROL + self.LOYALTY + self.DATUM + more)
        assert problems(manual, "dato-sin-proposito") == []


class TestDocumentoSinControl:
    def document(self, name: str, *, without: str = "", **fields: str) -> str:
        written = {"nombre": name.capitalize(), **DOCUMENT, **fields}
        return f"  - id: {name}\n" + "".join(f"    {k}: {v}\n" for k, v in written.items() if k not in without.split())

    def keep(self, manual: ManualCopy, *documents: str) -> None:
        manual.write("documentos.yml", f"{CONTROL}documentos:\n{''.join(documents)}")

    def test_one_in_control(self, manual: ManualCopy) -> None:
        self.keep(manual, self.document("uno"))
        assert problems(manual, "documento-sin-control") == []

    def test_the_author_does_not_approve(self, manual: ManualCopy) -> None:
        self.keep(manual, self.document("uno", elaboro="gerente_servicio"))
        place = manual.place("documentos.yml", "aprobo: ▸gerente_servicio")
        assert_one(manual, "documento-sin-control", place, "lo elaboró y lo aprobó el mismo rol")

    def test_what_a_ruling_document_lacks(self, manual: ManualCopy) -> None:
        self.keep(manual, self.document("uno", without="version aprobo"))
        place = manual.place("documentos.yml", "▸id: uno")
        assert_one(manual, "documento-sin-control", place, "está vigente y le falta «Versión» y «Aprobó»")

    @pytest.mark.parametrize("other", [{"estado": "borrador"}, {"tipo": "registro"}, {"origen": "autoridad"}])
    def test_a_draft_a_record_or_another_s_has_no_approver(self, manual: ManualCopy, other: dict[str, str]) -> None:
        self.keep(manual, self.document("uno", without="version elaboro aprobo", **other))
        assert problems(manual, "documento-sin-control") == []

    @pytest.mark.parametrize("whose", [{"tipo": "dato_cliente"}, {"origen": "cliente"}])
    def test_a_customers_data_are_kept_for_a_time(self, manual: ManualCopy, whose: dict[str, str]) -> None:
        self.keep(manual, self.document("uno", **whose))
        place = manual.place("documentos.yml", "▸id: uno")
        assert_one(manual, "documento-sin-control", place, "no dice cuánto tiempo se conserva")

    def test_a_customers_data_are_not_for_anyone(self, manual: ManualCopy) -> None:
        self.keep(manual, self.document("uno", tipo="dato_cliente", retencion="5 años", acceso="publico"))
        place = manual.place("documentos.yml", "acceso: ▸publico")
        assert_one(manual, "documento-sin-control", place, "cualquiera puede leerlo")

    def test_restricted_to_nobody_in_particular(self, manual: ManualCopy) -> None:
        self.keep(manual, self.document("uno", acceso="restringido"))
        place = manual.place("documentos.yml", "acceso: ▸restringido")
        assert_one(manual, "documento-sin-control", place, "no dice quiénes acceden")

    def test_two_with_one_code(self, manual: ManualCopy) -> None:
        self.keep(manual, self.document("uno"), self.document("dos", codigo="po-01"))
        place = manual.place("documentos.yml", "codigo: ▸po-01")
        assert_one(manual, "documento-sin-control", place, "lleva el código po-01, que es el de «Uno»")

    def test_what_was_replaced_is_still_in_use(self, manual: ManualCopy) -> None:
        self.keep(manual, self.document("uno"), self.document("dos", codigo="PO-02", reemplaza="uno"))
        place = manual.place("documentos.yml", "estado: ▸vigente", after="- id: uno")
        assert_one(manual, "documento-sin-control", place, "«Uno» sigue vigente, y «Dos» lo reemplaza")
