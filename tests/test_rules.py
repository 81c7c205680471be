"""Each rule on a copy of the reference manual: what breaks it is found where it is, and nothing else is."""

from pathlib import Path

import pytest

from helpers import NOT_APPLICABLE, Expected, ManualCopy, reference_copy
from pauta.check import RULES, rules
from pauta.check.rule import HEADINGS, Rule

NEW_SERVICE = """
  - id: nuevo
    nombre: Servicio nuevo
    nombre_corto: Nuevo
    definicion: Uno que nadie ha descrito todavía.
    estado: piloto
"""
INDICATOR = """
  - id: prueba
    nombre: Prueba
    categoria: eficiencia
    tipo: operacion
    formula: Una cosa entre otra.
    sentido: {sentido}
    meta: {meta}
    umbral_alerta: {alerta}
    umbral_critico: {critico}
    {mas}
    fuente: Registro
    frecuencia: mensual
    responsable: gerente_servicio
    servicios:
      - soporte_tecnico
"""
SUPPLIER = """
  - id: unico
    nombre: Proveedor Único
    suministra:
      - Piezas
    contacto:
      area: Ventas
      telefono: +502 7700 0290
      correo: ventas@unico.example
    plazo_entrega: 1 día hábil
    plazo_respuesta: 1 hora
    nivel_pactado: Entrega completa
    contrato_hasta: 2028-01-31
    riesgo: medio
    responsable: jefe_compras
"""
RESOURCE = """
  - id: pieza
    nombre: Pieza
    tipo: equipo
    cantidad: 1 unidad
    servicios:
      - soporte_tecnico
    critico: true
    proveedor: unico
"""
ARTICLE = """
  - id: pieza
    nombre: Pieza
    minimo: 1 unidad
    punto_reorden: 2 unidades
    maximo: 3 unidades
    demanda_diaria: 1 unidad
    plazo_reposicion: 1 día hábil
    ubicacion: Bodega
    proveedor: unico
    servicios:
      - soporte_tecnico
    critico: true
"""
LATER = ("caracteristicas", "hallazgo", "valor-posterior")
"""What a service lacks in the sections that a manual may do without."""

MESSAGE = """
      - id: m_prueba
        nombre: Prueba
        objetivo: Probar.
"""


