"""``pauta release``: refused with what to do, whole or not at all, and every earlier version as it was."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from built_site import command, contents
from helpers import TODAY
from historia import EIGHT, Edit, History, Step, copy_of, new_history, released_history, tagged_history

_FIRST, _SECOND = (
    EIGHT[0],
    Step("1.1.0", date(2026, 3, 2), (Edit("oferta.yml", "plazo: 2 horas hábiles", "plazo: 1 hora hábil"),)),
)
_LONGEST = 120
_MIKE = str(Path(sys.executable).with_name("mike"))


@pytest.fixture(scope="session")
def eight(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Eight versions, released with the program."""
    return released_history(tmp_path_factory.mktemp("ocho") / "repositorio")


@pytest.fixture(scope="session")
def one(tmp_path_factory: pytest.TempPathFactory) -> History:
    """One version, released with the program."""
    return released_history(tmp_path_factory.mktemp("una") / "repositorio", [_FIRST])


@pytest.fixture
def next_(one: History, tmp_path: Path) -> History:
    """A second version, in a commit and ready to be released."""
    history = copy_of(one, tmp_path / "repositorio")
    history.change(_SECOND)
    return history


def _tree(history: History, path: str) -> str:
    """What a folder of the branch of the sites holds, as one number."""
    return history.git("rev-parse", f"gh-pages:{path}")


def _listed(history: History) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = json.loads(history.git("show", "gh-pages:versions.json"))
    return listed


def _left_behind(history: History) -> list[str]:
    return [path.name for path in (history.repository / ".git" / "pauta").iterdir() if path.is_dir()]


# --- what a release leaves -------------------------------------------------------------------------


def test_a_release_leaves_its_site_a_tag_and_the_order_to_send_them(next_: History) -> None:
    done = next_.release("1.1.0")
    assert done.returncode == 0, done.stderr
    assert "git push --atomic origin main gh-pages v1.1.0" in done.stderr
    assert _tree(next_, "1.1.0") == _tree(next_, "vigente") != _tree(next_, "1.0.0")
    assert next_.git("rev-parse", "v1.1.0^{commit}") == next_.git("rev-parse", "HEAD")
    assert next_.git("cat-file", "-t", "v1.1.0") == "tag"
    assert "vigente desde 2026-03-02" in next_.git("tag", "--list", "--format=%(contents)", "v1.1.0")
    assert next_.git("status", "--porcelain") == ""
    assert _left_behind(next_) == []


def test_earlier_versions_stay_as_they_were(next_: History) -> None:
    before = _tree(next_, "1.0.0")
    next_.release("1.1.0")
    assert _tree(next_, "1.0.0") == before
    assert next_.git("rev-list", "--count", "gh-pages") == "2"


def test_nothing_is_sent(next_: History, tmp_path: Path) -> None:
    next_.git("init", "--quiet", "--bare", str(tmp_path / "origen.git"))
    next_.git("remote", "add", "origin", str(tmp_path / "origen.git"))
    assert next_.release("1.1.0").returncode == 0
    assert next_.git("ls-remote", "origin") == ""


def test_the_order_that_is_told_sends_everything(next_: History, tmp_path: Path) -> None:
    next_.git("init", "--quiet", "--bare", str(tmp_path / "origen.git"))
    next_.git("remote", "add", "origin", str(tmp_path / "origen.git"))
    told = next_.release("1.1.0").stderr.rpartition("git push")[2].split()
    next_.git("push", "--quiet", *told)
    sent = next_.git("ls-remote", "origin")
    assert all(name in sent for name in ("refs/heads/main", "refs/heads/gh-pages", "refs/tags/v1.1.0"))


def test_every_version_of_a_long_history_is_there(eight: History) -> None:
    versions = [step.version for step in EIGHT]
    assert [each["version"] for each in _listed(eight)] == versions[::-1]
    assert set(versions) | {"vigente", "index.html", "versions.json"} <= set(eight.published())
    assert [each["aliases"] for each in _listed(eight)] == [["vigente"], *[[]] * 7]
    assert [each["properties"]["vigente_desde"] for each in _listed(eight)] == [  # type: ignore[index]
        step.since.isoformat() for step in reversed(EIGHT)
    ]


def test_the_list_that_mike_gives_is_json_even_when_the_manual_has_errors(eight: History, tmp_path: Path) -> None:
    history = copy_of(eight, tmp_path / "repositorio")
    history.manual.write("canales.yml", "canales: nada\n")
    told = subprocess.run([_MIKE, "list", "-j"], cwd=history.root, capture_output=True, text=True, check=True).stdout
    assert next(each["version"] for each in json.loads(told)) == "3.0.0"


