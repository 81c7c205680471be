"""``pauta build``: the same bytes every time, and the old site whole until the new one is."""

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from built_site import (
    BuiltSite,
    HtmlPage,
    build,
    command,
    contents,
    differences,
    pauta,
    reference_project,
    set_visibility,
)
from pauta.publish.folders import begin, discard, finish, replacing, write_files
from pauta.scaffold import scaffold

TODAY = date(2026, 11, 21)
YEARS_LATER = date(2029, 1, 15)
_LONGEST = 120
"""Seconds after which something that should have happened has not."""


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """A small manual, as ``pauta init`` writes it."""
    scaffold(tmp_path / "proyecto", today=TODAY)
    return tmp_path / "proyecto"


def _edit(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def _output(project: Path) -> dict[str, bytes]:
    return contents(project / "build")


def _left_behind(project: Path) -> list[str]:
    return [path.name for path in (project / "build").iterdir() if path.name not in {"site", "listas"}]


def _rename_company(project: Path) -> None:
    _edit(project, "manual/manual.yml", "nombre: El Buen Paso", "nombre: El Mejor Paso")


# --- the same bytes ------------------------------------------------------------------------------


def _mkdocs(project: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(project / "mkdocs.yml")],
        capture_output=True,
        text=True,
        check=False,
        timeout=_LONGEST,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        cwd="/",
    )


def _git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=Prueba", "-c", "user.email=prueba@empresa.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def test_one_commit_gives_one_site(tmp_path: Path) -> None:
    """In another folder, on another day, with another order of Python's sets, and with MkDocs alone."""
    original = reference_project(tmp_path / "original")
    for words in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "Manual")):
        _git(original, *words)
    _git(tmp_path, "clone", "--quiet", str(original), "un folder con espacios")
    copy = tmp_path / "un folder con espacios"
    first = pauta(original, "build", environment={"PYTHONHASHSEED": "1", "TZ": "America/Guatemala"})
    assert first.returncode == 0, first.stderr
    later = pauta(copy, "build", today=YEARS_LATER, environment={"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"})
    assert later.returncode == 0, later.stderr
    assert "revision-vencida" in later.stderr
    assert differences(_output(original), _output(copy)) == []
    shutil.rmtree(copy / "build")
    plain = _mkdocs(copy, PYTHONHASHSEED="3")
    assert plain.returncode == 0, plain.stderr
    assert differences(_output(original), _output(copy)) == []


def test_the_tree_for_another_engine_gives_the_same_pages(site: BuiltSite, tmp_path: Path) -> None:
    told = pauta(site.project, "render", "--out", str(tmp_path / "docs"))
    assert told.returncode == 0, told.stderr
    settings = yaml.safe_load((tmp_path / "docs" / "mkdocs.yml").read_text("utf-8"))
    assert "pauta" not in str(settings["plugins"])
    built = _mkdocs(tmp_path / "docs")
    assert built.returncode == 0, built.stderr
    ours, theirs = contents(site.root), contents(tmp_path / "docs" / "sitio")
    assert [name for name in differences(ours, theirs) if not name.startswith(("sitemap.xml", "search/"))] == []
    assert _searched(ours) == _searched(theirs)


def _searched(files: dict[str, bytes]) -> list[str]:
    """What the search looks through. Pages on disk come in the order of their names."""
    return sorted(map(str, json.loads(files["search/search_index.json"])["docs"]))


def test_the_tree_replaces_only_a_tree(starter: Path, tmp_path: Path) -> None:
    """A folder with other things in it would lose them."""
    told = [pauta(starter, "render", "--out", str(out)) for out in (starter, starter / "mkdocs.yml", tmp_path)]
    assert [each.returncode for each in told] == [2, 2, 2]
    assert all("otra" in each.stderr for each in told)
    assert (starter / "manual" / "oferta.yml").exists()
    for _ in range(2):
        assert pauta(starter, "render", "--out", str(tmp_path / "docs")).returncode == 0


# --- a manual with errors ------------------------------------------------------------------------


def test_errors_leave_the_old_site_and_say_what_is_wrong(starter: Path) -> None:
    before = _output(build(starter).project)
    _edit(starter, "manual/costo.yml", "estado: vigente", "estado: vigentísimo")
    told = pauta(starter, "build")
    assert told.returncode == 1
    assert told.stdout == ""
    assert re.search(r"manual/costo\.yml:\d+:\d+ error", told.stderr)
    assert "el sitio anterior sigue como estaba" in told.stderr
    assert differences(before, _output(starter)) == []
    assert _left_behind(starter) == []


def test_nothing_is_made_for_a_manual_that_never_was_right(starter: Path) -> None:
    _edit(starter, "manual/costo.yml", "estado: vigente", "estado: vigentísimo")
    assert pauta(starter, "build").returncode == 1
    assert not (starter / "build").exists()


