"""A real browser, which reports what no test asked for: requests to elsewhere, errors, dialogs."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from built_site import BuiltSite
from hostile import Written
from requirements import require

DESKTOP, PHONE = 1280, 360
KINDS = {
    "front page": "index.html",
    "service": "servicios/instalacion.html",
    "role": "roles/asesor_atencion.html",
    "section from its schema": "secciones/proveedores.html",
    "section of services": "secciones/costo.html",
    "identity": "secciones/manual.html",
    "channels": "secciones/canales.html",
    "communication": "secciones/comunicacion.html",
    "indicators": "secciones/indicadores.html",
    "triangle": "secciones/triangulo.html",
    "complaints": "secciones/quejas.html",
    "decalogue": "secciones/decalogo.html",
    "glossary": "secciones/glosario.html",
    "services": "servicios/index.html",
    "roles": "roles/index.html",
    "checklists": "listas/index.html",
    "sections": "secciones/index.html",
    "checklist": "listas/lista_servicio_instalacion.html",
    "state": "estado.html",
    "control": "control.html",
    "guide": "guia/index.html",
    "fields": "guia/campos/index.html",
    "fields of a section": "guia/campos/oferta.html",
    "rules": "reglas/index.html",
    "rule": "reglas/costo-no-suma.html",
    "lines of a file": "fuente/manual/oferta/instalacion.yml.html",
    "not found": "404.html",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium, started once."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    require(path, "there is no Chromium here")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the log of a test is for what failed."""


@contextmanager
def _web(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def web(site: BuiltSite) -> Iterator[str]:
    """The address of the reference manual's site on a web server."""
    with _web(site.root) as address:
        yield address


@pytest.fixture(scope="session")
def hostile_web(hostile_site: tuple[BuiltSite, Written]) -> Iterator[str]:
    with _web(hostile_site[0].root) as address:
        yield address


@pytest.fixture(scope="session")
def folder(site: BuiltSite) -> str:
    """The address of the same site opened from a folder."""
    return site.root.as_uri() + "/"


@dataclass
class Watched:
    """A window, and what happened in it that must not."""

    window: Any
    allowed: tuple[str, ...]
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.window.on("request", lambda request: self._requested(request.url))
        self.window.on("console", lambda said: self._said(said.type, said.text))
        self.window.on("weberror", lambda error: self.trouble.append(f"error: {error.error}"))

    def page(self) -> Any:
        page = self.window.new_page()
        page.set_default_timeout(20_000)
        page.on("dialog", self._asked)
        return page

    def _requested(self, address: str) -> None:
        if not address.startswith((*self.allowed, "data:", "blob:", "about:")):
            self.trouble.append(f"request to elsewhere: {address}")

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.trouble.append(f"console: {text}")

    def _asked(self, dialog: Any) -> None:
        if dialog.type == "alert":
            self.trouble.append(f"a dialog opened: {dialog.message}")
            dialog.dismiss()
        else:
            dialog.accept() if self.agrees else dialog.dismiss()

    agrees: bool = False
    """What the reader answers when the page asks."""


@pytest.fixture
def window(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Watched]]:
    """Opens windows; the test fails if anything unasked for happened in one of them."""
    opened: list[Watched] = []

    def open_window(address: str, *, width: int = DESKTOP, dark: bool = False, **more: Any) -> Watched:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", locale="es-GT", **more
        )
        opened.append(Watched(context, (address,)))
        return opened[-1]

    yield open_window
    for each in opened:
        each.window.close()
    assert [trouble for each in opened for trouble in each.trouble] == []