@pytest.fixture
def manual(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


class TestEveryRule:
    def test_every_file_is_registered(self) -> None:
        files = {path.stem for path in Path(rules.__path__[0]).glob("*.py")} - {"__init__"}
        assert sorted(rule.id.replace("-", "_") for rule in RULES) == sorted(files)

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
    def test_explains_what_why_and_how(self, rule: Rule) -> None:
        assert tuple(rule.explanation) == HEADINGS
        assert all(text.strip() for text in rule.explanation.values())
        assert rule.title

    def test_titles_are_told_apart(self) -> None:
        assert len({rule.title for rule in RULES}) == len(RULES)


def test_the_reference_manual_has_no_finding(manual: ManualCopy) -> None:
    manual.finds()


class TestIdRepetido:
    def test_two_elements_of_one_kind(self, manual: ManualCopy) -> None:
        place = manual.place("inventarios.yml", "id: ▸patchcord")
        first = manual.place("inventarios.yml", "id: ▸splitter_1x8")
        manual.edit("inventarios.yml", "id: patchcord", "id: splitter_1x8")
        manual.finds(
            Expected("id-repetido", place, f"Ya hay un elemento «Artículo» con «Identificador: splitter_1x8» ({first})")
        )

    def test_across_the_files_of_a_folder(self, manual: ManualCopy) -> None:
        place = manual.place("oferta/wifi_hogar.yml", "id: ▸v_wifi_hogar_alternativa")
        manual.edit("oferta/wifi_hogar.yml", "id: v_wifi_hogar_alternativa", "id: v_traslado_equipo")
        manual.edit("decalogo.yml", "- v_wifi_hogar_alternativa", "- v_wifi_hogar_senal")
        found = {(finding.rule, str(finding.location)) for finding in manual.check().findings}
        assert ("id-repetido", place) in found

    def test_two_offers_of_one_service(self, manual: ManualCopy) -> None:
        manual.edit("oferta/traslado.yml", "- servicio: traslado", "- servicio: instalacion")
        manual.finds(
            Expected(
                "id-repetido", manual.place("oferta/traslado.yml", "servicio: ▸instalacion"), "«Servicio: instalacion»"
            ),
            Expected("servicio-sin-oferta", manual.place("nomenclatura.yml", "id: traslado"), "«Traslado de servicio»"),
        )

    def test_the_same_name_in_two_kinds_is_fine(self, manual: ManualCopy) -> None:
        manual.add("proveedores.yml", SUPPLIER)
        manual.add(
            "inventarios.yml", ARTICLE.replace("id: pieza", "id: crm").replace("critico: true", "critico: false")
        )
        manual.finds()


class TestSeccionFaltante:
    def test_a_missing_section_is_told_once(self, manual: ManualCopy) -> None:
        manual.remove("indicadores.yml")
        manual.finds(Expected("seccion-faltante", "manual/indicadores.yml:1:1", "«Indicadores de nivel de servicio»"))

    def test_an_optional_one_may_be_missing(self, manual: ManualCopy) -> None:
        manual.remove("glosario.yml")
        manual.finds()

    @pytest.mark.parametrize("section", ["alianzas", "costo", "decalogo", "quejas"])
    def test_one_declared_as_not_applicable_is_complete(self, manual: ManualCopy, section: str) -> None:
        manual.write(f"{section}.yml", NOT_APPLICABLE)
        manual.finds()

    @pytest.mark.parametrize("section", ["capacidad", "triangulo"])
    def test_one_declared_as_not_applicable_is_told_only_where_others_name_it(
        self, manual: ManualCopy, section: str
    ) -> None:
        manual.write(f"{section}.yml", NOT_APPLICABLE)
        found = manual.check().findings
        assert {finding.rule for finding in found} == {"referencia-rota"}
        assert all("se declaró como que no aplica" in finding.message for finding in found)

    @pytest.mark.parametrize("section", ["manual", "roles", "nomenclatura"])
    def test_one_that_no_manual_can_do_without_is_never_not_applicable(self, manual: ManualCopy, section: str) -> None:
        manual.write(f"{section}.yml", NOT_APPLICABLE)
        found = [each for each in manual.check().findings if each.rule == "seccion-faltante"]
        assert [str(each.location) for each in found] == [manual.place(f"{section}.yml", "▸no_aplica:")]
        assert "hace falta en todo manual" in found[0].message

    def test_a_file_that_cannot_be_read_is_not_missing(self, manual: ManualCopy) -> None:
        manual.write("alianzas.yml", "alianzas: [")
        assert "seccion-faltante" not in {finding.rule for finding in manual.check().findings}


class TestServicioSin:
    def test_a_service_nobody_has_described(self, manual: ManualCopy) -> None:
        manual.add("nomenclatura.yml", NEW_SERVICE)
        place = manual.place("nomenclatura.yml", "▸id: nuevo")
        manual.finds(
            *(
                Expected(f"servicio-sin-{what}", place, "«Servicio nuevo»")
                for what in (
                    "oferta",
                    "responsable",
                    "indicador",
                    "recurso",
                    "capacidad",
                    "costo",
                    "comunicacion",
                    "acuerdo",
                    *LATER,
                )
            ),
            Expected("operacion-sin-ciclo", place, "«Servicio nuevo»"),
        )

    def test_nothing_is_asked_of_a_retired_one(self, manual: ManualCopy) -> None:
        retired = NEW_SERVICE.replace("estado: piloto", "estado: retirado\n    retirado_el: 2026-01-31")
        manual.add("nomenclatura.yml", retired)
        manual.finds()

    def test_indicator_named_for_it_counts(self, manual: ManualCopy) -> None:
        manual.add("nomenclatura.yml", NEW_SERVICE)
        for section in ("recursos", "indicadores", "capacidad"):
            text = manual.path(f"{section}.yml").read_text("utf-8")
            manual.write(f"{section}.yml", text.replace("    servicios:\n", "    servicios:\n      - nuevo\n"))
        place = manual.place("nomenclatura.yml", "▸id: nuevo")
        manual.finds(
            *(
                Expected(f"servicio-sin-{what}", place, "«Servicio nuevo»")
                for what in ("oferta", "responsable", "costo", "comunicacion", "acuerdo", *LATER)
            ),
            Expected("operacion-sin-ciclo", place, "«Servicio nuevo»"),
        )

    def test_its_cost_alone(self, manual: ManualCopy) -> None:
        manual.cut("costo.yml", "- servicio: wifi_hogar")
        place = manual.place("nomenclatura.yml", "▸id: wifi_hogar")
        manual.finds(Expected("servicio-sin-costo", place, "El servicio «Wifi Hogar» no tiene costo."))

    def test_its_owner_alone(self, manual: ManualCopy) -> None:
        manual.edit("nomenclatura.yml", "    responsable: coordinador_campo\n", "", after="- id: traslado")
        place = manual.place("nomenclatura.yml", "▸id: traslado")
        manual.finds(Expected("servicio-sin-responsable", place, "no dice quién responde"))

    def test_a_section_with_mistakes_is_not_asked(self, manual: ManualCopy) -> None:
        manual.cut("costo.yml", "- servicio: wifi_hogar")
        manual.edit("costo.yml", "control:\n", "control:\n  extra: x\n")
        assert {finding.rule for finding in manual.check().findings} == {"campo-desconocido"}


class TestServicioSinComunicacion:
    def test_none_at_all(self, manual: ManualCopy) -> None:
        manual.remove("comunicacion/wifi_hogar.yml")
        place = manual.place("nomenclatura.yml", "▸id: wifi_hogar")
        manual.finds(Expected("servicio-sin-comunicacion", place, "no tiene comunicación con el cliente"))

    def test_a_phase_that_is_not_there(self, manual: ManualCopy) -> None:
        manual.cut("comunicacion/wifi_hogar.yml", "durante:")
        place = manual.place("comunicacion/wifi_hogar.yml", "▸servicio: wifi_hogar")
        manual.finds(Expected("servicio-sin-comunicacion", place, "en la fase «Durante»"))

    def test_an_empty_phase(self, manual: ManualCopy) -> None:
        manual.cut("comunicacion/wifi_hogar.yml", "antes:")
        manual.edit("comunicacion/wifi_hogar.yml", "    durante:\n", "    antes: []\n    durante:\n")
        place = manual.place("comunicacion/wifi_hogar.yml", "▸antes: []")
        manual.finds(
            Expected("servicio-sin-comunicacion", place, "«Wifi Hogar» no tiene ningún mensaje en la fase «Antes»")
        )


class TestCategoriaSinIndicador:
    def test_each_category_that_a_service_lacks(self, manual: ManualCopy) -> None:
        old, new = "categoria: eficiencia", "categoria: calidad_de_trabajo"
        manual.edit("indicadores.yml", old, new, after="- id: costo_por_contacto")
        manual.finds(
            Expected(
                "categoria-sin-indicador",
                manual.place("nomenclatura.yml", "▸id: instalacion\n"),
                "la categoría «Eficiencia»",
            ),
            Expected("categoria-sin-indicador", manual.place("nomenclatura.yml", "▸id: wifi_hogar"), "«Wifi Hogar»"),
        )

    def test_a_misspelt_category_is_told_once(self, manual: ManualCopy) -> None:
        manual.edit("indicadores.yml", "categoria: eficiencia", "categoria: eficacia", after="- id: costo_por_contacto")
        place = manual.place("indicadores.yml", "categoria: ▸eficacia")
        manual.finds(Expected("valor-no-permitido", place, "eficacia"))


class TestIndicadorIncoherente:
    def add(
        self, manual: ManualCopy, sentido: str, meta: str, alerta: str, critico: str, mas: str = "nota: Nada."
    ) -> None:
        written = INDICATOR.format(sentido=sentido, meta=meta, alerta=alerta, critico=critico, mas=mas)
        manual.add("indicadores.yml", written)

    def place(self, manual: ManualCopy, field: str) -> str:
        return manual.place("indicadores.yml", f"{field}: ▸", after="- id: prueba")

    @pytest.mark.parametrize(
        ("sentido", "meta", "alerta", "critico", "mas"),
        [
            ("subir", "80 %", "75 %", "70 %", "linea_base: 0 %"),
            ("bajar", "0 quejas", "1 queja", "1 queja", "linea_base: 3 quejas"),
            ("subir", "100 %", "99.9 %", "0 %", "linea_base: 100 %"),
            ("subir", "20 puntos", "0 puntos", "-20 puntos", "linea_base: 150 puntos"),
            ("rango", "5 visitas", "3 visitas", "2 visitas", "minimo: 3 visitas\n    maximo: 6 visitas"),
            ("rango", "3 visitas", "6 visitas", "9 visitas", "minimo: 3 visitas\n    maximo: 6 visitas"),
        ],
    )
    def test_values_that_agree(
        self,
        manual: ManualCopy,
        sentido: str,
        meta: str,
        alerta: str,
        critico: str,
        mas: str,
    ) -> None:
        self.add(manual, sentido, meta, alerta, critico, mas)
        manual.finds()

    def test_an_alarm_above_the_target_when_more_is_better(self, manual: ManualCopy) -> None:
        self.add(manual, "subir", "80 %", "85 %", "70 %")
        says = "el sentido es «Más es mejor», pero «Umbral de alerta» (85 %) no está por debajo de «Meta» (80 %)"
        manual.finds(Expected("indicador-incoherente", self.place(manual, "umbral_alerta"), says))

    def test_an_alarm_at_the_target(self, manual: ManualCopy) -> None:
        self.add(manual, "bajar", "0 quejas", "0 quejas", "2 quejas")
        manual.finds(
            Expected("indicador-incoherente", self.place(manual, "umbral_alerta"), "no está por encima de «Meta»")
        )

    def test_a_critical_threshold_before_the_alarm(self, manual: ManualCopy) -> None:
        self.add(manual, "bajar", "4 horas", "8 horas", "6 horas")
        manual.finds(
            Expected("indicador-incoherente", self.place(manual, "umbral_critico"), "«Umbral crítico» (6 horas)")
        )

    def test_another_unit(self, manual: ManualCopy) -> None:
        self.add(manual, "bajar", "4 horas", "300 minutos", "6 horas")
        manual.finds(
            Expected(
                "indicador-incoherente", self.place(manual, "umbral_alerta"), "no está en la unidad de la meta, «horas»"
            )
        )

    @pytest.mark.parametrize("value", ["120 %", "-1 %"])
    def test_a_percentage_out_of_a_hundred(self, manual: ManualCopy, value: str) -> None:
        self.add(manual, "subir", "80 %", "75 %", "70 %", f"linea_base: {value}")
        manual.finds(Expected("indicador-incoherente", self.place(manual, "linea_base"), "no está entre 0 % y 100 %"))

    def test_a_range_without_its_ends(self, manual: ManualCopy) -> None:
        self.add(manual, "rango", "5 visitas", "3 visitas", "2 visitas", "minimo: 3 visitas")
        manual.finds(Expected("indicador-incoherente", self.place(manual, "sentido"), "no dice su «Máximo del rango»"))

    @pytest.mark.parametrize(
        ("meta", "alerta", "critico", "field", "says"),
        [
            (
                "7 visitas",
                "2 visitas",
                "1 visita",
                "meta",
                "«Meta» (7 visitas) está fuera del rango, de 3 visitas a 6 visitas",
            ),
            ("4 visitas", "5 visitas", "7 visitas", "umbral_alerta", "está dentro del rango"),
            (
                "4 visitas",
                "9 visitas",
                "7 visitas",
                "umbral_critico",
                "está más cerca del rango que «Umbral de alerta»",
            ),
        ],
    )
    def test_values_on_the_wrong_side_of_a_range(
        self,
        manual: ManualCopy,
        meta: str,
        alerta: str,
        critico: str,
        field: str,
        says: str,
    ) -> None:
        self.add(manual, "rango", meta, alerta, critico, "minimo: 3 visitas\n    maximo: 6 visitas")
        manual.finds(Expected("indicador-incoherente", self.place(manual, field), says))

    def test_a_range_upside_down(self, manual: ManualCopy) -> None:
        self.add(manual, "rango", "4 visitas", "2 visitas", "1 visita", "minimo: 6 visitas\n    maximo: 3 visitas")
        manual.finds(Expected("indicador-incoherente", self.place(manual, "maximo"), "«Máximo del rango» (3 visitas)"))


class TestServicioRetiradoEnUso:
    def test_each_place_that_names_it(self, manual: ManualCopy) -> None:
        manual.edit(
            "alianzas.yml",
            "      - cambio_plan\n",
            "      - cambio_plan\n      - internet_inalambrico\n",
            after="- id: cine_altiplano",
        )
        manual.edit(
            "recursos.yml", "    servicios:\n", "    servicios:\n      - internet_inalambrico\n", after="- id: crm"
        )
        manual.finds(
            Expected(
                "servicio-retirado-en-uso",
                manual.place("alianzas.yml", "internet_inalambrico"),
                "«Internet inalámbrico rural»",
            ),
            Expected(
                "servicio-retirado-en-uso", manual.place("recursos.yml", "internet_inalambrico"), "un servicio retirado"
            ),
        )

    def test_the_list_of_services_may_name_it(self, manual: ManualCopy) -> None:
        manual.add(
            "nomenclatura.yml",
            NEW_SERVICE.replace(
                "estado: piloto",
                "estado: retirado\n    retirado_el: 2026-01-31\n    reemplazado_por: internet_inalambrico",
            ),
        )
        manual.finds()


class TestRevisionVencida:
    def test_the_day_after(self, manual: ManualCopy) -> None:
        text = manual.path("roles.yml").read_text("utf-8")
        _, rest = text.split("  estado:", 1)
        control = "control:\n  responsable: gerente_general\n  ultima_revision: 2026-05-20\n  revisar_cada: 6 meses\n"
        manual.write("roles.yml", f"{control}  estado:{rest}")
        place = manual.place("roles.yml", "ultima_revision: ▸")
        manual.finds(Expected("revision-vencida", place, "«Roles» debía revisarse a más tardar el 2026-11-20"))
        assert [finding.severity.label for finding in manual.check().findings] == ["warning"]

    def test_not_on_the_day_itself(self, manual: ManualCopy) -> None:
        manual.write(
            "alianzas.yml",
            NOT_APPLICABLE.replace(
                "ultima_revision: 2026-10-05\n  revisar_cada: 1 año",
                "ultima_revision: 2026-05-21\n  revisar_cada: 6 meses",
            )
            .replace("aprobado_el: 2026-10-05", "aprobado_el: 2026-05-21")
            .replace("2027-10-05", "2026-11-21"),
        )
        manual.finds()

    def test_a_second_look_that_is_due(self, manual: ManualCopy) -> None:
        manual.write("alianzas.yml", NOT_APPLICABLE.replace("revisar_el: 2027-10-05", "revisar_el: 2026-11-20"))
        place = manual.place("alianzas.yml", "revisar_el: ▸")
        manual.finds(Expected("revision-vencida", place, "no aplica hasta el 2026-11-20"))


class TestFechaImposible:
    @pytest.mark.parametrize("every", ["6 horas", "15 días hábiles", "0 meses"])
    def test_an_interval_that_gives_no_day(self, manual: ManualCopy, every: str) -> None:
        manual.write("alianzas.yml", NOT_APPLICABLE.replace("revisar_cada: 1 año", f"revisar_cada: {every}"))
        place = manual.place("alianzas.yml", "revisar_cada: ▸")
        manual.finds(Expected("fecha-imposible", place, f"se revisa cada «{every}»"))

    @pytest.mark.parametrize(
        ("old", "new", "at", "says"),
        [
            ("ultima_revision: 2026-10-05", "ultima_revision: 2026-11-22", "ultima_revision: ▸", "hoy es 2026-11-21"),
            (
                "aprobado_el: 2026-10-05",
                "aprobado_el: 2026-11-22",
                "aprobado_el: ▸",
                "La aprobación de que «Alianzas» no aplica",
            ),
            (
                "aprobado_el: 2026-10-05\n  revisar_el: 2027-10-05",
                "aprobado_el: 2026-11-21\n  revisar_el: 2026-11-20",
                "revisar_el: ▸",
                "se vuelve a mirar el 2026-11-20, antes de que se aprobara",
            ),
        ],
    )
    def test_of_a_review_or_a_declaration(self, manual: ManualCopy, old: str, new: str, at: str, says: str) -> None:
        manual.write("alianzas.yml", NOT_APPLICABLE.replace(old, new))
        manual.finds(Expected("fecha-imposible", manual.place("alianzas.yml", at), says))

    def test_today_is_not_the_future(self, manual: ManualCopy) -> None:
        manual.write("alianzas.yml", NOT_APPLICABLE.replace("2026-10-05", "2026-11-21"))
        manual.finds()

    def test_an_alliance_that_ends_before_it_begins(self, manual: ManualCopy) -> None:
        manual.edit("alianzas.yml", "vigente_hasta: 20", "vigente_hasta: 19", after="- id: cine_altiplano")
        place = manual.place("alianzas.yml", "vigente_hasta: ▸", after="- id: cine_altiplano")
        manual.finds(Expected("fecha-imposible", place, "antes de empezar"))

    def test_a_retired_service_without_its_date(self, manual: ManualCopy) -> None:
        manual.edit("nomenclatura.yml", "    retirado_el: 2026-03-31\n", "")
        place = manual.place("nomenclatura.yml", "estado: ▸retirado")
        manual.finds(Expected("fecha-imposible", place, "está retirado y no dice desde cuándo"))

    def test_a_service_that_will_be_retired(self, manual: ManualCopy) -> None:
        manual.edit("nomenclatura.yml", "retirado_el: 2026-03-31", "retirado_el: 2026-11-22")
        place = manual.place("nomenclatura.yml", "retirado_el: ▸")
        manual.finds(Expected("fecha-imposible", place, "El retiro del servicio «Internet inalámbrico rural»"))

    def test_a_service_offered_and_retired(self, manual: ManualCopy) -> None:
        manual.edit("nomenclatura.yml", "    estado: piloto\n", "    estado: piloto\n    retirado_el: 2026-03-30\n")
        place = manual.place("nomenclatura.yml", "retirado_el: ▸2026-03-30")
        manual.finds(Expected("fecha-imposible", place, "se ofrece y a la vez dice que se retiró"))

    def test_a_cost_reckoned_tomorrow(self, manual: ManualCopy) -> None:
        manual.edit("costo.yml", "fecha: 20", "fecha: 29", after="- servicio: traslado")
        place = manual.place("costo.yml", "fecha: ▸", after="- servicio: traslado")
        manual.finds(Expected("fecha-imposible", place, "El cálculo del costo de «Traslado de servicio»"))

    def test_a_supplier_evaluated_tomorrow(self, manual: ManualCopy) -> None:
        manual.edit("proveedores.yml", "fecha: 20", "fecha: 29", after="- id: fibra_maya")
        place = manual.place("proveedores.yml", "fecha: ▸", after="- id: fibra_maya")
        manual.finds(Expected("fecha-imposible", place, "La evaluación de «Fibra Maya»"))

    def test_an_objective_due_before_the_manual_begins(self, manual: ManualCopy) -> None:
        manual.edit("manual.yml", "fecha_limite: 20", "fecha_limite: 19", after="- id: o_quejas")
        place = manual.place("manual.yml", "fecha_limite: ▸", after="- id: o_quejas")
        manual.finds(Expected("fecha-imposible", place, "antes de que el manual entre en vigencia"))

    def test_a_year_that_never_was_does_not_stop_the_check(self, manual: ManualCopy) -> None:
        manual.write("alianzas.yml", NOT_APPLICABLE.replace("ultima_revision: 2026", "ultima_revision: 0000"))
        assert {finding.rule for finding in manual.check().findings} <= {"revision-vencida", "formato-incorrecto"}


class TestTextoProvisional:
    def name_supplier(self, manual: ManualCopy, text: str) -> str:
        manual.add("proveedores.yml", SUPPLIER.replace("nivel_pactado: Entrega completa", f"nivel_pactado: {text}"))
        return manual.place("proveedores.yml", "nivel_pactado: ▸", after="- id: unico")

    @pytest.mark.parametrize(
        ("text", "mark"),
        [
            ("Por definir", "Por definir"),
            ("El plazo está POR  DEFINIR con ventas", "POR  DEFINIR"),
            ("Pór definir", "Pór definir"),
            ("Pendiente de definir.", "Pendiente de definir"),
            ("TODO", "TODO"),
            ("TODO escribir esto", "TODO"),
            ('"TODO: ESCRIBIR ESTO"', "TODO"),
            ("XXX", "XXX"),
            ("Entrega en xxxx días", "xxxx"),
            ("Lorem ipsum dolor", "Lorem ipsum"),
            ("¿Cuánto?????", "?????"),
            ("tbd", "tbd"),
            ("asdf", "asdf"),
            ("...", "..."),
            ("…", "…"),
            ("«xxx»", "xxx"),
        ],
    )
    def test_what_was_left_for_later(self, manual: ManualCopy, text: str, mark: str) -> None:
        place = self.name_supplier(manual, text)
        manual.finds(Expected("texto-provisional", place, f"«Nivel pactado» conserva un texto provisional: «{mark}»"))

    @pytest.mark.parametrize(
        "text",
        [
            "Con método y todo el día",
            "ENTREGA TODO EL PEDIDO",
            "Todo incluido",
            "Se define por contrato",
            "Definir por escrito",
            "Y luego... llama",
            "¿Llegó? ¿Cuándo??",
            "Exxxon",
            "Equipo TBDX",
            "Por definirse cada año",
            "Los TODOS",
        ],
    )
    def test_ordinary_words(self, manual: ManualCopy, text: str) -> None:
        self.name_supplier(manual, text)
        manual.finds()

    def test_names_of_things_are_not_texts(self, manual: ManualCopy) -> None:
        manual.add("proveedores.yml", SUPPLIER.replace("id: unico", "id: tbd"))
        manual.finds()

    def test_inside_a_long_text_and_a_list(self, manual: ManualCopy) -> None:
        more = "    plan_si_falla: |\n      Se llama a otro.\n\n      Luego, pendiente\n      de definir.\n"
        manual.add("proveedores.yml", SUPPLIER.replace("      - Piezas\n", "      - Piezas\n      - asdf\n") + more)
        manual.finds(
            Expected("texto-provisional", manual.place("proveedores.yml", "- ▸asdf"), "«asdf»"),
            Expected(
                "texto-provisional",
                manual.place("proveedores.yml", "plan_si_falla: ▸", after="- id: unico"),
                "«Si falla»",
            ),
        )


class TestTextoRepetido:
    TEXT = "Al segundo día de atraso se compra en otra parte lo que falte para la semana."

    def test_the_second_names_the_first(self, manual: ManualCopy) -> None:
        shouted = self.TEXT.upper().replace(" ", "\n      ", 3).replace("DÍA", "DIA")
        manual.add("proveedores.yml", SUPPLIER + f"    plan_si_falla: {self.TEXT}\n")
        manual.add("proveedores.yml", SUPPLIER.replace("unico", "otro") + f"    plan_si_falla: |\n      {shouted}\n")
        first = manual.place("proveedores.yml", "plan_si_falla: ▸", after="- id: unico")
        second = manual.place("proveedores.yml", "plan_si_falla: ▸", after="- id: otro")
        manual.finds(Expected("texto-repetido", second, f"«Si falla» repite el texto de «Si falla» ({first})"))

    def test_three_times_is_told_twice(self, manual: ManualCopy) -> None:
        for name in ("unico", "otro", "tercero"):
            manual.add("proveedores.yml", SUPPLIER.replace("unico", name) + f"    plan_si_falla: {self.TEXT}\n")
        assert [finding.rule for finding in manual.check().findings] == ["texto-repetido"] * 2

    def test_across_sections(self, manual: ManualCopy) -> None:
        manual.add("proveedores.yml", SUPPLIER + f"    plan_si_falla: {self.TEXT}\n")
        manual.edit(
            "nomenclatura.yml", "    estado: piloto\n", f"    estado: piloto\n    alias:\n      - {self.TEXT}\n"
        )
        manual.edit("nomenclatura.yml", "    alias:\n      - Repetidores\n      - Wifi en toda la casa\n", "")
        place = manual.place("proveedores.yml", "plan_si_falla: ▸", after="- id: unico")
        manual.finds(Expected("texto-repetido", place, "repite el texto de «Otros nombres»"))

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (TEXT, TEXT.replace("segundo", "tercer")),  # another text
            (
                "Se pide a otro en 2 días hábiles, con aviso al cliente.",
                "Se pide a otro en 3 días hábiles, con aviso al cliente.",
            ),
            ("Se compra en otra parte.", "Se compra en otra parte."),  # short
        ],
    )
    def test_what_is_not_the_same_or_is_short(self, manual: ManualCopy, one: str, other: str) -> None:
        manual.add("proveedores.yml", SUPPLIER + f"    plan_si_falla: {one}\n")
        manual.add("proveedores.yml", SUPPLIER.replace("unico", "otro") + f"    plan_si_falla: {other}\n")
        manual.finds()

    def test_two_things_may_be_kept_in_one_place(self, manual: ManualCopy) -> None:
        manual.add("proveedores.yml", SUPPLIER.replace("riesgo:", "alterno: equipos_istmo\n    riesgo:"))
        kept = "ubicacion: Bodega central de la ciudad, jaula cerrada, estante de piezas"
        for name in ("pieza", "otra"):
            manual.add(
                "inventarios.yml", ARTICLE.replace("id: pieza", f"id: {name}").replace("ubicacion: Bodega", kept)
            )
        manual.finds()

    def test_two_services_may_ask_the_same_of_the_customer(self, manual: ManualCopy) -> None:
        for service in ("traslado", "cambio_plan"):
            edit = ("    condiciones:\n", f"    condiciones:\n      - {self.TEXT}\n")
            manual.edit(f"oferta/{service}.yml", *edit)
        manual.finds()

    def test_a_shared_fact_is_no_excuse_in_another_field(self, manual: ManualCopy) -> None:
        manual.edit("oferta/traslado.yml", "    condiciones:\n", f"    condiciones:\n      - {self.TEXT}\n")
        manual.add("proveedores.yml", SUPPLIER + f"    plan_si_falla: {self.TEXT}\n")
        place = manual.place("proveedores.yml", "plan_si_falla: ▸", after="- id: unico")
        manual.finds(Expected("texto-repetido", place, "repite el texto de «Condiciones que el cliente conoce antes»"))

    def test_a_list_that_says_it_twice_is_told_once(self, manual: ManualCopy) -> None:
        manual.add("proveedores.yml", SUPPLIER.replace("- Piezas\n", f"- {self.TEXT}\n      - {self.TEXT}\n"))
        assert [finding.rule for finding in manual.check().findings] == ["elemento-repetido"]

    def test_a_copied_element_is_told_once(self, manual: ManualCopy) -> None:
        manual.add("proveedores.yml", (SUPPLIER + f"    plan_si_falla: {self.TEXT}\n") * 2)
        assert [finding.rule for finding in manual.check().findings] == ["id-repetido"]


