"""What every page is made with: the manual, what is reckoned of it once for all, and the pages written so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment

from pauta.checklists import Checklist, all_checklists
from pauta.model import Entity, Manual, Part
from pauta.render import calculations, news
from pauta.render.control import Control, control_of
from pauta.render.environment import has_template
from pauta.render.formats import locale_of
from pauta.render.glossary import read_glossary
from pauta.render.html import apart
from pauta.render.page import Page, Site
from pauta.render.record import Record


@dataclass(frozen=True, slots=True, eq=False)
class Workshop:
    """Where the pages of one site are made."""

    site: Site
    environment: Environment
    record: Record
    lists: tuple[Checklist, ...]
    controls: Mapping[str, Control]
    """Section -> its control."""
    brought: list[news.News]
    """What each version brought, the newest first."""
    calculated: list[calculations.Shown]
    pages: dict[str, str] = field(default_factory=dict)
    """Path ending in .md -> Markdown of each page, in the order in which they were written."""

    @property
    def manual(self) -> Manual:
        """The manual as the readers of the site may read it."""
        return self.site.manual

    @property
    def identity(self) -> Part:
        """The section that says what manual this is; it signs the pages that are of no other."""
        return self.manual.parts["manual"]

    def on(self, path: str) -> Page:
        """What the template of a page may ask; the path ends in .md."""
        return Page(self.site, path.removesuffix(".md") + ".html")

    def write(self, path: str, template: str, part: Part, **context: Any) -> str:
        """Write a page under the control of a section, unless the context has another; returns its path."""
        context.setdefault("control", self.controls[part.name])
        text = self.environment.get_template(template).render(p=self.on(path), parte=part, **context)
        self.pages[path] = apart(text.lstrip())
        return path

    def template(self, own: str, common: str) -> str:
        """The name of a template of its own, if there is one, or that of the common one."""
        return own if has_template(self.environment, own) else common

    def entities(self, collection: str) -> list[Entity]:
        """The entities of a collection; what is said of services, in the order of the services."""
        found = list(self.manual.all(collection))
        if self.manual.spine.identified_by.get(collection) == "servicios":
            order = {name: position for position, name in enumerate(self.manual.entities.get("servicios", {}))}
            found.sort(key=lambda entity: order.get(entity.id, len(order)))
        return found


def open_workshop(manual: Manual, audience: str, record: Record, environment: Environment) -> Workshop:
    """A workshop in which no page has been written."""
    locale = locale_of(manual.parts["manual"].data["empresa"]["pais"])
    return Workshop(
        Site(manual, read_glossary(manual), locale, audience),
        environment,
        record,
        all_checklists(manual),
        {name: control_of(part, record.changes.get(name)) for name, part in manual.parts.items()},
        news.news_of(manual, record),
        calculations.shown(manual, audience),
    )
