"""``pauta diff`` and git's own ``git diff`` with our driver, in real repositories."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers import REFERENCE, TODAY, ManualCopy
from pauta.bundled import schema_folder
from pauta.cli import main
from pauta.findings import CannotGoOn
from pauta.history import manual_at
from pauta.scaffold import scaffold

PAUTA = Path(sys.executable).parent / "pauta"
ENVIRONMENT = {
    "GIT_AUTHOR_NAME": "Ana",
    "GIT_AUTHOR_EMAIL": "ana@empresa.example",
    "GIT_COMMITTER_NAME": "Ana",
    "GIT_COMMITTER_EMAIL": "ana@empresa.example",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
}
OFFER = "oferta.yml"
TIME = "plazo: 5 días hábiles"


@pytest.fixture(autouse=True)
def _a_user_without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository, and the project inside it."""

    root: Path
    project: Path

    @property
    def copy(self) -> ManualCopy:
        return ManualCopy(self.project)

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self, tag: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", tag)
        self.git("tag", tag)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A small manual in its first version, and the program started in its folder."""
    root = tmp_path / "manual de atención"
    scaffold(root, today=TODAY)
    made = Repository(root, root)
    made.git("init", "--quiet", "--initial-branch", "main")
    made.commit("v1")
    monkeypatch.chdir(root)
    return made


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def changes(self) -> list[tuple[str, str, str | None]]:
        """Of a report in JSON: what happened, how grave, to what."""
        return [(each["kind"], each["level"], each["id"]) for each in json.loads(self.out)["changes"]]


Diff = Callable[..., Outcome]


@pytest.fixture
def diff(capsys: pytest.CaptureFixture[str]) -> Diff:
    def run(*arguments: str | Path, format_: str = "json") -> Outcome:
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main(["diff", *map(str, arguments), "--format", format_])
        assert isinstance(end.value.code, int)
        return Outcome(end.value.code, *capsys.readouterr())

    return run


def slower(copy: ManualCopy) -> None:
    """Promise the repair for later."""
    text = copy.path(OFFER).read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("    plazo: "))
    copy.write(OFFER, text.replace(line, "    plazo: 60 días hábiles", 1))


class TestWhatIsCompared:
    def test_the_last_commit_with_what_there_is_now(self, repository: Repository, diff: Diff) -> None:
        assert diff().changes == []
        slower(repository.copy)
        outcome = diff()
        assert outcome.code == 0
        assert outcome.changes == [("aflojado", "mayor", "reparacion")]
        told = json.loads(outcome.out)
        assert (told["before"], told["after"]) == ("HEAD", "lo que hay ahora")
        assert told["changes"][0]["place_after"]["path"] == "manual/oferta.yml"

    def test_two_tags_and_nothing_of_what_there_is_now(self, repository: Repository, diff: Diff) -> None:
        slower(repository.copy)
        repository.commit("v2")
        repository.copy.remove(OFFER)
        assert diff("v1", "v2").changes == [("aflojado", "mayor", "reparacion")]
        assert diff("v2", "v1").changes == [("apretado", "menor", "reparacion")]
        assert diff("HEAD~1", "main").changes == [("aflojado", "mayor", "reparacion")]

    def test_a_file_with_accents_and_spaces_that_moved(self, repository: Repository, diff: Diff) -> None:
        repository.copy.path("oferta").mkdir()
        repository.copy.path(OFFER).rename(repository.copy.path("oferta/reparación de calzado.yml"))
        repository.commit("v2")
        assert diff("v1", "v2").changes == [("movido", "parche", None)]
        place = json.loads(diff("v1", "v2").out)["changes"][0]["place_after"]
        assert place["path"] == "manual/oferta/reparación de calzado.yml"

    def test_folders_need_no_git(self, tmp_path: Path, diff: Diff, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        for name in ("antes", "después"):
            scaffold(tmp_path / name, today=TODAY)
        slower(ManualCopy(tmp_path / "después"))
        assert diff("antes", "después").changes == [("aflojado", "mayor", "reparacion")]

    def test_a_project_below_the_top_of_its_repository(
        self, tmp_path: Path, diff: Diff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        project = tmp_path / "todo" / "áreas" / "servicio"
        scaffold(project, today=TODAY)
        made = Repository(tmp_path / "todo", project)
        made.git("init", "--quiet")
        made.commit("v1")
        slower(made.copy)
        monkeypatch.chdir(project / "manual")
        assert diff().changes == [("aflojado", "mayor", "reparacion")]
        monkeypatch.chdir(tmp_path)
        assert diff("--project", project).changes == [("aflojado", "mayor", "reparacion")]

    def test_nothing_of_the_working_tree_is_touched(self, repository: Repository, diff: Diff) -> None:
        slower(repository.copy)
        before = repository.git("status", "--porcelain")
        index = (repository.root / ".git" / "index").stat().st_mtime_ns
        diff("v1")
        assert (repository.root / ".git" / "index").stat().st_mtime_ns == index
        assert repository.git("status", "--porcelain") == before

    def test_inside_a_hook_git_s_variables_do_not_lead_elsewhere(
        self, repository: Repository, diff: Diff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GIT_DIR", "/nowhere/.git")
        monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
        assert diff("v1").changes == []
        assert repository.root.is_dir()

    def test_the_user_s_settings_change_nothing(
        self, repository: Repository, diff: Diff, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        settings = tmp_path / "settings"
        settings.write_text(
            "[color]\nui = always\n[core]\nquotePath = true\npager = false\nautocrlf = true\n"
            "[log]\nshowSignature = true\n[diff]\nnoprefix = true\nexternal = false\n",
            "utf-8",
        )
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        slower(repository.copy)
        assert diff("v1").changes == [("aflojado", "mayor", "reparacion")]


class TestHistoryOfAnotherDay:
    def test_a_manual_that_was_not_valid_is_compared(self, repository: Repository, diff: Diff) -> None:
        good = repository.copy.path(OFFER).read_text("utf-8")
        repository.copy.write(OFFER, good.replace("    plazo: ", "    plazo: quizás ", 1))
        repository.commit("mala")
        repository.copy.write(OFFER, good)
        outcome = diff("mala")
        assert outcome.code == 0
        assert outcome.changes == [("cambiado", "mayor", "reparacion")]
        assert "En «mala» hay hallazgos" in outcome.err

    def test_a_manual_written_for_older_schemas_of_the_program(
        self, tmp_path: Path, diff: Diff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In the program's own repository the schemas travel with the manual."""
        made = Repository(tmp_path, tmp_path)
        shutil.copytree(REFERENCE, tmp_path / "manual")
        shutil.copytree(schema_folder(), tmp_path / "schema")
        (tmp_path / "schema" / "ans.schema.json").unlink()
        repository = (tmp_path / "manual" / "ans.yml").read_text("utf-8")
        (tmp_path / "manual" / "ans.yml").unlink()
        for file in (tmp_path / "schema").glob("*.json"):
            text = file.read_text("utf-8").replace('"x-ref": "acuerdos",', "").replace('"x-material": true,', "")
            file.write_text(text, "utf-8")
        made.git("init", "--quiet")
        made.commit("v1")
        shutil.copytree(schema_folder(), tmp_path / "schema", dirs_exist_ok=True)
        (tmp_path / "manual" / "ans.yml").write_text(repository, "utf-8")
        monkeypatch.chdir(tmp_path)
        changes = diff("v1").changes
        assert ("agregado", "menor", None) in changes
        assert {kind for kind, _, _ in changes} == {"agregado"}

    def test_a_company_s_schema_that_is_no_longer_fit(self, repository: Repository, diff: Diff) -> None:
        schema = json.loads((schema_folder() / "glosario.schema.json").read_text("utf-8"))
        schema["x-seccion"]["orden"] = 90
        schema["x-antigua"] = True
        schema["properties"]["palabras"] = schema["properties"].pop("terminos") | {"x-coleccion": "palabras"}
        schema["required"] = ["control", "palabras"]
        folder = repository.root / "schema"
        folder.mkdir()
        (folder / "palabras.schema.json").write_text(json.dumps(schema), "utf-8")
        glossary = repository.copy.path("glosario.yml").read_text("utf-8").replace("\nterminos:", "\npalabras:")
        repository.copy.write("palabras.yml", glossary)
        repository.commit("v2")
        shutil.rmtree(folder)
        repository.copy.remove("palabras.yml")
        changes = diff("v2").changes
        assert changes[0][0] == "quitado"

    def test_no_link_of_a_revision_is_followed_out_of_it(
        self, repository: Repository, diff: Diff, tmp_path: Path
    ) -> None:
        secret = tmp_path / "secreto.yml"
        shutil.copy(repository.copy.path(OFFER), secret)
        repository.copy.remove(OFFER)
        repository.copy.path(OFFER).symlink_to(secret)
        repository.commit("enlace")
        outcome = diff("v1", "enlace")
        assert [kind for kind, _, _ in outcome.changes] == ["cambiado"]
        assert "no se puede leer" in outcome.out

    def test_a_link_to_a_file_of_the_manual_is_that_file(self, repository: Repository, diff: Diff) -> None:
        repository.copy.path("oferta").mkdir()
        repository.copy.path(OFFER).rename(repository.copy.path("oferta/una.yml"))
        repository.copy.path("oferta/una.yml").rename(repository.copy.path(".texto"))
        repository.copy.path("oferta/una.yml").symlink_to("../.texto")
        repository.commit("enlace")
        assert diff("v1", "enlace").changes == [("movido", "parche", None)]

    def test_no_filter_of_the_repository_is_run(self, repository: Repository, diff: Diff, tmp_path: Path) -> None:
        (repository.root / ".gitattributes").write_text("*.yml filter=malo export-ignore ident eol=crlf\n", "utf-8")
        repository.commit("v2")
        repository.git("config", "filter.malo.smudge", f"touch '{tmp_path}/corrió'; cat")
        assert diff("v2").changes == []
        assert not (tmp_path / "corrió").exists()