class TestComunicacionIncompleta:
    FACETS = "        tecnica: Llamada\n        medio: telefono\n        contenido: Hola.\n        forma:\n          quien: asesor_atencion\n          cuando: Hoy\n"

    def test_all_that_a_message_lacks_is_told_at_once(self, manual: ManualCopy) -> None:
        manual.add("comunicacion/wifi_hogar.yml", MESSAGE)
        place = manual.place("comunicacion/wifi_hogar.yml", "▸id: m_prueba")
        says = "Al mensaje «Prueba» le falta «Técnica», «Medio», «Contenido» y «Forma»."
        manual.finds(Expected("comunicacion-incompleta", place, says))

    @pytest.mark.parametrize(
        ("facet", "title"), [("tecnica", "Técnica"), ("medio", "Medio"), ("contenido", "Contenido")]
    )
    def test_one_facet(self, manual: ManualCopy, facet: str, title: str) -> None:
        lines = [line for line in self.FACETS.splitlines(keepends=True) if f" {facet}:" not in line]
        manual.add("comunicacion/wifi_hogar.yml", MESSAGE + "".join(lines))
        place = manual.place("comunicacion/wifi_hogar.yml", "▸id: m_prueba")
        manual.finds(Expected("comunicacion-incompleta", place, f"le falta «{title}»."))

    def test_a_whole_message(self, manual: ManualCopy) -> None:
        manual.add("comunicacion/wifi_hogar.yml", MESSAGE + self.FACETS)
        manual.finds()


