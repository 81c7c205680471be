"""``pauta serve``: the page follows what is saved, and outlives a mistake."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from built_site import command
from helpers import TODAY
from pauta.scaffold import scaffold

_LONGEST = 90
"""Seconds after which something that should have happened has not."""


@dataclass
class Preview:
    """A running preview of a small manual."""

    project: Path
    port: int
    process: "subprocess.Popen[str]"
    log: Path

    def page(self, path: str = "index.html") -> str:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=_LONGEST) as answer:
                return str(answer.read().decode("utf-8"))
        except URLError:
            return ""

    def shows(self, text: str, path: str = "index.html") -> None:
        self._wait_for(lambda page: text in page, path)

    def stops_showing(self, text: str, path: str = "index.html") -> None:
        self._wait_for(lambda page: bool(page) and text not in page, path)

    def says(self, text: str) -> None:
        deadline = time.monotonic() + _LONGEST
        while text not in self.log.read_text("utf-8"):
            assert time.monotonic() < deadline, self.log.read_text("utf-8")
            time.sleep(0.1)

    def _wait_for(self, right: Callable[[str], bool], path: str) -> None:
        deadline = time.monotonic() + _LONGEST
        while not right(self.page(path)):
            assert self.process.poll() is None, self.log.read_text("utf-8")
            assert time.monotonic() < deadline, self.log.read_text("utf-8")
            time.sleep(0.2)

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.project / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    scaffold(tmp_path / "proyecto", today=TODAY)
    return tmp_path / "proyecto"


@pytest.fixture
def preview(project: Path) -> Iterator[Preview]:
    yield from _serving(project)


def _serving(project: Path) -> Iterator[Preview]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    log = project.parent / "dicho.txt"
    with (
        log.open("w", encoding="utf-8") as said,
        subprocess.Popen(
            command(project, "serve", "--port", str(port)), stdout=said, stderr=said, text=True
        ) as process,
    ):
        try:
            yield Preview(project, port, process, log)
        finally:
            process.terminate()
            process.wait(_LONGEST)


_NAME, _OTHER = "nombre: El Buen Paso", "nombre: El Mejor Paso"
_MISTAKE = ("estado: vigente ", "estado: vigentísimo ")


def test_a_saved_policy_shows(preview: Preview) -> None:
    preview.shows("El Buen Paso")
    assert "livereload" in preview.page()
    preview.edit("manual/manual.yml", _NAME, _OTHER)
    preview.shows("El Mejor Paso")


def test_a_broken_policy_keeps_the_last_good_pages_until_it_is_mended(preview: Preview) -> None:
    preview.shows("El Buen Paso")
    preview.edit("manual/manual.yml", _NAME, _OTHER)
    preview.edit("manual/manual.yml", *_MISTAKE)
    preview.shows("pt-hallazgos")
    shown = preview.page()
    assert re.search(r"manual/manual\.yml:\d+:\d+ error", shown)
    assert "vigentísimo" in shown
    assert "El Buen Paso" in shown
    assert "pt-hallazgos" in preview.page("secciones/oferta.html")
    preview.says("vigentísimo")
    preview.edit("manual/manual.yml", *reversed(_MISTAKE))
    preview.stops_showing("pt-hallazgos")
    assert "El Mejor Paso" in preview.page()
    preview.says("ya no tiene errores")


def test_a_file_that_cannot_be_read_does_not_end_the_preview(preview: Preview) -> None:
    preview.shows("El Buen Paso")
    offer = preview.project / "manual" / "oferta.yml"
    good = offer.read_text("utf-8")
    for text in ("titulo: [sin cerrar", ""):
        offer.write_text(text, "utf-8")
        preview.shows("pt-hallazgos")
        assert "El Buen Paso" in preview.page()
        offer.write_text(good, "utf-8")
        preview.stops_showing("pt-hallazgos")


def test_a_manual_broken_from_the_start_shows_what_is_wrong(project: Path) -> None:
    manual = project / "manual" / "manual.yml"
    manual.write_text(manual.read_text("utf-8").replace(*_MISTAKE), "utf-8")
    for preview in _serving(project):
        preview.shows("pt-hallazgos")
        assert "vigentísimo" in preview.page()
        preview.says("vigentísimo")
        preview.edit("manual/manual.yml", *reversed(_MISTAKE))
        preview.shows("El Buen Paso")
        preview.stops_showing("pt-hallazgos")


def test_a_saved_template_and_a_saved_schema_show(project: Path) -> None:
    template = project / "site" / "plantillas" / "secciones" / "alianzas.md.jinja"
    template.parent.mkdir(parents=True)
    template.write_text("# Primera manera\n", "utf-8")
    (project / "schema").mkdir()
    for preview in _serving(project):
        preview.shows("Primera manera", "secciones/alianzas.html")
        template.write_text("# {{ 1 / 0 }}\n", "utf-8")
        preview.shows("pt-hallazgos", "secciones/alianzas.html")
        assert "alianzas.md.jinja" in preview.page("secciones/alianzas.html")
        template.write_text("# Segunda manera\n", "utf-8")
        preview.shows("Segunda manera", "secciones/alianzas.html")
        (project / "schema" / "sedes.schema.json").write_text("{", "utf-8")
        preview.shows("sedes.schema.json")
        (project / "schema" / "sedes.schema.json").unlink()
        preview.stops_showing("sedes.schema.json")


def test_a_busy_port_says_what_to_do(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = subprocess.run(
            command(project, "serve", "--port", str(taken.getsockname()[1])),
            capture_output=True, text=True, check=False, timeout=_LONGEST,
        )  # fmt: skip
    assert told.returncode == 2, told.stderr
    assert "--port" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_it_ends_quietly_when_told_to(preview: Preview) -> None:
    preview.shows("El Buen Paso")
    preview.process.send_signal(2)
    preview.process.wait(_LONGEST)
    assert "Traceback" not in preview.log.read_text("utf-8")
    assert sorted(path.name for path in preview.project.iterdir() if path.name == "build") == []
