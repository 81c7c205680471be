"""Checklists: every policy that can be verified is a point, and answers given yesterday find their point today."""

import csv
import io
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown  # type: ignore[import-untyped]
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpers import REFERENCE, TODAY
from pauta.bundled import schema_folder
from pauta.checklists import WRITERS, Checklist, Group, Item, Kind, Reminder, Source, all_checklists
from pauta.checklists.csv_ import guard, unguard
from pauta.findings import Location
from pauta.load import load_manual
from pauta.model import Manual, build_manual
from pauta.spine import Spine, read_spine
from pauta.validate import validate

CONTROL = {"responsable": "jefe", "ultima_revision": "2026-10-01", "revisar_cada": "1 año", "estado": "vigente"}
HOSTILE = (
    "<script>alert(1)</script>",
    "a | b | c",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "[[otra-pagina]]",
    "**grueso** _y_ *fino*",
    "`código`",
    "# título",
    "- guion",
    "1. uno",
    "![x](y)",
    "~~no~~ ==sí== ^^arriba^^",
    "&amp; &lt;",
    r"\*barra\*",
    "=1+1",
    "+502 7700 0100",
    "-5 dBm",
    "@SUMA(A1)",
    "  =1+1",
    "uno;=1+1",
    "'=1+1",
    ":smile:",
    "<!-- nada -->",
    "$x$",
)


@pytest.fixture(scope="module")
def spine() -> Spine:
    return read_spine(schema_folder())


def manual_at(folder: Path, spine: Spine) -> Manual:
    loaded = load_manual(folder, spine.sections)
    return build_manual(loaded, validate(loaded, spine), spine, today=TODAY)


def manual_of(folder: Path, spine: Spine, **sections: Any) -> Manual:
    """A manual made of some sections only."""
    folder.mkdir(exist_ok=True)
    for name, data in sections.items():
        written = yaml.safe_dump({"control": CONTROL, **data}, allow_unicode=True, sort_keys=False)
        (folder / f"{name}.yml").write_text(written.replace("'2026-10-01'", "2026-10-01"), encoding="utf-8")
    return manual_at(folder, spine)


def service(id_: str = "instalacion", **more: str) -> dict[str, str]:
    return {
        "id": id_,
        "nombre": "Instalación de fibra",
        "nombre_corto": "Instalación",
        "definicion": "Poner fibra.",
        "estado": "activo",
        **more,
    }


def message(id_: str, name: str = "Saludo") -> dict[str, str]:
    return {"id": id_, "nombre": name, "objetivo": "Que el cliente lo sepa."}


def by_id(lists: tuple[Checklist, ...]) -> dict[str, Checklist]:
    return {checklist.id: checklist for checklist in lists}


def items(checklist: Checklist) -> list[Item]:
    return [item for _, _, item in checklist.numbered]


def list_of(*texts: str) -> Checklist:
    """A list whose every text is one of those given."""
    source = Source(texts[0], "oferta", None, Location("manual/oferta.yml", 3))
    points = tuple(Item(f"v_{n}", text, source, critical=n == 0, details=texts) for n, text in enumerate(texts))
    return Checklist(
        "lista_x",
        texts[0],
        texts[0],
        Kind.SERVICE,
        texts[0],
        texts[0],
        TODAY,
        texts[0],
        (Group(texts[0], points, (Reminder(texts[0], texts),)),),
    )


@pytest.fixture(scope="module")
def manual(spine: Spine) -> Manual:
    return manual_at(REFERENCE, spine)


@pytest.fixture(scope="module")
def lists(manual: Manual) -> dict[str, Checklist]:
    return by_id(all_checklists(manual))


