"""What changed from one manual to another: what is told, in which direction, how grave, and how it is written."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown  # type: ignore[import-untyped]

from helpers import NOT_APPLICABLE, REFERENCE, TODAY, ManualCopy, reference_copy
from pauta.bundled import schema_folder
from pauta.cli import comparing
from pauta.compare import Affected, Change, Kind, Level, compare, highest
from pauta.compare.hours import WorkingDay
from pauta.compare.quantities import WorkingDays, order_of_times
from pauta.compare.texts import Wording, wording
from pauta.history import manual_at
from pauta.load import load_manual
from pauta.model import Manual, build_manual
from pauta.quantities import Duration, Unit, parse_duration, parse_measure, parse_money
from pauta.report.changes import CHANGE_FORMATS, ChangeReport
from pauta.report.changes.markdown import MOST
from pauta.spine import Field, read_spine
from pauta.spine import Kind as Shape
from pauta.spine.field import make_field
from pauta.spine.own import QUANTITIES, incoherences
from pauta.validate import validate

SPINE = read_spine(schema_folder())
EXAMPLES = schema_folder() / "ejemplos"
OFFER = "oferta/instalacion.yml"


def read(root: Path) -> Manual:
    """The manual of a folder, by our schemas."""
    loaded = load_manual(root / "manual", SPINE.sections)
    return build_manual(loaded, validate(loaded, SPINE), SPINE, today=TODAY)


def read_with_its_schemas(root: Path) -> Manual:
    with manual_at(root, today=TODAY) as snapshot:
        return snapshot.manual


@pytest.fixture(scope="module")
def before() -> Manual:
    return read(REFERENCE.parent)


@pytest.fixture
def copy(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


@dataclass(frozen=True, slots=True)
class Pair:
    """The reference manual and a copy of it to change."""

    before: Manual
    copy: ManualCopy

    def changes(self) -> tuple[Change, ...]:
        return compare(self.before, read(self.copy.root))

    def only(self) -> Change:
        changes = self.changes()
        assert len(changes) == 1, [change.sentence for change in changes]
        return changes[0]

    def back(self) -> Change:
        (change,) = compare(read(self.copy.root), self.before)
        return change


@pytest.fixture
def pair(before: Manual, copy: ManualCopy) -> Pair:
    return Pair(before, copy)


def gist(change: Change) -> tuple[Kind, Level, str, tuple[str, ...]]:
    return change.kind, change.level, change.key[1] if change.key else change.section, change.path


class TestNothing:
    def test_changes_between_a_manual_and_itself(self, pair: Pair) -> None:
        assert pair.changes() == ()

    def test_changes_when_only_the_yaml_is_written_in_another_way(self, pair: Pair) -> None:
        """Quotes, folded lines, comments, order of keys, units that are the same."""
        pair.copy.edit("ans.yml", "valor: 4 horas hábiles", "valor: 240 minutos hábiles", after="id: ans_corporativo_respuesta")  # fmt: skip
        pair.copy.edit(OFFER, "precio: 199 GTQ", "precio: 199.00 GTQ")
        for file in sorted(pair.copy.path(".").rglob("*.yml")):
            value = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
            if file.stem in {"ans", "oferta", "decalogo", "proveedores"}:
                text = yaml.safe_dump(value, allow_unicode=True, width=40, sort_keys=True, default_style=None)
                file.write_text(
                    "# otra forma\n" + re.sub(r": '(true|false|\d+)'$", r": \1", text, flags=re.MULTILINE), "utf-8"
                )
        assert [change.sentence for change in pair.changes() if change.kind is not Kind.MOVED] == []


class TestAPromise:
    def test_of_a_time_that_grows_is_loosened(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "plazo: 5 días hábiles", "plazo: 7 días hábiles")
        change = pair.only()
        assert gist(change) == (Kind.LOOSENED, Level.MAJOR, "instalacion", ("plazo",))
        assert (change.before, change.after) == ("5 días hábiles", "7 días hábiles")
        assert change.affects == (Affected.CUSTOMER, Affected.ROLE)
        assert change.material
        assert "tecnico_campo" in change.roles
        assert str(change.place_after) == pair.copy.place(OFFER, "▸7 días hábiles")
        assert change.title == "Oferta: Instalación de internet por fibra › Plazo prometido"
        assert "«Plazo prometido» de «Instalación de internet por fibra»" in change.sentence
        assert gist(pair.back())[:2] == (Kind.TIGHTENED, Level.MINOR)

    def test_of_more_for_less_money_is_tightened(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "precio: 199 GTQ", "precio: 189.50 GTQ")
        assert gist(pair.only()) == (Kind.TIGHTENED, Level.MINOR, "instalacion", ("planes", "Volcán 30", "precio"))

    def test_in_another_currency_cannot_be_judged(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "precio: 199 GTQ", "precio: 19 USD")
        change = pair.only()
        assert gist(change)[:2] == (Kind.CHANGED, Level.MAJOR)
        assert "no se puede demostrar" in change.sentence

    def test_list_that_loses_what_it_includes_is_loosened(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "      - Salcajá\n", "")
        change = pair.only()
        assert gist(change) == (Kind.LOOSENED, Level.MAJOR, "instalacion", ("zonas",))
        assert (change.before, change.after) == ("Salcajá", None)
        assert gist(pair.back())[:2] == (Kind.TIGHTENED, Level.MINOR)

    def test_list_of_exclusions_that_grows_is_loosened(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "    no_incluye:\n", "    no_incluye:\n      - Visitas en domingo\n")
        assert gist(pair.only())[:2] == (Kind.LOOSENED, Level.MAJOR)
        assert gist(pair.back())[:2] == (Kind.TIGHTENED, Level.MINOR)

    def test_of_hours_that_close_earlier_is_loosened(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "sabado: 08:00-12:00", "sabado: cerrado")
        change = pair.only()
        assert gist(change) == (Kind.LOOSENED, Level.MAJOR, "instalacion", ("horario",))
        assert (change.before, change.after) == ("sábado: 08:00-12:00", "sábado: cerrado")

    def test_of_hours_that_only_move_cannot_be_judged(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "sabado: 08:00-12:00", "sabado: 09:00-13:00")
        assert gist(pair.only())[:2] == (Kind.CHANGED, Level.MAJOR)

    def test_in_words_with_another_number_cannot_be_judged(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "garantia: Tres meses sobre", "garantia: Un mes sobre")
        assert gist(pair.only()) == (Kind.CHANGED, Level.MAJOR, "instalacion", ("garantia",))

    def test_in_words_that_says_the_same_otherwise_asks_for_a_look(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "NIT o indicación de que la factura va", "NIT o aviso de que la factura va")
        assert gist(pair.only())[:2] == (Kind.REWORDED, Level.MINOR)

    def test_whose_commas_are_mended_asks_for_nothing(self, pair: Pair) -> None:
        pair.copy.edit(
            OFFER, "      - Limpieza del lugar de trabajo y retiro", "      - Limpieza del lugar de trabajo, y retiro"
        )
        change = pair.only()
        assert gist(change)[:2] == (Kind.REWORDED, Level.PATCH)
        assert not change.material

    def test_that_gains_an_end_or_an_exception_is_loosened(self, pair: Pair) -> None:
        pair.copy.edit(
            "ans.yml", "    revisar_el: 2027-04-01\n",
            "    revisar_el: 2027-04-01\n    vigente_hasta: 2027-01-31\n    excepcion:\n      motivo: Obra\n"
            "      aprobado_por: gerente_general\n      vence_el: 2027-01-31\n",
            after="id: ans_corporativo_respuesta",
        )  # fmt: skip
        assert [gist(change)[:2] for change in pair.changes()] == [(Kind.LOOSENED, Level.MAJOR)] * 2

    def test_whose_indicator_turns_around_cannot_be_judged(self, pair: Pair) -> None:
        indicator = next(e for e in pair.before.all("indicadores") if e["sentido"] == "subir")
        goal = f"meta: {indicator['meta']}"
        number = parse_measure(indicator["meta"])
        pair.copy.edit("indicadores.yml", goal, f"meta: {number.value + 1} {number.unit}", after=f"id: {indicator.id}")
        assert gist(pair.only())[:2] == (Kind.TIGHTENED, Level.MINOR)
        pair.copy.edit("indicadores.yml", "sentido: subir", "sentido: bajar", after=f"id: {indicator.id}")
        kinds = {change.path[0]: change.kind for change in pair.changes() if change.key == indicator.key}
        assert kinds == {"sentido": Kind.CHANGED, "meta": Kind.CHANGED}

    def test_taken_away_is_grave_and_added_is_not(self, pair: Pair) -> None:
        pair.copy.cut("ans.yml", "- id: ans_corporativo_respuesta")
        gone = [change for change in pair.changes() if change.kind is Kind.REMOVED]
        assert [gist(change) for change in gone] == [(Kind.REMOVED, Level.MAJOR, "ans_corporativo_respuesta", ())]
        assert gone[0].place_after is None
        come = [c for c in compare(read(pair.copy.root), pair.before) if c.kind is Kind.ADDED]
        assert [gist(change)[:3] for change in come] == [(Kind.ADDED, Level.MINOR, "ans_corporativo_respuesta")]

    def test_of_a_field_taken_away_is_grave(self, pair: Pair) -> None:
        offer = pair.before.find("ofertas", "instalacion")
        assert offer is not None
        pair.copy.edit(OFFER, f"    garantia: {offer['garantia']}\n", "")
        assert gist(pair.only()) == (Kind.REMOVED, Level.MAJOR, "instalacion", ("garantia",))


class TestBusinessTime:
    def with_days(self, pair: Pair, *, saturday: str) -> Manual:
        """The reference with days of eight hours, and a promise of eight business hours."""
        for file in ("manual.yml",):
            text = pair.copy.path(file).read_text("utf-8").replace(": 08:00-17:00", ": 08:00-16:00")
            pair.copy.write(file, text.replace("sabado: 08:00-12:00", f"sabado: {saturday}"))
        pair.copy.edit(OFFER, "plazo: 5 días hábiles", "plazo: 8 horas hábiles")
        return read(pair.copy.root)

    def test_of_a_whole_day_is_the_same_in_hours(self, pair: Pair) -> None:
        one = self.with_days(pair, saturday="cerrado")
        pair.copy.edit(OFFER, "plazo: 8 horas hábiles", "plazo: 1 día hábil")
        assert compare(one, read(pair.copy.root)) == ()

    def test_is_not_the_same_where_some_days_are_shorter(self, pair: Pair) -> None:
        one = self.with_days(pair, saturday="08:00-12:00")
        pair.copy.edit(OFFER, "plazo: 8 horas hábiles", "plazo: 1 día hábil")
        (change,) = compare(one, read(pair.copy.root))
        assert change.kind is Kind.TIGHTENED, "a day has eight hours at most"
        pair.copy.edit(OFFER, "plazo: 1 día hábil\n    garantia", "plazo: 2 días hábiles\n    garantia")
        (change,) = compare(one, read(pair.copy.root))
        assert change.kind is Kind.LOOSENED, "two have eight at least"

    def test_against_calendar_time_is_judged_only_where_it_can_be(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "plazo: 5 días hábiles", "plazo: 2 días calendario")
        assert gist(pair.only())[:2] == (Kind.TIGHTENED, Level.MINOR)
        pair.copy.edit(OFFER, "plazo: 2 días calendario", "plazo: 7 días calendario")
        assert gist(pair.only())[:2] == (Kind.CHANGED, Level.MAJOR)

    def test_that_nobody_works_any_more_is_told(self, pair: Pair) -> None:
        """Fewer business hours make every promise in them longer."""
        pair.copy.edit("manual.yml", "sabado: 08:00-12:00", "sabado: cerrado")
        assert gist(pair.only()) == (Kind.LOOSENED, Level.MAJOR, "manual", ("horario_habil",))


class TestAnythingElse:
    def test_that_can_be_counted_goes_up_or_down(self, pair: Pair) -> None:
        pair.copy.edit("roles.yml", "hasta: 1500 GTQ", "hasta: 1200 GTQ")
        change = pair.only()
        assert gist(change)[:2] == (Kind.LOWERED, Level.MINOR)
        assert change.affects == (Affected.ROLE, Affected.COST)
        assert change.material
        assert change.sentence.endswith("baja, que es peor.")
        assert pair.back().kind is Kind.RAISED

    def test_gets_another_name(self, pair: Pair) -> None:
        pair.copy.edit("roles.yml", "nombre: Supervisor de atención", "nombre: Jefe de atención")
        change = pair.only()
        assert gist(change) == (Kind.RENAMED, Level.MINOR, "supervisor_atencion", ("nombre",))
        assert change.sentence == "«Supervisor de atención» ahora se llama «Jefe de atención»."

    def test_gets_another_id_and_what_names_it_does_not_change(self, pair: Pair) -> None:
        for file in pair.copy.path(".").rglob("*.yml"):
            file.write_text(file.read_text("utf-8").replace("ans_corporativo_respuesta", "ans_general"), "utf-8")
        change = pair.only()
        assert gist(change) == (Kind.RENAMED, Level.MINOR, "ans_general", ("id",))
        assert (change.before, change.after) == ("ans_corporativo_respuesta", "ans_general")

    def test_with_another_id_hides_no_loosened_promise(self, pair: Pair) -> None:
        for file in pair.copy.path(".").rglob("*.yml"):
            file.write_text(file.read_text("utf-8").replace("ans_corporativo_respuesta", "ans_general"), "utf-8")
        pair.copy.edit("ans.yml", "porcentaje: 85 %", "porcentaje: 60 %", after="id: ans_general")
        assert {gist(change)[:2] for change in pair.changes()} == {
            (Kind.RENAMED, Level.MINOR), (Kind.LOOSENED, Level.MAJOR),
        }  # fmt: skip

    def test_of_a_service_with_another_id_takes_what_is_about_it_along(self, pair: Pair) -> None:
        for file in pair.copy.path(".").rglob("*.yml"):
            text = re.sub(r"(?<![\w.-])wifi_hogar(?![\w-])", "wifi_casa", file.read_text("utf-8"))
            file.write_text(text, "utf-8")
        changes = pair.changes()
        assert {change.kind for change in changes} == {Kind.RENAMED}
        assert {change.key[0] for change in changes if change.key} >= {"servicios", "ofertas"}

    def test_in_other_words_is_a_patch(self, pair: Pair) -> None:
        pair.copy.edit("manual.yml", "Este manual dice cómo se atiende", "Este manual cuenta cómo se atiende")
        assert gist(pair.only())[:2] == (Kind.REWORDED, Level.PATCH)

    def test_of_control_is_a_patch(self, pair: Pair) -> None:
        pair.copy.edit("ans.yml", "ultima_revision: 2026-10-27", "ultima_revision: 2026-11-15")
        assert gist(pair.only()) == (Kind.CHANGED, Level.PATCH, "ans", ("control", "ultima_revision"))

    def test_with_another_owner_affects_the_roles(self, pair: Pair) -> None:
        pair.copy.edit("ans.yml", "responsable: gerente_servicio\n  ultima", "responsable: gerente_general\n  ultima")
        change = pair.only()
        assert gist(change)[:2] == (Kind.CHANGED, Level.MINOR)
        assert change.affects == (Affected.ROLE,)
        assert change.roles == ("gerente_general", "gerente_servicio")
        assert (change.before, change.after) == ("Gerente de servicio", "Gerente general")

    def test_in_a_list_without_ids_is_matched_by_what_names_it(self, pair: Pair) -> None:
        pair.copy.edit(
            "ans.yml", "a_los: 2 horas hábiles", "a_los: 3 horas hábiles", after="id: ans_corporativo_respuesta"
        )
        change = pair.only()
        assert change.path == ("escalamiento", "supervisor_atencion", "a_los")
        assert "Escalamiento › Supervisor de atención › A los" in change.title
        assert change.kind is Kind.RAISED

    def test_whose_elements_change_places_is_a_patch(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "      - Salcajá\n      - Olintepeque\n", "      - Olintepeque\n      - Salcajá\n")
        assert gist(pair.only())[:2] == (Kind.MOVED, Level.PATCH)

    def test_that_is_confidential_says_so_and_keeps_it_out_of_its_sentence(self, pair: Pair) -> None:
        cost = next(pair.before.all("costos"))
        pair.copy.edit("costo.yml", f"total: {cost['total']}", "total: 999999 GTQ")
        change = pair.only()
        assert change.visibility == "confidencial"
        assert change.affects == (Affected.COST,)
        assert "999999" not in change.sentence + change.title

    def test_that_comes_whole_is_as_confidential_as_what_is_inside(self, pair: Pair) -> None:
        pair.copy.edit(
            "costo.yml", "    componentes:\n",
            "    componentes:\n      - nombre: Alarma\n        tipo: fijo\n        clase: directo\n"
            "        base: Al mes\n        monto: 77 GTQ\n",
            after=f"servicio: {next(pair.before.all('costos')).id}",
        )  # fmt: skip
        change = pair.only()
        assert change.kind is Kind.ADDED
        assert "77 GTQ" in str(change.after)
        assert change.visibility == "confidencial"

    def test_that_nobody_knows_is_told_by_its_text(self, pair: Pair) -> None:
        pair.copy.edit(
            "ans.yml",
            "    fijo: false\n",
            "    fijo: false\n    premio: [1, dos]\n",
            after="id: ans_corporativo_respuesta",
        )
        change = pair.only()
        assert gist(change) == (Kind.ADDED, Level.MINOR, "ans_corporativo_respuesta", ("premio",))
        assert change.after == "1; dos"


class TestFiles:
    def test_a_section_that_becomes_a_folder_moves_once(self, pair: Pair) -> None:
        pair.copy.path("glosario").mkdir()
        pair.copy.path("glosario.yml").rename(pair.copy.path("glosario/terminos.yml"))
        assert gist(pair.only()) == (Kind.MOVED, Level.PATCH, "glosario", ())

    def test_a_file_that_is_renamed_moves_what_it_holds(self, pair: Pair) -> None:
        pair.copy.path(OFFER).rename(pair.copy.path("oferta/01-instalación nueva.yml"))
        change = pair.only()
        assert gist(change) == (Kind.MOVED, Level.PATCH, "instalacion", ())
        assert (change.before, change.after) == (
            "manual/oferta/instalacion.yml",
            "manual/oferta/01-instalación nueva.yml",
        )

    def test_the_fingerprint_stays_when_file_and_lines_change(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "plazo: 5 días hábiles", "plazo: 7 días hábiles")
        print_before = pair.only().fingerprint
        text = pair.copy.path(OFFER).read_text("utf-8").replace("plazo: 7 días hábiles", "plazo: '7 días hábiles'")
        pair.copy.path(OFFER).unlink()
        pair.copy.write("oferta/otra.yml", f"# uno\n# dos\n{text}")
        assert print_before in {change.fingerprint for change in pair.changes()}
        assert re.fullmatch("[0-9a-f]{12}", print_before)

    def test_no_two_changes_share_a_fingerprint(self, pair: Pair) -> None:
        shutil.rmtree(pair.copy.path("oferta"))
        for file in ("ans.yml", "quejas.yml", "protocolos.yml"):
            pair.copy.remove(file)
        prints = [change.fingerprint for change in pair.changes()]
        assert len(prints) > 50
        assert len(set(prints)) == len(prints)


class TestSections:
    def test_one_that_goes_takes_its_things_and_promises(self, pair: Pair) -> None:
        pair.copy.remove("ans.yml")
        changes = pair.changes()
        assert gist(changes[0]) == (Kind.REMOVED, Level.MAJOR, "ans", ())
        assert {change.kind for change in changes} == {Kind.REMOVED}
        assert len(changes) == 1 + len(pair.before.entities["acuerdos"])

    def test_one_that_is_declared_not_to_apply_and_back(self, pair: Pair) -> None:
        pair.copy.write("alianzas.yml", NOT_APPLICABLE)
        first = pair.changes()[0]
        assert gist(first) == (Kind.REMOVED, Level.MAJOR, "alianzas", ())
        assert "que no aplica" in first.sentence
        back = compare(read(pair.copy.root), pair.before)
        assert {(change.kind, change.level) for change in back} >= {(Kind.ADDED, Level.MINOR)}

    def test_one_that_cannot_be_read_is_not_told_as_gone(self, pair: Pair) -> None:
        pair.copy.add("ans.yml", "\t- roto: [\n")
        change = pair.only()
        assert gist(change) == (Kind.CHANGED, Level.MAJOR, "ans", ())
        assert "no se puede leer" in change.sentence

    def test_a_manual_that_is_not_valid_is_compared_as_far_as_it_can_be_read(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "plazo: 5 días hábiles", "plazo: pronto")
        pair.copy.edit("roles.yml", "personas: 1\n", "personas: muchas\n", after="id: gerente_general")
        kinds = {change.path[0]: change.kind for change in pair.changes()}
        assert kinds == {"plazo": Kind.CHANGED, "personas": Kind.CHANGED}

    def test_the_gravest_come_first_then_in_the_order_of_sections(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "plazo: 5 días hábiles", "plazo: 7 días hábiles")
        pair.copy.edit("manual.yml", "sabado: 08:00-12:00", "sabado: cerrado")
        pair.copy.edit("roles.yml", "hasta: 1500 GTQ", "hasta: 1200 GTQ")
        changes = pair.changes()
        assert [change.section for change in changes] == ["manual", "oferta", "roles"]
        assert highest(changes) is Level.MAJOR
        assert highest(()) is None


def changes_with_schemas(pair: Pair) -> tuple[Change, ...]:
    return compare(pair.before, read_with_its_schemas(pair.copy.root))


class TestTheSchemaThatChanged:
    def test_does_not_hide_a_promise_that_lost_its_word(self, pair: Pair) -> None:
        """A company's own schema that stops calling it a commitment, in the same change as loosening it."""
        folder = pair.copy.root / "schema"
        folder.mkdir()
        text = (schema_folder() / "ans.schema.json").read_text("utf-8")
        text = text.replace('"x-compromiso": true,', "").replace('"x-sentido": "mayor",', "")
        (folder / "ans.schema.json").write_text(text, "utf-8")
        pair.copy.edit("ans.yml", "porcentaje: 85 %", "porcentaje: 60 %", after="id: ans_corporativo_respuesta")
        assert gist(changes_with_schemas(pair)[0])[:2] == (Kind.LOOSENED, Level.MAJOR)

    def test_is_compared_when_only_one_manual_knows_a_section(self, pair: Pair) -> None:
        schema = json.loads((schema_folder() / "glosario.schema.json").read_text("utf-8"))
        schema["x-seccion"]["orden"] = 90
        schema["properties"]["palabras"] = schema["properties"].pop("terminos") | {"x-coleccion": "palabras"}
        schema["properties"]["palabras"]["items"]["properties"].pop("ver")
        schema["required"] = ["control", "palabras"]
        folder = pair.copy.root / "schema"
        folder.mkdir()
        (folder / "palabras.schema.json").write_text(json.dumps(schema), "utf-8")
        words = "palabras:\n  - id: hola\n    nombre: Hola\n    definicion: Un saludo\n"
        pair.copy.write("palabras.yml", NOT_APPLICABLE.partition("no_aplica")[0] + words)
        assert [gist(change) for change in changes_with_schemas(pair)] == [
            (Kind.ADDED, Level.MINOR, "palabras", ()), (Kind.ADDED, Level.MINOR, "hola", ()),
        ]  # fmt: skip


