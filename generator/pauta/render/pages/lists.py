"""The pages of the checklists: one a list, an index by what they are used for, and the files that they offer."""

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import groupby

from pauta.checklists import WRITERS, Checklist, Item, rules
from pauta.render import places
from pauta.render.navigation import Entry, Nav, branch
from pauta.render.page import Page
from pauta.render.workshop import Workshop

_DOWNLOADS = ("csv",)  # a Markdown file among the pages would be taken for a page


def list_pages(shop: Workshop) -> Entry:
    """A page a list, and their index."""
    groups = {use: tuple(lists) for use, lists in groupby(shop.lists, key=lambda each: each.use)}
    for each in shop.lists:
        _page(shop, each)
    index = shop.write("listas/index.md", "vistas/indice_listas.md.jinja", shop.identity, grupos=list(groups.items()))
    leaves: Nav = [(use, [(short_title(each), _path(each)) for each in lists]) for use, lists in groups.items()]
    return branch("Listas", ("Todas las listas", index), leaves)


def in_every_form(lists: Iterable[Checklist]) -> dict[str, str]:
    """File name -> content of the lists in all forms that there are."""
    return {each.id + writer.ending: writer.write(each) for each in lists for writer in WRITERS.values()}


def offered(files: Mapping[str, str]) -> dict[str, str]:
    """Path -> content of those files that the page of a list offers."""
    endings = tuple(WRITERS[name].ending for name in _DOWNLOADS)
    return {f"listas/{name}": text for name, text in files.items() if name.endswith(endings)}


def short_title(checklist: Checklist) -> str:
    """What a list is about, without saying again that it is a list."""
    about = checklist.title.partition(": ")[2] or checklist.title
    return about[0].upper() + about[1:]


def _page(shop: Workshop, each: Checklist) -> None:
    path = _path(each)
    home = shop.manual.parts.get(each.section, shop.identity)
    shop.write(
        path,
        "vistas/lista.md.jinja",
        home,
        lista=each,
        total=each.length,
        reglas=rules(each),
        fuente=home.at(),
        vigente=each.in_force_since.isoformat() if each.in_force_since else None,
        origen=partial(_origin, shop.on(path)),
        archivos=[(name.upper(), f"listas/{each.id}{WRITERS[name].ending}") for name in _DOWNLOADS],
    )


def _path(each: Checklist) -> str:
    return f"listas/{each.id}.md"


def _origin(page: Page, item: Item) -> str:
    """The address of the policy a point comes from."""
    manual = page.site.manual
    entity = manual.find(*item.source.key) if item.source.key else None
    if entity is not None:
        return page.url_of(entity)
    if item.source.section in manual.parts:
        return page.url(places.section_page(item.source.section))
    return page.url(f"guia/campos/{item.source.section}.html")