class TestReferenceManual:
    """The lists of the company in manual/, which is what a newcomer sees first."""

    def test_one_for_each_offered_service_and_the_general_ones(
        self, manual: Manual, lists: dict[str, Checklist]
    ) -> None:
        services = [f"lista_servicio_{service.id}" for service in manual.services()]
        assert list(lists)[: len(services)] == services
        assert {"lista_quejas", "lista_decalogo", "lista_manual"} <= set(lists)
        assert "lista_servicio_internet_inalambrico" not in lists, "a retired service has no list"

    def test_codes_are_what_people_can_write_on_paper(self, lists: dict[str, Checklist]) -> None:
        assert lists["lista_servicio_soporte_tecnico"].code == "L-SOPORTE-TECNICO"
        assert len({checklist.code for checklist in lists.values()}) == len(lists)

    def test_a_service_asks_all_its_verifications_and_messages_in_three_phases(
        self,
        manual: Manual,
        lists: dict[str, Checklist],
    ) -> None:
        for service_ in manual.services():
            checklist = lists[f"lista_servicio_{service_.id}"]
            assert [group.title for group in checklist.sections] == ["Antes", "Durante", "Después"]
            written = [
                entity.key
                for name in ("verificaciones", "mensajes")
                for entity in manual.all(name)
                if entity.parent and entity.parent.id == service_.id
            ]
            assert sorted(item.source.key or () for item in items(checklist)) == sorted(written)

    def test_what_the_customer_must_bring_and_gets_stands_beside_its_phase(self, lists: dict[str, Checklist]) -> None:
        before, _, after = lists["lista_servicio_instalacion"].sections
        assert [reminder.title for reminder in before.reminders] == ["Requisitos del cliente"]
        assert [reminder.title for reminder in after.reminders] == ["Entregables"]

    def test_a_critical_verification_is_a_critical_point(self, lists: dict[str, Checklist]) -> None:
        critical = {item.id for item in items(lists["lista_servicio_instalacion"]) if item.critical}
        assert "v_instalacion_identificacion" in critical
        assert "v_instalacion_limpieza" not in critical

    def test_a_complaint_goes_from_its_first_stage_to_its_last_control(self, lists: dict[str, Checklist]) -> None:
        titles = [group.title for group in lists["lista_quejas"].sections]
        assert titles == [
            "Manejo de la queja",
            "Respuesta según la gravedad",
            "Investigación de la causa",
            "Solicitud de mejora continua",
            "Controles de la corrección",
            "Vía externa",
        ]
        first = lists["lista_quejas"].sections[0].items[0]
        assert first.details[:2] == ("Plazo: 30 minutos", "Responsable: Asesor de atención")

    def test_each_principle_shows_its_conducts_and_asks_its_verifications(
        self,
        manual: Manual,
        lists: dict[str, Checklist],
    ) -> None:
        groups = lists["lista_decalogo"].sections
        for group, principle in zip(groups, manual.all("principios"), strict=True):
            assert group.items[0].details == tuple(principle["conductas"])
            assert len(group.items) == 1 + len(principle["verificaciones"])

    def test_the_manager_confirms_each_required_section_and_each_service(
        self,
        manual: Manual,
        lists: dict[str, Checklist],
    ) -> None:
        sections, services = lists["lista_manual"].sections
        asked = {item.id for item in sections.items}
        assert asked == {f"seccion.{name}" for name, section in manual.spine.sections.items() if section.required}
        assert [item.id for item in services.items] == [f"servicio.{service.id}" for service in manual.services()]

    def test_what_is_confirmed_of_every_service_is_said_once(self, lists: dict[str, Checklist]) -> None:
        services = lists["lista_manual"].sections[1]
        (confirmed,) = services.reminders
        for about in ("responsable", "oferta", "indicadores", "capacidad", "costo", "mensajes"):
            assert any(about in line for line in confirmed.lines)

    def test_every_point_has_an_id_of_its_own_and_a_place_it_comes_from(self, lists: dict[str, Checklist]) -> None:
        for checklist in lists.values():
            ids = [item.id for item in items(checklist)]
            assert len(set(ids)) == len(ids)
            assert all(item.source.location for item in items(checklist))

    def test_the_heading_tells_the_version_and_who_approved_it(self, lists: dict[str, Checklist]) -> None:
        heading = {(c.version, c.in_force_since, c.approved_by) for c in lists.values()}
        assert heading == {("2.0.0", date(2026, 10, 1), "Gerente general")}

    def test_ids_stay_when_every_wording_and_every_order_changes(
        self,
        tmp_path: Path,
        spine: Spine,
        lists: dict[str, Checklist],
    ) -> None:
        changed = by_id(all_checklists(rewritten(REFERENCE, tmp_path / "manual", spine)))
        for name, checklist in lists.items():
            before = {item.id: item.source.key for item in items(checklist)}
            after = {item.id: item.source.key for item in items(changed[name])}
            assert after == before
        assert changed["lista_decalogo"].sections[0].title != lists["lista_decalogo"].sections[0].title