# Every rule of direction has its mirror.

MIRROR = {
    Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED,
    Kind.TIGHTENED: Kind.LOOSENED, Kind.LOOSENED: Kind.TIGHTENED,
    Kind.RAISED: Kind.LOWERED, Kind.LOWERED: Kind.RAISED,
    Kind.CHANGED: Kind.CHANGED,
}  # fmt: skip


def directions() -> Iterator[Any]:
    for section in SPINE.sections.values():
        for path, field in section.root.walk():
            if field.direction:
                yield pytest.param(section.name, path, field, id=f"{section.name}/{'/'.join(path)}")


DIRECTIONS = list(directions())


def found(value: Any, path: tuple[str, ...]) -> tuple[Any, str] | None:
    """The map that holds the first value at a path, and its name in it."""
    if len(path) == 1:
        return (value, path[0]) if isinstance(value, dict) and path[0] in value else None
    if path[0] == "*":
        hits = (found(each, path[1:]) for each in value)
        return next((hit for hit in hits if hit), None)
    return found(value[path[0]], path[1:]) if isinstance(value, dict) and path[0] in value else None


def more(field: Field, value: Any) -> Any:
    """A value that is more than another."""
    match field.type:
        case "duracion":
            time = parse_duration(value)
            return str(Duration(time.amount + 1, time.unit, time.business))
        case "dinero":
            money = parse_money(value)
            return f"{money.amount + 1} {money.currency}"
        case "porcentaje" | "cantidad" | "medida":
            measure = parse_measure(value)
            return f"{measure.value + 1} {measure.unit}"
        case "fecha":
            return f"{int(value[:4]) + 1}{value[4:]}"
        case "horario":  # rather less: many are open day and night
            return dict.fromkeys(value, "cerrado")
    if field.kind is Shape.LIST:
        new = "algo_mas" if isinstance(value[0], str) else {**value[0], **dict.fromkeys(_texts(value[0]), "Algo más")}
        return [*value, new]
    return value + 1