class TestTriangulo:
    SYSTEM = (
        "  - id: sis_prueba\n    nombre: Pizarra\n    tipo: fisico\n    descripcion: Un tablero\n"
        "    conveniencia_cliente: Ve el turno\n"
    )

    def test_an_empty_vertex_is_told_once(self, manual: ManualCopy) -> None:
        text = manual.path("triangulo.yml").read_text("utf-8")
        start, end = text.index("colaboradores:"), text.index("sistemas:\n  - id")
        manual.write("triangulo.yml", f"{text[:start]}colaboradores: []\n\n{text[end:]}")
        place = manual.place("triangulo.yml", "▸colaboradores: []")
        manual.finds(Expected("triangulo-incompleto", place, "no tiene nada en «Colaboradores»"))

    def test_a_system_nobody_uses(self, manual: ManualCopy) -> None:
        manual.add("triangulo.yml", self.SYSTEM)
        place = manual.place("triangulo.yml", "▸id: sis_prueba")
        manual.finds(
            Expected(
                "triangulo-sin-uso",
                place,
                "«Pizarra» está suelto en el triángulo de servicio: nada lo nombra en «Colaboradores»",
            )
        )

    def test_a_strategy_that_a_system_holds_up_is_used(self, manual: ManualCopy) -> None:
        self.add_strategy(manual)
        manual.add("triangulo.yml", "    estrategias:\n      - est_prueba\n")
        manual.finds()

    def test_a_strategy_nobody_carries_out(self, manual: ManualCopy) -> None:
        self.add_strategy(manual)
        place = manual.place("triangulo.yml", "▸id: est_prueba")
        manual.finds(Expected("triangulo-sin-uso", place, "en «Colaboradores» ni en «Sistemas»"))

    def test_a_need_that_no_strategy_serves(self, manual: ManualCopy) -> None:
        need = "    - id: nec_prueba\n      nombre: Paz\n      descripcion: Nada que hacer\n"
        manual.edit("triangulo.yml", "  necesidades:\n    - id", f"  necesidades:\n{need}    - id")
        place = manual.place("triangulo.yml", "▸id: nec_prueba")
        manual.finds(Expected("triangulo-sin-uso", place, "nada lo nombra en «Estrategias»"))

    def add_strategy(self, manual: ManualCopy) -> None:
        """A strategy, and at the end of the file a system in use that a test may tie to it."""
        strategy = "  - id: est_prueba\n    nombre: Calma\n    descripcion: Se espera.\n    necesidades:\n      - nec_control\n"
        manual.edit("triangulo.yml", "estrategias:\n  - id", f"estrategias:\n{strategy}  - id")
        manual.edit(
            "triangulo.yml", "    sistemas:\n", "    sistemas:\n      - sis_prueba\n", after="- rol: encargado_bodega"
        )
        manual.add("triangulo.yml", self.SYSTEM)


