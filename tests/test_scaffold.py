"""``pauta init``: a new project passes its own check, and nothing of the user's is ever touched."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from helpers import ManualCopy
from historia import History
from pauta.findings import CannotGoOn
from pauta.pipeline import Project, check_project
from pauta.scaffold import scaffold

LEAP_DAY = date(2028, 2, 29)
TODAY = date(2026, 3, 9)


def _contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("today", [TODAY, LEAP_DAY, date(2026, 12, 31)])
def test_the_starter_passes_on_the_day_it_is_made(tmp_path: Path, today: date) -> None:
    scaffold(tmp_path, today=today)
    checked = check_project(Project(tmp_path), today=today)
    assert checked.findings == ()
    demanded = {section.name for section in checked.manual.spine.sections.values() if section.required}
    assert demanded <= set(checked.manual.parts)


def test_the_starter_is_really_checked(tmp_path: Path) -> None:
    scaffold(tmp_path, today=TODAY)
    oferta = tmp_path / "manual" / "oferta.yml"
    oferta.write_text(oferta.read_text("utf-8").replace("hace: zapatero", "hace: sastre"), encoding="utf-8")
    found = check_project(Project(tmp_path), today=TODAY).findings
    assert {finding.rule for finding in found} == {"referencia-rota"}


def test_reviews_come_due_a_year_later(tmp_path: Path) -> None:
    scaffold(tmp_path, today=TODAY)
    late = check_project(Project(tmp_path), today=TODAY + timedelta(days=400)).findings
    assert late != ()


def test_no_placeholder_is_left(tmp_path: Path) -> None:
    done = scaffold(tmp_path, today=TODAY)
    assert [name for name in done.written if "{{" in (tmp_path / name).read_text("utf-8")] == []


def test_writes_what_a_manager_and_a_forge_look_for(tmp_path: Path) -> None:
    done = scaffold(tmp_path / "mi-manual", today=TODAY)
    assert {
        "README.md", "mkdocs.yml", ".gitignore", ".vscode/settings.json", ".vscode/extensions.json",
        ".github/workflows/manual.yml", ".gitlab-ci.yml", ".pauta/esquemas/oferta.schema.json", "manual/oferta.yml",
    } <= set(done.written)  # fmt: skip
    assert set(done.written) == set(_contents(tmp_path / "mi-manual"))
    assert done.kept == ()


def test_every_file_of_the_manual_guides_whoever_edits_it(tmp_path: Path) -> None:
    scaffold(tmp_path, today=TODAY)
    readme = (tmp_path / "README.md").read_text("utf-8")
    for file in (tmp_path / "manual").iterdir():
        assert file.read_text("utf-8").startswith("# "), file.name
        assert f"manual/{file.name}" in readme


def test_never_overwrites(tmp_path: Path) -> None:
    own = {"README.md": "mío", ".gitignore": "", "manual/roles.yml": "roles: []\n", ".vscode/settings.json": "{}"}
    for name, text in own.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = scaffold(tmp_path, today=TODAY)
    assert {name: (tmp_path / name).read_text("utf-8") for name in own} == own
    assert set(own) == set(done.kept)
    assert set(own).isdisjoint(done.written)


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    first = scaffold(tmp_path, today=TODAY)
    before = _contents(tmp_path)
    second = scaffold(tmp_path, today=TODAY + timedelta(days=30))
    assert second.written == ()
    assert set(second.kept) == set(first.written)
    assert _contents(tmp_path) == before


def test_a_second_run_adds_what_is_missing(tmp_path: Path) -> None:
    scaffold(tmp_path, today=TODAY)
    (tmp_path / "mkdocs.yml").unlink()
    assert scaffold(tmp_path, today=TODAY).written == ("mkdocs.yml",)


@pytest.mark.parametrize("own", ["manual/oferta/instalacion.yml", "manual/roles.yml", "manual/roles.yaml"])
def test_a_folder_with_policies_gets_none_of_the_starters(tmp_path: Path, own: str) -> None:
    (tmp_path / own).parent.mkdir(parents=True)
    (tmp_path / own).write_text("roles: []\n", encoding="utf-8")
    scaffold(tmp_path, today=TODAY)
    assert [name for name in _contents(tmp_path) if name.startswith("manual/")] == [own]
    assert (tmp_path / "mkdocs.yml").is_file()


def test_makes_the_folders_above(tmp_path: Path) -> None:
    scaffold(tmp_path / "a" / "b", today=TODAY)
    assert (tmp_path / "a" / "b" / "manual" / "manual.yml").is_file()


@pytest.mark.parametrize("target", ["archivo", "archivo/dentro"])
def test_a_file_is_not_a_place_for_a_project(tmp_path: Path, target: str) -> None:
    (tmp_path / "archivo").write_text("mío", encoding="utf-8")
    with pytest.raises(CannotGoOn) as problem:
        scaffold(tmp_path / target, today=TODAY)
    assert problem.value.tip
    assert _contents(tmp_path) == {"archivo": "mío".encode()}


@pytest.mark.parametrize("link", ["manual", ".vscode", ".github", ".github/workflows", ".pauta/esquemas"])
def test_a_link_out_of_the_project_stops_it_before_anything_is_written(tmp_path: Path, link: str) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (project / link).parent.mkdir(parents=True)
    (project / link).symlink_to(elsewhere)
    with pytest.raises(CannotGoOn, match="enlace") as problem:
        scaffold(project, today=TODAY)
    assert problem.value.tip
    assert _contents(tmp_path) == {}


def test_a_broken_link_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "README.md").symlink_to(tmp_path / "nowhere.md")
    done = scaffold(tmp_path, today=TODAY)
    assert "README.md" in done.kept
    assert not (tmp_path / "nowhere.md").exists()


def test_a_file_where_a_folder_is_due_stops_it_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / ".vscode").write_text("mío", encoding="utf-8")
    with pytest.raises(CannotGoOn, match="debe ser una carpeta"):
        scaffold(tmp_path, today=TODAY)
    assert _contents(tmp_path) == {".vscode": "mío".encode()}


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotGoOn, match="No se puede escribir") as problem:
        scaffold(tmp_path / ("x" * 300), today=TODAY)
    assert problem.value.tip


# --- what its continuous integration does of a proposed change ---------------------------------------

TERM = "plazo: 3 días hábiles "


class Proposal:
    """A branch on its way to the main one, in a repository of its own, and the jobs that a forge runs on it."""

    def __init__(self, folder: Path, *, first: bool = False) -> None:
        """The main branch holds a new manual; or nothing yet, when the ``first`` one is proposed."""
        self.target, self.branch = _repository(folder / "destino"), _repository(folder / "propuesta")
        self.target.git("commit", "--quiet", "--allow-empty", "--message", "Nada todavía")
        today = date.today()  # noqa: DTZ011 - the jobs look at the day
        if not first:
            scaffold(self.target.root, today=today)
            self.target.commit("Manual nuevo")
        self.branch.git("remote", "add", "origin", str(self.target.root))
        self.branch.git("fetch", "--quiet", "origin")
        self.branch.git("checkout", "--quiet", "-b", "propuesta", "origin/main")
        scaffold(self.branch.root, today=today)

    @property
    def manual(self) -> ManualCopy:
        return self.branch.manual

    def on_github(self) -> "subprocess.CompletedProcess[str]":
        steps = self._read(".github/workflows/manual.yml")["jobs"]["manual"]["steps"]
        return self._run([step["run"] for step in steps if "run" in step], GITHUB_BASE_REF="main")

    def on_gitlab(self) -> "subprocess.CompletedProcess[str]":
        jobs = self._read(".gitlab-ci.yml")
        lines = [*jobs["manual"]["script"], *jobs["compromisos"]["script"]]
        return self._run(lines, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")

    def _read(self, file: str) -> "dict[str, dict[str, dict[str, list[dict[str, str]]]]]":
        return dict(yaml.safe_load((self.branch.root / file).read_text("utf-8")))

    def _run(self, lines: "list[str] | list[dict[str, str]]", **variables: str) -> "subprocess.CompletedProcess[str]":
        """All that the jobs do but install and build, in a shell as the forges start it."""
        self.branch.git("fetch", "--quiet", "origin")
        self.branch.git("add", "--all")
        self.branch.git("commit", "--quiet", "--allow-empty", "--message", "Lo que se propone")
        elsewhere = ("pip install", "pauta build", "mv build")
        script = "\n".join(str(line) for line in lines if not str(line).startswith(elsewhere))
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script],
            cwd=self.branch.root,
            env={**os.environ, **variables, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )


def _repository(folder: Path) -> History:
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    return History(folder, folder)


@pytest.fixture
def proposal(tmp_path: Path) -> Proposal:
    return Proposal(tmp_path)


def _raise_version(manual: ManualCopy, version: str) -> None:
    manual.edit("manual.yml", "version: 1.0.0", f"version: {version}")


class TestAProposedChange:
    def test_that_loosens_a_promise_is_stopped_on_github_at_its_line(self, proposal: Proposal) -> None:
        proposal.manual.edit("oferta.yml", TERM, "plazo: 5 días hábiles ")
        done = proposal.on_github()
        file, line, _ = proposal.manual.place("oferta.yml", "plazo: ▸5 días hábiles").split(":")
        assert done.returncode == 1, done.stderr
        assert f"::error file={file},line={line}," in done.stdout
        assert "title=cambio-sin-registro::«Plazo prometido» de «Reparación de calzado»" in done.stdout

    def test_that_loosens_a_promise_is_stopped_on_gitlab_with_a_report(self, proposal: Proposal) -> None:
        proposal.manual.edit("oferta.yml", TERM, "plazo: 5 días hábiles ")
        assert proposal.on_gitlab().returncode == 1
        report = json.loads((proposal.branch.root / "compromisos.json").read_text("utf-8"))
        assert [each["check_name"] for each in report] == ["version-insuficiente", "cambio-sin-registro"]

    def test_that_only_adds_passes_though_the_main_branch_has_moved_on(self, proposal: Proposal) -> None:
        """What others loosened meanwhile is not told to whoever proposes something else."""
        proposal.manual.edit(
            "oferta.yml", "      - Material y mano de obra\n", "      - Material y mano de obra\n      - Bolsa\n"
        )
        _raise_version(proposal.manual, "1.1.0")
        proposal.target.manual.edit("oferta.yml", TERM, "plazo: 5 días hábiles ")
        proposal.target.commit("Lo que otros cambiaron")
        done = proposal.on_github()
        assert done.returncode == 0, done.stdout + done.stderr
        assert "De la versión 1.0.0 a la 1.1.0: 2 cambios." in done.stderr
        assert proposal.on_gitlab().returncode == 0

    def test_that_brings_the_first_manual_passes(self, tmp_path: Path) -> None:
        first = Proposal(tmp_path, first=True)
        assert (first.on_github().returncode, first.on_gitlab().returncode) == (0, 0)

    def test_leaves_alone_a_codeowners_that_the_company_keeps_by_hand(self, proposal: Proposal) -> None:
        (proposal.branch.root / "CODEOWNERS").write_text("* @taller/todos\n", "utf-8")
        assert proposal.on_github().returncode == 0

    def test_that_names_another_owner_asks_for_the_reviewers_anew(self, proposal: Proposal) -> None:
        account = '  - id: mostrador\n    cuenta: "@taller/mostrador"\n'
        proposal.manual.edit("roles.yml", "  - id: mostrador\n", account)
        assert proposal.branch.run("codeowners", today=None).returncode == 0
        _raise_version(proposal.manual, "1.0.1")
        assert proposal.on_github().returncode == 0
        proposal.manual.edit("roles.yml", "@taller/mostrador", "@taller/tienda")
        done = proposal.on_github()
        assert (done.returncode, "codeowners-distinto" in done.stdout) == (1, True)
