"""The editor's help: what VS Code's YAML extension shows a manager, from the real language server."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from language_server import LanguageServer, language_server
from pauta.editor import SETTINGS, editor_schemas, editor_settings, refresh_editor
from pauta.editor.schema import CONSTRAINTS
from pauta.findings import CannotGoOn
from pauta.pipeline import Project
from pauta.scaffold import scaffold
from pauta.spine import Spine

REPOSITORY = Path(__file__).parents[1]
TODAY = date(2026, 3, 9)
ANNOTATIONS = {"$schema", "title", "description", "examples"}
ENGLISH = re.compile(
    r"(?<!\.)\b(the|value|property|expected|missing|allowed|array|item|string|example|source)\b", re.IGNORECASE
)
CONTROL = (
    "control:\n  responsable: gerente\n  ultima_revision: 2026-03-09\n  revisar_cada: 6 meses\n  estado: vigente\n"
)
SERVICE = "servicios:\n  - id: corte\n    nombre: Corte\n    nombre_corto: Corte\n    definicion: Corte de pelo.\n    estado: activo\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("editor") / "mi manual"
    scaffold(root, today=TODAY)
    return root


@pytest.fixture(scope="module")
def server(project: Path) -> Iterator[LanguageServer]:
    with language_server(project) as running:
        yield running


@pytest.fixture(scope="module")
def spine() -> Spine:
    return Project(REPOSITORY).spine()


def test_nothing_is_underlined_in_a_new_manual(server: LanguageServer, project: Path) -> None:
    files = sorted((project / "manual").glob("*.yml"))
    problems = {file.name: server.problems(f"manual/{file.name}", file.read_text("utf-8")) for file in files}
    assert len(problems) == 17
    assert {name: found for name, found in problems.items() if found} == {}


def test_nothing_is_underlined_in_the_reference_manual(server: LanguageServer) -> None:
    root = REPOSITORY / "manual"
    for file in sorted(root.rglob("*.yml")):
        place = f"manual/{file.relative_to(root).as_posix()}"
        assert server.problems(place, file.read_text("utf-8")) == [], place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SERVICE.replace("nombre_corto", "nombre_corot"), [
            ("9: Este campo no existe en «Servicio». Los que existen son: «id», «nombre», «nombre_corto», «alias», "
            "«definicion», «familia», «estado», «responsable», «retirado_el», «reemplazado_por»."),
            "7: Falta «Nombre corto»: agregue un renglón «nombre_corto:». Nombre para menús y listas.",
        ]),
        (SERVICE.replace("    estado: activo\n", ""), [
            ("7: Falta «Estado»: agregue un renglón «estado:». Activo: se ofrece. Piloto: se ofrece a prueba. "
            "Retirado: ya no se ofrece."),
        ]),
        (SERVICE.replace("activo", "activa"), [
            "11: «Estado» no está bien escrito. Los valores que existen son: «activo», «piloto», «retirado».",
        ]),
        (SERVICE.replace("nombre: Corte", "nombre: 24"), [
            ("8: «Nombre» está vacío o no es un texto. Escriba una frase en una sola línea; si no la tiene todavía, "
            "deje el campo fuera. Si son solo cifras, póngalas entre comillas."),
        ]),
        (SERVICE + f"    responsable: {'a' * 61}\n", ["12: «Responsable» es demasiado largo: el máximo son 60 letras."]),
        (SERVICE + "    alias: []\n", ["12: «Otros nombres» debe tener al menos 1 elemento."]),
        (SERVICE + "    alias: [Tijera, Tijera]\n", ["12: «Otros nombres» tiene un elemento dos veces: borre el segundo."]),
        ("servicios: corte\n", [
            "6: «Servicios» está vacío o no es una lista con un guion delante de cada elemento.",
        ]),
    ],
    ids=["misspelt", "missing", "not in the list", "number", "too long", "too few", "twice", "not a list"],
)  # fmt: skip
def test_says_in_spanish_what_is_wrong(server: LanguageServer, text: str, expected: list[str]) -> None:
    assert sorted(server.problems("manual/nomenclatura.yml", CONTROL + text)) == sorted(expected)


def test_says_how_to_write_a_duration(server: LanguageServer) -> None:
    bad = CONTROL.replace("6 meses", "media año")
    without_unit = CONTROL.replace("6 meses", "6")
    message = "4: «Revisar cada» {} Escriba un número y la unidad: días calendario, semanas, meses o años; por ejemplo: 6 meses."
    assert server.problems("manual/nomenclatura.yml", bad + SERVICE) == [message.format("no está bien escrito.")]
    assert server.problems("manual/nomenclatura.yml", without_unit + SERVICE) == [
        message.format("está vacío o no es un texto.")
    ]


def test_the_decalogue_has_exactly_ten_principles(server: LanguageServer) -> None:
    found = server.problems(
        "manual/decalogo.yml", f"{CONTROL}principios:\n  - id: uno\n    nombre: Uno\n    enunciado: El primero.\n"
    )
    assert found == ["7: «Principios» debe tener exactamente 10 elementos."]


def test_a_section_may_be_declared_as_not_applicable(server: LanguageServer) -> None:
    declared = (
        "no_aplica:\n  motivo: No hay.\n  aprobado_por: gerente\n  aprobado_el: 2026-03-09\n  revisar_el: 2027-03-09\n"
    )
    assert server.problems("manual/alianzas.yml", CONTROL + declared) == []
    missing = server.problems("manual/alianzas.yml", CONTROL + declared.replace("  motivo: No hay.\n", ""))
    assert missing == ["6: Falta «Motivo»: agregue un renglón «motivo:». Por qué la sección no aplica a esta empresa."]
    both = server.problems("manual/alianzas.yml", CONTROL + declared + "alianzas: []\n")
    assert both == ["11: Este campo no existe en «Sección que no aplica». Los que existen son: «control», «no_aplica»."]


def test_a_file_of_a_folder_need_not_hold_the_whole_section(server: LanguageServer) -> None:
    assert server.problems("manual/nomenclatura/cabello.yml", SERVICE) == []
    assert server.problems("manual/nomenclatura/_control.yml", CONTROL) == []
    assert server.problems("manual/nomenclatura.yml", SERVICE) != []
    wrong = server.problems("manual/nomenclatura/cabello.yml", SERVICE.replace("activo", "abierto"))
    assert [message.partition(".")[0] for message in wrong] == ["6: «Estado» no está bien escrito"]


def test_help_over_a_field_says_what_it_is_and_how_to_write_it(server: LanguageServer) -> None:
    assert server.hover("manual/nomenclatura.yml", CONTROL + SERVICE.replace("est", "est@", 1)) == (
        "#### Estado\n\nActivo: se ofrece. Piloto: se ofrece a prueba. Retirado: ya no se ofrece.\n\n"
        "* `activo`: Activo\n* `piloto`: Piloto\n* `retirado`: Retirado\n\nObligatorio."
    )
    assert server.hover("manual/nomenclatura.yml", CONTROL.replace("resp", "resp@") + SERVICE) == (
        "#### Responsable de la sección\n\nRol que mantiene la sección al día.\n\n"
        "Escriba el identificador de un elemento de «Roles» (manual/roles.yml).\n\nObligatorio."
    )
    turn = server.hover("manual/roles.yml", f"{CONTROL}roles:\n  - id: a\n    tur@no: Noches\n")
    assert turn.endswith("Por ejemplo: Lunes a viernes de 08:00 a 17:00.")
    over_a_list = server.hover("manual/nomenclatura.yml", CONTROL + SERVICE.replace("serv", "serv@", 1))
    assert over_a_list == "#### Servicios\n\nTodo lo que la empresa hace para el cliente.\n\nObligatorio."


def test_offers_the_fields_that_are_not_there_yet(server: LanguageServer) -> None:
    offered = server.completion("manual/nomenclatura.yml", CONTROL + SERVICE + "    @")
    assert {"alias", "familia", "responsable", "retirado_el", "reemplazado_por"} <= set(offered)
    assert "nombre" not in offered
    assert offered["familia"]["documentation"]["value"].startswith("Grupo al que pertenece.")


def test_offers_the_sections_fields_and_the_declaration_in_an_empty_file(server: LanguageServer) -> None:
    assert set(server.completion("manual/alianzas.yml", "@")) == {"control", "alianzas", "no_aplica"}


def test_offers_the_values_of_a_closed_list_with_what_people_read(server: LanguageServer, spine: Spine) -> None:
    offered = server.completion("manual/canales.yml", f"{CONTROL}canales:\n  - id: radio\n    tipo: @")
    kind = spine.collections["canales"][1].children["tipo"]
    assert kind.labels["telefono"] == "Teléfono"
    assert {name: item["documentation"] for name, item in offered.items()} == {
        name: f"{label}." for name, label in kind.labels.items()
    }


def test_offers_yes_and_no(server: LanguageServer) -> None:
    offered = server.completion("manual/canales.yml", f"{CONTROL}canales:\n  - id: radio\n    grabacion: @")
    assert {name: item["documentation"] for name, item in offered.items()} == {"true": "Sí.", "false": "No."}


def test_offers_examples_of_a_typed_value(server: LanguageServer) -> None:
    offered = server.completion("manual/canales.yml", f"{CONTROL}canales:\n  - id: radio\n    primera_respuesta: @")
    assert "4 horas hábiles" in offered


@pytest.mark.parametrize("before", ["  ", "  - "])
def test_a_new_element_comes_with_its_required_fields_in_order(server: LanguageServer, before: str) -> None:
    offered = server.completion("manual/roles.yml", f"{CONTROL}roles:\n{before}@")
    inserted = offered["Nuevo elemento: Rol"]["textEdit"]["newText"].replace("\n", "\n  ")  # as an editor does
    assert (before + re.sub(r"\$\d+", "x", inserted)).splitlines() == [
        "  - id: x",
        "    nombre: x",
        "    area: x",
        "    mision: x",
        "    personas: x",
        "    funciones:",
        "      - x",
        "    limites_autoridad:",
        "      - asunto: x",
        "        puede: x",
    ]


def test_no_english_anywhere(server: LanguageServer, project: Path) -> None:
    mangled = {
        file.name: re.sub(r": [^|\n]+$", ": ~", file.read_text("utf-8"), flags=re.MULTILINE).replace("nombre:", "name:")
        for file in sorted((project / "manual").glob("*.yml"))
    }
    for name, text in mangled.items():
        found = server.problems(f"manual/{name}", text)
        assert found
        assert [message for message in found if ENGLISH.search(message)] == [], name
    for text in ("@", "roles:\n  @", "roles:\n  - @", "roles:\n  - id: a\n    @", "roles:\n  - id: a\n  @"):
        offered = server.completion("manual/roles.yml", text)
        assert offered
        assert {label for label, item in offered.items() if ENGLISH.search(f"{label} {_help(item)}")} == set()


def _help(item: dict[str, Any]) -> str:
    said = item.get("documentation", "")
    return f"{said['value'] if isinstance(said, dict) else said} {item.get('detail', '')}"


def test_a_project_called_manual_is_not_confused_with_its_section(tmp_path: Path) -> None:
    root = tmp_path / "manual"
    scaffold(root, today=TODAY)
    with language_server(root) as server:
        for name in ("manual.yml", "roles.yml"):
            assert server.problems(f"manual/{name}", (root / "manual" / name).read_text("utf-8")) == []
        assert server.problems("manual/manual/normas.yml", "normas: x\n") != []


def test_every_constraint_of_the_schemas_has_a_message(spine: Spine) -> None:
    sections = [*spine.sections.values(), spine.not_applicable]
    words = {word for section in sections for _, field in section.root.walk() for word in field.schema}
    assert {word for word in words - CONSTRAINTS - ANNOTATIONS if not word.startswith("x-")} == set()


def test_the_settings_of_this_repository_are_those_of_a_new_project(spine: Spine) -> None:
    assert (REPOSITORY / SETTINGS).read_text("utf-8") == editor_settings(spine)


OWN: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Garantías",
    "description": "Qué se garantiza.",
    "x-seccion": {"orden": 30, "grupo": "Propias", "obligatoria": False, "icono": "shield"},
    "type": "object",
    "additionalProperties": False,
    "required": ["control", "general"],
    "properties": {
        "control": {"$ref": "comun.schema.json#/$defs/control"},
        "general": {"title": "General", "description": "La de todos.", "$ref": "comun.schema.json#/$defs/texto"},
    },
}


@pytest.fixture
def own_section(tmp_path: Path) -> Project:
    root = tmp_path / "propio"
    scaffold(root, today=TODAY)
    (root / "schema").mkdir()
    (root / "schema" / "garantias.schema.json").write_text(json.dumps(OWN), encoding="utf-8")
    return Project(root)


def test_refreshing_adds_the_companys_own_sections_and_touches_nothing_else(own_section: Project) -> None:
    before = _contents(own_section.root)
    done = refresh_editor(own_section)
    names = (".pauta/esquemas/garantias.schema.json", ".pauta/esquemas/garantias.parte.schema.json")
    new = _contents(own_section.root)
    assert set(names) <= set(done.written)
    assert done.unmapped == {names[0]: ["manual/garantias.yml"], names[1]: ["manual/garantias/*.yml"]}
    assert {name for name in before if before[name] != new[name]} <= set(done.written)
    assert set(new) - set(before) == set(names)


def test_refreshing_twice_changes_nothing(own_section: Project) -> None:
    refresh_editor(own_section)
    again = refresh_editor(own_section)
    assert (again.written, again.removed) == ((), ())


def test_refreshing_mends_what_was_changed_by_hand_and_drops_sections_that_are_gone(own_section: Project) -> None:
    refresh_editor(own_section)
    shutil.rmtree(own_section.root / "schema")
    roles = own_section.root / ".pauta" / "esquemas" / "roles.schema.json"
    roles.write_text("{}", encoding="utf-8")
    done = refresh_editor(own_section)
    assert done.written == (".pauta/esquemas/roles.schema.json",)
    assert done.removed == (
        ".pauta/esquemas/garantias.parte.schema.json",
        ".pauta/esquemas/garantias.schema.json",
    )
    assert roles.read_text("utf-8") == editor_schemas(own_section.spine())[".pauta/esquemas/roles.schema.json"]


def test_refreshing_does_not_follow_a_link_out_of_the_project(own_section: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.rmtree(own_section.root / ".pauta")
    (own_section.root / ".pauta").symlink_to(elsewhere)
    with pytest.raises(CannotGoOn, match="enlace"):
        refresh_editor(own_section)
    assert list(elsewhere.iterdir()) == []


def _contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