REFUSED = {
    "a revision that is not there": (["v9"], "No hay ninguna revisión ni carpeta con un manual que se llame «v9»"),
    "an option in place of a revision": (["--", "--all"], "se llame «--all»"),
    "a range": (["v1..v2"], "se llame «v1..v2»"),
    "nothing": ([""], "se llame «»"),
    "a revision without a manual": (["vacía"], "En «vacía» no hay ningún manual"),
    "another format": (["v1", "--format", "xml"], "«--format» solo puede ser"),
}


class TestCannotGoOn:
    def stop(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
        with pytest.raises(SystemExit) as end:
            main(["diff", *arguments])
        assert end.value.code == 2
        written = capsys.readouterr()
        assert written.out == ""
        assert "Qué hacer: " in written.err
        return written.err

    @pytest.mark.parametrize(("arguments", "says"), REFUSED.values(), ids=REFUSED)
    def test_says_why(
        self, repository: Repository, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
    ) -> None:
        empty = repository.git(
            "commit-tree", repository.git("hash-object", "-t", "tree", "-w", "/dev/null").strip(), "-m", "-"
        )
        repository.git("tag", "vacía", empty.strip())
        assert says in self.stop(capsys, *arguments)

    @pytest.mark.usefixtures("repository")
    def test_a_shallow_clone_says_how_to_get_the_rest(
        self,
        repository: Repository,
        capsys: pytest.CaptureFixture[str],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        slower(repository.copy)
        repository.commit("v2")
        repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.root}", str(tmp_path / "corta"))
        monkeypatch.chdir(tmp_path / "corta")
        assert "git fetch --unshallow" in self.stop(capsys, "v1")

    def test_without_a_repository(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scaffold(tmp_path / "a", today=TODAY)
        monkeypatch.chdir(tmp_path / "a")
        assert "no está en un repositorio de git" in self.stop(capsys)

    def test_before_the_first_commit(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scaffold(tmp_path, today=TODAY)
        Repository(tmp_path, tmp_path).git("init", "--quiet")
        monkeypatch.chdir(tmp_path)
        assert "ninguna versión guardada" in self.stop(capsys)

    def test_without_git(
        self, repository: Repository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(repository.root))
        assert "No encuentro el programa git" in self.stop(capsys)

    def test_a_revision_whose_schemas_make_no_sense(self, repository: Repository) -> None:
        (repository.root / "schema").mkdir()
        (repository.root / "schema" / "propia.schema.json").write_text("[]", "utf-8")
        repository.commit("rara")
        with pytest.raises(CannotGoOn, match="«rara»"), manual_at(repository.project, "rara"):
            pass


def test_the_report_may_go_to_a_file(repository: Repository, diff: Diff, tmp_path: Path) -> None:
    slower(repository.copy)
    outcome = diff("v1", "--output", tmp_path / "cambios.html", format_="html")
    assert outcome.out == ""
    assert (tmp_path / "cambios.html").read_text("utf-8").startswith("<!doctype html>")


class TestDriver:
    """git shows the changes of a manual by itself."""

    @pytest.fixture
    def driven(self, repository: Repository) -> Repository:
        (repository.root / ".gitattributes").write_text("*.yml diff=pauta\n", "utf-8")
        repository.git("config", "diff.pauta.command", f"'{PAUTA}' diff-archivo")
        repository.commit("atributos")
        return repository

    def test_shows_what_is_not_yet_in_a_commit(self, driven: Repository) -> None:
        slower(driven.copy)
        shown = driven.git("diff")
        assert "De «manual/oferta.yml» a «manual/oferta.yml»" in shown
        assert "▼ «Plazo prometido»" in shown
        assert "ahora: 60 días hábiles" in shown
        assert "@@" not in shown

    def test_shows_the_history(self, driven: Repository) -> None:
        slower(driven.copy)
        driven.commit("v2")
        shown = driven.git("log", "-p", "--ext-diff", "-1")
        assert "    v2" in shown
        assert "▼ «Plazo prometido»" in shown
        assert "▲ «Plazo prometido»" in driven.git("diff", "--ext-diff", "v2", "v1")

    def test_shows_files_that_are_new_gone_or_renamed(self, driven: Repository) -> None:
        driven.copy.path("roles").mkdir()
        driven.copy.path("roles.yml").rename(driven.copy.path("roles/los de siempre.yml"))
        new = "roles:\n  - id: aprendiz\n    nombre: Aprendiz\n    area: Taller\n"
        driven.copy.write("roles/nuevos.yml", new)
        driven.copy.remove("glosario.yml")
        driven.commit("v2")
        shown = driven.git("log", "-p", "--ext-diff", "-M", "-1")
        assert "Nuevo en «Roles»: «Aprendiz»." in shown
        assert "«Roles» está en otro archivo." in shown
        assert "«Glosario» es una sección que ya no está." in shown

    def test_says_when_nothing_but_the_writing_changed(self, driven: Repository) -> None:
        driven.copy.add(OFFER, "# un comentario\n")
        assert "Sin cambios de contenido." in driven.git("diff")

    def test_shows_lines_where_it_is_no_manual_or_cannot_be_read(self, driven: Repository) -> None:
        (driven.root / "otra.yml").write_text("a: 1\n", "utf-8")
        driven.copy.write("secreta.yml", "b: 2\n")
        driven.commit("v2")
        (driven.root / "otra.yml").write_text("a: \x1b[31m2\n", "utf-8")
        driven.copy.write("secreta.yml", "b: 3\n")
        driven.copy.add(OFFER, "\troto: [\n")
        shown = driven.git("diff")
        assert "-a: 1" in shown
        assert "+b: 3" in shown
        assert "roto: [" in shown
        assert "\x1b" not in shown

    def test_says_that_a_file_is_in_conflict(self, driven: Repository) -> None:
        driven.git("checkout", "--quiet", "-b", "otra")
        slower(driven.copy)
        driven.commit("v2")
        driven.git("checkout", "--quiet", "main")
        text = driven.copy.path(OFFER).read_text("utf-8")
        driven.copy.write(OFFER, text.replace("    plazo: ", "    plazo: 1", 1))
        driven.commit("v3")
        subprocess.run(["git", "merge", "otra"], cwd=driven.root, capture_output=True, check=False)
        assert "«manual/oferta.yml» está en conflicto." in driven.git("diff", "--staged")

    def test_refuses_to_be_called_by_people(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as end:
            main(["diff-archivo", "a", "b"])
        assert end.value.code == 2
        assert "git config diff.pauta.command" in capsys.readouterr().err