def _texts(data: dict[str, Any]) -> list[str]:
    return [name for name, value in data.items() if isinstance(value, str)]


@cache
def complete(section: str) -> Manual:
    with TemporaryDirectory() as folder:
        return example(section, Path(folder), None)


def example(section: str, folder: Path, edit: tuple[tuple[str, ...], Field] | None) -> Manual:
    """The example of a section that says everything, with one value made more, and the indicators it names."""
    text = (EXAMPLES / section / "bien" / "completo.yml").read_text("utf-8").replace("sentido: rango", "sentido: subir")
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    if edit:
        path, field = edit
        hit = found(data, path)
        assert hit is not None, f"{section}: the complete example does not say {path}"
        holder, name = hit
        if field.kind is Shape.OBJECT and field.type != "horario":
            del holder[name]
        else:
            value = int(holder[name]) if field.kind is Shape.INTEGER else holder[name]
            holder[name] = more(field, value)
    (folder / "manual").mkdir(parents=True)
    dumped = yaml.safe_dump(data, allow_unicode=True)
    (folder / "manual" / f"{section}.yml").write_text(
        re.sub(r": '(\d+)'$", r": \1", dumped, flags=re.MULTILINE), "utf-8"
    )
    if section != "indicadores":
        named = sorted(set(re.findall(r"indicador: (\w+)", text)))
        lines = [f"  - {{id: {name}, sentido: subir}}" for name in named] or ["  []"]
        (folder / "manual" / "indicadores.yml").write_text("indicadores:\n" + "\n".join(lines) + "\n", "utf-8")
    return read(folder)


