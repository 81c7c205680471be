"""The pages of the customer's path: what has a page for itself and no other place in the menu."""

from collections.abc import Iterator
from dataclasses import dataclass

from pauta.model import Entity
from pauta.render import journey, places
from pauta.render.illustrations import entity_figures
from pauta.render.navigation import Entry, branch
from pauta.render.workshop import Workshop

_ELSEWHERE = frozenset({"servicios", "roles"})
"""Collections with pages that have their own place in the menu."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Things with pages of their own, as the index of the customer's path shows them."""

    titulo: str
    descripcion: str
    icono: str
    entidades: list[Entity]


def path_pages(shop: Workshop) -> Iterator[Entry]:
    """A page for each moment, protocol, kind of customer…, and their index; nothing where there are none."""
    groups, below = [], list[Entry]()
    for collection in shop.manual.spine.page_folders:
        entities = shop.entities(collection)
        if collection in _ELSEWHERE or not entities:
            continue
        for entity in entities:
            _page(shop, entity)
        leaves = journey.navigation(shop.manual, collection)
        if leaves:
            groups.append(_group(shop, collection, entities))
            below.append((groups[-1].titulo, leaves))
    if groups:
        index = shop.write("camino/index.md", "vistas/indice_camino.md.jinja", shop.identity, grupos=groups)
        yield branch("Camino", ("El camino del cliente", index), below)


def _group(shop: Workshop, collection: str, entities: list[Entity]) -> _Group:
    section, _ = shop.manual.spine.collections[collection]
    list_ = next(field for _, field in section.root.walk() if field.collection == collection)
    return _Group(list_.title, list_.description, section.icon, entities)


def _page(shop: Workshop, entity: Entity) -> None:
    path = places.own_page(shop.manual, entity).removesuffix(".html") + ".md"
    template = shop.template(f"vistas/{entity.collection}.md.jinja", "vistas/_entidad.md.jinja")
    figures = entity_figures(shop.manual, entity, shop.on(path))
    shop.write(path, template, shop.manual.parts[entity.section], e=entity, figuras=figures)