WORDING = frozenset({"nombre", "nombre_corto", "hace", "conductas", "pasos", "campos", "criterio"})
REORDERED = frozenset(
    {
        "servicios",
        "verificaciones",
        "antes",
        "durante",
        "despues",
        "etapas",
        "gravedades",
        "principios",
        "controles",
        "causa_en",
        "transaccion",
        "criterios",
        "preguntas",
        "puntos",
        "auditorias",
        "errores",
        "calidad",
        "pasos_previos",
        "protocolos",
        "capacitaciones",
        "momentos",
        "documentos",
    }
)


def rewritten(source: Path, target: Path, spine: Spine) -> Manual:
    """The same manual with other words in another order."""
    for file in source.rglob("*.yml"):
        data = other_words(yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader), "")  # noqa: S506 - makes only texts
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(data, allow_unicode=True, sort_keys=False)
        copy.write_text(
            re.sub(r"(?<!version): '(true|false|[0-9]+)'$", r": \1", text, flags=re.MULTILINE), encoding="utf-8"
        )
    return manual_at(target, spine)


def other_words(node: Any, name: str) -> Any:
    if isinstance(node, dict):
        return {key: other_words(value, key) for key, value in node.items()}
    if isinstance(node, list):
        kept = [other_words(value, name) for value in node]
        return kept[::-1] if name in REORDERED else kept
    return f"{node[:30].strip()}, mejor" if name in WORDING and " " in node else node