def test_mkdocs_alone_refuses_a_manual_with_errors(starter: Path) -> None:
    before = _output(build(starter).project)
    _edit(starter, "manual/costo.yml", "estado: vigente", "estado: vigentísimo")
    told = _mkdocs(starter)
    assert told.returncode != 0
    assert "manual/costo.yml" in told.stdout + told.stderr
    assert "Traceback" not in told.stderr
    assert differences(before, _output(starter)) == []


def test_warnings_are_told_and_do_not_stop_it(starter: Path) -> None:
    told = pauta(starter, "build", today=YEARS_LATER)
    assert told.returncode == 0
    assert "revision-vencida" in told.stderr
    assert told.stdout.splitlines() == [
        f"Sitio:  {starter / 'build' / 'site' / 'index.html'}",
        f"Listas: {starter / 'build' / 'listas'}",
    ]


# --- a build that is cut short -------------------------------------------------------------------


def _writing(project: Path) -> Path | None:
    return next((project / "build").glob(".pauta-nuevo-site-*"), None)


_MOMENTS: dict[str, Callable[[Path], bool]] = {
    "reading the manual": lambda project: True,  # noqa: ARG005 - the same shape as the others
    "beginning to write": lambda project: _writing(project) is not None,
    "amid the pages": lambda project: bool((new := _writing(project)) and (new / "index.html").exists()),
    "near the end": lambda project: bool((new := _writing(project)) and (new / "search").exists()),
}


