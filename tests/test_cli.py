"""The command line: each verb in a folder of its own, what it prints where, and how it ends."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers import TODAY, ManualCopy, reference_copy
from pauta import __version__
from pauta.cli import cli, main
from pauta.report import FORMATS
from pauta.scaffold import scaffold

DAY = TODAY.isoformat()
A_YEAR_LATER = "2027-11-21"
PAUTA = Path(sys.executable).parent / "pauta"
VERBS = (
    "acks", "build", "check", "codeowners", "diff", "editor", "explain", "export", "gate",
    "in-force", "init", "release", "render", "serve", "status", "what-if",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the program ended and what it printed."""

    code: int
    out: str
    err: str


class Program:
    """The program as the entry point runs it, in this process."""

    def __init__(self, captured: pytest.CaptureFixture[str]) -> None:
        self.captured = captured

    def __call__(self, *arguments: str | Path) -> Outcome:
        self.captured.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        assert isinstance(end.value.code, int)
        return Outcome(end.value.code, *self.captured.readouterr())


@pytest.fixture
def pauta(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture
def manual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ManualCopy:
    """A copy of the reference manual, and the program started in its folder."""
    copy = reference_copy(tmp_path)
    monkeypatch.chdir(tmp_path)
    return copy


@pytest.fixture
def broken(manual: ManualCopy) -> ManualCopy:
    manual.edit("roles.yml", "escala_a: supervisor_atencion", "escala_a: supervisora", after="id: asesor_atencion")
    return manual


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


class TestCheck:
    @pytest.mark.usefixtures("manual")
    def test_of_a_clean_manual_ends_well(self, pauta: Program) -> None:
        assert pauta("check", "--today", DAY) == Outcome(0, "Sin hallazgos en 43 archivos\n", "")

    def test_of_a_broken_one_shows_place_line_caret_and_how_to_mend(self, pauta: Program, broken: ManualCopy) -> None:
        place = broken.place("roles.yml", "▸supervisora")
        line = place.split(":")[1]
        outcome = pauta("check", "--today", DAY)
        assert (outcome.code, outcome.err) == (1, "")
        assert outcome.out.splitlines() == [
            f"{place} error referencia-rota «Escala a» nombra a «supervisora», que no existe en «Roles».",
            f"{line:>5} |     escala_a: supervisora",
            "      |               ^",
            "Cómo se arregla: ¿Quiso decir «supervisor_atencion» (Supervisor de atención)?",
            "",
            "1 error en 43 archivos",
        ]

    def test_writes_nothing(self, pauta: Program, broken: ManualCopy) -> None:
        before = files(broken.root)
        pauta("check", "--today", DAY)
        assert files(broken.root) == before

    @pytest.mark.usefixtures("broken")
    def test_has_no_colours_where_it_is_not_a_terminal(self, pauta: Program) -> None:
        assert "\x1b" not in pauta("check", "--today", DAY).out

    @pytest.mark.parametrize("folder", [".", "manual", "manual/oferta"])
    def test_from_any_folder_below(
        self, pauta: Program, manual: ManualCopy, monkeypatch: pytest.MonkeyPatch, folder: str
    ) -> None:
        monkeypatch.chdir(manual.root / folder)
        assert pauta("check", "--today", DAY).out == "Sin hallazgos en 43 archivos\n"

    def test_of_another_folder(self, pauta: Program, broken: ManualCopy, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir("/")
        outcome = pauta("check", "--today", DAY, "--project", broken.root)
        assert outcome.code == 1
        assert outcome.out.startswith("manual/roles.yml:")

    @pytest.mark.parametrize("project", [".", "no-esta", "archivo"])
    def test_where_there_is_no_manual_says_how_to_begin(self, pauta: Program, tmp_path: Path, project: str) -> None:
        (tmp_path / "archivo").write_text("x")
        assert pauta("check", "--project", tmp_path / project) == Outcome(
            2,
            "",
            "No se puede seguir: No encuentro la carpeta «manual» del manual.\n"
            "Qué hacer: Entre en la carpeta de su manual, o cree uno nuevo con: pauta init mi-manual\n",
        )

    def test_of_a_manual_that_cannot_be_read_at_all_still_reports(self, pauta: Program, manual: ManualCopy) -> None:
        for file in (manual.root / "manual").rglob("*.yml"):
            file.write_bytes(b"\xff")
        outcome = pauta("check", "--today", DAY)
        assert outcome.code == 1
        assert outcome.out.count("error codificacion") == 43
        assert outcome.out.endswith("43 errores en 0 archivos\n")

    @pytest.mark.usefixtures("manual")
    def test_looks_at_the_manual_as_of_a_day(self, pauta: Program) -> None:
        outcome = pauta("check", "--today", A_YEAR_LATER)
        assert outcome.code == 0
        assert "aviso revision-vencida" in outcome.out

    @pytest.mark.parametrize(("day", "fail_on", "code"), [
        (DAY, "error", 0), (DAY, "warning", 0), (A_YEAR_LATER, "error", 0), (A_YEAR_LATER, "warning", 1),
    ])  # fmt: skip
    @pytest.mark.usefixtures("manual")
    def test_warnings_fail_only_when_asked(self, pauta: Program, day: str, fail_on: str, code: int) -> None:
        assert pauta("check", "--today", day, "--fail-on", fail_on).code == code

    @pytest.mark.parametrize("fail_on", ["error", "warning"])
    @pytest.mark.usefixtures("broken")
    def test_errors_fail_always(self, pauta: Program, fail_on: str) -> None:
        assert pauta("check", "--today", DAY, "--fail-on", fail_on).code == 1

    @pytest.mark.parametrize("format_", FORMATS)
    @pytest.mark.usefixtures("broken")
    def test_each_format_goes_to_the_output_and_nothing_else_does(self, pauta: Program, format_: str) -> None:
        outcome = pauta("check", "--today", DAY, "--format", format_)
        assert (outcome.code, outcome.err) == (1, "")
        assert "supervisora" in outcome.out
        if format_ in {"json", "gitlab", "sarif"}:
            json.loads(outcome.out)
        if format_ == "junit":
            assert outcome.out.startswith("<?xml")
        if format_ == "github":
            assert outcome.out.startswith("::error file=manual/roles.yml,line=")

    def test_offers_the_formats_that_there_are(self) -> None:
        option = next(param for param in cli.commands["check"].params if param.name == "format_")
        assert list(option.type.choices) == list(FORMATS)  # type: ignore[attr-defined]

    def test_a_schema_that_is_unfit_stops_it(self, pauta: Program, manual: ManualCopy) -> None:
        (manual.root / "schema").mkdir()
        (manual.root / "schema" / "propia.schema.json").write_text("{", "utf-8")
        outcome = pauta("check", "--today", DAY)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith("No se puede seguir: No se puede leer el esquema «propia.schema.json»")


class TestExplain:
    def test_a_rule(self, pauta: Program) -> None:
        outcome = pauta("explain", "referencia-rota")
        assert (outcome.code, outcome.err) == (0, "")
        heading, *lines = outcome.out.splitlines()
        assert heading == "Referencia rota (referencia-rota, error)"
        assert [line for line in lines if line in {"Qué comprueba", "Por qué importa", "Cómo se arregla"}] == [
            "Qué comprueba", "Por qué importa", "Cómo se arregla",
        ]  # fmt: skip

    def test_of_an_unknown_rule_suggests_one(self, pauta: Program) -> None:
        assert pauta("explain", "referencias-rotas") == Outcome(
            2,
            "",
            "No se puede seguir: No hay una regla que se llame «referencias-rotas».\n"
            "Qué hacer: ¿Quiso decir «referencia-rota»?\n",
        )

    def test_of_one_like_no_other_says_where_they_are(self, pauta: Program) -> None:
        outcome = pauta("explain", "zzz")
        assert outcome.code == 2
        assert "pauta explain" in outcome.err

    def test_without_a_name_lists_them_all(self, pauta: Program) -> None:
        outcome = pauta("explain")
        assert outcome.code == 0
        assert re.search(r"^  referencia-rota +error +Referencia rota$", outcome.out, re.MULTILINE)
        assert re.search(r"^  clave-repetida +error ", outcome.out, re.MULTILINE)

    def test_every_finding_that_is_given_is_explained(self, pauta: Program, manual: ManualCopy) -> None:
        listed = set(re.findall(r"^  ([a-z-]+) ", pauta("explain").out, re.MULTILINE))
        manual.write("roles.yml", "a: &x\n")
        manual.write("costo.yml", "costos: x\n")
        manual.write("zapatos.yml", "")
        found = json.loads(pauta("check", "--today", DAY, "--format", "json").out)
        given = {finding["rule"] for finding in found["findings"]}
        assert len(given) > 3
        assert given <= listed


class TestStatus:
    @pytest.mark.usefixtures("manual")
    def test_of_a_complete_manual(self, pauta: Program) -> None:
        outcome = pauta("status", "--today", DAY)
        assert (outcome.code, outcome.err) == (0, "")
        assert "No falta nada." in outcome.out

    def test_says_what_to_fill_next(self, pauta: Program, manual: ManualCopy) -> None:
        manual.remove("alianzas.yml")
        outcome = pauta("status", "--today", DAY)
        assert outcome.code == 0
        assert re.search(r"Alianzas +falta$", outcome.out, re.MULTILINE)
        assert "manual/alianzas.yml" in outcome.out.partition("Lo que sigue")[2]

    def test_where_there_is_no_manual(self, pauta: Program, tmp_path: Path) -> None:
        assert pauta("status", "--project", tmp_path).code == 2


class TestInit:
    def test_makes_a_manual_that_passes(self, pauta: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        outcome = pauta("init", "mi-manual", "--today", DAY)
        assert outcome.code == 0
        assert "creado    mi-manual/manual/oferta.yml\n" in outcome.out
        assert outcome.err.splitlines()[-3:] == ["  cd mi-manual", "  pauta check", "  pauta build"]
        monkeypatch.chdir("mi-manual")
        assert pauta("check", "--today", DAY).out.startswith("Sin hallazgos")

    def test_says_what_it_left_alone(self, pauta: Program, tmp_path: Path) -> None:
        pauta("init", tmp_path, "--today", DAY)
        (tmp_path / "README.md").write_text("mío")
        outcome = pauta("init", tmp_path, "--today", A_YEAR_LATER)
        assert f"ya estaba {tmp_path / 'README.md'}\n" in outcome.out
        assert "creado" not in outcome.out
        assert (tmp_path / "README.md").read_text() == "mío"

    def test_does_not_take_a_file_for_a_folder(self, pauta: Program, tmp_path: Path) -> None:
        (tmp_path / "x").write_text("mío")
        outcome = pauta("init", tmp_path / "x")
        assert (outcome.code, outcome.out) == (2, "")
        assert "es un archivo" in outcome.err


class TestRender:
    @pytest.fixture(autouse=True)
    def settings(self, manual: ManualCopy) -> None:
        scaffold(manual.root, today=TODAY)  # adds mkdocs.yml and leaves the manual alone

    def test_writes_the_pages_and_says_where(self, pauta: Program, manual: ManualCopy) -> None:
        outcome = pauta("render", "--today", DAY)
        assert (outcome.code, outcome.out) == (0, "Páginas: build/docs\n")
        written = set(files(manual.root / "build" / "docs"))
        assert "mkdocs.yml" in written
        assert any(name.endswith("servicios/instalacion.md") for name in written)

    def test_writes_them_where_it_is_told(self, pauta: Program, tmp_path: Path) -> None:
        target = tmp_path / "en otra parte"
        assert pauta("render", "--today", DAY, "--out", target).code == 0
        assert (target / "mkdocs.yml").is_file()

    def test_of_a_broken_manual_writes_nothing(self, pauta: Program, broken: ManualCopy) -> None:
        before = files(broken.root)
        outcome = pauta("render", "--today", DAY)
        assert (outcome.code, outcome.out) == (1, "")
        assert "referencia-rota" in outcome.err
        assert files(broken.root) == before

    def test_needs_the_settings_of_the_site(self, pauta: Program, manual: ManualCopy) -> None:
        (manual.root / "mkdocs.yml").unlink()
        outcome = pauta("render", "--today", DAY)
        assert (outcome.code, outcome.out) == (2, "")
        assert "pauta init" in outcome.err


class TestEditor:
    def test_writes_the_schemas_that_an_editor_reads(self, pauta: Program, manual: ManualCopy) -> None:
        outcome = pauta("editor")
        assert outcome.code == 0
        schemas = manual.root / ".pauta" / "esquemas"
        assert json.loads((schemas / "oferta.schema.json").read_text("utf-8"))["title"] == "Oferta de cada servicio"
        assert "actualizado" in outcome.out

    def test_has_nothing_to_do_the_second_time(self, pauta: Program, manual: ManualCopy) -> None:
        pauta("editor")
        before = files(manual.root)
        outcome = pauta("editor")
        assert (outcome.code, outcome.out) == (0, "")
        assert files(manual.root) == before


# click's own words, which a manager would read in English.

ENGLISH = re.compile(
    r"\b(?:usage|options?|commands?|args|arguments?|default|show|exit|error:|invalid|value|missing|no such|did you mean|"
    r"try|for help|got unexpected|requires|range|path|text input|folder|choose|aborted)\b",
    re.IGNORECASE,
)
OWN_WORDS = re.compile(r"--[a-z-]+|\[text\|json\|[a-z|]+\]|\[error\|warning\]|: (?:text|error)\]|--fail-on")


class TestHelp:
    @pytest.mark.parametrize("option", ["-h", "--help"])
    def test_of_the_program_names_each_verb(self, pauta: Program, option: str) -> None:
        outcome = pauta(option)
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.startswith("Uso: pauta [OPCIONES] ORDEN [DATOS]...\n")
        listed = re.findall(r"^  ([a-z-]+) {2,}\S", outcome.out.partition("Órdenes:")[2], re.MULTILINE)
        assert tuple(listed) == VERBS

    def test_tells_each_verb_in_one_whole_sentence(self, pauta: Program) -> None:
        lines = pauta("--help").out.partition("Órdenes:\n")[2].splitlines()
        assert [line for line in lines if not line.endswith(".") or line.endswith("...")] == []

    @pytest.mark.parametrize("verb", ["", *VERBS])
    def test_is_in_spanish(self, pauta: Program, verb: str) -> None:
        outcome = pauta(*filter(None, [verb]), "--help")
        assert outcome.code == 0
        own = OWN_WORDS.sub("", outcome.out)
        assert ENGLISH.findall(own) == []

    def test_is_shown_to_whoever_says_nothing(self, pauta: Program) -> None:
        outcome = pauta()
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith("Uso: pauta")

    def test_version(self, pauta: Program) -> None:
        assert pauta("--version") == Outcome(0, f"pauta {__version__}\n", "")


MISUSES = {
    "chek": ("No existe la orden «chek».", "¿Quiso decir «check»? Vea cómo se escribe con: pauta --help"),
    "zzz": ("No existe la orden «zzz».", "Vea cómo se escribe con: pauta --help"),
    "check --formt json": (
        "No existe la opción «--formt».", "¿Quiso decir «--format»? Vea cómo se escribe con: pauta check --help"
    ),
    "check --format xml": (
        "«--format» solo puede ser: text, json, github, gitlab, sarif, junit.",
        "Vea cómo se escribe con: pauta check --help",
    ),
    "check --fail-on todo": ("«--fail-on» solo puede ser: error, warning.", "Vea cómo se escribe con: pauta check --help"),
    "check --today ayer": (
        "«ayer» no es una fecha; escríbala así: 2026-03-09.", "Vea cómo se escribe con: pauta check --help"
    ),
    "check --today 2026-02-30": (
        "«2026-02-30» no es una fecha; escríbala así: 2026-03-09.", "Vea cómo se escribe con: pauta check --help"
    ),
    "check --today": ("A la opción «--today» le falta su valor, o le sobra.", "Vea cómo se escribe con: pauta --help"),
    "--version=3": ("A la opción «--version» le falta su valor, o le sobra.", "Vea cómo se escribe con: pauta --help"),
    "init": ("Falta decir CARPETA.", "Vea cómo se escribe con: pauta init --help"),
    "explain a b": ("La orden tiene algo de más o de menos.", "Vea cómo se escribe con: pauta explain --help"),
    "serve --port 0": ("«--port» debe ser un número de 1 a 65535.", "Vea cómo se escribe con: pauta serve --help"),
    "serve --port x": ("«--port» debe ser un número de 1 a 65535.", "Vea cómo se escribe con: pauta serve --help"),
}  # fmt: skip


class TestAnOrderThatCannotBeObeyed:
    @pytest.mark.parametrize(("order", "said"), MISUSES.items(), ids=MISUSES)
    def test_is_told_in_spanish(self, pauta: Program, order: str, said: tuple[str, str]) -> None:
        problem, tip = said
        assert pauta(*order.split()) == Outcome(2, "", f"No se puede seguir: {problem}\nQué hacer: {tip}\n")

    @pytest.mark.usefixtures("manual")
    def test_for_want_of_permission_or_space(self, pauta: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device", "build/docs/x.md")

        monkeypatch.setattr("pauta.publish.tree.write_tree", refuse)
        outcome = pauta("render", "--today", DAY)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith("No se puede seguir: El sistema no permitió trabajar con «build/docs/x.md»")

    @pytest.mark.usefixtures("manual")
    def test_for_it_was_interrupted(self, pauta: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("pauta.cli.found_in", interrupt)
        outcome = pauta("check")
        assert outcome.code == 130
        assert outcome.err.strip() == "Interrumpido."


class TestAsAProcess:
    """What only a process of its own shows: exit codes, encodings, closed pipes."""

    def test_the_installed_command(self, broken: ManualCopy) -> None:
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
        done = subprocess.run(
            [PAUTA, "check", "--today", DAY], cwd=broken.root, env=environment, capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (1, b"")
        assert "Cómo se arregla: ¿Quiso decir «supervisor_atencion»" in done.stdout.decode("utf-8")

    def test_the_module(self, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "pauta", "check", "--project", str(tmp_path)]
        done = subprocess.run(command, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode("utf-8").startswith("No se puede seguir: ")

    def test_a_reader_that_goes_away(self) -> None:
        """As «head» does when it has enough."""
        with subprocess.Popen([PAUTA, "explain"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert process.stderr.read() == b""