class TestPrincipioSinRespaldo:
    def test_all_that_it_lacks_is_told_at_once(self, manual: ManualCopy) -> None:
        for tie in ("normas", "conductas"):
            text = manual.path("decalogo.yml").read_text("utf-8")
            start = text.index(f"    {tie}:\n")
            end = text.index("    indicadores:\n" if tie == "conductas" else "    conductas:\n")
            manual.write("decalogo.yml", text[:start] + text[end:])
        place = manual.place("decalogo.yml", "▸id: d_cliente_arriba")
        manual.finds(
            Expected(
                "principio-sin-respaldo",
                place,
                "«El cliente está por encima de todo» le falta «Normas» y «Conductas observables»",
            )
        )

    def test_an_empty_list_is_nothing(self, manual: ManualCopy) -> None:
        text = manual.path("decalogo.yml").read_text("utf-8")
        start, end = text.index("    indicadores:\n"), text.index("    verificaciones:\n")
        manual.write("decalogo.yml", f"{text[:start]}    indicadores: []\n{text[end:]}")
        place = manual.place("decalogo.yml", "▸indicadores: []")
        manual.finds(Expected("principio-sin-respaldo", place, "le falta «Indicadores»."))


class TestQuejasIncompletas:
    @pytest.mark.parametrize(
        ("part", "title"),
        [
            ("manejo", "Manejo de la queja"),
            ("investigacion", "Investigación de la causa"),
            ("mejora", "Solicitud de mejora continua"),
            ("controles", "Controles"),
        ],
    )
    def test_a_part_that_is_not_there(self, manual: ManualCopy, part: str, title: str) -> None:
        text = manual.path("quejas.yml").read_text("utf-8")
        start = text.index(f"\n{part}:") + 1
        following = [
            text.find(f"\n{name}:", start) + 1 for name in ("investigacion", "mejora", "controles", "via_externa")
        ]
        manual.write("quejas.yml", text[:start] + text[min(end for end in following if end > start) :])
        expected = Expected("quejas-incompletas", "manual/quejas.yml:1:1", f"le falta la parte «{title}»")
        manual.finds(expected)

    @pytest.mark.parametrize(
        ("kind", "other", "label"),
        [("eficacia", "aplicacion", "Que funcionó"), ("aplicacion", "eficacia", "Que se aplicó")],
    )
    def test_both_kinds_of_control(self, manual: ManualCopy, kind: str, other: str, label: str) -> None:
        text = manual.path("quejas.yml").read_text("utf-8")
        manual.write("quejas.yml", text.replace(f"tipo: {kind}\n", f"tipo: {other}\n"))
        place = manual.place("quejas.yml", "\n▸controles:")
        manual.finds(Expected("quejas-incompletas", place, f"Ningún elemento de «Controles» comprueba «{label}»"))