class TestPartialManual:
    """A manual that is being written, or a company that does not need a section, still gets its lists."""

    def test_a_retired_service_has_none(self, tmp_path: Path, spine: Spine) -> None:
        old = service("viejo", estado="retirado")
        comms = {"comunicaciones": [{"servicio": "viejo", "antes": [message("m_uno")]}]}
        manual = manual_of(tmp_path, spine, nomenclatura=nomenclature(old), comunicacion=comms)
        assert not any(checklist.service for checklist in all_checklists(manual))

    def test_an_empty_phase_is_left_out(self, tmp_path: Path, spine: Spine) -> None:
        comms = {"comunicaciones": [{"servicio": "instalacion", "antes": [], "durante": [message("m_uno")]}]}
        manual = manual_of(tmp_path, spine, nomenclatura=nomenclature(service()), comunicacion=comms)
        checklist = by_id(all_checklists(manual))["lista_servicio_instalacion"]
        assert [group.title for group in checklist.sections] == ["Durante"]

    def test_a_list_without_points_is_left_out(self, tmp_path: Path, spine: Spine) -> None:
        manual = manual_of(tmp_path, spine, nomenclatura=nomenclature(service()))
        assert [checklist.kind for checklist in all_checklists(manual)] == [Kind.MANUAL]

    def test_a_message_and_a_verification_with_one_name_are_two_points(self, tmp_path: Path, spine: Spine) -> None:
        manual = manual_of(
            tmp_path,
            spine,
            nomenclatura=nomenclature(service()),
            oferta={"ofertas": [offer("saludo")]},
            comunicacion={"comunicaciones": [{"servicio": "instalacion", "antes": [message("saludo")]}]},
        )
        checklist = by_id(all_checklists(manual))["lista_servicio_instalacion"]
        assert [item.id for item in items(checklist)] == ["saludo", "mensaje.saludo"]

    def test_without_its_identity_the_manual_has_lists_with_no_version(self, tmp_path: Path, spine: Spine) -> None:
        manual = manual_of(tmp_path, spine, nomenclatura=nomenclature(service()))
        (checklist,) = all_checklists(manual)
        assert (checklist.version, checklist.in_force_since, checklist.approved_by) == ("", None, "")

    def test_complaints_that_are_only_half_written_ask_only_what_is_there(self, tmp_path: Path, spine: Spine) -> None:
        control = {
            "id": "c_uno",
            "nombre": "Se hizo",
            "tipo": "aplicacion",
            "revisa": "El caso.",
            "responsable": "jefe",
            "cuando": "5 días hábiles",
            "criterio": "Está hecho",
        }
        start = {
            "objetivo": "Oír.",
            "alcance": "Todo.",
            "definiciones": [{"nombre": "Queja", "definicion": "Disgusto."}],
            "canales": ["telefono"],
            "responsable": "jefe",
        }
        manual = manual_of(tmp_path, spine, quejas={**start, "controles": [control]})
        checklist = by_id(all_checklists(manual))["lista_quejas"]
        assert [item.id for item in items(checklist)] == ["control.c_uno"]

    def test_a_section_that_does_not_apply_asks_whether_that_is_still_so(self, tmp_path: Path, spine: Spine) -> None:
        declared = {
            "motivo": "No hay bodega.",
            "aprobado_por": "jefe",
            "aprobado_el": "2026-10-01",
            "revisar_el": "2026-10-01",
        }
        manual = manual_of(
            tmp_path,
            spine,
            nomenclatura=nomenclature(service()),
            quejas={"no_aplica": declared},
            oferta={"no_aplica": declared},
        )
        lists = by_id(all_checklists(manual))
        assert list(lists) == ["lista_manual"]
        asked = {item.id: item for item in items(lists["lista_manual"])}
        assert asked["seccion.quejas"].text == "Sigue siendo cierto que «Manejo de quejas» no se aplica a la empresa."
        assert "Motivo: No hay bodega." in asked["seccion.quejas"].details
        (confirmed,) = lists["lista_manual"].sections[1].reminders
        told = " ".join(confirmed.lines)
        assert "oferta" not in told, "nothing is asked of a section that does not apply"
        assert "costo" in told


def nomenclature(*services: dict[str, str]) -> dict[str, Any]:
    return {"servicios": list(services)}


def offer(verification: str) -> dict[str, Any]:
    week = dict.fromkeys(
        ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo", "feriados"), "cerrado"
    )
    return {
        "servicio": "instalacion",
        "publico_objetivo": ["Hogares"],
        "beneficio": "Internet.",
        "alcance": "La casa.",
        "incluye": ["Cable"],
        "no_incluye": ["Pared"],
        "canales": ["telefono"],
        "zonas": ["Xela"],
        "horario": week,
        "plazo": "5 días hábiles",
        "condiciones": ["Firmar"],
        "precio_publico": "350 GTQ",
        "pasos": [{"nombre": "Ir", "hace": "jefe", "plazo": "1 hora"}],
        "verificaciones": [{"id": verification, "nombre": "Saludó.", "fase": "antes"}],
    }


