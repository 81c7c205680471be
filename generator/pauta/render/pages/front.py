"""The front page: the services, what manual this is, and how much of it is met."""

from pauta.render.pages.state import percentage
from pauta.render.workshop import Workshop


def front_page(shop: Workshop) -> str:
    """The path of the page on which readers arrive."""
    return shop.write(
        "index.md",
        "vistas/portada.md.jinja",
        shop.identity,
        servicios=list(shop.manual.services()),
        campos=shop.identity.schema.root.children,
        porcentaje=percentage(shop.manual),
    )
