"""What a reader has before them: the kinds of page, a window that notes trouble, the search."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

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
    "path": "camino/index.html",
    "moments": "secciones/momentos.html",
    "cycle": "ciclos/ci_wifi.html",
    "moment": "momentos/mo_contratar_visita.html",
    "protocol": "protocolos/pt_cliente_insatisfecho.html",
    "segment": "segmentos/seg_familia.html",
    "hard customer": "tipos-de-cliente/tc_sumiso.html",
    "agreements": "secciones/ans.html",
    "strategy": "secciones/estrategia.html",
    "culture": "secciones/cultura.html",
    "evaluation": "secciones/evaluacion.html",
    "decalogue": "secciones/decalogo.html",
    "glossary": "secciones/glosario.html",
    "services": "servicios/index.html",
    "roles": "roles/index.html",
    "checklists": "listas/index.html",
    "sections": "secciones/index.html",
    "checklist": "listas/lista_servicio_instalacion.html",
    "mystery shopper": "listas/lista_comprador_misterioso.html",
    "report card": "listas/lista_libreta.html",
    "calculations": "calculos/index.html",
    "calculation": "calculos/capacidad.cap_telefono.html",
    "state": "estado.html",
    "control": "control.html",
    "changes": "secciones/cambios.html",
    "sheet to sign": "acuses/encargado_bodega.html",
    "guide": "guia/index.html",
    "fields": "guia/campos/index.html",
    "fields of a section": "guia/campos/oferta.html",
    "rules": "reglas/index.html",
    "rule": "reglas/costo-no-suma.html",
    "lines of a file": "fuente/manual/oferta/instalacion.yml.html",
    "not found": "404.html",
}
"""A page of every kind; of those alike, one of the shorter."""


@dataclass
class Watched:
    """A window, and what happened in it that must not."""

    window: Any
    allowed: tuple[str, ...]
    agrees: bool = False
    """What the reader answers when the page asks."""
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.window.on("request", lambda request: self._requested(request.url))
        self.window.on("response", lambda response: self._answered(response.url, response.status))
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

    def _answered(self, address: str, status: int) -> None:
        if status >= HTTPStatus.BAD_REQUEST:
            self.trouble.append(f"{status}: {address}")

    def _said(self, kind: str, text: str) -> None:
        if kind == "error":
            self.trouble.append(f"console: {text}")

    def _asked(self, dialog: Any) -> None:
        if dialog.type == "alert":
            self.trouble.append(f"a dialog opened: {dialog.message}")
            dialog.dismiss()
        else:
            dialog.accept() if self.agrees else dialog.dismiss()


Open = Callable[..., Watched]
"""Opens a window on an address."""


def search(page: Any, words: str) -> list[str]:
    """Look for words, all at once, and read the titles of the pages found."""
    _ask(page, "", "Escriba lo que busca")
    _ask(page, words, "encontr")
    return list(page.locator(".md-search-result__item h1").all_inner_texts())


def _ask(page: Any, words: str, answer: str) -> None:
    query = page.locator("[data-md-component=search-query]")
    query.focus()
    query.fill(words)
    query.dispatch_event("keyup")
    said = "document.querySelector('.md-search-result__meta').textContent"
    page.wait_for_function(f"answer => {said}.includes(answer)", arg=answer)
