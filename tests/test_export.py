"""``pauta export``: every published version in one plain folder, whole or not at all."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from built_site import HtmlPage, contents
from historia import EIGHT, History, copy_of, new_history, released_history

_MIKE = str(Path(sys.executable).with_name("mike"))


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Three versions, released with the program."""
    return released_history(tmp_path_factory.mktemp("tres") / "repositorio", EIGHT[:3])


@pytest.fixture(scope="session")
def exported(three: History, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("intranet") / "manual de servicio"
    done = three.run("export", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def _left_beside(folder: Path) -> list[str]:
    return [path.name for path in folder.parent.iterdir() if path != folder]


def test_each_version_is_in_its_folder_and_the_newest_in_another(exported: Path) -> None:
    versions = {step.version for step in EIGHT[:3]}
    assert {path.name for path in exported.iterdir()} == versions | {
        "vigente",
        "index.html",
        "versions.json",
        "SHA256SUMS",
    }
    assert contents(exported / "vigente") == contents(exported / "1.1.0")
    assert (exported / "1.0.0" / "index.html").read_text("utf-8").count('data-version="1.0.0"') == 1


def test_its_files_are_those_of_the_branch(three: History, exported: Path) -> None:
    three.git("worktree", "add", "--quiet", "--detach", str(exported.parent / "rama"), "gh-pages")
    branch = contents(exported.parent / "rama" / "1.0.1")
    three.git("worktree", "remove", "--force", str(exported.parent / "rama"))
    assert contents(exported / "1.0.1") == branch


def test_every_file_has_its_checksum(exported: Path) -> None:
    told = dict(line.split("  ", 1)[::-1] for line in (exported / "SHA256SUMS").read_text("utf-8").splitlines())
    files = {str(path.relative_to(exported)): path for path in exported.rglob("*") if path.is_file()}
    files.pop("SHA256SUMS")
    assert told == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}


def test_its_front_page_lets_one_choose_from_the_newest_version(exported: Path) -> None:
    page = HtmlPage("index.html", (exported / "index.html").read_text("utf-8"))
    rows = [
        [cell.text for cell in row.children if not isinstance(cell, str)] for row in page.tree.one("tbody").all("tr")
    ]
    assert rows == [
        ["1.1.0 En vigor", "2 de marzo de 2026", "—"],
        ["1.0.1", "2 de febrero de 2026", "1 de marzo de 2026"],
        ["1.0.0", "12 de enero de 2026", "1 de febrero de 2026"],
    ]
    links = page.links(page.tree)
    assert links == {"vigente/index.html", "1.1.0/index.html", "1.0.1/index.html", "1.0.0/index.html"}
    assert all((exported / link).is_file() for link in links)
    assert page.problems == []


def test_what_is_in_force_is_that_of_the_day_not_the_newest(three: History, tmp_path: Path) -> None:
    three.run("export", str(tmp_path / "febrero"), "--today", "2026-02-10", today=None)
    assert "1.0.1</a> <strong>En vigor" in (tmp_path / "febrero" / "index.html").read_text("utf-8")


def test_a_folder_that_holds_something_is_refused(three: History, tmp_path: Path) -> None:
    (tmp_path / "ajena").mkdir()
    (tmp_path / "ajena" / "carta.txt").write_text("No la pierda", "utf-8")
    done = three.run("export", str(tmp_path / "ajena"))
    assert (done.returncode, "no se toca" in done.stderr) == (2, True)
    assert [path.name for path in (tmp_path / "ajena").iterdir()] == ["carta.txt"]


def test_an_empty_folder_will_do(three: History, tmp_path: Path) -> None:
    (tmp_path / "nueva").mkdir()
    assert three.run("export", str(tmp_path / "nueva")).returncode == 0
    assert (tmp_path / "nueva" / "SHA256SUMS").is_file()


def test_without_a_published_version_it_says_how_to_publish_one(tmp_path: Path) -> None:
    history = new_history(tmp_path / "repositorio")
    history.commit("Primera")
    done = history.run("export", str(tmp_path / "intranet"))
    assert (done.returncode, "pauta release 1.0.0" in done.stderr) == (2, True)
    assert not (tmp_path / "intranet").exists()


def test_a_link_between_versions_becomes_a_copy(three: History, tmp_path: Path) -> None:
    """By default mike makes links by default; a plain web server or a shared disk may not follow them."""
    history = copy_of(three, tmp_path / "repositorio")
    subprocess.run(
        [_MIKE, "--quiet", "alias", "1.0.0", "primera"], cwd=history.root, check=True, env=history._identity()
    )
    assert history.run("export", str(tmp_path / "intranet")).returncode == 0
    assert not (tmp_path / "intranet" / "primera").is_symlink()
    assert contents(tmp_path / "intranet" / "primera") == contents(tmp_path / "intranet" / "1.0.0")


def test_stopped_on_the_way_there_is_no_folder_and_the_next_run_clears_up(three: History, tmp_path: Path) -> None:
    folder, count = tmp_path / "bin", tmp_path / "llamadas"
    folder.mkdir()
    (folder / "git").write_text(_STOPS.format(count=count, git=shutil.which("git")), "utf-8")
    (folder / "git").chmod(0o755)
    target = tmp_path / "destino" / "intranet"
    three.environment = {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    assert three.run("export", str(target)).returncode == -9
    three.environment = {}
    assert (target.exists(), _left_beside(target) != []) == (False, True)
    assert three.run("export", str(target)).returncode == 0
    assert _left_beside(target) == []


_STOPS = """\
#!/bin/sh
# Runs git, and kills who calls it for the third time to read files: some hundreds are written by then.
case " $* " in *' cat-file '*)
  echo . >> '{count}'
  [ "$(wc -l < '{count}')" -ge 3 ] && kill -9 $PPID
esac
exec {git} "$@"
"""
