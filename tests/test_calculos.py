"""Promises that do not add up: each inconsistency planted in the reference manual is found by its rule, with its figure."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from helpers import NOT_APPLICABLE, TODAY, Expected, ManualCopy, reference_copy
from pauta.calculate import Calculation, bad_service, calculate, complaints
from pauta.check import RULES
from pauta.model import Manual, build_manual
from pauta.pipeline import Project
from pauta.render.audience import restrict

CAPACITY, STOCK, COST, OFFER = "capacidad.yml", "inventarios.yml", "costo.yml", "oferta/traslado.yml"
PHONE, CHAT, MAIL, COUNTER, CREWS = (
    f"- id: cap_{name}" for name in ("telefono", "whatsapp", "correo", "mostrador", "cuadrillas")
)
ROUTER, CABLE, MESH = "- id: router_wifi6", "- id: cable_drop", "- id: repetidor_mesh"


@dataclass(frozen=True, slots=True)
class Planted:
    """One change of the manual, and the finding that tells it: the rule, what it says, and where (▸)."""

    rule: str
    file: str
    after: str
    old: str
    new: str
    says: str
    at: str = ""
    """What stands at the place of the finding, if it is not the value that was changed."""
    at_file: str = ""
    at_after: str = ""

    def place(self, manual: ManualCopy) -> str:
        """Where the finding stands, after the change."""
        key, _, value = self.new.strip().splitlines()[0].partition(": ")
        return manual.place(self.at_file or self.file, self.at or f"{key}: ▸{value}", after=self.at_after or self.after)


PLANTED = (
    Planted(
        "capacidad-insuficiente", CAPACITY, PHONE, "\n    volumen: 7 llamadas", "\n    volumen: 15 llamadas",
        "«Línea 1550» necesita 5 puestos para atender el 80 % en 20 segundos con una ocupación de 85 % o menos y declara "
        "4 puestos: falta 1 puesto.", at="\n    puestos: ▸4 puestos",
    ),
    Planted(
        "capacidad-insuficiente", CAPACITY, PHONE, "\n        volumen: 10 llamadas", "\n        volumen: 16 llamadas",
        "necesita de 09:00 a 12:00 5 puestos", at="▸4 puestos\n      - desde: 12:00",
    ),
    Planted(
        "capacidad-insuficiente", CAPACITY, MAIL, "\n    volumen: 40 mensajes", "\n    volumen: 61 mensajes",
        "«Correo, formularios del portal y redes sociales» necesita 2 puestos", at="\n    puestos: ▸1 puesto",
    ),
    Planted(
        "ocupacion-excedida", CAPACITY, COUNTER, "\n    ocupacion_maxima: 85 %", "\n    ocupacion_maxima: 44 %",
        "de 12:00 a 13:00 (2 puestos) estarían ocupados el 45 % del tiempo, y la ocupación máxima es 44 %: se pasa por 1 punto.",
        at="▸2 puestos\n      - desde: 13:00",
    ),
    Planted(
        "ocupacion-excedida", CAPACITY, "- id: cap_facturacion", "\n    volumen: 20 casos", "\n    volumen: 27 casos",
        "estarían ocupados el 90 % del tiempo, y la ocupación máxima es 85 %: se pasa por 5 puntos",
        at="\n    puestos: ▸1 puesto",
    ),
    Planted(
        "pico-insuficiente", CAPACITY, PHONE, "\n      volumen: 14 llamadas", "\n      volumen: 20 llamadas",
        "necesita en el pico 6 puestos", at="\n    puestos: ▸4 puestos",
    ),
    Planted(
        "pico-insuficiente", CAPACITY, "- id: cap_nivel2", "\n        factor: 1.15", "\n        factor: 2",
        "en la temporada «Mayo a octubre, meses de lluvia y rayos» 4 puestos", at="\n    puestos: ▸2 puestos",
    ),
    Planted(
        "calculo-imposible", CAPACITY, CHAT, "\n      porcentaje: 90 %", "\n      porcentaje: 100 %",
        "Ninguna cantidad de puestos atiende a tiempo al 100 %",
    ),
    Planted(
        "calculo-imposible", CAPACITY, PHONE, "\n    ocupacion_maxima: 85 %", "\n    ocupacion_maxima: 0 %",
        "La ocupación máxima debe ser mayor que 0 %",
    ),
    Planted(
        "calculo-imposible", CAPACITY, PHONE, "\n    reductores: 25 %", "\n    reductores: 100 %",
        "Los reductores deben ser de 0 % a menos de 100 %",
    ),
    Planted(
        "calculo-imposible", CAPACITY, PHONE, "\n    intervalo: 30 minutos", "\n    intervalo: 0 minutos",
        "El intervalo debe durar más que cero",
    ),
    Planted(
        "calculo-imposible", CAPACITY, PHONE, "\n    volumen: 7 llamadas", "\n    volumen: 900000000 llamadas",
        "El volumen es demasiado grande para su intervalo",
    ),
    Planted(
        "calculo-imposible", STOCK, CABLE, "nivel_servicio: 95 %", "nivel_servicio: 100 %",
        "Ninguna existencia evita todos los faltantes",
    ),
    Planted(
        "franja-con-mas-puestos", CAPACITY, CHAT, "1 puesto\n      - desde: 14:00", "3 puestos\n      - desde: 14:00",
        "pone 3 puestos de 12:00 a 14:00, y en total declara 2 puestos: sobra 1 puesto", at="▸3 puestos\n      - desde: 14:00",
    ),
    Planted(
        "turno-fuera-de-horario", CAPACITY, PHONE, "\n      - desde: 07:00", "\n      - desde: 06:00",
        "se sale del horario de «Línea 1550»: lunes, 07:00-19:00", at="desde: ▸06:00",
    ),
    Planted(
        "turno-fuera-de-horario", CAPACITY, COUNTER, "\n        hasta: 17:00", "\n        hasta: 16:00",
        "lunes, de 16:00 a 17:00; en la semana faltan 5 horas", at="desde: ▸08:00\n        hasta: 10:00",
    ),
    Planted(
        "turno-fuera-de-horario", CAPACITY, PHONE, "\n          - domingo", "\n          - sabado",
        "domingo, de 08:00 a 12:00; en la semana faltan 4 horas", at="desde: ▸07:00",
    ),
    Planted(
        "personal-insuficiente", CAPACITY, PHONE, "\n    personas: 6 personas", "\n    personas: 5 personas",
        "necesita 6 personas para que sus puestos (4 puestos) no queden vacíos por ausencias (25 %), y declara 5 personas: "
        "falta 1 persona",
    ),
    Planted(
        "personal-insuficiente", CAPACITY, CREWS, "\n    personas: 8 personas", "\n    personas: 7 personas",
        "necesita 8 personas",
    ),
    Planted(
        "plantilla-insuficiente", CAPACITY, PHONE, "\n    personas: 6 personas", "\n    personas: 7 personas",
        "cuentan 12 personas, y los roles tienen 11: falta 1 persona", at="personas: ▸11", at_file="roles.yml",
        at_after="- id: asesor_atencion",
    ),
    Planted(
        "horas-insuficientes", "manual.yml", "jornada:", "semanal: 44 horas", "semanal: 43 horas",
        "piden 176 horas pagadas por semana, y 4 personas de «Asesor de sucursal» dan 172: faltan 4 horas",
        at="personas: ▸4", at_file="roles.yml", at_after="- id: asesor_sucursal",
    ),
    Planted(
        "recurso-insuficiente", "recursos.yml", "- id: sala_atencion", "cantidad: 10 estaciones", "cantidad: 8 estaciones",
        "hacen falta 10 (7 en uso y 3 de reserva) y se declaran 8 estaciones: faltan 2 estaciones",
    ),
    Planted(
        "recurso-insuficiente", "recursos.yml", "- id: soporte_nivel2", "cantidad: 3 personas", "cantidad: 4 personas",
        "«Especialistas de segundo nivel y red» pide 4 personas, y el rol «Especialista de soporte» tiene 3: falta 1 persona",
    ),
    Planted(
        "reserva-insuficiente", STOCK, ROUTER, "desviacion_diaria: 2.5 unidades", "desviacion_diaria: 3 unidades",
        "tendría que ser de 19.1 unidades para que alcance en el 95 % de los pedidos, y se declaran 16 unidades: "
        "faltan 3.1 unidades", at="existencia_seguridad: ▸16",
    ),
    Planted(
        "reserva-insuficiente", STOCK, ROUTER, "nivel_servicio: 95 %", "nivel_servicio: 99 %",
        "tendría que ser de 22.5 unidades", at="existencia_seguridad: ▸16",
    ),
    Planted(
        "reserva-insuficiente", STOCK, MESH, "nivel_servicio: 99.5 %", "nivel_servicio: 99.9 %",
        "tendría que ser de 10.7 unidades para entregar de inmediato el 99.9 % de lo que se pide, y se declaran 9 unidades: "
        "faltan 1.7 unidades", at="existencia_seguridad: ▸9",
    ),
    Planted(
        "calculo-imposible", STOCK, MESH, "lote: 30 unidades", "lote: 0 unidades",
        "no se puede calcular. Para medir el nivel en unidades hace falta saber de cuánto es el lote",
        at="nivel_servicio: ▸99.5 %",
    ),
    Planted(
        "lote-lejos-del-economico", STOCK, ROUTER, "costo_pedido: 420 GTQ", "costo_pedido: 9000 GTQ",
        "cuesta menos en lotes de 586 unidades, y se piden de 120 unidades: cuesta 154.3 % más al año",
        at="lote: ▸120 unidades",
    ),
    Planted(
        "lote-lejos-del-economico", STOCK, ROUTER, "costo_almacenaje: 115 GTQ", "costo_almacenaje: 1200 GTQ",
        "cuesta menos en lotes de 39 unidades", at="lote: ▸120 unidades",
    ),
    Planted(
        "reorden-insuficiente", STOCK, ROUTER, "demanda_diaria: 7 unidades", "demanda_diaria: 8 unidades",
        "se tiene que pedir cuando quedan 136 unidades, y el punto de reorden dice 125 unidades: faltan 11 unidades",
        at="punto_reorden: ▸125",
    ),
    Planted(
        "existencias-en-desorden", STOCK, CABLE, "minimo: 2600 metros", "minimo: 5700 metros",
        "está por encima de su punto de reorden, 5600 metros: se pasa por 100 metros",
    ),
    Planted(
        "existencias-en-desorden", STOCK, CABLE, "lote: 5000 metros", "lote: 6000 metros",
        "puede llegar a 11,600 metros cuando entra un pedido, y su máximo es 11000 metros: faltan 600 metros",
        at="maximo: ▸11000",
    ),
    Planted(
        "existencia-caduca", STOCK, ROUTER, "caducidad: 24 meses", "caducidad: 1 mes",
        "tarda 35.7 días hábiles en usarse, y caduca en 1 mes (26 días hábiles): se pasa por 9.7 días hábiles",
        at="maximo: ▸250",
    ),
    Planted(
        "existencia-caduca", STOCK, ROUTER, "demanda_diaria: 7 unidades", "demanda_diaria: 0 unidades",
        "250 unidades, no se usa nunca, y caduca en 24 meses (626 días hábiles): nadie lo usa", at="maximo: ▸250",
    ),
    Planted(
        "reposicion-menor-que-entrega", STOCK, "- id: patchcord", "plazo_reposicion: 3 días hábiles", "plazo_reposicion: 2 días hábiles",
        "cuenta con que su pedido llega en 2 días hábiles, y «Redes del Altiplano» entrega en 3 días hábiles: se pasa por 9 horas",
    ),
    Planted(
        "unidades-distintas", STOCK, CABLE, "demanda_diaria: 600 metros", "demanda_diaria: 600 rollos",
        "«Demanda diaria» está en «rollos» (600 rollos) y «Punto de reorden» en «metros» (5600 metros)",
    ),
    Planted(
        "unidades-distintas", CAPACITY, PHONE, "volumen: 14 llamadas", "volumen: 14 mensajes",
        "está en «mensajes» (14 mensajes) y «Volumen» en «llamadas» (7 llamadas)",
    ),
    Planted(
        "plazo-proveedor-excede-promesa", "ans.yml", "- id: ans_instalacion", "- redes_altiplano", "- equipos_istmo",
        "promete 5 días hábiles y depende de «Equipos del Istmo», que entrega en 15 días hábiles: se pasa por 90 horas",
        at="- ▸equipos_istmo",
    ),
    Planted(
        "pasos-fuera-de-plazo", OFFER, "- nombre: Instalar en la dirección nueva", "plazo: 1 día hábil", "plazo: 4 días hábiles",
        "suman 6 días hábiles, 6 horas hábiles y 40 minutos, y se promete 5 días hábiles: se pasa por 15 horas y 40 minutos",
        at="\n    plazo: ▸5 días hábiles", at_after="- servicio: traslado",
    ),
    Planted(
        "acuerdo-excede-capacidad", CAPACITY, COUNTER, "\n      porcentaje: 80 %", "\n      porcentaje: 75 %",
        "promete el 80 % en 10 minutos, y la capacidad «Mostradores de Quetzaltenango y Salcajá», que lo sostiene, está "
        "calculada para el 75 % en 10 minutos: faltan 5 puntos", at="- ▸cap_mostrador", at_file="ans.yml",
        at_after="- id: ans_sucursal",
    ),
    Planted(
        "acuerdo-excede-capacidad", CAPACITY, CHAT, "\n      tiempo: 10 minutos", "\n      tiempo: 12 minutos",
        "12 minutos es más que 10 minutos", at="- ▸cap_whatsapp", at_file="ans.yml", at_after="- id: ans_whatsapp",
    ),
    Planted(
        "promesa-distinta-del-acuerdo", "canales.yml", "- id: whatsapp", "primera_respuesta: 10 minutos", "primera_respuesta: 5 minutos",
        "dice 5 minutos en «Primera respuesta», y el acuerdo «Primera respuesta por WhatsApp» dice 10 minutos",
    ),
    Planted(
        "promesa-distinta-del-acuerdo", "oferta/cancelacion.yml", "- servicio: cancelacion", "\n    plazo: 3 días hábiles", "\n    plazo: 4 días hábiles",
        "«Cancelación del servicio» dice 4 días hábiles en «Plazo prometido»",
    ),
    Planted(
        "etapas-de-queja-en-desorden", "quejas.yml", "- id: q_investigar", "plazo: 3 días hábiles", "plazo: 2 horas hábiles",
        "vence 2 horas hábiles después de recibida la queja, y «Clasificar la gravedad», que va antes, 4 horas hábiles: se pasa por 2 horas",
    ),
    Planted(
        "queja-fuera-de-plazo", "quejas.yml", "investigacion:", "\n  plazo: 3 días hábiles", "\n  plazo: 5 días hábiles",
        "Los plazos de una queja suman 5 días hábiles y 8 horas hábiles", at="plazo_maximo: ▸5", at_after="manejo:",
    ),
    Planted(
        "costo-no-suma", COST, "- servicio: cancelacion", "total: 14920 GTQ", "total: 15000 GTQ",
        "suman 14920 GTQ y el total dice 15000 GTQ: faltan 80 GTQ",
    ),
    Planted(
        "costo-por-contacto-distinto", COST, "- servicio: cancelacion", "volumen: 424 atenciones", "volumen: 400 atenciones",
        "cuesta 37.30 GTQ, y se declara 35.19 GTQ: faltan 2.11 GTQ", at="costo_por_contacto: ▸35.19",
    ),
    Planted(
        "precio-bajo-costo", OFFER, "- servicio: traslado", "precio_publico: 250 GTQ", "precio_publico: 80 GTQ",
        "se cobra a 80 GTQ, y cada atención cuesta 86.14 GTQ: faltan 6.14 GTQ",
    ),
    Planted(
        "monedas-distintas", COST, "- servicio: cancelacion", "presupuesto_compensaciones: 500 GTQ", "presupuesto_compensaciones: 60 USD",
        "está en USD (60 USD), y la moneda del manual es GTQ",
    ),
    Planted(
        "compensacion-excede-presupuesto", "ans.yml", "- id: ans_traslado", "monto: 125 GTQ", "monto: 1000 GTQ",
        "llega a 1000 GTQ, y el presupuesto para compensar es de 900 GTQ: se pasa por 100 GTQ",
    ),
    Planted(
        "compensacion-sin-autoridad", "quejas.yml", "- id: media", "compensacion_maxima: 300 GTQ", "compensacion_maxima: 600 GTQ",
        "y «Gestor de quejas», que la atiende, autoriza hasta 500 GTQ: se pasa por 100 GTQ",
    ),
    Planted(
        "mal-servicio-no-suma", COST, "- nombre: Segundas visitas a la misma casa", "valor: 18 visitas", "valor: 20 visitas",
        "da 68160 GTQ, y el monto dice 61344 GTQ: faltan 6816 GTQ", at="monto: ▸61344",
    ),
    Planted(
        "mal-servicio-no-suma", COST, "impacto:", "costo_mal_servicio: 1050405.12 GTQ", "costo_mal_servicio: 1000000 GTQ",
        "suman 1050405.12 GTQ al año, y el impacto dice 1000000 GTQ: faltan 50405.12 GTQ",
    ),
    Planted(
        "meta-distinta-del-acuerdo", "indicadores.yml", "- id: nivel_servicio_telefono", "meta: 80 %", "meta: 85 %",
        "es 85 %, y el acuerdo «Espera en la línea 1550», que se prueba con él, promete 80 %: la meta pide 5 más",
    ),
    Planted(
        "tiempo-distinto-del-indicador", "indicadores.yml", "- id: tiempo_medio_llamada", "meta: 270 segundos", "meta: 280 segundos",
        "se calcula con 270 segundos por atención, y la meta de «Duración media de la llamada» es 280 segundos",
        at="\n    tiempo_medio: ▸270", at_file=CAPACITY, at_after=PHONE,
    ),
    Planted(
        "ans-plazo-interno", "cultura.yml", "- id: aa_soporte_activacion", "plazo: 4 horas hábiles", "plazo: 10 horas hábiles",
        "«Plan nuevo activo en un día hábil» promete 1 día hábil, y los plazos de que depende suman 10 horas hábiles",
        at="valor: ▸1 día hábil", at_file="ans.yml", at_after="- id: ans_cambio_plan",
    ),
)  # fmt: skip
"""Each changes one value; the rest of the manual stays as it is."""


@pytest.fixture
def manual(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Manual:
    return reference_copy(tmp_path_factory.mktemp("referencia")).check().manual


def messages(manual: ManualCopy, rule: str) -> list[str]:
    return [finding.message for finding in manual.check().findings if finding.rule == rule]


def test_the_reference_manual_adds_up(manual: ManualCopy) -> None:
    manual.finds()


class TestPlanted:
    @pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: f"{planted.rule}-{planted.file}")
    def test_is_found_by_exactly_the_finding_meant_for_it(self, manual: ManualCopy, planted: Planted) -> None:
        manual.edit(planted.file, planted.old, planted.new, after=planted.after)
        manual.finds(Expected(planted.rule, planted.place(manual), planted.says))


class TestFinding:
    def test_tells_the_published_example_with_its_inputs_and_what_would_hold(self, manual: ManualCopy) -> None:
        """100 calls in 30 minutes of 180 seconds, 80 % in 20 seconds: 14 posts, 20 people at 30 %; 13 give 79.56 %."""
        self.published(manual, "13 puestos")
        place = manual.place(CAPACITY, "\n    volumen: ▸100 llamadas")
        [finding] = [each for each in manual.check().findings if each.rule == "capacidad-insuficiente"]
        assert "necesita 14 puestos" in finding.message
        assert "declara 13 puestos: falta 1 puesto." in finding.message
        assert f"Volumen, 100 llamadas ({place})" in finding.message
        assert finding.mend.startswith(
            "Declare 14 puestos (20 personas contando ausencias); con 13 puestos se atendería el 79.6 % en 20 segundos."
        )

    def test_of_fewer_posts_than_calls_in_progress(self, manual: ManualCopy) -> None:
        self.published(manual, "9 puestos")
        [finding] = [each for each in manual.check().findings if each.rule == "capacidad-insuficiente"]
        assert "con 9 puestos se atendería el 0 % en 20 segundos" in finding.mend

    def test_says_no_longer_anything_once_its_advice_is_taken(self, manual: ManualCopy) -> None:
        self.published(manual, "14 puestos")
        assert messages(manual, "capacidad-insuficiente") == []

    def published(self, manual: ManualCopy, posts: str) -> None:
        text = manual.path(CAPACITY).read_text("utf-8")
        start, bands = text.index(PHONE), text.index("    franjas:\n", text.index(PHONE))
        end = text.index("    estacionalidad:\n", bands)
        phone = text[start:bands].replace("volumen: 7 llamadas", "volumen: 100 llamadas")
        phone = phone.replace("270 segundos", "180 segundos").replace("reductores: 25 %", "reductores: 30 %")
        manual.write(CAPACITY, text[:start] + phone.replace("puestos: 4 puestos", f"puestos: {posts}") + text[end:])


class TestWhatIsNotJudged:
    def test_the_peak_while_the_normal_demand_is_not_answered(self, manual: ManualCopy) -> None:
        manual.edit(CAPACITY, "\n    volumen: 7 llamadas", "\n    volumen: 40 llamadas", after=PHONE)
        manual.edit(CAPACITY, "\n      volumen: 14 llamadas", "\n      volumen: 50 llamadas", after=PHONE)
        assert len(messages(manual, "capacidad-insuficiente")) == 1
        assert messages(manual, "pico-insuficiente") == []

    def test_amounts_in_other_units(self, manual: ManualCopy) -> None:
        manual.edit(STOCK, "demanda_diaria: 600 metros", "demanda_diaria: 60000 rollos", after=CABLE)
        assert {finding.rule for finding in manual.check().findings} == {"unidades-distintas"}

    def test_the_cost_of_a_contact_while_the_total_is_wrong(self, manual: ManualCopy) -> None:
        manual.edit(COST, "total: 14920 GTQ", "total: 20000 GTQ", after="- servicio: cancelacion")
        assert {finding.rule for finding in manual.check().findings} == {"costo-no-suma"}

    def test_a_price_that_is_paid_every_month(self, manual: ManualCopy) -> None:
        """One month of Wifi Hogar costs less than one contact, and it is paid many times."""
        assert "oferta.wifi_hogar.precio" not in {each.id for each in calculate(manual.check().manual)}

    def test_a_free_service(self, manual: ManualCopy) -> None:
        manual.edit(OFFER, "precio_publico: 250 GTQ", "precio_publico: 0 GTQ", after="- servicio: traslado")
        manual.finds()

    def test_a_supplier_that_counts_days_of_the_calendar(self, manual: ManualCopy) -> None:
        manual.edit(
            "proveedores.yml",
            "plazo_entrega: 3 días hábiles",
            "plazo_entrega: 30 días calendario",
            after="- id: redes_altiplano",
        )
        assert messages(manual, "plazo-proveedor-excede-promesa") == []

    @pytest.mark.parametrize("section", ["manual", "capacidad", "inventarios", "costo", "quejas", "roles", "canales"])
    def test_anything_of_a_section_with_mistakes(self, manual: ManualCopy, section: str) -> None:
        manual.edit(f"{section}.yml", "control:\n", "control:\n  extra: x\n")
        assert {finding.rule for finding in manual.check().findings} == {"campo-desconocido"}

    @pytest.mark.parametrize("declared", [True, False])
    def test_anything_of_sections_that_are_not_there(self, manual: ManualCopy, *, declared: bool) -> None:
        for section in ("ans", "capacidad", "costo", "inventarios", "quejas", "recursos", "cultura"):
            manual.remove(f"{section}.yml")
            if declared:
                manual.write(f"{section}.yml", NOT_APPLICABLE)
        found = {each.id.partition(".")[0] for each in calculate(manual.check().manual)}
        assert found <= {"oferta"}


class TestPatience:
    def test_posts_that_are_enough_because_some_leave(self, manual: ManualCopy) -> None:
        manual.edit(CAPACITY, "\n    volumen: 7 llamadas", "\n    volumen: 15 llamadas", after=PHONE)
        manual.edit(
            CAPACITY, "\n    puestos: 4 puestos", "\n    paciencia: 1 minuto\n    puestos: 4 puestos", after=PHONE
        )
        [phone] = [each for each in calculate(manual.check().manual) if each.id == "capacidad.cap_telefono"]
        assert phone.holds
        assert "Erlang A" in phone.source
        assert any("paciencia" in each for each in phone.assumptions)


class TestCalculations:
    def test_have_ids_of_their_own(self, reference: Manual) -> None:
        ids = [each.id for each in calculate(reference)]
        assert len(ids) == len(set(ids)) > 100

    def test_are_each_reported_by_a_rule_that_exists(self, reference: Manual) -> None:
        assert {each.rule for each in calculate(reference)} <= {rule.id for rule in RULES}

    def test_say_what_they_come_from(self, reference: Manual) -> None:
        for each in calculate(reference):
            assert each.formula, each.id
            assert each.inputs, each.id
            assert each.source, each.id
            assert each.verdict.endswith("."), each.id
            assert all(known.location.line > 1 for known in (*each.inputs, each.declared)), each.id

    def test_have_inputs_as_they_are_written(self, reference: Manual) -> None:
        for each in calculate(reference):
            for known in (*each.inputs, each.declared):
                assert known.value in known.location.source, (each.id, known.name)

    def test_of_money_are_for_management(self, reference: Manual) -> None:
        by_id = {each.id: each for each in calculate(reference)}
        assert by_id["costo.traslado.total"].is_confidential
        assert by_id["oferta.traslado.precio"].is_confidential
        assert by_id["mal-servicio.total"].is_confidential
        assert not by_id["capacidad.cap_telefono"].is_confidential

    def test_use_nothing_confidential_of_a_manual_without_it(self, manual: ManualCopy) -> None:
        checked, spine = manual.check(), Project(manual.root).spine()
        without = build_manual(restrict(checked.loaded, spine, "interno"), checked.validated, spine, today=TODAY)
        left: list[Calculation] = list(calculate(without))
        assert left
        assert not any(each.is_confidential for each in left)


class TestExample:
    def test_a_complaint_of_a_friday_afternoon(self, reference: Manual) -> None:
        example = complaints.example(reference)
        assert example
        assert example.received == datetime(2026, 11, 27, 15, 30)  # noqa: DTZ001 - the clock on the wall
        due = {each.term.name: each.moment.date() for each in example.dues}
        assert due["Plazo máximo"] == date(2026, 12, 3)
        assert due["Plazo de referencia"] == date(2026, 12, 7)

    def test_over_a_holiday_of_the_country_and_half_a_day_of_the_company(self, manual: ManualCopy) -> None:
        manual.edit("manual.yml", "dias_especiales:\n", f"dias_especiales:\n{self.FAIR}")
        example = complaints.example(manual.check().manual)
        assert example
        assert example.holidays == ((date(2026, 11, 30), "Feria del barrio"),)
        due = {each.term.name: each.moment.date() for each in example.dues}
        assert due["Plazo máximo"] == date(2026, 12, 4)

    FAIR = "  - nombre: Feria del barrio\n    fecha: 2026-11-30\n    tipo: feriado\n"

    def test_none_when_the_country_has_no_list(self, manual: ManualCopy) -> None:
        manual.edit("manual.yml", "pais: GT", "pais: XX")
        assert complaints.example(manual.check().manual) is None


class TestFormula:
    VALUES = {"quejas": Fraction(72), "horas por queja": Fraction(3, 2), "costo de la hora": Fraction(50)}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("formula", "result"),
        [
            ("quejas × horas por queja × costo de la hora", 5400),
            ("Quejas × (horas por queja + costo de la hora)", 3708),
            ("quejas − horas por queja / costo de la hora", Fraction(7197, 100)),
            ("quejas por horas por queja", None),
            ("quejas × 2", None),
            ("quejas × (horas por queja", None),
            ("quejas ×", None),
            ("", None),
        ],
    )
    def test_is_reckoned_only_if_it_is_made_of_its_data(self, formula: str, result: Fraction | None) -> None:
        assert bad_service.evaluate(formula, self.VALUES) == result
