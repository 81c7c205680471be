"""Which page a thing is on. Pages are .html files, so that the site opens from a folder too."""

from pauta.model import Entity, Manual


def section_page(section: str) -> str:
    """The page of a section."""
    return f"secciones/{section}.html"


def source_page(path: str) -> str:
    """The page that shows a file of the manual line by line."""
    return f"fuente/{path}.html"


def list_page(list_id: str) -> str:
    """The page of a checklist."""
    return f"listas/{list_id}.html"


def rule_page(rule_id: str) -> str:
    """The page of a rule."""
    return f"reglas/{rule_id}.html"


def anchor(entity: Entity) -> str:
    """The anchor of an entity on its page."""
    return anchor_for(entity.collection, entity.id)


def anchor_for(collection: str, name: str) -> str:
    """The anchor of what a name means in a collection."""
    return f"{collection}-{name}".replace("_", "-")


def page_of(manual: Manual, entity: Entity) -> tuple[str, str]:
    """The page of an entity and its anchor there; no anchor when the page is its own.

    What is said of a service (its offer, its cost) is on the service's page; what is written inside
    an entity with a page of its own, a step of a protocol, is on that page.
    """
    owner = _with_own_page(manual, entity) or service_of(manual, entity)
    if owner is entity:
        return own_page(manual, entity), ""
    return own_page(manual, owner) if owner else section_page(entity.section), anchor(entity)


def own_page(manual: Manual, entity: Entity) -> str:
    """The page that an entity has for itself, for collections that have one."""
    return f"{manual.spine.page_folders[entity.collection]}/{entity.id}.html"


def _with_own_page(manual: Manual, entity: Entity) -> Entity | None:
    """The entity, or the one that holds it, that has a page of its own."""
    here: Entity | None = entity
    while here is not None and here.collection not in manual.spine.page_folders:
        here = here.parent
    return here


def service_of(manual: Manual, entity: Entity) -> Entity | None:
    """The service that an entity, or one that holds it, is about."""
    here: Entity | None = entity
    while here is not None:
        about = manual.about(here)
        if about is not None and about.collection == "servicios":
            return about
        here = here.parent
    return None


def relative(page: str, target: str, anchor_: str = "") -> str:
    """The address of a page as seen from another."""
    here, there = page.split("/")[:-1], target.split("/")
    while here and len(there) > 1 and here[0] == there[0]:
        del here[0], there[0]
    path = "/".join([".."] * len(here) + there)
    return f"{path}#{anchor_}" if anchor_ else path
