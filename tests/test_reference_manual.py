"""The reference manual is complete and coherent, and any mistake a manager may make in it is told where it is."""

from collections import Counter
from dataclasses import dataclass
from functools import cache, reduce
from operator import getitem
from pathlib import Path

import pytest

from helpers import REFERENCE, TODAY, Expected, ManualCopy, reference_copy
from pauta.model import Manual
from pauta.pipeline import Checked, Project, check_project
from pauta.quantities import Money, parse_money


@cache
def checked() -> Checked:
    return check_project(Project(REFERENCE.parent), today=TODAY)


@pytest.fixture
def manual() -> Manual:
    return checked().manual


class TestWhatItHolds:
    def test_nothing_is_wrong_with_it(self) -> None:
        assert [f"{finding.location} {finding.rule}" for finding in checked().findings] == []

    def test_it_is_for_an_example_company_and_says_so(self, manual: Manual) -> None:
        identity = manual.parts["manual"].data
        assert identity["empresa"]["pais"] == "GT"
        assert identity["moneda"] == "GTQ"
        assert "ficticia" in identity["aviso"]

    def test_it_says_every_section(self, manual: Manual) -> None:
        assert set(manual.parts) == set(manual.spine.sections)
        assert all(manual.applies(name) for name in manual.parts)

    @pytest.mark.parametrize(
        ("collection", "least"),
        [
            ("servicios", 6), ("roles", 8), ("canales", 6), ("proveedores", 4), ("alianzas", 2), ("inventarios", 6),
            ("recursos", 8), ("indicadores", 15), ("terminos", 20), ("normas", 8), ("objetivos", 4),
        ],
    )  # fmt: skip
    def test_it_has_enough_of_everything(self, manual: Manual, collection: str, least: int) -> None:
        assert len(list(manual.all(collection))) >= least

    def test_it_has_the_services_of_an_internet_provider(self, manual: Manual) -> None:
        assert {
            "instalacion", "soporte_tecnico", "cambio_plan", "facturacion_cobro", "traslado", "cancelacion",
        } <= {service.id for service in manual.services()}  # fmt: skip

    def test_its_decalogue_has_ten_principles_each_with_its_four_ties(self, manual: Manual) -> None:
        principles = list(manual.all("principios"))
        assert len(principles) == 10
        for principle in principles:
            assert all(principle.get(tie) for tie in ("normas", "conductas", "indicadores", "verificaciones"))

    def test_it_keeps_its_stock_of_routers_cable_and_connectors(self, manual: Manual) -> None:
        names = " ".join(manual.title(item).lower() for item in manual.all("inventarios"))
        assert all(word in names for word in ("router", "cable", "conector"))

    @pytest.mark.parametrize("phase", ["antes", "durante", "despues"])
    def test_it_says_what_is_told_before_during_and_after(self, manual: Manual, phase: str) -> None:
        for communication in manual.all("comunicaciones"):
            assert communication.get(phase), communication.id

    def test_its_amounts_are_in_quetzales(self, manual: Manual) -> None:
        amounts = [
            value
            for part in manual.parts.values()
            for document in part.documents
            for path, _, _ in document.in_reading_order()
            if (field := part.schema.root.at(path)) and field.type == "dinero"
            for value in [reduce(getitem, path, document.value)]
        ]
        assert len(amounts) > 50
        assert {parse_money(amount).currency for amount in amounts} == {"GTQ"}

    def test_a_cost_is_the_sum_of_its_components(self, manual: Manual) -> None:
        for cost in manual.all("costos"):
            components = [parse_money(component["monto"]) for component in cost["componentes"]]
            assert reduce(Money.__add__, components) == parse_money(cost["total"])

    def test_every_role_has_work(self, manual: Manual) -> None:
        idle = [role.id for role in manual.all("roles") if not manual.to(role)]
        assert idle == []

    def test_no_sentence_is_written_twice(self, manual: Manual) -> None:
        """Filler shows as repetition; choices, names and short forms may repeat."""
        said = Counter(
            line.strip()
            for part in manual.parts.values()
            for document in part.documents
            for line in document.text.splitlines()
            if len(line.strip()) > 60
            and not line.strip().startswith("evidencia:")  # one record may prove several facts
        )
        assert [line for line, times in said.items() if times > 1] == []


