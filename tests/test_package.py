"""The package as a product: what it holds, and that it works alone in an empty environment."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from built_site import CHECKOUT, contents
from pauta import __version__
from requirements import require

_LONGEST = 600


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive and the wheel that is built from it."""
    out = tmp_path_factory.mktemp("dist")
    _run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(CHECKOUT)])
    return out


@pytest.fixture(scope="module")
def wheel(distributions: Path) -> list[str]:
    with zipfile.ZipFile(next(distributions.glob("*.whl"))) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def source(distributions: Path) -> list[str]:
    with tarfile.open(next(distributions.glob("*.tar.gz"))) as archive:
        return [name.partition("/")[2] for name in archive.getnames()]


@pytest.fixture(scope="module")
def installed(distributions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in an environment of its own, from the wheel alone."""
    home = tmp_path_factory.mktemp("entorno") / "venv"
    venv.create(home, with_pip=True, symlinks=os.name != "nt")
    told = subprocess.run(
        [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", str(next(distributions.glob("*.whl")))],
        capture_output=True, text=True, check=False, timeout=_LONGEST, env=_environment(),
    )  # fmt: skip
    reached = told.returncode == 0 or "No matching distribution" not in told.stderr
    require(reached, "the packages that Pauta needs cannot be reached from here")
    assert told.returncode == 0, told.stderr
    return home / "bin" / "pauta"


def _environment() -> dict[str, str]:
    """Without any way to the checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    pins = CHECKOUT / "constraints.txt"
    return {**kept, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **({"PIP_CONSTRAINT": str(pins)} if pins.exists() else {})}


def _run(words: list[str], folder: Path | None = None) -> "subprocess.CompletedProcess[str]":
    told = subprocess.run(
        words, capture_output=True, text=True, check=False, timeout=_LONGEST, cwd=folder, env=_environment()
    )
    assert told.returncode == 0, told.stdout + told.stderr
    return told


def _tracked(*folders: str) -> set[str]:
    """The files of the repository below some folders, or those on disk outside a repository."""
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *folders],
        cwd=CHECKOUT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if told.returncode == 0:
        return {name for name in told.stdout.splitlines() if (CHECKOUT / name).is_file()}
    return set(_on_disk(folders))


def _on_disk(folders: tuple[str, ...]) -> Iterator[str]:
    for folder in folders:
        for name in contents(CHECKOUT / folder):
            if "__pycache__" not in name:
                yield f"{folder}/{name}"


def test_the_wheel_holds_the_program_its_schemas_and_its_site(wheel: list[str]) -> None:
    code = {name.replace("generator/", "", 1) for name in _tracked("generator/pauta")}
    data = {f"pauta/_{name}" for name in _tracked("schema", "site")}
    assert {name for name in wheel if not name.partition("/")[0].endswith(".dist-info")} == code | data


def test_the_wheel_has_nothing_else_at_its_top(wheel: list[str]) -> None:
    information = f"pauta-{__version__}.dist-info"
    assert {name.partition("/")[0] for name in wheel} == {"pauta", information}
    files = {name.removeprefix(f"{information}/") for name in wheel if name.startswith(information)}
    assert files == {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}


def test_the_source_archive_holds_what_is_needed_to_build_and_test(source: list[str]) -> None:
    tops = {name.partition("/")[0] for name in source} - {""}
    needed = {"generator", "schema", "site", "manual", "tests", "mkdocs.yml", "Makefile", "README.md", "LICENSE"}
    packers = {"PKG-INFO", "pyproject.toml", ".gitignore"}
    optional = {"benchmarks", "docs", "constraints.txt", "CONTRIBUTING.md"}
    assert needed | packers <= tops <= needed | packers | optional
    assert set(_tracked("schema", "site", "manual")) <= set(source)
    assert not [name for name in source if "__pycache__" in name or "node_modules" in name]


def test_it_works_alone(installed: Path, tmp_path: Path) -> None:
    """The first minute of whoever installs it."""
    _run([str(installed), "init", "mi-manual"], tmp_path)
    project = tmp_path / "mi-manual"
    assert "Sin hallazgos" in _run([str(installed), "check"], project).stdout
    _run([str(installed), "build"], project)
    front = (project / "build" / "site" / "index.html").read_text("utf-8")
    assert "El Buen Paso" in front
    assert (project / "build" / "site" / "guia" / "index.html").exists()
    assert list((project / "build" / "listas").glob("*.csv"))
    assert str(CHECKOUT) not in front


def test_its_plain_mkdocs_works_too(installed: Path, tmp_path: Path) -> None:
    _run([str(installed), "init", "mi-manual"], tmp_path)
    project = tmp_path / "mi-manual"
    _run([str(installed), "build"], project)
    first = contents(project / "build")
    _run([str(installed.parent / "mkdocs"), "build", "--strict"], project)
    assert contents(project / "build") == first


def test_init_never_writes_over_a_file(installed: Path, tmp_path: Path) -> None:
    own = {"manual/manual.yml": "# lo mío\n", "mkdocs.yml": "site_name: Lo mío\n", "README.md": "Lo mío\n"}
    for name, text in own.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    _run([str(installed), "init", "."], tmp_path)
    assert {name: (tmp_path / name).read_text("utf-8") for name in own} == own
    before = contents(tmp_path)
    _run([str(installed), "init", "."], tmp_path)
    assert contents(tmp_path) == before
