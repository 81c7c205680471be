"""Every page of the site, in memory: which there are, in the order in which they are read.

How each kind of page is made is told in its own room of ``pages/``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pauta.load import Loaded
from pauta.model import Manual
from pauta.render.bulletin import files_of
from pauta.render.environment import make_environment, own_template_error
from pauta.render.formats import long_date
from pauta.render.navigation import Nav
from pauta.render.pages.front import front_page
from pauta.render.pages.guide import guide_pages
from pauta.render.pages.lists import in_every_form, list_pages, offered
from pauta.render.pages.news import news_pages
from pauta.render.pages.path import path_pages
from pauta.render.pages.roles import role_pages
from pauta.render.pages.sections import section_pages
from pauta.render.pages.services import service_pages
from pauta.render.pages.sources import source_pages
from pauta.render.pages.state import state_pages
from pauta.render.record import NO_RECORD, Record
from pauta.render.vocabulary import vocabulary
from pauta.render.workshop import Workshop, open_workshop


@dataclass(frozen=True, slots=True)
class Rendered:
    """A site before any engine builds it."""

    pages: Mapping[str, str]
    """Path ending in .md -> Markdown."""
    files: Mapping[str, str]
    """Path -> content of what is published as it is: the source of the manual, line by line."""
    downloads: Mapping[str, str]
    """Path -> content of the checklists that a page offers as a file."""
    lists: Mapping[str, str]
    """File name -> content of the checklists in every form."""
    nav: Nav
    facts: Mapping[str, str]
    """What the theme prints on every page: version, date in force, notice."""


def render_site(
    manual: Manual,
    original: Loaded,
    *,
    audience: str = "interno",
    own_templates: Path | None = None,
    record: Record = NO_RECORD,
) -> Rendered:
    """The pages of a manual without errors.

    ``manual`` holds what the audience may read; ``original`` the files as they are, for the pages
    that show their lines; ``record`` what the repository tells of its history.
    """
    shop = open_workshop(manual, audience, record, make_environment(own_templates))
    shop.environment.globals.update(vocabulary(shop))
    if own_templates is None:
        return _rendered(shop, original)
    try:
        return _rendered(shop, original)
    except Exception as problem:
        known = own_template_error(problem, own_templates)
        if known is None:
            raise
        raise known from problem


def _rendered(shop: Workshop, original: Loaded) -> Rendered:
    nav: Nav = [
        ("Inicio", front_page(shop)),
        service_pages(shop),
        *path_pages(shop),
        role_pages(shop),
        *news_pages(shop),
        list_pages(shop),
        section_pages(shop),
        state_pages(shop),
        guide_pages(shop),
    ]
    lists = in_every_form(shop.lists)
    return Rendered(
        pages=shop.pages,
        files={**dict(source_pages(shop, original)), **files_of(shop.manual, shop.brought, shop.site.locale)},
        downloads=offered(lists),
        lists=lists,
        nav=nav,
        facts=_facts(shop),
    )


def _facts(shop: Workshop) -> Mapping[str, str]:
    identity = shop.identity.data
    return {
        "titulo": identity["titulo"],
        "empresa": identity["empresa"]["nombre"],
        "version": identity["version"],
        "vigente_desde": long_date(identity["vigente_desde"], shop.site.locale),
        "aviso": identity.get("aviso", ""),
    }