@pytest.mark.parametrize("moment", _MOMENTS)
def test_a_killed_build_leaves_a_whole_site(starter: Path, moment: str) -> None:
    """The old one or, when the kill came too late, the new one; and the next run cleans up."""
    before = _output(build(starter).project)
    _rename_company(starter)
    with subprocess.Popen(
        command(starter, "build"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as running:
        _wait_until(lambda: _MOMENTS[moment](starter) or running.poll() is not None)
        running.kill()
    killed = _output(starter)
    after = _output(build(starter).project)
    assert differences(before, after) != []
    assert _left_behind(starter) == []
    for folder in ("site", "listas"):
        assert _below(folder, killed) in (_below(folder, before), _below(folder, after))


def _below(folder: str, files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.startswith(f"{folder}/")}


def _wait_until(happened: Callable[[], object]) -> None:
    deadline = time.monotonic() + _LONGEST
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.002)


def test_a_build_killed_between_the_two_renames_is_put_right(starter: Path) -> None:
    """The one instant at which no site has the name: the next run gives the old one back first."""
    before = contents(build(starter).root)
    with subprocess.Popen(["true"]) as dead:
        dead.wait()
    (starter / "build" / "site").rename(starter / "build" / f".pauta-anterior-site-{dead.pid}-abc")
    discard(begin(starter / "build" / "site"))
    assert differences(before, contents(starter / "build" / "site")) == []
    assert _left_behind(starter) == []


def test_an_interrupted_build_says_so_and_leaves_nothing(starter: Path) -> None:
    before = _output(build(starter).project)
    with subprocess.Popen(command(starter, "build"), stderr=subprocess.PIPE, text=True) as running:
        _wait_until(lambda: _writing(starter) or running.poll() is not None)
        running.send_signal(signal.SIGINT)
        told = running.communicate(timeout=_LONGEST)[1]
    assert running.returncode == 130
    assert told.endswith("Interrumpido.\n")
    assert differences(before, _output(starter)) == []
    assert _left_behind(starter) == []


def test_two_builds_at_once_leave_one_whole_site(starter: Path) -> None:
    expected = _output(build(starter).project)
    shutil.rmtree(starter / "build")
    running = [subprocess.Popen(command(starter, "build"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]  # fmt: skip
    told = [each.communicate(timeout=_LONGEST)[1] for each in running]
    assert [each.returncode for each in running] == [0, 0], told
    assert differences(expected, _output(starter)) == []
    assert _left_behind(starter) == []


_REPLACE = """
import sys
from pathlib import Path
from pauta.publish.folders import replacing, write_files
for turn in range(60):
    with replacing(Path(sys.argv[1])) as folder:
        write_files(folder, {f"{number}.txt": sys.argv[2] for number in range(20)})
"""


def test_many_writers_of_one_folder_never_mix(tmp_path: Path) -> None:
    target = tmp_path / "sitio"
    writers = [subprocess.Popen([sys.executable, "-c", _REPLACE, str(target), name], stderr=subprocess.PIPE, text=True) for name in "abc"]  # fmt: skip
    told = [each.communicate(timeout=_LONGEST)[1] for each in writers]
    assert [each.returncode for each in writers] == [0, 0, 0], told
    assert len(contents(target)) == 20
    assert len(set(contents(target).values())) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["sitio"]


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "listas"
    with replacing(target) as folder:
        write_files(folder, {"una.csv": "a", "dentro/otra.csv": "b"})

    def fails() -> None:
        with replacing(target) as folder:
            write_files(folder, {"tercera.csv": "c"})
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - any would do
        fails()
    assert contents(target) == {"dentro/otra.csv": b"b", "una.csv": b"a"}
    assert [path.name for path in tmp_path.iterdir()] == ["listas"]


def test_what_a_living_build_is_writing_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "site"
    mine = begin(target)
    other = begin(target)
    assert mine.is_dir()
    finish(other, target)
    discard(mine)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_web_server_may_read_what_is_published(starter: Path) -> None:
    build(starter)
    for name in ("site", "listas"):
        assert (starter / "build" / name).stat().st_mode & 0o755 == 0o755


# --- a project that cannot be built --------------------------------------------------------------


def _settings(starter: Path, change: Callable[[dict[str, object]], object]) -> None:
    file = starter / "mkdocs.yml"
    settings = yaml.safe_load(file.read_text("utf-8"))
    change(settings)
    file.write_text(yaml.safe_dump(settings), "utf-8")


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda p: (p / "mkdocs.yml").unlink(), "pauta init ."),
        (lambda p: (p / "mkdocs.yml").write_text("site_name: [sin cerrar"), "pauta init"),
        (lambda p: (p / "mkdocs.yml").write_text("- una lista"), "pauta init"),
        (lambda p: (p / "mkdocs.yml").write_text(""), "pauta init"),
        (lambda p: (p / "mkdocs.yml").write_bytes(b"site_name: \xff"), "pauta init"),
        (lambda p: _settings(p, lambda s: s.update(plugins=["search"])), "- pauta"),
        (lambda p: _settings(p, lambda s: s.update(plugins=["pauta", "no-existe"])), "no-existe"),
        (lambda p: _settings(p, lambda s: s.update(theme={"name": "no-existe"})), "no-existe"),
        (lambda p: _settings(p, lambda s: s.update(docs_dir="no-existe")), "no-existe"),
        (lambda p: set_visibility(p, "todos"), "visibilidad"),
    ],
    ids=["missing", "not-yaml", "a-list", "empty", "not-text", "no-pauta", "no-plugin", "no-theme", "no-docs", "no-level"],
)  # fmt: skip
def test_a_mkdocs_yml_that_cannot_be_used_says_what_to_do(
    starter: Path, broken: Callable[[Path], object], says: str
) -> None:
    broken(starter)
    told = pauta(starter, "build")
    assert told.returncode == 2, told.stderr
    assert "Qué hacer: " in told.stderr
    assert says in told.stderr
    assert "Traceback" not in told.stderr
    assert not (starter / "build").exists()


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{% for e in %}", "línea 1"),
        ("# {{ parte.title }}\n\n{{ nada.de_nada }}\n", "nada"),
        ('{% include "no_existe.jinja" %}', "no_existe.jinja"),
        ("# Título\n{{ 1 / 0 }}\n", "línea 2"),
        ("# T\udcedtulo", "UTF-8"),
    ],
    ids=["syntax", "undefined", "missing", "runtime", "not-utf-8"],
)
def test_an_error_in_the_companys_own_template_says_where(starter: Path, template: str, says: str) -> None:
    before = _output(build(starter).project)
    own = starter / "site" / "plantillas" / "secciones" / "alianzas.md.jinja"
    own.parent.mkdir(parents=True)
    own.write_text(template, "utf-8", "surrogateescape")
    told = pauta(starter, "build")
    assert told.returncode == 2, told.stderr
    assert "site/plantillas/secciones/alianzas.md.jinja" in told.stderr
    assert says in told.stderr
    assert "Qué hacer: " in told.stderr
    assert "Traceback" not in told.stderr
    assert differences(before, _output(starter)) == []


# --- what is the company's own -------------------------------------------------------------------


def test_the_companys_own_files_come_before_ours(starter: Path) -> None:
    own = {
        "site/plantillas/secciones/alianzas.md.jinja": "# Así lo escribimos aquí\n\n{{ datos.empresa.nombre }}\n",
        "site/contenido/guia/index.md": "# Nuestra propia guía\n",
        "site/contenido/imagenes/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        "site/contenido/avisos.md": "# Una página más\n",
        "site/contenido/control.md": "# Nuestro propio control\n",
    }
    for name, text in own.items():
        (starter / name).parent.mkdir(parents=True, exist_ok=True)
        (starter / name).write_text(text, "utf-8")
    built = build(starter)
    assert built.pages["secciones/alianzas.html"].heading == "Así lo escribimos aquí"
    assert built.pages["guia/index.html"].heading == "Nuestra propia guía"
    assert built.pages["avisos.html"].heading == "Una página más"
    assert (built.root / "imagenes/logo.svg").read_text("utf-8") == own["site/contenido/imagenes/logo.svg"]
    assert built.pages["control.html"].heading == "Nuestro propio control"
    assert pauta(starter, "render").returncode == 0
    for name in ("control.md", "guia/index.md", "imagenes/logo.svg"):
        assert (starter / "build/docs/paginas" / name).read_text("utf-8") == own[f"site/contenido/{name}"]
    assert built.pages["secciones/costo.html"].heading == "Costo del servicio"


