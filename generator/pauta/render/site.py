"""Every page of the site, in memory: path -> text, and the tree that leads to them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from pauta.check import RULES_BY_KIND
from pauta.check.completeness import by_section, by_service, next_steps
from pauta.checklists import WRITERS, Checklist, Item, all_checklists
from pauta.figures import complaint_flow, service_triangle
from pauta.load import Loaded
from pauta.model import Entity, Manual, Part
from pauta.nearest import plain
from pauta.render import places, role
from pauta.render.audience import hidden_spans
from pauta.render.columns import NUMERIC, summary_columns
from pauta.render.control import Control, control_of
from pauta.render.environment import has_template, make_environment, own_template_error
from pauta.render.field_guide import field_groups, how_to_write
from pauta.render.formats import locale_of, long_date
from pauta.render.glossary import read_glossary
from pauta.render.html import apart
from pauta.render.navigation import Nav, branch
from pauta.render.page import Page, Site
from pauta.render.service import families, gathered, gathered_control
from pauta.render.source import render_source
from pauta.spine import Section

_STEPS_SHOWN = 12
_DOWNLOADS = ("csv",)  # a Markdown file among the pages would be taken for a page


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
    manual: Manual, original: Loaded, *, audience: str = "interno", own_templates: Path | None = None
) -> Rendered:
    """The pages of a manual without errors.

    ``manual`` holds what the audience may read; ``original`` the files as they are, for the pages
    that show their lines.
    """
    rendering = _Rendering(manual, original, audience, make_environment(own_templates))
    if own_templates is None:
        return rendering.run()
    try:
        return rendering.run()
    except Exception as problem:
        known = own_template_error(problem, own_templates)
        if known is None:
            raise
        raise known from problem


@dataclass(slots=True)
class _Rendering:
    manual: Manual
    original: Loaded
    audience: str
    environment: Environment
    pages: dict[str, str] = field(default_factory=dict)
    site: Site = field(init=False)
    lists: tuple[Checklist, ...] = field(init=False)
    controls: dict[str, Control] = field(init=False)

    def __post_init__(self) -> None:
        identity = self.manual.parts["manual"].data
        locale = locale_of(identity["empresa"]["pais"])
        self.site = Site(self.manual, read_glossary(self.manual), locale, self.audience)
        self.lists = all_checklists(self.manual)
        self.controls = {name: control_of(part) for name, part in self.manual.parts.items()}
        self.environment.globals.update(
            manual=self.manual,
            spine=self.manual.spine,
            datos=identity,
            version=identity["version"],
            entidades=self._entities,
            de_servicios=self._about_services(),
            numericos=NUMERIC,
            clave=self.manual.spine.keys.__getitem__,
            columnas_de_resumen=summary_columns,
            titulo_corto=short_title,
            por_letra=by_letter,
            campo_no_aplica=self.manual.spine.not_applicable.root.children["no_aplica"],
        )

    def run(self) -> Rendered:
        identity = self.manual.parts["manual"].data
        nav: Nav = [
            ("Inicio", self._front_page()),
            self._services(),
            self._roles(),
            self._checklists(),
            self._sections(),
            self._state(),
            self._guide(),
        ]
        lists = {each.id + writer.ending: writer.write(each) for each in self.lists for writer in WRITERS.values()}
        offered = tuple(WRITERS[name].ending for name in _DOWNLOADS)
        return Rendered(
            pages=self.pages,
            files=dict(self._sources()),
            lists=lists,
            downloads={f"listas/{name}": text for name, text in lists.items() if name.endswith(offered)},
            nav=nav,
            facts={
                "titulo": identity["titulo"],
                "empresa": identity["empresa"]["nombre"],
                "version": identity["version"],
                "vigente_desde": long_date(identity["vigente_desde"], self.site.locale),
                "aviso": identity.get("aviso", ""),
            },
        )

    # --- one method a kind of page -------------------------------------------------------------

    def _front_page(self) -> str:
        part = self.manual.parts["manual"]
        return self._page(
            "index.md",
            "vistas/portada.md.jinja",
            part,
            servicios=list(self.manual.services()),
            campos=part.schema.root.children,
            porcentaje=self._percentage(),
        )

    def _services(self) -> tuple[str, "str | Nav"]:
        if "nomenclatura" not in self.manual.parts:
            return "Servicios", []
        part = self.manual.parts["nomenclatura"]
        leaves = []
        for service in self.manual.all("servicios"):
            path = f"servicios/{service.id}.md"
            self._page(
                path,
                "vistas/servicio.md.jinja",
                part,
                servicio=service,
                control=gathered_control(self.manual, service, self.controls),
                lista=self._list_of(service),
                bloques=self._blocks(service, path),
            )
            leaves.append((str(service["nombre_corto"]), path))
        index = self._page(
            "servicios/index.md", "vistas/indice_servicios.md.jinja", part, familias=families(self.manual)
        )
        return branch("Servicios", ("Todos los servicios", index), leaves)

    def _blocks(self, service: Entity, path: str) -> list[Markup]:
        """What each section says of a service, through its own block or the common one."""
        page = self._on(path)
        blocks = []
        for section, groups in gathered(self.manual, service):
            own = f"servicio/{section.name}.jinja"
            template = own if has_template(self.environment, own) else "servicio/_seccion.jinja"
            text = self.environment.get_template(template).render(p=page, seccion=section, grupos=groups)
            blocks.append(Markup(text))  # noqa: S704 - a template escapes every value
        return blocks

    def _roles(self) -> tuple[str, "str | Nav"]:
        if "roles" not in self.manual.parts:
            return "Roles", []
        part = self.manual.parts["roles"]
        areas: dict[str, list[Entity]] = {}
        leaves = []
        for each in self.manual.all("roles"):
            path = f"roles/{each.id}.md"
            self._page(path, "vistas/rol.md.jinja", part, rol=each, **self._role(each, path))
            areas.setdefault(each["area"], []).append(each)
            leaves.append((self.manual.title(each), path))
        index = self._page("roles/index.md", "vistas/indice_roles.md.jinja", part, areas=list(areas.items()))
        return branch("Puestos", ("Todos los puestos", index), leaves)

    def _role(self, each: Entity, path: str) -> dict[str, Any]:
        manual, page = self.manual, self._on(path)
        services = role.services(manual, each)
        mine = {service.id for service, _ in services}
        owned = role.owned_sections(manual, each)
        general = {"quejas": bool(self._named_in(each, "quejas")), "manual": bool(owned), "decalogo": True}
        return {
            "escalera": role.ladder(manual, each),
            "me_escalan": role.escalate_to(manual, each),
            "servicios": services,
            "pasos": role.steps(manual, each),
            "indicadores": role.indicators(manual, each),
            "mensajes": role.messages(page, each),
            "respondo": role.answers_for(page, each),
            "secciones": [self.controls[name] for name in owned],
            "listas": [
                (each_list, places.list_page(each_list.id))
                for each_list in self.lists
                if (each_list.service in mine if each_list.service else general.get(each_list.kind, False))
            ],
        }

    def _named_in(self, entity: Entity, section: str) -> list[object]:
        return [reference for reference in self.manual.to(entity) if reference.section == section]

    def _checklists(self) -> tuple[str, "str | Nav"]:
        part = self.manual.parts["manual"]
        leaves = []
        for each in self.lists:
            path = f"listas/{each.id}.md"
            home = self.manual.parts.get(_home(each), part)
            page = self._on(path)
            self._page(
                path,
                "vistas/lista.md.jinja",
                home,
                lista=each,
                total=each.length,
                fuente=home.at(),
                vigente=each.in_force_since.isoformat() if each.in_force_since else None,
                origen=lambda item, page=page: self._origin(page, item),
                archivos=[(name.upper(), f"listas/{each.id}{WRITERS[name].ending}") for name in _DOWNLOADS],
            )
            leaves.append((short_title(each), path))
        groups = [
            ("Por servicio", [each for each in self.lists if each.service]),
            ("De toda la empresa", [each for each in self.lists if not each.service]),
        ]
        index = self._page("listas/index.md", "vistas/indice_listas.md.jinja", part, grupos=[g for g in groups if g[1]])
        return branch("Listas", ("Todas las listas", index), leaves)

    def _origin(self, page: Page, item: Item) -> str:
        """The address of the policy a point comes from."""
        entity = self.manual.find(*item.source.key) if item.source.key else None
        if entity is not None:
            return page.url_of(entity)
        if item.source.section in self.manual.parts:
            return page.url(places.section_page(item.source.section))
        return page.url(f"guia/campos/{item.source.section}.html")

    def _sections(self) -> tuple[str, "str | Nav"]:
        groups: dict[str, list[Section]] = {}
        for name, part in self.manual.parts.items():
            groups.setdefault(part.schema.group, []).append(part.schema)
            own = f"secciones/{name}.md.jinja"
            template = own if has_template(self.environment, own) else "secciones/_seccion.md.jinja"
            self._page(
                f"secciones/{name}.md",
                template,
                part,
                seccion=part.schema,
                declarada=part.not_applicable,
                **self._figures(part),
            )
        index = self._page(
            "secciones/index.md",
            "vistas/indice_secciones.md.jinja",
            self.manual.parts["manual"],
            grupos=list(groups.items()),
        )
        below: Nav = [("Todas las secciones", index)]
        for group, sections in groups.items():
            below.append((group, [(section.title, f"secciones/{section.name}.md") for section in sections]))
        return "Secciones", below

    def _figures(self, part: Part) -> dict[str, Markup]:
        page = self._on(f"secciones/{part.name}.md")
        if part.not_applicable is not None:
            return {}
        if part.name == "triangulo":
            return {"figura_triangulo": Markup(service_triangle(self.manual, lambda vertex: f"#{vertex}"))}  # noqa: S704 - figures escape their texts
        if part.name == "quejas" and "manejo" in part.data:
            return {"figura_quejas": Markup(complaint_flow(self.manual, page.url_of))}  # noqa: S704
        return {}

    def _state(self) -> tuple[str, "str | Nav"]:
        part = self.manual.parts["manual"]
        sections, services = by_section(self.manual), by_service(self.manual)
        state = self._page(
            "estado.md",
            "vistas/estado.md.jinja",
            part,
            por_seccion=sections,
            por_servicio=services,
            siguientes=next_steps(self.manual, _STEPS_SHOWN),
            porcentaje=self._percentage(),
            controles=self.controls,
            cumplidos=sum(row.met for row in sections),
            total=sum(row.total for row in sections),
        )
        control = self._page("control.md", "vistas/control.md.jinja", part, secciones=list(self.controls.values()))
        return "Estado", [("Estado del manual", state), ("Control de versiones", control)]

    def _percentage(self) -> int:
        rows = by_section(self.manual)
        total = sum(row.total for row in rows)
        return sum(row.met for row in rows) * 100 // total if total else 0

    def _guide(self) -> tuple[str, "str | Nav"]:
        part = self.manual.parts["manual"]
        fields: list[tuple[str, str | Nav]] = [
            ("Campos de cada sección", self._fields_index(part)),
        ]
        for section in self.manual.spine.sections.values():
            path = f"guia/campos/{section.name}.md"
            self._page(
                path,
                "vistas/guia_campos.md.jinja",
                self.manual.parts.get(section.name, part),
                seccion=section,
                grupos_de_campos=field_groups,
                como_se_escribe=how_to_write,
            )
            fields.append((section.title, path))
        rules: list[tuple[str, str | Nav]] = [
            (
                "Reglas de la revisión",
                self._page("reglas/index.md", "vistas/indice_reglas.md.jinja", part, grupos=RULES_BY_KIND),
            ),
        ]
        for kind, group in RULES_BY_KIND.items():
            for rule in group:
                self._page(f"reglas/{rule.id}.md", "vistas/regla.md.jinja", part, regla=rule)
            rules.append((kind, [(rule.title, f"reglas/{rule.id}.md") for rule in group]))
        return "Guía", [("Cómo se edita el manual", "guia/index.md"), ("Campos", fields), ("Reglas", rules)]

    def _fields_index(self, part: Part) -> str:
        """The way to the fields of each section, and those that all sections share."""
        shared = self.manual.spine.not_applicable.root.children.values()
        return self._page(
            "guia/campos/index.md",
            "vistas/indice_campos.md.jinja",
            part,
            comunes=list(shared),
            como_se_escribe=how_to_write,
        )

    def _sources(self) -> Iterator[tuple[str, str]]:
        for name, documents in self.original.documents.items():
            section = self.manual.spine.sections[name]
            for document in documents:
                spans = hidden_spans(document, section, self.audience)
                yield places.source_page(document.path), render_source(document, name, section.title, spans)

    # --- what pages are made with ----------------------------------------------------------------

    def _on(self, path: str) -> Page:
        return Page(self.site, path.removesuffix(".md") + ".html")

    def _page(self, path: str, template: str, part: Part, **context: Any) -> str:
        context.setdefault("control", self.controls[part.name])
        text = self.environment.get_template(template).render(p=self._on(path), parte=part, **context)
        self.pages[path] = apart(text.lstrip())
        return path

    def _list_of(self, service: Entity) -> str | None:
        return next((places.list_page(each.id) for each in self.lists if each.service == service.id), None)

    def _entities(self, collection: str) -> list[Entity]:
        """The entities of a collection; what is said of services, in the order of the services."""
        found = list(self.manual.all(collection))
        if self.manual.spine.identified_by.get(collection) == "servicios":
            order = {name: position for position, name in enumerate(self.manual.entities.get("servicios", {}))}
            found.sort(key=lambda entity: order.get(entity.id, len(order)))
        return found

    def _about_services(self) -> frozenset[str]:
        return frozenset(name for name, other in self.manual.spine.identified_by.items() if other == "servicios")


def short_title(checklist: Checklist) -> str:
    """What a list is about, without saying again that it is a list."""
    about = checklist.title.partition(": ")[2] or checklist.title
    return about[0].upper() + about[1:]


def _home(checklist: Checklist) -> str:
    """The section whose control a list shows."""
    return "oferta" if checklist.service else str(checklist.kind)


def by_letter(terms: Iterable[Entity]) -> list[tuple[str, list[Entity]]]:
    """Terms by their first letter, in Spanish order without regard to accents."""
    ordered = sorted(terms, key=lambda term: plain(term["nombre"]))
    letters: dict[str, list[Entity]] = {}
    for term in ordered:
        letters.setdefault(plain(term["nombre"])[0].upper(), []).append(term)
    return list(letters.items())