# A manager's mistakes. Each is one edit of the manual; what it brings is this finding, there, and no other.


@dataclass(frozen=True, slots=True)
class Mistake:
    """An edit and what is found: the rule, the place (at ▸ in a text of the edited file), and words of the message."""

    file: str
    old: str
    new: str
    rule: str
    place: str
    says: str
    after: str = ""
    """The element in which the edit is made."""
    there: str = ""
    """The element in which the place is, when it is not the same."""


SUPPORT = "oferta/soporte_tecnico.yml"
MISTAKES = {
    # the file
    "a colon in a text": Mistake(
        SUPPORT, "      - Número de caso desde el primer minuto", "    nota: Caso: desde el primer minuto",
        "yaml-mal-escrito", "    nota: Caso▸: desde", "dos puntos",
    ),
    "a bracket left open": Mistake(
        SUPPORT, "zonas:\n      - Toda", "zonas: [Toda", "yaml-mal-escrito", "zonas: ▸[Toda", "cerrar un corchete",
    ),
    "quotes left open": Mistake(
        "canales.yml", "nombre: Línea 1550", 'nombre: "Línea 1550', "yaml-mal-escrito", 'nombre: ▸"Línea 1550', "comillas",
    ),
    "a tab": Mistake(
        "canales.yml", "    tono: formal", "\ttono: formal", "tabulador", "▸\ttono: formal", "tabulador", after="id: telefono",
    ),
    "a marker of another program": Mistake(
        "glosario.yml", "terminos:\n", "terminos:\n<<<<<<< HEAD\n", "yaml-mal-escrito", "▸<<<<<<< HEAD", "dos puntos",
    ),
    "a line of dashes": Mistake(
        "costo.yml", "\ncostos:", "---\ncostos:", "varios-documentos", "▸---\ncostos:", "segundo documento",
    ),
    "an asterisk for emphasis": Mistake(
        SUPPORT, "zonas:\n      - Toda", "zonas:\n      - *Toda*", "yaml-mal-escrito", "- *Toda▸*", "«*»",
    ),
    "a field twice": Mistake(
        "roles.yml", "    area:", "    area: Campo\n    area:", "clave-repetida", "    ▸area: Operaciones de campo", "«area» ya está",
        after="id: coordinador_campo", there="id: coordinador_campo",
    ),
    # what a section asks for
    "a misspelt field": Mistake(
        "canales.yml", "primera_respuesta:", "primer_respuesta:", "campo-desconocido", "▸primer_respuesta:",
        "No existe el campo «primer_respuesta» en «Canal»", after="id: telefono",
    ),
    "a field left out": Mistake(
        "alianzas.yml", "    responsable: gerente_financiero\n", "", "falta-campo", "- ▸id: banco_cumbre", "Falta «Responsable»",
        after="id: banco_cumbre",
    ),
    "an amount without its currency": Mistake(
        SUPPORT, "precio_publico: 0 GTQ", "precio_publico: 0", "tipo-incorrecto", "precio_publico: ▸0", "le falta la unidad",
    ),
    "an amount as people write it": Mistake(
        "costo.yml", "monto: 77000 GTQ", "monto: Q77,000.00", "formato-incorrecto", "monto: ▸Q77,000.00", "«Q77,000.00»",
    ),
    "days that do not say which": Mistake(
        SUPPORT, "    plazo: 2 días hábiles", "    plazo: 2 días", "formato-incorrecto", "    plazo: ▸2 días", "«2 días»",
    ),
    "a day that does not exist": Mistake(
        "quejas.yml", "ultima_revision: 2026-11-06", "ultima_revision: 2026-02-30", "formato-incorrecto",
        "ultima_revision: ▸2026-02-30", "«2026-02-30»",
    ),
    "a date as people write it": Mistake(
        "proveedores.yml", "contrato_hasta: 2028-03-31", "contrato_hasta: 31/03/2028", "formato-incorrecto",
        "contrato_hasta: ▸31/03/2028", "«31/03/2028»", after="id: equipos_istmo",
    ),
    "an hour without its nought": Mistake(
        "canales.yml", "lunes: 07:00-19:00", "lunes: 7:00-19:00", "formato-incorrecto", "lunes: ▸7:00-19:00", "«Lunes»",
        after="id: telefono",
    ),
    "a yes in Spanish": Mistake(
        "canales.yml", "grabacion: true", "grabacion: sí", "tipo-incorrecto", "grabacion: ▸sí", "true (sí) o false (no)",
        after="id: telefono",
    ),
    "a choice in other words": Mistake(
        "indicadores.yml", "sentido: subir", "sentido: aumentar", "valor-no-permitido", "sentido: ▸aumentar", "«aumentar»",
        after="id: nivel_servicio_telefono",
    ),
    "a text where a list is due": Mistake(
        SUPPORT, "    zonas:\n      - Toda", "    zonas: Toda", "tipo-incorrecto", "zonas: ▸Toda", "debe ser una lista",
    ),
    "a number in words": Mistake(
        "roles.yml", "personas: 4", "personas: cuatro", "tipo-incorrecto", "personas: ▸cuatro", "un número entero",
        after="id: asesor_sucursal",
    ),
    "an empty field": Mistake(
        SUPPORT, "precio_publico: 0 GTQ", "precio_publico:", "tipo-incorrecto", "precio_publico:▸", "está vacío",
    ),
    # the whole manual
    "a name that is not there": Mistake(
        "recursos.yml", "proveedor: equipos_istmo", "proveedor: equipos_itsmo", "referencia-rota",
        "proveedor: ▸equipos_itsmo", "«equipos_itsmo», que no existe", after="id: equipo_cliente",
    ),
    "an element copied and not renamed": Mistake(
        "glosario.yml", "- id: cliente_interno", "- id: cable_drop", "id-repetido", "- id: ▸cable_drop\n    nombre: cliente interno",
        "cable_drop",
    ),
    "a component changed and not the total": Mistake(
        "costo.yml", "monto: 77000 GTQ", "monto: 78000 GTQ", "costo-no-suma", "total: ▸", "", there="servicio: instalacion",
    ),
    "a threshold on the wrong side": Mistake(
        "indicadores.yml", "umbral_critico: 70 %", "umbral_critico: 90 %", "indicador-incoherente", "umbral_critico: ▸90 %",
        "«Umbral crítico» (90 %) no está por debajo", after="id: nivel_servicio_telefono", there="id: nivel_servicio_telefono",
    ),
    "a review of last year": Mistake(
        "roles.yml", "ultima_revision: 2026", "ultima_revision: 2024", "revision-vencida", "ultima_revision: ▸2024", "",
    ),
    "a review of next year": Mistake(
        "roles.yml", "ultima_revision: 2026", "ultima_revision: 2027", "fecha-imposible", "ultima_revision: ▸2027", "",
    ),
    "something left for later": Mistake(
        SUPPORT, "- Número de caso desde el primer minuto de la atención", "- Por definir con soporte", "texto-provisional",
        "- ▸Por definir con soporte", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_where_it_is_and_nothing_else_is(tmp_path: Path, mistake: Mistake) -> None:
    copy = reference_copy(tmp_path)
    copy.edit(mistake.file, mistake.old, mistake.new, after=mistake.after)
    place = copy.place(mistake.file, mistake.place, after=mistake.there)
    copy.finds(Expected(mistake.rule, place, mistake.says))


class TestMistakesWithWholeFiles:
    @pytest.fixture
    def copy(self, tmp_path: Path) -> ManualCopy:
        return reference_copy(tmp_path)

    def test_a_section_deleted(self, copy: ManualCopy) -> None:
        copy.remove("alianzas.yml")
        copy.finds(Expected("seccion-faltante", "manual/alianzas.yml:1:1", "Falta la sección «Alianzas»"))

    def test_a_file_saved_by_an_old_editor(self, copy: ManualCopy) -> None:
        path = copy.path("roles.yml")
        path.write_bytes(path.read_text("utf-8").encode("cp1252"))
        line = path.read_bytes().split(b"\xf3")[0].count(b"\n") + 1
        (found,) = copy.check().findings
        assert (found.rule, found.location.path, found.location.line) == ("codificacion", "manual/roles.yml", line)

    def test_a_file_saved_with_a_mark(self, copy: ManualCopy) -> None:
        copy.path("roles.yml").write_bytes(b"\xef\xbb\xbf" + copy.path("roles.yml").read_bytes())
        copy.finds(Expected("marca-de-orden", "manual/roles.yml:1:1", "BOM"))

    def test_a_file_saved_on_windows_is_no_mistake(self, copy: ManualCopy) -> None:
        for path in (copy.root / "manual").rglob("*.yml"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        copy.finds()

    def test_a_file_renamed(self, copy: ManualCopy) -> None:
        copy.path("alianzas.yml").rename(copy.path("aliansas.yml"))
        copy.finds(
            Expected("seccion-desconocida", "manual/aliansas.yml:1:1", "«aliansas»"),
            Expected("seccion-faltante", "manual/alianzas.yml:1:1", "Falta la sección «Alianzas»"),
        )

    def test_a_copy_left_beside(self, copy: ManualCopy) -> None:
        copy.write("roles (copia).yml", copy.path("roles.yml").read_text("utf-8"))
        copy.finds(Expected("seccion-desconocida", "manual/roles (copia).yml:1:1", "«roles (copia)»"))

    def test_a_copy_in_a_sections_folder(self, copy: ManualCopy) -> None:
        """Everything in it is there twice, and each is told at the second."""
        copy.write("oferta/copia.yml", copy.path("oferta/wifi_hogar.yml").read_text("utf-8"))
        found = copy.check().findings
        assert "id-repetido" in {finding.rule for finding in found}
        assert {finding.location.path for finding in found if finding.rule == "id-repetido"} == {
            "manual/oferta/wifi_hogar.yml"
        }

    def test_a_file_emptied(self, copy: ManualCopy) -> None:
        copy.write("roles.yml", "")
        copy.finds(Expected("archivo-vacio", "manual/roles.yml:1:1", "vacío"))

    def test_a_principle_taken_out_of_the_decalogue(self, copy: ManualCopy) -> None:
        copy.cut("decalogo.yml", "- id: d_siempre_hay_salida")
        found = {finding.rule: finding for finding in copy.check().findings}
        assert "exactamente 10" in found["lista-corta"].message

    def test_a_name_changed_is_told_wherever_it_was_used(self, copy: ManualCopy) -> None:
        copy.edit("canales.yml", "- id: correo", "- id: email")
        found = copy.check().findings
        assert len(found) > 5
        assert {finding.rule for finding in found} == {"referencia-rota"}
        assert all("«correo», que no existe" in finding.message for finding in found)
        assert [finding.location for finding in found] == sorted(finding.location for finding in found)

    def test_several_at_once_are_all_told_in_order(self, copy: ManualCopy) -> None:
        copy.edit(SUPPORT, "precio_publico: 0 GTQ", "precio_publico: 0")
        copy.edit(SUPPORT, "    plazo: 2 días hábiles", "    plaso: 2 días hábiles")
        copy.edit("canales.yml", "grabacion: true", "grabacion: sí", after="id: telefono")
        copy.write("costo.yml", "costos: [")
        assert [(finding.rule, finding.location.path) for finding in copy.check().findings] == [
            ("tipo-incorrecto", "manual/canales.yml"),
            ("yaml-mal-escrito", "manual/costo.yml"),
            ("tipo-incorrecto", f"manual/{SUPPORT}"),
            ("campo-desconocido", f"manual/{SUPPORT}"),
        ]

    def test_every_file_broken_at_once_is_told_file_by_file(self, copy: ManualCopy) -> None:
        files = sorted(path.relative_to(copy.root).as_posix() for path in (copy.root / "manual").rglob("*.yml"))
        for file in files:
            (copy.root / file).write_text("a: [")
        assert [(f.rule, f.location.path) for f in copy.check().findings] == [
            ("yaml-mal-escrito", file) for file in files
        ]