def test_the_root_leads_to_the_newest_version(one: History) -> None:
    assert 'href="vigente/index.html"' in one.git("show", "gh-pages:index.html")


# --- the pages of a version ------------------------------------------------------------------------


def test_only_a_released_site_asks_for_other_versions(one: History, tmp_path: Path) -> None:
    """A site that stands alone has no list to ask, and must not look for one."""
    released = one.git("show", "gh-pages:1.0.0/index.html")
    assert 'data-version="1.0.0"' in released
    history = copy_of(one, tmp_path / "repositorio")
    assert history.run("build").returncode == 0
    alone = (history.root / "build" / "site" / "index.html").read_text("utf-8")
    assert "pt-edicion" not in alone
    assert '"version": null' in alone


def test_a_build_does_not_change_when_its_commit_is_tagged(tmp_path: Path) -> None:
    history = tagged_history(tmp_path / "repositorio", EIGHT[:2])
    history.run("build")
    tagged = contents(history.root / "build" / "site")
    history.git("tag", "--delete", "v1.0.1")
    history.run("build")
    assert contents(history.root / "build" / "site") == tagged


def test_the_same_commit_gives_the_same_bytes(next_: History, tmp_path: Path) -> None:
    """Whoever releases again from the commit, elsewhere and on another day, gets the very same files."""
    other = copy_of(next_, tmp_path / "otra carpeta")
    other.environment = {
        "SOURCE_DATE_EPOCH": other.git("log", "-1", "--format=%ct"),
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
    }
    next_.environment = {"PYTHONHASHSEED": "1", "TZ": "America/Guatemala"}
    assert [each.release("1.1.0").returncode for each in (next_, other)] == [0, 0]
    assert _tree(next_, "") == _tree(other, "")