class TestDirection:
    @pytest.mark.parametrize(("section", "path", "field"), DIRECTIONS)
    def test_has_its_mirror(self, tmp_path: Path, section: str, path: tuple[str, ...], field: Field) -> None:
        one = complete(section)
        other = example(section, tmp_path, (path, field))
        there, back = compare(one, other), compare(other, one)
        assert there, f"{section}: a change of {path} goes unseen"
        assert sorted(MIRROR[change.kind] for change in there) == sorted(change.kind for change in back)

    @pytest.mark.parametrize(
        ("section", "path", "field"), [case for case in DIRECTIONS if case.values[2].is_commitment]
    )
    def test_of_a_commitment_is_told(self, tmp_path: Path, section: str, path: tuple[str, ...], field: Field) -> None:
        """More of what should be more is tightened and no more than minor; the other way it is loosened and major."""
        one = complete(section)
        other = example(section, tmp_path, (path, field))
        better = (field.direction != "menor") != (field.kind is Shape.OBJECT)  # of those the edit took something away
        first, second = (one, other) if better else (other, one)
        assert {(c.kind, c.level) for c in compare(first, second)} == {(Kind.TIGHTENED, Level.MINOR)}
        assert {(c.kind, c.level) for c in compare(second, first)} == {(Kind.LOOSENED, Level.MAJOR)}

    def test_is_said_of_every_commitment_that_can_be_measured(self) -> None:
        silent = [
            f"{section.name}/{'/'.join(path)}"
            for section in SPINE.sections.values()
            for path, field in section.root.walk()
            if field.is_commitment and field.type in QUANTITIES and not field.direction
        ]
        assert silent == []

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            ({"x-sentido": "mayor"}, "no es una cantidad"),
            ({"x-sentido": "segun_sentido", "type": "array"}, "no es una cantidad"),
            ({"x-sentido": "segun_sentido", "x-tipo": "medida"}, "no hay «sentido» ni «indicador»"),
            ({"x-compromiso": True, "x-tipo": "duracion"}, "no dice en qué sentido mejora"),
        ],
    )
    def test_that_makes_no_sense_is_refused(self, words: dict[str, Any], says: str) -> None:
        root = make_field({"type": "object", "properties": {"algo": {"type": "string", **words}}})
        assert any(says in problem for problem in incoherences(root, {}))

    @pytest.mark.parametrize("word", ["x-sentido", "x-afecta", "x-compromiso", "x-material"])
    def test_each_word_is_used(self, word: str) -> None:
        assert any(word in path.read_text("utf-8") for path in schema_folder().glob("ans.schema.json"))


