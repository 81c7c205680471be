"""``pauta what-if``: what would break and what it would cost, without a letter written."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from helpers import TODAY, ManualCopy, reference_copy
from pauta.cli import cli, main
from pauta.findings import CannotGoOn
from pauta.pipeline import Checked
from pauta.suppose import FORMATS, suppose
from pauta.suppose.spots import all_spots, named
from pauta.suppose.values import Wish, new_value

PHONE = "capacidad.capacidades.cap_telefono"


@dataclass(frozen=True, slots=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Ask = Callable[..., Answer]
Said = Callable[..., Any]


@pytest.fixture
def copy(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


@pytest.fixture
def ask(copy: ManualCopy, capsys: pytest.CaptureFixture[str]) -> Ask:
    def run(*wishes: str, form: str = "json") -> Answer:
        sets = [word for wish in wishes for word in ("--set", wish)]
        day = ["--today", TODAY.isoformat(), "--format", form]
        with pytest.raises(SystemExit) as end:
            main(["what-if", "--project", str(copy.root), *day, *sets])
        said = capsys.readouterr()
        return Answer(int(end.value.code or 0), said.out, said.err)

    return run


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return reference_copy(tmp_path_factory.mktemp("referencia")).check()


@pytest.fixture
def said(checked: Checked) -> Said:
    """What the JSON says of the reference manual, which is checked once for all."""

    def of(*wishes: str) -> Any:
        return json.loads(FORMATS["json"](suppose(checked, [Wish(*wish.split("=", 1)) for wish in wishes])))

    return of


def broken(answer: Any) -> set[str]:
    return {each["rule"] for each in answer["breaks"]}


class TestWhatBreaks:
    def test_more_calls_than_the_posts_answer(self, ask: Ask) -> None:
        answer = ask("cap_telefono.pico.volumen=+20%")
        assert answer.code == 1
        (broken,) = answer.json["breaks"]
        assert broken["rule"] == "pico-insuficiente"
        assert broken["calculation"]["after"] == "falta 1 puesto"
        assert "5 puestos" in broken["message"]
        assert "5 puestos" in broken["mend"]

    def test_a_change_that_all_bear(self, ask: Ask) -> None:
        answer = ask("cap_telefono.volumen=-1")
        assert answer.code == 0
        assert answer.json["breaks"] == []
        assert "Ocupación de «Línea 1550»" in {each["title"] for each in answer.json["moved"]}

    def test_a_supplier_who_takes_longer(self, said: Said) -> None:
        answer = said("proveedores.equipos_istmo.plazo_entrega=20d")
        assert answer["changes"][0]["after"] == "20 días hábiles"
        assert broken(answer) == {"reposicion-menor-que-entrega"}
        assert len(answer["breaks"]) == 3, "the three articles that it delivers"

    def test_several_at_once_are_judged_together(self, said: Said) -> None:
        alone = said("cap_telefono.tiempo_medio=x1.1")
        both = said("cap_telefono.tiempo_medio=x1.1", "tiempo_medio_llamada.meta=297")
        assert "tiempo-distinto-del-indicador" in broken(alone)
        assert "tiempo-distinto-del-indicador" not in broken(both)

    def test_rules_that_calculate_nothing_answer_too(self, said: Said) -> None:
        assert "referencia-rota" in broken(said("inventarios.router_wifi6.proveedor=nadie"))

    def test_what_was_wrong_before_is_not_said_to_break(self, copy: ManualCopy, ask: Ask) -> None:
        copy.edit("capacidad.yml", "volumen: 14 llamadas", "volumen: 17 llamadas")
        answer = ask("cap_telefono.pico.volumen=x3")
        assert answer.code == 0
        assert [each["id"] for each in answer.json["worse"]] == ["capacidad.cap_telefono.pico"]
        assert "ya tiene hallazgos" in answer.err

    def test_what_would_be_mended(self, copy: ManualCopy, ask: Ask) -> None:
        copy.edit("capacidad.yml", "volumen: 14 llamadas", "volumen: 17 llamadas")
        answer = ask("cap_telefono.pico.volumen=14")
        assert answer.code == 0
        assert [each["id"] for each in answer.json["mended"]] == ["capacidad.cap_telefono.pico"]


class TestWhatItCosts:
    def test_the_people_who_would_be_missing(self, said: Said) -> None:
        cost = said("cap_telefono.**.volumen=+20%")["monthly_cost"]
        assert [each["name"] for each in cost["items"]] == ["1 persona más en «Línea 1550»"]
        assert cost["differences"] == ["5700 GTQ"], "62,700 that the cards say, between 11 people"

    def test_fewer_people_cost_less(self, said: Said) -> None:
        cost = said("cap_correo.personas=-1", "cap_correo.volumen=x0.1", "cap_correo.pico.volumen=x0.1")["monthly_cost"]
        assert cost["differences"] == ["-5700 GTQ"]

    def test_people_whose_components_have_another_name_but_say_the_resource(self, said: Said) -> None:
        cost = said("cap_cuadrillas.personas=+2")["monthly_cost"]
        assert cost["differences"] == ["14950 GTQ"], "59,800 that the cards say, between 8 people, twice"
        assert "«Cuadrillas de campo» cuesta 7475 GTQ al mes" in cost["notes"][0]

    def test_components_that_only_bear_the_name_of_the_people_count_too(self, copy: ManualCopy, ask: Ask) -> None:
        text = copy.path("costo.yml").read_text("utf-8")
        copy.write("costo.yml", text.replace("        recurso: asesores_centro\n", ""))
        assert ask("cap_telefono.**.volumen=+20%").json["monthly_cost"]["differences"] == ["5700 GTQ"]

    def test_a_component_that_says_another_resource_does_not_count(self, copy: ManualCopy, ask: Ask) -> None:
        text = copy.path("costo.yml").read_text("utf-8")
        copy.write("costo.yml", text.replace("recurso: asesores_centro", "recurso: crm"))
        assert ask("cap_telefono.**.volumen=+20%").json["monthly_cost"]["items"] == []

    def test_people_of_whom_the_manual_says_no_cost_are_told_and_not_summed(self, copy: ManualCopy, ask: Ask) -> None:
        text = copy.path("costo.yml").read_text("utf-8")
        copy.write("costo.yml", text.replace("        recurso: cuadrillas\n", ""))
        cost = ask("cap_cuadrillas.volumen=x2").json["monthly_cost"]
        assert cost["items"] == []
        assert "no dice cuánto cuesta una persona de «Cuadrillas en ruta»" in cost["notes"][0]

    def test_variable_components_grow_with_the_volume_and_fixed_ones_do_not(self, said: Said) -> None:
        (item,) = said("costo.instalacion.volumen=+10%")["monthly_cost"]["items"]
        assert (item["before"], item["after"], item["difference"]) == ("170469 GTQ", "180521 GTQ", "10052 GTQ")

    def test_a_component_that_is_dearer(self, said: Said) -> None:
        cost = said("costo.instalacion.componentes.1.monto=+1000")["monthly_cost"]
        assert cost["differences"] == ["1000 GTQ"]

    def test_a_card_of_a_year_counts_by_month(self, copy: ManualCopy, ask: Ask) -> None:
        copy.edit("costo.yml", "periodo: mes", "periodo: anio", after="- servicio: instalacion")
        assert ask("costo.instalacion.componentes.1.monto=+1200").json["monthly_cost"]["differences"] == ["100 GTQ"]

    def test_a_manual_that_says_no_costs(self, copy: ManualCopy, ask: Ask) -> None:
        copy.remove("costo.yml")
        answer = ask("cap_telefono.**.volumen=+20%", form="text")
        assert answer.code == 1
        assert "El costo que dice el manual no cambiaría." in answer.out


class TestHowAValueIsWritten:
    @pytest.mark.parametrize(
        ("wish", "after"),
        [
            ("cap_telefono.volumen=+20%", "8.4 llamadas"),
            ("cap_telefono.volumen=-20%", "5.6 llamadas"),
            ("cap_telefono.volumen=x1.5", "10.5 llamadas"),
            ("cap_telefono.volumen=*2", "14 llamadas"),
            ("cap_telefono.volumen=12", "12 llamadas"),
            ("cap_telefono.volumen=12 llamadas", "12 llamadas"),
            ("cap_telefono.puestos=-3", "1 puesto"),
            ("cap_telefono.ocupacion_maxima=80", "80 %"),
            ("cap_telefono.ocupacion_maxima=80%", "80 %"),
            ("cap_telefono.ocupacion_maxima=-5", "80 %"),
            ("cap_whatsapp.simultaneos=+1", 4),
            ("cap_whatsapp.simultaneos=2", 2),
            ("cap_telefono.estacionalidad.1.factor=x2", 2.2),
            ("costo.instalacion.presupuesto_compensaciones=+0.50", "2500.50 GTQ"),
            ("cap_telefono.tiempo_medio=+10%", "297 segundos"),
            ("cap_whatsapp.tiempo_medio=+10%", "594 segundos"),
            ("cap_telefono.tiempo_medio=5min", "5 minutos"),
            ("cap_telefono.tiempo_medio=300", "300 segundos"),
            ("cap_correo.intervalo=2d", "2 días hábiles"),
            ("cap_correo.intervalo=2dc", "2 días calendario"),
            ("cap_correo.intervalo=1d", "1 día hábil"),
            ("cap_correo.nivel_objetivo.tiempo=2h", "2 horas hábiles"),
            ("cap_whatsapp.nivel_objetivo.tiempo=2h", "2 horas"),
            ("router_wifi6.plazo_reposicion=+10%", "17 días hábiles"),
            ("router_wifi6.plazo_reposicion=10 días hábiles", "10 días hábiles"),
            ("router_wifi6.caducidad=1a", "1 año"),
            ("router_wifi6.critico=no", False),
            ("cap_telefono.paciencia=60s", "60 segundos"),
        ],
    )
    def test_it_becomes_what_the_manual_would_say(self, checked: Checked, wish: str, after: object) -> None:
        way, text = wish.split("=", 1)
        (spot,) = named(way, all_spots(checked.loaded, checked.manual.spine))
        assert new_value(Wish(way, text), spot.field, spot.value) == after

    def test_no_supposed_value_is_one_that_its_field_cannot_hold(self, said: Said) -> None:
        """Units keep their number, durations stay whole, money keeps its cents."""
        answer = said("capacidad.**.volumen=x0.37", "costo.**.monto=x0.373", "inventarios.**.plazo_reposicion=x0.371")
        assert len(answer["changes"]) > 100

    @pytest.mark.parametrize(
        ("wish", "says"),
        [
            ("cap_telefono.volumen=muchas", "no puede valer «muchas»"),
            ("cap_telefono.volumen=-20", "por debajo de cero"),
            ("cap_telefono.ocupacion_maxima=+20%", "no puede valer «102 %»"),
            ("cap_telefono.paciencia=+10%", "no hay a qué sumar"),
            ("inventarios.router_wifi6.revision_cada=2d", "hábiles o de calendario"),
            ("fibra_maya.contrato_hasta=2030-01-01", "las fechas no se suponen"),
            ("cap_telefono.tipo=otro", "no puede valer «otro»"),
            ("**=3", "no dice de qué campo"),
        ],
    )
    def test_what_cannot_be_is_refused_with_the_reason(self, said: Said, wish: str, says: str) -> None:
        with pytest.raises(CannotGoOn) as refused:
            said(wish)
        assert says in str(refused.value)
        assert refused.value.tip

    def test_one_value_twice_is_refused(self, said: Said) -> None:
        with pytest.raises(CannotGoOn, match="dos veces"):
            said("cap_telefono.volumen=9", "capacidad.cap_telefono.volumen=10")

    @pytest.mark.parametrize("wishes", [(), ("cap_telefono.volumen",), ("=3",), ("cap_telefono.volumen=",), ("x.y=3",)])
    def test_an_order_that_supposes_nothing_cannot_go_on(self, ask: Ask, wishes: tuple[str, ...]) -> None:
        answer = ask(*wishes)
        assert answer.code == 2
        assert answer.out == ""
        assert "Qué hacer:" in answer.err


class TestHowAFieldIsNamed:
    @pytest.fixture
    def ways(self, checked: Checked) -> Callable[[str], list[str]]:
        return lambda way: [spot.way for spot in named(way, all_spots(checked.loaded, checked.manual.spine))]

    @pytest.mark.parametrize(
        "way",
        [
            f"{PHONE}.volumen",
            "capacidad.cap_telefono.volumen",
            "capacidades.cap_telefono.volumen",
            "cap_telefono.volumen",
        ],
    )
    def test_the_whole_way_or_less(self, ways: Callable[[str], list[str]], way: str) -> None:
        assert ways(way) == [f"{PHONE}.volumen"]

    def test_what_has_no_id_by_its_position(self, ways: Callable[[str], list[str]]) -> None:
        assert ways("cap_telefono.franjas.2.volumen") == [f"{PHONE}.franjas.2.volumen"]

    def test_an_asterisk_is_each_one_and_two_are_all_below(self, ways: Callable[[str], list[str]]) -> None:
        every = ways("capacidad.*.volumen")
        assert len(every) == 8
        assert not [way for way in every if "pico" in way or "franjas" in way]
        assert {f"{PHONE}.volumen", f"{PHONE}.pico.volumen", f"{PHONE}.franjas.7.volumen"} <= set(
            ways("cap_telefono.**.volumen")
        )

    def test_every_value_is_named_by_its_whole_way_and_no_other(self, checked: Checked) -> None:
        ways = [spot.way for spot in all_spots(checked.loaded, checked.manual.spine)]
        assert len(ways) == len(set(ways))

    @pytest.mark.parametrize(
        ("way", "tip"),
        [
            ("cap_telefno.volumen", "¿Quiso decir «cap_telefono»?"),
            ("cap_telefono.volumenes", "¿Quiso decir «volumen»?"),
            ("fibra_maya.plazo", "«plazo_entrega» o «plazo_respuesta»"),
            ("cap_telefono.pico", "«cuando», «medida» o «volumen»"),
            ("volumen", "Escriba más de la ruta"),
        ],
    )
    def test_a_name_that_is_not_there_brings_the_nearest(
        self, ways: Callable[[str], list[str]], way: str, tip: str
    ) -> None:
        with pytest.raises(CannotGoOn) as refused:
            ways(way)
        assert tip in refused.value.tip


class TestWriting:
    def test_no_file_is_touched(self, copy: ManualCopy, ask: Ask) -> None:
        def prints() -> dict[Path, str]:
            return {file: sha256(file.read_bytes()).hexdigest() for file in copy.root.rglob("*") if file.is_file()}

        before = prints()
        ask("capacidad.**.volumen=x3", "costo.**.monto=+10%")
        assert prints() == before

    def test_places_are_those_of_the_files_as_they_are(self, copy: ManualCopy, ask: Ask) -> None:
        (broken,) = ask("cap_telefono.pico.volumen=+20%", "cap_telefono.paciencia=10 minutos").json["breaks"]
        place = copy.place("capacidad.yml", "\n    puestos: ▸4 puestos", after="- id: cap_telefono\n")
        assert f"{broken['file']}:{broken['line']}:{broken['column']}" == place

    def test_the_table_says_what_would_break_and_what_it_would_cost(self, ask: Ask) -> None:
        answer = ask("cap_telefono.**.volumen=+20%", form="text")
        for words in ("Se rompería 1 cosa", "falta 1 puesto", "Diferencia al mes", "+5700 GTQ", "Nada se escribió"):
            assert words in answer.out
        assert all(line == line.rstrip() for line in answer.out.splitlines())

    def test_a_hostile_name_steers_no_terminal(self, copy: ManualCopy, ask: Ask) -> None:
        copy.edit("capacidad.yml", "nombre: Línea 1550", "nombre: Línea \u202e1550")
        answer = ask("cap_telefono.pico.volumen=+20%", form="text")
        assert answer.code == 1
        assert "\u202e" not in answer.out

    def test_the_formats_offered_are_those_there_are(self) -> None:
        option = next(param for param in cli.commands["what-if"].params if param.name == "format_")
        assert tuple(option.type.choices) == tuple(FORMATS)  # type: ignore[attr-defined]
