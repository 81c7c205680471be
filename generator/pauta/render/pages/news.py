"""The pages of the news: what each version brought, for everybody and for each role."""

from collections.abc import Iterator

from pauta.render.bulletin import message
from pauta.render.navigation import Entry, Nav, branch
from pauta.render.news import News
from pauta.render.workshop import Workshop


def news_pages(shop: Workshop) -> Iterator[Entry]:
    """A page a version, one a role, and their index; nothing where there is no history."""
    if not shop.brought:
        return
    latest = [(each, len(shop.brought[0].of_role(each))) for each in shop.entities("roles")]
    index = shop.write("novedades/index.md", "vistas/novedades.md.jinja", shop.identity, puestos=latest)
    versions: Nav = [(f"Versión {each.version}", _version(shop, each)) for each in shop.brought]
    yield branch("Novedades", ("Todas las novedades", index), [*versions, ("Por puesto", _of_roles(shop))])


def _version(shop: Workshop, each: News) -> str:
    roles = ((role, len(each.of_role(role))) for role in shop.entities("roles"))
    return shop.write(
        each.page.removesuffix(".html") + ".md",
        "vistas/novedades_version.md.jinja",
        shop.identity,
        n=each,
        puestos=[(role, count) for role, count in roles if count or each.must_sign(role)],
        mensaje=message(shop.manual, each, shop.site.locale),
    )


def _of_roles(shop: Workshop) -> Nav:
    part = shop.manual.parts.get("roles", shop.identity)
    return [
        (
            shop.manual.title(each),
            shop.write(f"novedades/rol/{each.id}.md", "vistas/novedades_rol.md.jinja", part, rol=each),
        )
        for each in shop.entities("roles")
    ]
