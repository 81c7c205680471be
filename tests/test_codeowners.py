"""``pauta codeowners``: who reviews each file is who answers for it in the manual."""

from pathlib import Path

import pytest

from built_site import CHECKOUT
from helpers import TODAY, Expected, ManualCopy, reference_copy
from pauta.cli import main

FILE = "CODEOWNERS"


@pytest.fixture
def manual(tmp_path: Path) -> ManualCopy:
    return reference_copy(tmp_path)


class Program:
    def __init__(self, manual: ManualCopy, captured: pytest.CaptureFixture[str]) -> None:
        self.manual = manual
        self.captured = captured

    def __call__(self, *arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as end:
            main(["codeowners", *arguments, "--project", str(self.manual.root), "--today", TODAY.isoformat()])
        told = self.captured.readouterr()
        return int(end.value.code or 0), told.out + told.err


@pytest.fixture
def program(manual: ManualCopy, capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(manual, capsys)


def owners(manual: ManualCopy, file: str = FILE) -> dict[str, str]:
    """Path -> accounts, as a platform reads the file: the last line that matches wins, and none is twice here."""
    text = (manual.root / file).read_text("utf-8")
    lines = [line.rpartition(" ") for line in text.splitlines() if line and not line.startswith("#")]
    paths = [path for path, _, _ in lines]
    assert len(set(paths)) == len(paths)
    return {path: account for path, _, account in lines}


class TestWhoReviews:
    def test_a_section_is_reviewed_by_its_owner(self, manual: ManualCopy, program: Program) -> None:
        assert program()[0] == 0
        assert owners(manual)["/manual/costo.yml"] == "@enlace-volcan/finanzas"

    def test_what_is_said_of_a_service_by_who_answers_for_the_service(
        self, manual: ManualCopy, program: Program
    ) -> None:
        program()
        assert owners(manual)["/manual/oferta/"] == "@enlace-volcan/servicio"
        assert owners(manual)["/manual/oferta/soporte_tecnico.yml"] == "@enlace-volcan/soporte"
        assert list(owners(manual)).index("/manual/oferta/") < list(owners(manual)).index("/manual/oferta/traslado.yml")

    def test_a_role_without_an_account_is_stood_for_by_whom_it_reports_to(
        self, manual: ManualCopy, program: Program
    ) -> None:
        manual.edit("roles.yml", '    cuenta: "@enlace-volcan/soporte"\n', "")
        program()
        assert owners(manual)["/manual/oferta/soporte_tecnico.yml"] == "@enlace-volcan/servicio"

    def test_every_file_and_the_file_itself_have_somebody(self, manual: ManualCopy, program: Program) -> None:
        program()
        files = {f"/{path.relative_to(manual.root).as_posix()}" for path in (manual.root / "manual").rglob("*.yml")}
        named = owners(manual)
        assert {path for path in files if path not in named and f"{path.rpartition('/')[0]}/" not in named} == set()
        assert f"/{FILE}" in named

    def test_a_file_whose_name_has_spaces_is_named_as_platforms_read_it(
        self, manual: ManualCopy, program: Program
    ) -> None:
        manual.path("oferta/traslado.yml").rename(manual.path("oferta/traslado de año.yml"))
        program()
        assert "/manual/oferta/traslado\\ de\\ año.yml" in owners(manual)


class TestTheFile:
    def test_is_left_as_it_is_when_it_is_up_to_date(self, manual: ManualCopy, program: Program) -> None:
        program()
        before = (manual.root / FILE).read_bytes()
        assert "escrito" not in program()[1]
        assert (manual.root / FILE).read_bytes() == before

    @pytest.mark.parametrize("place", [".github/CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"])
    def test_keeps_what_the_company_wrote_around_and_where(
        self, manual: ManualCopy, program: Program, place: str
    ) -> None:
        (manual.root / place).parent.mkdir()
        (manual.root / place).write_text("*.py @empresa/sistemas", "utf-8")
        program()
        with (manual.root / place).open("a", encoding="utf-8") as file:
            file.write("/site/ @empresa/diseno\n")
        manual.edit("roles.yml", '"@enlace-volcan/finanzas"', '"@enlace-volcan/tesoreria"')
        program()
        text = (manual.root / place).read_text("utf-8")
        assert text.startswith("*.py @empresa/sistemas\n\n# pauta: inicio")
        assert text.endswith("# pauta: fin\n/site/ @empresa/diseno\n")
        assert owners(manual, place)["/manual/costo.yml"] == "@enlace-volcan/tesoreria"
        assert not (manual.root / FILE).exists()

    def test_is_not_written_while_the_manual_has_errors(self, manual: ManualCopy, program: Program) -> None:
        manual.edit("costo.yml", "responsable: gerente_financiero", "responsable: gerente", after="control")
        code, told = program()
        assert (code, (manual.root / FILE).exists()) == (1, False)
        assert "referencia-rota" in told

    def test_without_any_account_there_is_nobody_to_ask(self, manual: ManualCopy, program: Program) -> None:
        text = manual.path("roles.yml").read_text("utf-8")
        manual.write("roles.yml", "".join(line for line in text.splitlines(keepends=True) if "cuenta:" not in line))
        code, told = program()
        assert code == 2
        assert "cuenta" in told


class TestADifference:
    def test_between_file_and_manual_is_found_by_the_check_at_its_line(
        self, manual: ManualCopy, program: Program
    ) -> None:
        program()
        lines = (manual.root / FILE).read_text("utf-8").splitlines()
        line = next(number for number, each in enumerate(lines, 1) if each.startswith("/manual/costo.yml"))
        manual.edit("roles.yml", '"@enlace-volcan/finanzas"', '"@enlace-volcan/tesoreria"')
        first = next(number for number, each in enumerate(lines, 1) if "finanzas" in each)
        assert first <= line
        manual.finds(Expected("codeowners-distinto", f"{FILE}:{first}:1", "@enlace-volcan/tesoreria"))

    def test_that_somebody_wrote_by_hand_is_found(self, manual: ManualCopy, program: Program) -> None:
        program()
        path = manual.root / FILE
        path.write_text(path.read_text("utf-8").replace("# pauta: fin", "/x @otro\n# pauta: fin"), "utf-8")
        assert [finding.rule for finding in manual.check().findings] == ["codeowners-distinto"]
        assert program("--check")[0] == 1
        program()
        manual.finds()

    def test_a_file_without_our_lines_is_one(self, manual: ManualCopy) -> None:
        (manual.root / "CODEOWNERS").write_text("* @empresa/todos\n", "utf-8")
        manual.finds(Expected("codeowners-distinto", "CODEOWNERS:1:1", "no dice quién revisa"))

    def test_no_file_is_none_but_the_verb_tells_it(self, manual: ManualCopy, program: Program) -> None:
        manual.finds()
        assert program("--check")[0] == 1
        assert not (manual.root / FILE).exists()

    def test_a_manual_without_accounts_has_none(self, manual: ManualCopy) -> None:
        text = manual.path("roles.yml").read_text("utf-8")
        manual.write("roles.yml", "".join(line for line in text.splitlines(keepends=True) if "cuenta:" not in line))
        (manual.root / "CODEOWNERS").write_text("* @empresa/todos\n", "utf-8")
        manual.finds()

    def test_this_repository_has_none(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert Program(ManualCopy(CHECKOUT), capsys)("--check")[0] == 0