TIMES = st.builds(
    lambda amount, unit: Duration(amount, *unit),
    st.integers(0, 400),
    st.sampled_from([(unit, False) for unit in Unit] + [(Unit.MINUTE, True), (Unit.HOUR, True), (Unit.DAY, True)]),
)
DAYS = st.one_of(
    st.none(), st.tuples(st.integers(1, 720), st.integers(0, 720)).map(lambda two: WorkingDay(two[0], sum(two)))
)
SENTENCES = st.lists(
    st.sampled_from(["no", "el", "plazo", "es", "de", "3", "4", "días", "horas,", "cliente.", "PAGA", "paga", "año"])
).map(" ".join)


class TestMirrors:
    @given(TIMES, TIMES, DAYS, DAYS)
    def test_of_times(self, one: Duration, other: Duration, day: WorkingDay | None, later: WorkingDay | None) -> None:
        there = order_of_times(one, other, WorkingDays(day, later))
        back = order_of_times(other, one, WorkingDays(later, day))
        assert there == (None if back is None else -back)

    @given(TIMES, TIMES, TIMES)
    def test_times_are_in_order(self, one: Duration, two: Duration, three: Duration) -> None:
        days = WorkingDays(WorkingDay(480, 480), WorkingDay(480, 480))
        if order_of_times(one, two, days) == 1 and order_of_times(two, three, days) == 1:
            assert order_of_times(one, three, days) in {1, None}

    @given(SENTENCES, SENTENCES)
    def test_of_texts(self, one: str, other: str) -> None:
        assert wording(one, other) == wording(other, one)
        assert wording(one, one) is Wording.SAME

    @pytest.mark.parametrize(
        ("one", "other", "far"),
        [
            ("Se devuelve\n  todo", "Se devuelve todo", Wording.SAME),
            ("Se devuelve todo.", "se devuelve, todo", Wording.PUNCTUATION),
            ("Se devuelve el dinero", "Se reintegra el dinero", Wording.WORDS),
            ("Se devuelve el dinero", "No se devuelve el dinero", Wording.SUBSTANCE),
            ("Se devuelve en 5 días", "Se devuelve en 15 días", Wording.SUBSTANCE),
            ("Se devuelve en 1.5 horas", "Se devuelve en 15 horas", Wording.SUBSTANCE),
            ("Se devuelve en dos días", "Se devuelve en tres días", Wording.SUBSTANCE),
            ("Se devuelve en 5 horas", "Se devuelve en 5 días", Wording.SUBSTANCE),
            ("Recibe un crédito de Q500", "Recibe un crédito de Q50", Wording.SUBSTANCE),
            ("Llega hasta 80 metros", "Llega hasta 80 pasos", Wording.SUBSTANCE),
            ("Incluye el cable", "Excluye el cable", Wording.SUBSTANCE),
            ("Se cambia el equipo", "Usted paga la reparación", Wording.SUBSTANCE),
        ],
    )
    def test_wording(self, one: str, other: str, far: Wording) -> None:
        assert wording(one, other) is far


