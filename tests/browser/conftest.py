"""A real browser, which reports what no test asked for: requests to elsewhere, errors, dialogs."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from reader import DESKTOP, Watched

from built_site import BuiltSite
from historia import demonstrate
from hostile import Written
from requirements import require


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium, started once."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    require(path, "there is no Chromium here")
    require(find_spec("playwright"), "the tools of the tests are not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
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
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of ``make demo``: three released versions of the reference manual."""
    folder = tmp_path_factory.mktemp("demostracion") / "demo"
    demonstrate(folder)
    return folder


@pytest.fixture(scope="session")
def versions_web(demo: Path) -> Iterator[str]:
    with _web(demo) as address:
        yield address


@pytest.fixture(scope="session")
def folder(site: BuiltSite) -> str:
    """The address of the same site opened from a folder."""
    return site.root.as_uri() + "/"


@pytest.fixture
def window(chromium: Any) -> Iterator[Callable[..., Watched]]:
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
