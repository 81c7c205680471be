"""The pages of the sections: each as its own template or the common one writes it, and an index by group."""

from pauta.model import Part
from pauta.render.illustrations import section_figures
from pauta.render.navigation import Entry, Nav
from pauta.render.workshop import Workshop
from pauta.spine import Section


def section_pages(shop: Workshop) -> Entry:
    """A page a section that the manual has, and their index."""
    groups: dict[str, list[Section]] = {}
    for part in shop.manual.parts.values():
        groups.setdefault(part.schema.group, []).append(part.schema)
        _page(shop, part)
    index = shop.write(
        "secciones/index.md", "vistas/indice_secciones.md.jinja", shop.identity, grupos=list(groups.items())
    )
    below: Nav = [("Todas las secciones", index)]
    for group, sections in groups.items():
        below.append((group, [(section.title, _path(section.name)) for section in sections]))
    return "Secciones", below


def _page(shop: Workshop, part: Part) -> None:
    path = _path(part.name)
    shop.write(
        path,
        shop.template(f"secciones/{part.name}.md.jinja", "secciones/_seccion.md.jinja"),
        part,
        seccion=part.schema,
        declarada=part.not_applicable,
        **section_figures(shop.manual, part, shop.on(path)),
    )


def _path(name: str) -> str:
    return f"secciones/{name}.md"