class TestCostoNoSuma:
    def test_the_figures_and_the_difference_are_told(self, manual: ManualCopy) -> None:
        added = self.total(manual)
        manual.edit("costo.yml", "    total: ", "    total: 1000", after="- servicio: traslado")
        place = manual.place("costo.yml", "total: ▸", after="- servicio: traslado")
        written = self.total(manual)
        manual.finds(Expected("costo-no-suma", place, f"suman {added} y el total dice {written}: faltan "))

    def test_a_cent_is_seen(self, manual: ManualCopy) -> None:
        self.add_component(manual, "0.01 GTQ")
        place = manual.place("costo.yml", "total: ▸", after="- servicio: traslado")
        manual.finds(Expected("costo-no-suma", place, "sobran 0.01 GTQ"))

    def test_a_component_of_nothing_adds_nothing(self, manual: ManualCopy) -> None:
        self.add_component(manual, "0 GTQ")
        manual.finds()

    def test_another_currency(self, manual: ManualCopy) -> None:
        self.add_component(manual, "10 USD")
        place = manual.place("costo.yml", "monto: ▸10 USD")
        manual.finds(Expected("costo-no-suma", place, "«Prueba» está en USD y el total en GTQ"))

    def total(self, manual: ManualCopy) -> str:
        place = manual.place("costo.yml", "total: ▸", after="- servicio: traslado")
        line = manual.path("costo.yml").read_text("utf-8").splitlines()[int(place.split(":")[1]) - 1]
        return line.partition("total: ")[2]

    def add_component(self, manual: ManualCopy, amount: str) -> None:
        more = f"      - nombre: Prueba\n        tipo: fijo\n        clase: directo\n        base: Una\n        monto: {amount}\n"
        manual.edit("costo.yml", "    componentes:\n", f"    componentes:\n{more}", after="- servicio: traslado")