# How changes are written.

HOSTILE = "<script>alert(1)</script> | `x` **b** [a](http://x.example) @admin #12 \x1b[31m\u202e & $(id) {{ 7*7 }}"


@pytest.fixture
def hostile(pair: Pair) -> ChangeReport:
    """A report on changes whose names and values try to break out."""
    written = json.dumps(HOSTILE)
    pair.copy.edit(OFFER, "      - Salcajá\n", f"      - {written}\n      - {json.dumps('Hola ' * 60)}\n")
    pair.copy.edit("roles.yml", "nombre: Supervisor de atención", f"nombre: {written}")
    pair.copy.edit(
        "roles.yml", "asunto: Nota de crédito o compensación", f"asunto: {written}", after="id: gerente_servicio"
    )
    changes = pair.changes()
    assert any(change.key == ("roles", "supervisor_atencion") for change in changes)
    return ChangeReport(f"rama {HOSTILE}", "ahora", changes)


class TestWriting:
    def test_the_verb_offers_every_format(self) -> None:
        assert tuple(CHANGE_FORMATS) == comparing._FORMATS

    @pytest.mark.parametrize("name", CHANGE_FORMATS)
    def test_nothing_steers_the_reader_of_it(self, hostile: ChangeReport, name: str) -> None:
        text = CHANGE_FORMATS[name](hostile)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
        assert text.endswith("\n")
        assert text.encode("utf-8")

    @pytest.mark.parametrize("name", CHANGE_FORMATS)
    def test_nothing_is_a_whole_text_too(self, name: str) -> None:
        text = CHANGE_FORMATS[name](ChangeReport("a", "b", ()))
        assert "Sin cambios de contenido" in text or json.loads(text)["changes"] == []

    def test_text_tells_each_change_with_values_place_and_fingerprint(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "plazo: 5 días hábiles", "plazo: 7 días hábiles")
        text = CHANGE_FORMATS["text"](ChangeReport("v1", "v2", pair.changes()))
        place = pair.copy.place(OFFER, "▸7 días hábiles")
        assert text.splitlines() == [
            "De «v1» a «v2»",
            "",
            "Mayor. Se afloja o se quita algo que se promete, o no se puede demostrar que no.",
            "",
            "  ▼ «Plazo prometido» de «Instalación de internet por fibra»: ahora se promete menos.",
            "      antes: 5 días hábiles",
            "      ahora: 7 días hábiles",
            f"      {place}  aflojado  afecta: clientes, puestos  [{pair.only().fingerprint}]",
            "",
            "1 mayor",
        ]

    def test_markdown_holds_no_link_no_html_and_no_mention_of_a_manual(self, hostile: ChangeReport) -> None:
        text = CHANGE_FORMATS["markdown"](hostile)
        html = markdown(text, extensions=["tables"])
        seen = unescape(html)
        assert set(re.findall(r"</?([a-z0-9]+)", html)) <= {
            "h3", "h4", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "strong", "sub", "code", "em",
        }  # fmt: skip
        assert "<script>alert(1)" in seen, "the text is there, as text"
        assert not re.search(r"@admin|#12\b|http://", seen), "nothing that GitHub makes a link of by itself"
        assert text.startswith("### Cambios del manual")
        assert text.index("| **Mayor** |") < text.index("#### Mayor")

    def test_markdown_fits_into_a_comment(self, before: Manual, copy: ManualCopy) -> None:
        for file in list(copy.path(".").iterdir()):
            if file.stem not in {"manual", "roles"}:
                shutil.rmtree(file) if file.is_dir() else file.unlink()
        changes = compare(before, read(copy.root))
        text = CHANGE_FORMATS["markdown"](ChangeReport("a", "b", changes))
        assert len(text) < MOST + 500
        assert "No cabe todo" in text

    def test_json_says_all_and_keeps_its_shape(self, pair: Pair) -> None:
        pair.copy.edit(OFFER, "plazo: 5 días hábiles", "plazo: 7 días hábiles")
        told = json.loads(CHANGE_FORMATS["json"](ChangeReport("v1", "v2", pair.changes())))
        place = {"path": "manual/oferta/instalacion.yml", "line": 93, "column": 12}
        assert told["totals"] == {"mayor": 1, "menor": 0, "parche": 0}
        (change,) = told["changes"]
        assert change.pop("roles")
        assert change == {
            "fingerprint": pair.only().fingerprint, "kind": "aflojado", "level": "mayor",
            "affects": ["cliente", "puesto"], "section": "oferta", "collection": "ofertas", "id": "instalacion",
            "path": ["plazo"], "title": pair.only().title, "sentence": pair.only().sentence,
            "before": "5 días hábiles", "after": "7 días hábiles",
            "place_before": place, "place_after": place, "material": True, "visibility": "interno",
        }  # fmt: skip

    def test_html_is_one_page_that_asks_nothing_of_a_network(self, hostile: ChangeReport) -> None:
        page = _Page()
        page.feed(CHANGE_FORMATS["html"](hostile))
        assert not page.tags & {"script", "img", "link", "a", "iframe", "object", "form"}
        assert not page.attributes & {"src", "href", "onclick", "action"}
        assert HOSTILE[:25] in page.text


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data