def test_a_section_of_the_companys_own_has_its_page(starter: Path) -> None:
    (starter / "schema").mkdir()
    (starter / "schema" / "ubicaciones.schema.json").write_text(_OWN_SCHEMA, "utf-8")
    (starter / "manual" / "ubicaciones.yml").write_text(_OWN_SECTION, "utf-8")
    built = build(starter)
    page = built.pages["secciones/ubicaciones.html"]
    assert page.heading == "Ubicaciones"
    assert "Taller del centro" in page.article.text
    assert "ubicaciones-taller" in page.ids
    assert "guia/campos/ubicaciones.html" in built.pages
    assert "secciones/ubicaciones.html" in built.pages["secciones/index.html"].links()


_OWN_SCHEMA = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Ubicaciones",
  "description": "Dónde se atiende al cliente.",
  "x-seccion": { "orden": 90, "grupo": "Los medios", "obligatoria": false, "icono": "map-marker-outline" },
  "type": "object",
  "additionalProperties": false,
  "required": ["control", "ubicaciones"],
  "properties": {
    "control": { "$ref": "comun.schema.json#/$defs/control" },
    "ubicaciones": {
      "title": "Ubicaciones",
      "description": "Cada lugar donde se atiende.",
      "x-coleccion": "ubicaciones",
      "type": "array",
      "minItems": 1,
      "items": {
        "title": "Ubicación",
        "description": "Un lugar donde se atiende.",
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "nombre", "responsable"],
        "properties": {
          "id": { "title": "Identificador", "description": "Nombre corto y único.", "$ref": "comun.schema.json#/$defs/id" },
          "nombre": { "title": "Nombre", "description": "Cómo se llama.", "$ref": "comun.schema.json#/$defs/texto" },
          "responsable": { "title": "Responsable", "description": "Quién responde.", "x-ref": "roles", "$ref": "comun.schema.json#/$defs/id" }
        }
      }
    }
  }
}
"""

_OWN_SECTION = """\
control:
  responsable: zapatero
  ultima_revision: 2026-11-21
  revisar_cada: 1 año
  estado: vigente
ubicaciones:
  - id: taller
    nombre: Taller del centro
    responsable: zapatero
"""


def test_the_companys_own_words_in_mkdocs_yml_win(starter: Path) -> None:
    _settings(starter, lambda s: s.update(site_name='Manual "A&B" <1>', theme={"name": "material", "logo": "mi.svg"}))
    page = build(starter).pages["index.html"]
    assert page.title == 'Manual "A&B" <1>'
    assert any(image.attributes.get("src") == "mi.svg" for image in page.tree.all("img"))


def test_every_title_in_the_menu_reads_as_written(starter: Path) -> None:
    _edit(starter, "manual/manual.yml", "nombre: El Buen Paso", "nombre: <b>El Buen Paso</b> &amp;")
    page: HtmlPage = build(starter).pages["index.html"]
    assert "<b>El Buen Paso</b> &amp;" in page.tree.text


# --- what it says meanwhile ----------------------------------------------------------------------


def test_progress_shows_on_a_terminal(starter: Path) -> None:
    leader, follower = pty.openpty()
    with subprocess.Popen(command(starter, "build"), stdout=subprocess.DEVNULL, stderr=follower) as running:
        os.close(follower)
        said = _everything_said(leader)
    assert running.returncode == 0
    counts = [(int(done), int(total)) for done, total in re.findall(r"\r(\d+) de (\d+)", said)]
    assert [done for done, _ in counts] == list(range(1, len(counts) + 1))
    assert counts[-1][0] == counts[-1][1]


def _everything_said(terminal: int) -> str:
    said = b""
    while select.select([terminal], [], [], _LONGEST)[0]:
        try:
            more = os.read(terminal, 65536)
        except OSError:  # the other end was closed
            break
        if not more:
            break
        said += more
    os.close(terminal)
    return said.decode("utf-8")


def test_no_progress_goes_into_a_file(site: BuiltSite) -> None:
    assert "\r" not in site.told.stderr
    assert "\x1b" not in site.told.stderr
    assert site.told.stderr.splitlines()[-1] == "Ábralo con doble clic en el archivo, o con: pauta serve"