class TestRecursoCriticoSinSustituto:
    def test_a_resource_and_an_article(self, manual: ManualCopy) -> None:
        manual.add("proveedores.yml", SUPPLIER)
        manual.add("recursos.yml", RESOURCE)
        manual.add("inventarios.yml", ARTICLE)
        says = "«Pieza» es crítico y depende solo de «Proveedor Único»"
        manual.finds(
            Expected("recurso-critico-sin-sustituto", manual.place("recursos.yml", "proveedor: ▸unico"), says),
            Expected("recurso-critico-sin-sustituto", manual.place("inventarios.yml", "proveedor: ▸unico"), says),
        )

    def test_a_supplier_that_replaces_itself_is_no_help(self, manual: ManualCopy) -> None:
        manual.add("proveedores.yml", SUPPLIER + "    alterno: unico\n")
        manual.add("recursos.yml", RESOURCE)
        manual.finds(
            Expected(
                "recurso-critico-sin-sustituto",
                manual.place("recursos.yml", "proveedor: ▸unico"),
                "no tiene proveedor alterno",
            )
        )

    def test_what_is_not_critical_may_stop(self, manual: ManualCopy) -> None:
        manual.add("proveedores.yml", SUPPLIER)
        manual.add("recursos.yml", RESOURCE.replace("critico: true", "critico: false"))
        manual.finds()

    @pytest.mark.parametrize(
        ("supplier", "resource"), [("    alterno: equipos_istmo\n", ""), ("", "    sustituto: crm\n")]
    )
    def test_a_second_source(self, manual: ManualCopy, supplier: str, resource: str) -> None:
        manual.add("proveedores.yml", SUPPLIER + supplier)
        manual.add("recursos.yml", RESOURCE + resource)
        manual.finds()

    def test_a_supplier_that_does_not_exist_is_told_once(self, manual: ManualCopy) -> None:
        manual.add("recursos.yml", RESOURCE)
        manual.finds(Expected("referencia-rota", manual.place("recursos.yml", "proveedor: ▸unico"), "«unico»"))


class TestReferenciaRota:
    def test_the_nearest_name_is_suggested(self, manual: ManualCopy) -> None:
        manual.edit("alianzas.yml", "responsable: gerente_general", "responsable: gerente_genral", after="control:")
        place = manual.place("alianzas.yml", "▸gerente_genral")
        manual.finds(Expected("referencia-rota", place, "«gerente_genral», que no existe en «Roles»"))
        assert "«gerente_general»" in manual.check().findings[0].mend

    def test_every_reference_to_what_is_gone_is_told_and_nothing_crashes(self, manual: ManualCopy) -> None:
        for file, element in (
            ("nomenclatura.yml", "- id: traslado"),
            ("proveedores.yml", "- id: equipos_istmo"),
            ("canales.yml", "- id: telefono"),
            ("roles.yml", "- id: asesor_atencion"),
            ("indicadores.yml", "- id: satisfaccion_cliente"),
            ("triangulo.yml", "- id: sis_crm"),
        ):
            manual.cut(file, element)
        assert {finding.rule for finding in manual.check().findings} == {"referencia-rota"}
