"""The pages of the services: each gathers what every section says of one, and an index by family."""

from markupsafe import Markup

from pauta.model import Entity
from pauta.render import places
from pauta.render.navigation import Entry, branch
from pauta.render.service import families, gathered, gathered_control
from pauta.render.workshop import Workshop


def service_pages(shop: Workshop) -> Entry:
    """A page a service, and their index; nothing below the heading where no service is named."""
    if "nomenclatura" not in shop.manual.parts:
        return "Servicios", []
    part = shop.manual.parts["nomenclatura"]
    leaves = [(str(service["nombre_corto"]), _page(shop, service)) for service in shop.manual.all("servicios")]
    index = shop.write("servicios/index.md", "vistas/indice_servicios.md.jinja", part, familias=families(shop.manual))
    return branch("Servicios", ("Todos los servicios", index), leaves)


def _page(shop: Workshop, service: Entity) -> str:
    path = f"servicios/{service.id}.md"
    return shop.write(
        path,
        "vistas/servicio.md.jinja",
        shop.manual.parts["nomenclatura"],
        servicio=service,
        control=gathered_control(shop.manual, service, shop.controls),
        lista=_list_of(shop, service),
        bloques=_blocks(shop, service, path),
    )


def _list_of(shop: Workshop, service: Entity) -> str | None:
    return next((places.list_page(each.id) for each in shop.lists if each.service == service.id), None)


def _blocks(shop: Workshop, service: Entity, path: str) -> list[Markup]:
    """What each section says of a service, through its own block or the common one."""
    page = shop.on(path)
    blocks = []
    for section, groups in gathered(shop.manual, service):
        template = shop.template(f"servicio/{section.name}.jinja", "servicio/_seccion.jinja")
        text = shop.environment.get_template(template).render(p=page, seccion=section, grupos=groups)
        blocks.append(Markup(text))  # noqa: S704 - a template escapes every value
    return blocks
