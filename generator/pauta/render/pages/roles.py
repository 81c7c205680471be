"""The pages of the roles: what each does and answers for, an index by area, and the sheets that they sign."""

from typing import Any

from pauta.model import Entity
from pauta.render import journey, places, role
from pauta.render.navigation import Entry, branch
from pauta.render.sheet import sheet_of
from pauta.render.workshop import Workshop


def role_pages(shop: Workshop) -> Entry:
    """A page a role, their index and their sheets; nothing below the heading where no role is named."""
    if "roles" not in shop.manual.parts:
        return "Roles", []
    part = shop.manual.parts["roles"]
    areas: dict[str, list[Entity]] = {}
    leaves = []
    for each in shop.manual.all("roles"):
        path = f"roles/{each.id}.md"
        shop.write(path, "vistas/rol.md.jinja", part, rol=each, **_gathered(shop, each, path))
        areas.setdefault(each["area"], []).append(each)
        leaves.append((shop.manual.title(each), path))
    index = shop.write("roles/index.md", "vistas/indice_roles.md.jinja", part, areas=list(areas.items()))
    return branch("Puestos", ("Todos los puestos", index), [*leaves, _sheets(shop)])


def _gathered(shop: Workshop, each: Entity, path: str) -> dict[str, Any]:
    """What the template of a role shows."""
    manual, page = shop.manual, shop.on(path)
    return {
        "escalera": role.ladder(manual, each),
        "me_escalan": role.escalate_to(manual, each),
        "servicios": role.services(manual, each),
        "pasos": role.steps(manual, each),
        "indicadores": role.indicators(manual, each),
        "momentos": journey.moments_of_role(manual, each),
        "relojes": journey.clocks_of_role(manual, each),
        "protocolos": journey.protocols_of_role(manual, each),
        "capacitacion": journey.training_of_role(manual, each),
        "mensajes": role.messages(page, each),
        "respondo": role.answers_for(page, each),
        "secciones": [shop.controls[name] for name in role.owned_sections(manual, each)],
        "listas": [(mine, places.list_page(mine.id)) for mine in role.lists(manual, each, shop.lists)],
    }


def _sheets(shop: Workshop) -> Entry:
    """The sheet that each role signs."""
    return "Hojas de acuse", [(shop.manual.title(each), _sheet(shop, each)) for each in shop.entities("roles")]


def _sheet(shop: Workshop, each: Entity) -> str:
    return shop.write(
        f"acuses/{each.id}.md",
        "vistas/acuse.md.jinja",
        shop.manual.parts["roles"],
        rol=each,
        hoja=sheet_of(shop.manual, each),
    )