def test_mike_publishes_by_hand_too(next_: History) -> None:
    subprocess.run(
        [_MIKE, "--quiet", "deploy", "prueba"],
        cwd=next_.root, check=True, capture_output=True,
        env={**next_._identity(), "PATH": f"{Path(_MIKE).parent}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    assert 'data-version="1.1.0"' in next_.git("show", "gh-pages:prueba/index.html")
    assert next_.git("status", "--porcelain") == ""


# --- refused, with what to do ----------------------------------------------------------------------


def _untouched(history: History, version: str, *said: str, code: int = 2) -> None:
    """The release is refused with these words, and leaves everything as it was."""
    before = history.tips()
    done = history.release(version)
    assert done.returncode == code, done.stderr
    assert all(words in done.stderr for words in said), done.stderr
    assert history.tips() == before


def test_changes_outside_a_commit(next_: History) -> None:
    next_.manual.add("oferta.yml", "# nota\n")
    _untouched(next_, "1.1.0", "sin guardar en git", "manual/oferta.yml", "git commit")


def test_a_file_that_git_does_not_know(next_: History) -> None:
    next_.manual.write("nuevo.yml", "a: 1\n")
    _untouched(next_, "1.1.0", "sin guardar en git", "nuevo.yml")


def test_a_manual_with_findings(next_: History) -> None:
    next_.manual.edit("oferta.yml", "garantia: 60 días", "garntia: 60 días")
    next_.commit("Una falta")
    _untouched(next_, "1.1.0", "campo-desconocido", "No se publicó nada", code=1)


def test_warnings_stop_a_release_unless_they_may_pass(next_: History) -> None:
    next_.manual.edit("oferta.yml", "revisar_cada: 6 meses", "revisar_cada: 1 mes")
    next_.commit("Se revisa más a menudo")
    before = next_.tips()
    done = next_.run("release", "1.1.0")
    assert (done.returncode, "revision-vencida" in done.stderr) == (1, True)
    assert next_.tips() == before


@pytest.mark.parametrize("version", ["1.1", "v1.1.0", "1.1.0-beta", "01.1.0", "--help-me", ""])
def test_what_is_not_a_version(one: History, version: str) -> None:
    before = one.tips()
    assert one.run("release", "--", version).returncode == 2
    assert one.tips() == before


def test_another_version_than_the_manual_says(next_: History) -> None:
    _untouched(next_, "1.2.0", "dice que es la versión 1.1.0", "version: 1.2.0")


def test_a_version_that_was_released(one: History) -> None:
    _untouched(one, "1.0.0", "ya existe", "git push --atomic origin gh-pages v1.0.0")


def test_a_version_that_is_not_higher(next_: History) -> None:
    next_.write_version("0.9.0", date(2026, 3, 2))
    next_.commit("Un número menor")
    _untouched(next_, "0.9.0", "no es mayor que la última publicada, 1.0.0")


def test_a_version_that_is_not_high_enough(next_: History) -> None:
    """Ten as a number is higher than nine, and two hours more are a promise loosened."""
    next_.manual.edit("oferta.yml", "plazo: 3 días hábiles", "plazo: 5 días hábiles")
    next_.write_version("1.10.0", date(2026, 3, 2))
    next_.commit("Más plazo")
    _untouched(next_, "1.10.0", "version-insuficiente", "Ponga en «version» la 2.0.0", "No se publicó nada", code=1)


def test_a_loosened_promise_that_nobody_accounted_for(next_: History) -> None:
    next_.manual.edit("oferta.yml", "plazo: 3 días hábiles", "plazo: 5 días hábiles")
    next_.write_version("2.0.0", date(2026, 3, 2))
    next_.commit("Más plazo")
    _untouched(next_, "2.0.0", "cambio-sin-registro", "ningún registro de la versión 2.0.0", code=1)


def test_a_version_that_would_begin_before_the_last(next_: History) -> None:
    next_.write_version("1.1.0", date(2026, 1, 2))
    next_.commit("Una fecha anterior")
    _untouched(next_, "1.1.0", "antes que la 1.0.0", "vigente_desde")


def test_work_that_does_not_come_from_the_last_version(next_: History) -> None:
    next_.release("1.1.0")
    next_.git("switch", "--quiet", "--create", "aparte", "v1.0.0")
    next_.write_version("1.2.0", date(2026, 4, 2))
    next_.commit("Sin lo de la 1.1.0")
    _untouched(next_, "1.2.0", "no viene de la última versión, 1.1.0", "git merge v1.1.0")


def test_a_branch_of_sites_that_is_not_here(next_: History) -> None:
    next_.git("branch", "--quiet", "--delete", "--force", "gh-pages")
    _untouched(next_, "1.1.0", "la rama «gh-pages» de sus sitios no está aquí", "git fetch origin gh-pages")


def test_a_branch_of_sites_that_somebody_works_on(next_: History, tmp_path: Path) -> None:
    next_.git("worktree", "add", "--quiet", str(tmp_path / "aparte"), "gh-pages")
    _untouched(next_, "1.1.0", "abierta en una carpeta de trabajo")


def test_a_version_on_the_branch_whose_tag_is_not_here(next_: History) -> None:
    """Somebody else released it; their commits have not been fetched."""
    next_.release("1.1.0")
    next_.git("tag", "--delete", "v1.1.0")
    next_.manual.add("oferta.yml", "# nota\n")
    next_.commit("Otra cosa con el mismo número")
    _untouched(next_, "1.1.0", "ya tiene la versión 1.1.0", "git fetch --tags")


def test_a_shallow_clone(one: History, tmp_path: Path) -> None:
    clone = _clone(one, tmp_path / "copia", "--depth=1")
    _untouched(clone, "1.0.1", "no tiene la historia completa", "git fetch --unshallow")


def test_a_folder_without_a_repository(tmp_path: Path) -> None:
    history = new_history(tmp_path / "repositorio")
    shutil.rmtree(history.repository / ".git")
    done = history.release("1.0.0")
    assert (done.returncode, "no está en un repositorio" in done.stderr) == (2, True)


def test_a_repository_without_commits(tmp_path: Path) -> None:
    done = new_history(tmp_path / "repositorio").release("1.0.0")
    assert (done.returncode, "ningún commit" in done.stderr) == (2, True)


# --- other people's copies -------------------------------------------------------------------------


def _clone(history: History, folder: Path, *more: str) -> History:
    subprocess.run(["git", "clone", "--quiet", *more, history.repository.as_uri(), str(folder)], check=True)
    return History(folder / history.root.relative_to(history.repository), folder, history.day)


def test_a_clone_goes_on_from_the_branch_of_its_origin(one: History, tmp_path: Path) -> None:
    clone = _clone(one, tmp_path / "copia")
    clone.change(_SECOND)
    assert clone.release("1.1.0").returncode == 0
    assert {"1.0.0", "1.1.0"} <= set(clone.published())
    assert clone.git("merge-base", "gh-pages", "origin/gh-pages") == one.git("rev-parse", "gh-pages")


def test_a_branch_that_went_apart_from_its_origin(next_: History, tmp_path: Path) -> None:
    clone = _clone(next_, tmp_path / "copia")
    clone.day = date(2026, 3, 3)
    assert [each.release("1.1.0").returncode for each in (next_, clone)] == [0, 0]
    clone.git("fetch", "--quiet", "origin", "gh-pages")
    clone.write_version("1.2.0", date(2026, 4, 2))
    clone.commit("Versión 1.2.0")
    _untouched(clone, "1.2.0", "se separaron", "git branch --force gh-pages origin/gh-pages")


# --- stopped at any point, and two at once ---------------------------------------------------------

_KILLER = """\
#!/bin/sh
# Runs git; after the call number $KILL_AFTER of those that write, kills who called it.
case " $* " in {writing})
  echo . >> "$KILL_COUNT"
  {git} "$@"; code=$?
  [ "$(wc -l < "$KILL_COUNT")" -eq "$KILL_AFTER" ] && kill -9 $PPID
  exit $code;;
esac
exec {git} "$@"
"""
_WRITING = ("init", "update-ref", "fast-import", "commit-tree", "mktag")


@pytest.fixture
def killed(tmp_path: Path) -> Callable[[History, int], "subprocess.CompletedProcess[str]"]:
    """Releases version 1.1.0 and is killed after one of the calls of git that write, the first being 1."""
    folder = tmp_path / "bin"
    folder.mkdir()
    writing = "|".join(f"*' {verb} '*" for verb in _WRITING)
    (folder / "git").write_text(_KILLER.format(writing=writing, git=shutil.which("git")), "utf-8")
    (folder / "git").chmod(0o755)

    def run(history: History, call: int) -> "subprocess.CompletedProcess[str]":
        count = tmp_path / f"llamadas-{call}"
        path = f"{folder}{os.pathsep}{os.environ['PATH']}"
        history.environment = {"PATH": path, "KILL_COUNT": str(count), "KILL_AFTER": str(call)}
        done = history.release("1.1.0")
        history.environment = {}
        return done

    return run


def test_killed_at_any_point_a_release_is_as_it_was_or_complete(
    next_: History, killed: Callable[[History, int], "subprocess.CompletedProcess[str]"]
) -> None:
    """Each run finds what the one before left, and is killed one step later; the last one comes to its end."""
    before = next_.tips()
    points = 0
    while next_.tips() == before:
        points += 1
        assert points < 20, "no call of git made the release"
        assert killed(next_, points).returncode == -9
    assert points >= len(_WRITING)
    assert next_.tips().keys() - before.keys() == {"refs/tags/v1.1.0"}
    assert _tree(next_, "1.1.0") == _tree(next_, "vigente")
    assert [each["version"] for each in _listed(next_)] == ["1.1.0", "1.0.0"]
    _untouched(next_, "1.1.0", "ya existe", "git push --atomic")
    assert _left_behind(next_) == []


def test_after_being_killed_it_goes_on(
    next_: History, killed: Callable[[History, int], "subprocess.CompletedProcess[str]"]
) -> None:
    killed(next_, 4)
    assert _left_behind(next_) != []
    assert next_.release("1.1.0").returncode == 0
    assert _left_behind(next_) == []
    assert next_.git("fsck", "--strict", "--no-dangling") == ""


def test_of_two_at_once_one_releases_and_the_other_says_why_not(next_: History) -> None:
    words = command(next_.root, "release", "1.1.0", "--fail-on", "error", today=TODAY)
    both = [
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=next_._identity())
        for _ in range(2)
    ]
    told = [each.communicate(timeout=_LONGEST)[1] for each in both]
    assert sorted(each.returncode for each in both) == [0, 2], told
    refused = next(text for text, each in zip(told, both, strict=True) if each.returncode)
    assert "Otra publicación está en marcha" in refused or "ya existe" in refused
    assert [each["version"] for each in _listed(next_)] == ["1.1.0", "1.0.0"]


def test_work_that_changes_meanwhile_stops_it(next_: History) -> None:
    """What is built must be what the tag keeps, even when somebody saves a file during the build."""
    hook = next_.root / "site" / "contenido" / "guarda.py"
    hook.write_text(
        "from pathlib import Path\n"
        "def on_post_build(config):\n"
        "    with Path(config.config_file_path).with_name('manual').joinpath('oferta.yml').open('a') as file:\n"
        "        file.write('# meanwhile\\n')\n",
        "utf-8",
    )
    with (next_.root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("hooks: [site/contenido/guarda.py]\n")
    next_.commit("Un gancho")
    _untouched(next_, "1.1.0", "sin guardar en git")