class TestCsv:
    """The file is opened in a spreadsheet by somebody who trusts it."""

    def rows(self, checklist: Checklist) -> list[dict[str, str]]:
        written = WRITERS["csv"].write(checklist)
        assert written.startswith("\ufeff"), "Excel shows broken accents without the mark"
        return list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"), newline="")))

    def test_every_text_comes_back_as_it_was(self) -> None:
        rows = self.rows(list_of(*HOSTILE, "dos\nrenglones", 'con "comillas"'))
        assert [unguard(row["punto"]) for row in rows] == [*HOSTILE, "dos\nrenglones", 'con "comillas"']
        assert unguard(rows[0]["lista"]) == HOSTILE[0]

    def test_an_honest_text_is_not_touched(self) -> None:
        (row,) = self.rows(list_of("¿Saludó por su nombre?"))
        assert row["punto"] == "¿Saludó por su nombre?"
        assert row["critico"] == "Sí"
        assert (row["si"], row["no"], row["no_aplica"], row["observaciones"]) == ("", "", "", "")
        assert row["origen"] == "¿Saludó por su nombre? (manual/oferta.yml)"

    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "  =", "\uff1d", "\t", "\u00a0="])
    def test_no_cell_is_a_formula_whatever_separates_them(self, start: str, separator: str) -> None:
        checklist = list_of(f"{start}HYPERLINK(1)", f"x;{start}HYPERLINK(1)", f"x\n{start}HYPERLINK(1)")
        written = WRITERS["csv"].write(checklist).removeprefix("\ufeff")
        cells = [cell for row in csv.reader(io.StringIO(written, newline=""), delimiter=separator) for cell in row]
        assert not [cell for cell in cells if cell.lstrip(' "\u00a0')[:1] in {*"=+-@\t\r\uff1d"} - {""}]

    @given(st.text())
    def test_the_guard_never_loses_a_text(self, text: str) -> None:
        assert unguard(guard(text)) == text


class TestMarkdown:
    """The file is read in a forge, or in a site made with templates."""

    EXTENSIONS = (
        "tables",
        "attr_list",
        "md_in_html",
        "admonition",
        "def_list",
        "footnotes",
        "pymdownx.tasklist",
        "pymdownx.tilde",
        "pymdownx.mark",
        "pymdownx.caret",
        "pymdownx.emoji",
        "pymdownx.superfences",
    )

    @pytest.mark.parametrize(
        "text", [*HOSTILE, "!!! note", ": definición", "> cita", "--- | ---", "uno\n# dos\n\n- tres"]
    )
    def test_every_text_shows_as_written(self, text: str) -> None:
        written = WRITERS["markdown"].write(list_of(text))
        page = Page(markdown.markdown(written, extensions=list(self.EXTENSIONS)))
        shown = "\n".join(line.strip() for line in text.strip().splitlines())
        assert page.points[0].startswith(f"1. {shown} ▲ Crítico")
        assert page.headings == [shown, shown]
        assert page.tags <= {"h1", "h2", "p", "ul", "li", "strong", "input", "label", "span", "br"}

    @pytest.mark.parametrize("mark", ["{{", "{%", "{#", "[[", "<script"])
    def test_no_template_language_finds_its_marks(self, mark: str) -> None:
        assert mark not in WRITERS["markdown"].write(list_of(f"a {mark} b }}}} %}} ]]"))

    def test_it_is_a_task_list_numbered_through(self) -> None:
        written = WRITERS["markdown"].write(list_of("Saludó.", "Se despidió."))
        assert "- [ ] **1.** Saludó. **▲ Crítico**\n" in written
        assert "- [ ] **2.** Se despidió.\n" in written

    def test_dates_are_read_in_spanish(self) -> None:
        assert "21 de noviembre de 2026" in WRITERS["markdown"].write(list_of("Saludó."))


class Page(HTMLParser):
    """What a reader sees of a page: its headings, and the text of each ticked point."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.headings: list[str] = []
        self.points: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.points = [point.strip() for point in self.points]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        self.tags.add(tag)
        if tag == "br":
            self.handle_data("\n")
        if tag == "input":
            self.points.append("")
        if tag in {"h1", "h2"}:
            self.headings.append("")
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"h1", "h2"}:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open:
            self.headings[-1] += data
        elif self.points:
            self.points[-1] += data


def test_each_form_has_an_ending_of_its_own() -> None:
    endings = [writer.ending for writer in WRITERS.values()]
    assert len(set(endings)) == len(endings)
    assert all(ending.startswith(".") for ending in endings)
