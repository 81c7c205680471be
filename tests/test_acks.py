"""``pauta acks``: what a role must know, who has signed it, and a register that nobody else reads."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers import TODAY, ManualCopy, reference_copy
from historia import EIGHT, History, new_history, tagged_history
from pauta.cli import main
from pauta.compare.must_know import Point, fingerprint, must_know
from pauta.history.acks import COLUMNS, is_register
from pauta.model import Manual
from pauta.pipeline import Project, check_project

HEAD = ",".join(COLUMNS)


def known(manual: Manual, role: str) -> tuple[Point, ...]:
    entity = manual.find("roles", role)
    assert entity
    return must_know(manual, entity)


def prints(manual: ManualCopy) -> dict[str, str]:
    """Role -> fingerprint of what it must know."""
    read = check_project(Project(manual.root), today=TODAY).manual
    return {role.id: fingerprint(role, must_know(read, role)) for role in read.all("roles")}


@pytest.fixture
def manual(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Manual:
    copy = reference_copy(tmp_path_factory.mktemp("referencia"))
    return check_project(Project(copy.root), today=TODAY).manual


class TestWhatARoleMustKnow:
    @pytest.mark.parametrize(
        ("role", "thing"),
        [
            ("tecnico_campo", ("roles", "tecnico_campo")),  # its limits
            ("tecnico_campo", ("momentos", "mo_contratar_visita")),
            ("tecnico_campo", ("protocolos", "pt_visita")),
            ("tecnico_campo", ("mensajes", "m_instalacion_llegada")),
            ("tecnico_campo", ("acuerdos", "ans_instalacion")),  # of a moment that it attends
            ("tecnico_campo", ("ofertas", "instalacion")),  # it takes steps of it
        ],
    )
    def test_is_what_its_work_is_made_of(self, reference: Manual, role: str, thing: tuple[str, str]) -> None:
        assert thing in {point.entity.key for point in known(reference, role) if point.entity}

    def test_of_an_offer_is_its_own_steps_and_what_is_promised(self, reference: Manual) -> None:
        points = [p for p in known(reference, "tecnico_campo") if p.entity and p.entity.key == ("ofertas", "traslado")]
        steps = [point.value for point in points if "pasos" in point.names]
        assert {step["hace"] for step in steps} == {"tecnico_campo"}
        assert "Plazo prometido" in {point.titles[-1] for point in points}
        assert all(point.field.is_commitment for point in points if "pasos" not in point.names)

    def test_is_said_only_once(self, reference: Manual) -> None:
        for role in reference.all("roles"):
            places = [(point.document.path, point.path) for point in must_know(reference, role)]
            assert len(set(places)) == len(places)
            assert not [place for place in places if _inside_another(place, set(places))]

    def test_never_holds_what_only_management_reads(self, reference: Manual) -> None:
        every = [point for role in reference.all("roles") for point in must_know(reference, role)]
        assert every
        assert all(point.field.visibility != "confidencial" for point in every)


def _inside_another(place: tuple[str, tuple[str | int, ...]], places: Iterable[object]) -> bool:
    file, path = place
    return any((file, path[:length]) in set(places) for length in range(len(path)))


class TestTheFingerprint:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("Entra en la casa del cliente y deja", "Entra en la casa del cliente, y deja"),
            ("Entra en la casa", "entra en la casa"),
            ("Entra en la casa del cliente y", "Entra en la casa\n      del cliente y"),
        ],
    )
    def test_stays_when_a_comma_a_capital_or_a_line_is_mended(self, manual: ManualCopy, old: str, new: str) -> None:
        before = prints(manual)
        manual.edit("roles.yml", old, new)
        assert prints(manual) == before

    def test_stays_when_a_time_is_told_in_another_unit(self, manual: ManualCopy) -> None:
        before = prints(manual)
        manual.edit("momentos.yml", "duracion: 3 horas", "duracion: 180 minutos", after="id: mo_contratar_visita")
        assert prints(manual) == before

    def test_stays_when_a_file_is_renamed_and_when_fields_change_places(self, manual: ManualCopy) -> None:
        before = prints(manual)
        manual.path("oferta/traslado.yml").rename(manual.path("oferta/aaa.yml"))
        manual.edit("oferta/aaa.yml", "    plazo: 5 días hábiles\n", "")
        manual.edit("oferta/aaa.yml", "    precio_publico:", "    plazo: 5 días hábiles\n    precio_publico:")
        assert prints(manual) == before

    def test_changes_for_whom_it_concerns_and_for_nobody_else(self, manual: ManualCopy) -> None:
        before = prints(manual)
        manual.edit("roles.yml", "hasta: 10000 GTQ", "hasta: 9000 GTQ", after="id: gerente_general")
        assert _changed(before, prints(manual)) == {"gerente_general"}

    def test_changes_with_a_promise_for_whoever_does_part_of_it(self, manual: ManualCopy) -> None:
        before = prints(manual)
        manual.edit("oferta/traslado.yml", "\n    plazo: 5 días hábiles", "\n    plazo: 6 días hábiles")
        changed = _changed(before, prints(manual))
        assert {"tecnico_campo", "coordinador_campo"} <= changed
        assert "jefe_compras" not in changed

    def test_of_two_roles_is_never_the_same(self, reference: Manual) -> None:
        found = [fingerprint(role, must_know(reference, role)) for role in reference.all("roles")]
        assert len(set(found)) == len(found)
        assert all(re.fullmatch(r"[0-9a-f]{12}", each) for each in found)


def _changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {role for role in before if before[role] != after[role]}


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str


class Acks:
    """A small manual and a register beside its repository."""

    def __init__(self, history: History, register: Path, captured: pytest.CaptureFixture[str]) -> None:
        self.history = history
        self.register = register
        self.captured = captured

    def sign(self, *lines: str, head: str = HEAD) -> None:
        self.register.parent.mkdir(parents=True, exist_ok=True)
        self.register.write_text("\n".join([head, *lines]) + "\n", "utf-8")

    def __call__(self, *arguments: str) -> Outcome:
        self.captured.readouterr()
        words = ["acks", *arguments, "--register", str(self.register), "--project", str(self.history.root)]
        with pytest.raises(SystemExit) as end:
            main([*words, "--today", TODAY.isoformat()])
        told = self.captured.readouterr()
        return Outcome(int(end.value.code or 0), told.out, told.err)

    def print_of(self, role: str) -> str:
        return prints(self.history.manual)[role]


@pytest.fixture
def acks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Acks:
    history = new_history(tmp_path / "repositorio")
    history.commit("Primer manual")
    return Acks(history, tmp_path / "personal" / "acuses de lectura.csv", capsys)


class TestWhoIsMissing:
    def test_everybody_when_the_register_is_empty(self, acks: Acks) -> None:
        acks.sign()
        outcome = acks()
        assert outcome.code == 1
        assert "Zapatero: 0 de 2 firmaron" in outcome.out
        assert "faltan 2 que no están en el registro" in outcome.out

    def test_nobody_when_all_signed_what_is_in_force(self, acks: Acks) -> None:
        print_ = acks.print_of("zapatero")
        acks.sign(f"zapatero,Ana Gómez,1.0.0,{print_},2026-11-02", f"zapatero,Luis Pu,1.0.0,{print_},2026-11-03")
        outcome = acks("--role", "zapatero")
        assert outcome.code == 0
        assert f"Zapatero: 2 de 2 firmaron (versión 1.0.0, huella {print_})" in outcome.out
        assert "falta" not in outcome.out

    def test_whoever_signed_something_else_with_the_version_that_they_signed(self, acks: Acks) -> None:
        acks.sign(
            f"zapatero,Ana Gómez,1.0.0,{acks.print_of('zapatero')},2026-11-02",
            "zapatero,Luis Pu,0.9.0,0123456789ab,2026-01-03",
        )
        outcome = acks("--role", "zapatero")
        assert outcome.code == 1
        assert "falta Luis Pu, que firmó la 0.9.0" in outcome.out
        assert "Ana" not in outcome.out

    def test_nobody_again_after_a_comma_but_all_after_what_matters(self, acks: Acks) -> None:
        print_ = acks.print_of("zapatero")
        acks.sign(f"zapatero,Ana,1.0.0,{print_},2026-11-02", f"zapatero,Luis,1.0.0,{print_},2026-11-02")
        acks.history.manual.edit("roles.yml", "la comodidad y la vida", "la comodidad, y la vida")
        assert acks("--role", "zapatero").code == 0
        acks.history.manual.edit("roles.yml", "que dure.", "que dure un año.")
        outcome = acks("--role", "zapatero")
        assert outcome.code == 1
        assert outcome.out.count("  falta ") == 2

    def test_in_a_version_that_was_released(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        history = tagged_history(tmp_path / "repositorio", EIGHT[:6])
        acks = Acks(history, tmp_path / "acuses.csv", capsys)
        acks.sign()
        told = acks("--version", "1.0.0", "--role", "mostrador").out
        old = re.search(r"huella (\w{12})", told)
        assert old
        assert "(versión 1.0.0, huella" in told
        acks.sign(f"mostrador,Eva,1.0.0,{old[1]},2026-01-20")
        assert acks("--version", "1.0.0", "--role", "mostrador").code == 0
        assert acks("--role", "mostrador").code == 1

    def test_whoever_has_left_is_not_missing(self, acks: Acks) -> None:
        acks.sign(
            "zapatero,Luis Pu,0.9.0,0123456789ab,2026-01-03,2026-06-30",
            "zapatero,Eva,0.9.0,0123456789ab,2026-01-03,2027-06-30",
            head=f"{HEAD},baja",
        )
        out = acks("--role", "zapatero").out
        assert "Luis" not in out
        assert "falta Eva" in out

    def test_a_person_who_has_not_signed_yet_and_a_role_that_is_no_more(self, acks: Acks) -> None:
        acks.sign("zapatero,Mario,,,", "aprendiz,Rosa,1.0.0,0123456789ab,2026-01-03")
        out = acks().out
        assert "falta Mario\n" in out
        assert "roles que no están en el manual: aprendiz" in out

    def test_the_same_person_on_several_lines_is_one(self, acks: Acks) -> None:
        print_ = acks.print_of("mostrador")
        acks.sign("mostrador,Eva  Paz,0.9.0,0123456789ab,2026-01-03", f"mostrador,eva paz,1.0.0,{print_},2026-11-03")
        assert acks("--role", "mostrador").code == 0


class TestTheRegister:
    def test_as_a_spreadsheet_in_spanish_writes_it(self, acks: Acks) -> None:
        print_ = acks.print_of("mostrador")
        acks.sign(f"mostrador;Eva;1.0.0;{print_[:4]}-{print_[4:8]}-{print_[8:].upper()};2026-11-03",
                  head="\ufeff" + HEAD.replace(",", ";"))  # fmt: skip
        assert acks("--role", "mostrador").code == 0

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("rol,persona,version,fecha\n", "la columna «huella»"),
            (f"{HEAD}\n,Eva,1.0.0,0123456789ab,2026-01-03\n", "renglón 2"),
            ("", "la columna «rol»"),
        ],
    )
    def test_that_is_not_one_is_told(self, acks: Acks, text: str, says: str) -> None:
        acks.sign()
        acks.register.write_text(text, "utf-8")
        outcome = acks()
        assert outcome.code == 2
        assert says in outcome.err

    def test_in_another_encoding_is_told(self, acks: Acks) -> None:
        acks.sign()
        acks.register.write_bytes(f"{HEAD}\nzapatero,Núñez,,,\n".encode("cp1252"))
        outcome = acks()
        assert outcome.code == 2
        assert "UTF-8" in outcome.err

    def test_that_is_not_there_and_a_role_that_is_misspelt(self, acks: Acks) -> None:
        assert acks().code == 2
        acks.sign()
        assert "¿Quiso decir «zapatero»?" in acks("--role", "sapatero").err

    def test_is_found_where_the_project_says(self, acks: Acks, capsys: pytest.CaptureFixture[str]) -> None:
        acks.sign()
        settings = acks.history.root / "mkdocs.yml"
        text = settings.read_text("utf-8")
        assert text.count("  - pauta:\n") == 1
        settings.write_text(
            text.replace(
                "  - pauta:\n", "  - pauta:\n      registro_de_acuses: ../../../personal/acuses de lectura.csv\n"
            ),
            "utf-8",
        )
        with pytest.raises(SystemExit) as end:
            main(["acks", "--project", str(acks.history.root), "--today", TODAY.isoformat()])
        assert end.value.code == 1
        assert "Zapatero: 0 de 2" in capsys.readouterr().out


class TestItIsNotPublished:
    @pytest.mark.parametrize("folder", ["manual", "site/contenido", "build/site", "docs"])
    def test_inside_a_folder_that_others_read_is_refused(self, acks: Acks, folder: str) -> None:
        acks.register = acks.history.root / folder / "acuses.csv"
        acks.sign(f"zapatero,Ana Gómez,1.0.0,{acks.print_of('zapatero')},2026-11-02")
        outcome = acks()
        assert outcome.code == 1
        assert f"{folder}/acuses.csv:1:1 error acuses-publicados" in outcome.out
        assert "Ana" not in outcome.out

    def test_a_link_that_leads_there_is_refused_too(self, acks: Acks, tmp_path: Path) -> None:
        acks.register = acks.history.root / "site" / "contenido" / "acuses.csv"
        acks.sign()
        acks.register = tmp_path / "enlace.csv"
        acks.register.symlink_to(acks.history.root / "site" / "contenido" / "acuses.csv")
        assert "acuses-publicados" in acks().out

    def test_kept_by_git_is_refused(self, acks: Acks) -> None:
        acks.register = acks.history.root / "privado" / "acuses de año.csv"
        acks.sign()
        assert "acuses-publicados" not in acks().out
        acks.history.commit("Sin darse cuenta")
        assert "guardado en git" in acks().out

    def test_a_site_with_one_among_its_pages_is_not_built(self, acks: Acks) -> None:
        acks.register = acks.history.root / "site" / "contenido" / "listado.csv"
        acks.sign("zapatero,Ana Gómez,1.0.0,0123456789ab,2026-11-02")
        told = acks.history.run("build")
        assert told.returncode != 0
        assert "listado.csv" in told.stderr
        assert not (acks.history.root / "build" / "site" / "listado.csv").exists()

    @pytest.mark.parametrize(
        ("line", "is_one"),
        [(HEAD, True), ("Fecha;Huella;Rol;Persona;Version;Nota", True), ("rol,persona,telefono", False), ("", False)],
    )
    def test_one_is_known_by_its_first_line(self, line: str, *, is_one: bool) -> None:
        assert is_register(line) is is_one
