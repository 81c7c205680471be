"""Every page of the site, in memory: path -> text, and the tree that leads to them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from pauta.check import rules_by_id, rules_by_kind
from pauta.check.completeness import by_section, by_service, next_steps
from pauta.check.exceptions import waived
from pauta.check.settings import waivers, weights
from pauta.checklists import WRITERS, Checklist, Item, all_checklists
from pauta.checklists import rules as scoring_rules
from pauta.figures import coverage
from pauta.load import Loaded
from pauta.model import Entity, Manual, Part
from pauta.model.editions import Edition, newest_first, period_of
from pauta.nearest import plain
from pauta.render import calculations, journey, news, places, role, system
from pauta.render.audience import hidden_spans
from pauta.render.columns import NUMERIC, summary_columns
from pauta.render.control import Control, control_of
from pauta.render.environment import has_template, make_environment, own_template_error
from pauta.render.field_guide import field_groups, how_to_write
from pauta.render.formats import locale_of, long_date
from pauta.render.glossary import read_glossary
from pauta.render.html import apart
from pauta.render.illustrations import entity_figures, section_figures, subject_figures
from pauta.render.navigation import Nav, branch
from pauta.render.page import Page, Site
from pauta.render.record import NO_RECORD, Record
from pauta.render.service import families, gathered, gathered_control
from pauta.render.source import render_source
from pauta.spine import Section

_STEPS_SHOWN = 12
_ELSEWHERE = frozenset({"servicios", "roles"})
"""Collections with pages that have their own place in the menu."""
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
    rendering = _Rendering(manual, original, audience, record, make_environment(own_templates))
    if own_templates is None:
        return rendering.run()
    try:
        return rendering.run()
    except Exception as problem:
        known = own_template_error(problem, own_templates)
        if known is None:
            raise
        raise known from problem


@dataclass(frozen=True, slots=True)
class _Group:
    """Things with pages of their own, as the index of the customer's path shows them."""

    titulo: str
    descripcion: str
    icono: str
    entidades: list[Entity]


@dataclass(slots=True)
class _Rendering:
    manual: Manual
    original: Loaded
    audience: str
    record: Record
    environment: Environment
    pages: dict[str, str] = field(default_factory=dict)
    site: Site = field(init=False)
    lists: tuple[Checklist, ...] = field(init=False)
    controls: dict[str, Control] = field(init=False)
    brought: list[news.News] = field(init=False)
    calculated: list[calculations.Shown] = field(init=False)

    def __post_init__(self) -> None:
        identity = self.manual.parts["manual"].data
        locale = locale_of(identity["empresa"]["pais"])
        self.site = Site(self.manual, read_glossary(self.manual), locale, self.audience)
        self.lists = all_checklists(self.manual)
        self.controls = {
            name: control_of(part, self.record.changes.get(name)) for name, part in self.manual.parts.items()
        }
        self.brought = news.news_of(self.manual, self.record)
        self.calculated = calculations.shown(self.manual, self.audience)
        of_subject = calculations.of_subject(self.calculated)
        self.environment.globals.update(
            novedades=self.brought,
            marca_de_cambio=news.mark,
            lo_cubierto=news.covered,
            manual=self.manual,
            spine=self.manual.spine,
            datos=identity,
            version=identity["version"],
            entidades=self._entities,
            entidades_de=self._inside,
            de_servicios=self._about_services(),
            numericos=NUMERIC,
            clave=self.manual.spine.keys.__getitem__,
            columnas_de_resumen=summary_columns,
            titulo_corto=short_title,
            por_letra=by_letter,
            momentos_del_ciclo=lambda cycle: journey.moments_of(self.manual, cycle),
            lugares_del_momento=lambda moment: journey.standings(self.manual, moment),
            cobertura=lambda: coverage(self.manual, list(self.manual.all("momentos"))),
            momentos_por_ciclo=lambda: journey.by_cycle(self.manual),
            salvo=system.all_but,
            enlaces=system.links,
            cuadro_de_acuerdos=lambda: system.agreement_grid(self.manual),
            acuerdos_internos=system.inside_agreements,
            matriz_de_capacitacion=lambda: system.training_matrix(self.manual),
            vale_hasta=system.valid_until,
            peso_total=system.total_weight,
            figuras_de=lambda page, subject: subject_figures(self.manual, subject, page),
            calculos_de=lambda subject: of_subject.get(subject, []),
            valor_de=calculations.value,
            enlace_a=calculations.link,
            mes=lambda text: system.month_of(text, locale),
            campo_no_aplica=self.manual.spine.not_applicable.root.children["no_aplica"],
        )

    def run(self) -> Rendered:
        identity = self.manual.parts["manual"].data
        nav: Nav = [
            ("Inicio", self._front_page()),
            self._services(),
            *self._journey(),
            self._roles(),
            *self._news(),
            self._checklists(),
            self._sections(),
            self._state(),
            self._guide(),
        ]
        lists = {each.id + writer.ending: writer.write(each) for each in self.lists for writer in WRITERS.values()}
        offered = tuple(WRITERS[name].ending for name in _DOWNLOADS)
        return Rendered(
            pages=self.pages,
            files={**dict(self._sources()), **news.files_of(self.manual, self.brought, self.site.locale)},
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

    def _journey(self) -> Iterator[tuple[str, "str | Nav"]]:
        """The pages of what has one for itself and no other place in the menu: moments, protocols, customers."""
        groups, below = [], list[tuple[str, str | Nav]]()
        for collection in self.manual.spine.page_folders:
            entities = self._entities(collection)
            if collection in _ELSEWHERE or not entities:
                continue
            for entity in entities:
                self._own_page(entity)
            leaves = journey.navigation(self.manual, collection)
            if leaves:
                groups.append(self._group(collection, entities))
                below.append((groups[-1].titulo, leaves))
        if groups:
            part = self.manual.parts["manual"]
            index = self._page("camino/index.md", "vistas/indice_camino.md.jinja", part, grupos=groups)
            yield branch("Camino", ("El camino del cliente", index), below)

    def _group(self, collection: str, entities: list[Entity]) -> _Group:
        section, _ = self.manual.spine.collections[collection]
        list_ = next(field for _, field in section.root.walk() if field.collection == collection)
        return _Group(list_.title, list_.description, section.icon, entities)

    def _own_page(self, entity: Entity) -> None:
        part = self.manual.parts[entity.section]
        path = places.own_page(self.manual, entity).removesuffix(".html") + ".md"
        own = f"vistas/{entity.collection}.md.jinja"
        template = own if has_template(self.environment, own) else "vistas/_entidad.md.jinja"
        self._page(path, template, part, e=entity, figuras=entity_figures(self.manual, entity, self._on(path)))

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
        return branch("Puestos", ("Todos los puestos", index), [*leaves, self._sheets()])

    def _role(self, each: Entity, path: str) -> dict[str, Any]:
        manual, page = self.manual, self._on(path)
        services = role.services(manual, each)
        owned = role.owned_sections(manual, each)
        return {
            "escalera": role.ladder(manual, each),
            "me_escalan": role.escalate_to(manual, each),
            "servicios": services,
            "pasos": role.steps(manual, each),
            "indicadores": role.indicators(manual, each),
            "momentos": journey.moments_of_role(manual, each),
            "relojes": journey.clocks_of_role(manual, each),
            "protocolos": journey.protocols_of_role(manual, each),
            "capacitacion": journey.training_of_role(manual, each),
            "mensajes": role.messages(page, each),
            "respondo": role.answers_for(page, each),
            "secciones": [self.controls[name] for name in owned],
            "listas": [(mine, places.list_page(mine.id)) for mine in role.lists(manual, each, self.lists)],
        }

    def _news(self) -> Iterator[tuple[str, "str | Nav"]]:
        """What each version brought, for everybody and for each role; nothing where there is no history."""
        if not self.brought:
            return
        part, roles = self.manual.parts["manual"], self._entities("roles")
        latest = [(each, len(self.brought[0].of_role(each))) for each in roles]
        index = self._page("novedades/index.md", "vistas/novedades.md.jinja", part, puestos=latest)
        versions: list[tuple[str, str | Nav]] = [
            (f"Versión {each.version}", self._version(each)) for each in self.brought
        ]
        yield branch("Novedades", ("Todas las novedades", index), [*versions, ("Por puesto", self._news_of_roles())])

    def _version(self, each: news.News) -> str:
        roles = ((role_, len(each.of_role(role_))) for role_ in self._entities("roles"))
        return self._page(
            each.page.removesuffix(".html") + ".md",
            "vistas/novedades_version.md.jinja",
            self.manual.parts["manual"],
            n=each,
            puestos=[(role_, count) for role_, count in roles if count or each.must_sign(role_)],
            mensaje=news.message(self.manual, each, self.site.locale),
        )

    def _news_of_roles(self) -> Nav:
        part = self.manual.parts.get("roles", self.manual.parts["manual"])
        return [
            (
                self.manual.title(each),
                self._page(f"novedades/rol/{each.id}.md", "vistas/novedades_rol.md.jinja", part, rol=each),
            )
            for each in self._entities("roles")
        ]

    def _sheets(self) -> tuple[str, "str | Nav"]:
        """The sheet that each role signs."""
        part = self.manual.parts["roles"]
        return "Hojas de acuse", [
            (
                self.manual.title(each),
                self._page(
                    f"acuses/{each.id}.md",
                    "vistas/acuse.md.jinja",
                    part,
                    rol=each,
                    hoja=news.sheet_of(self.manual, each),
                ),
            )
            for each in self._entities("roles")
        ]

    def _checklists(self) -> tuple[str, "str | Nav"]:
        part = self.manual.parts["manual"]
        groups = {use: tuple(lists) for use, lists in groupby(self.lists, key=lambda each: each.use)}
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
                reglas=scoring_rules(each),
                fuente=home.at(),
                vigente=each.in_force_since.isoformat() if each.in_force_since else None,
                origen=lambda item, page=page: self._origin(page, item),
                archivos=[(name.upper(), f"listas/{each.id}{WRITERS[name].ending}") for name in _DOWNLOADS],
            )
        index = self._page("listas/index.md", "vistas/indice_listas.md.jinja", part, grupos=list(groups.items()))
        leaves: list[tuple[str, str | Nav]] = [
            (use, [(short_title(each), f"listas/{each.id}.md") for each in lists]) for use, lists in groups.items()
        ]
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
                **section_figures(self.manual, part, self._on(f"secciones/{name}.md")),
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
            gravedades=list(weights(self.manual)),
            excepciones=list(waivers(self.manual)),
            reglas=rules_by_id(self.manual),
            lugar_exceptuado=lambda place: waived(self.manual, place),
            cumplidos=sum(row.met for row in sections),
            total=sum(row.total for row in sections),
        )
        control = self._page(
            "control.md",
            "vistas/control.md.jinja",
            part,
            secciones=list(self.controls.values()),
            registro=self.record,
        )
        return "Estado", [
            ("Estado del manual", state),
            *self._calculations(part),
            ("Control de versiones", control),
            self._editions(part),
        ]

    def _calculations(self, part: Part) -> Iterator[tuple[str, "str | Nav"]]:
        """The figures of the manual recalculated, a page each; nothing where there is nothing to calculate."""
        if not self.calculated:
            return
        sections = calculations.by_section(self.manual, self.calculated)
        index = self._page(
            "calculos/index.md",
            "vistas/calculos.md.jinja",
            part,
            secciones=[(self.manual.spine.sections[name], subjects) for name, subjects in sections.items()],
            total=len(self.calculated),
            rotos=[each for each in self.calculated if each.calculation.holds is False],
        )
        below: list[tuple[str, str | Nav]] = [
            (self.manual.spine.sections[name].title, [leaf for each in subjects for leaf in self._of_subject(each)])
            for name, subjects in sections.items()
        ]
        yield branch("Cálculos", ("Todos los cálculos", index), below)

    def _of_subject(self, subject: calculations.Subject) -> Nav:
        """The calculations of a subject under its name, which for those of a whole section stands above already."""
        about = {
            "tema": subject,
            "figuras": subject_figures(self.manual, subject.holder, self._on("calculos/index.md")),
        }
        part = self.manual.parts[calculations.section_of(subject.holder)]
        leaves: Nav = [
            (
                each.calculation.title,
                self._page(each.path, "vistas/calculo.md.jinja", part, calculo=each.calculation, **about),
            )
            for each in subject.calculations
        ]
        return [(subject.title, leaves)] if isinstance(subject.holder, Entity) else leaves

    def _editions(self, part: Part) -> tuple[str, "str | Nav"]:
        """The released versions that led to this one, and this one."""
        own = Edition(part.data["version"], date.fromisoformat(part.data["vigente_desde"]))
        known = [each for each in self.record.editions if each.version != own.version]
        own = next((each for each in self.record.editions if each.version == own.version), own)
        editions = newest_first((*known, own))
        periods = [period_of(each, editions) for each in editions]
        return "Versiones", self._page("versiones.md", "vistas/versiones.md.jinja", part, periodos=periods)

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
        kinds = rules_by_kind(self.manual)
        rules: list[tuple[str, str | Nav]] = [
            (
                "Reglas de la revisión",
                self._page("reglas/index.md", "vistas/indice_reglas.md.jinja", part, grupos=kinds),
            ),
        ]
        for kind, group in kinds.items():
            for rule in group:
                own = self.manual.find("reglas", rule.id)
                home = self.manual.parts[own.section] if own else part
                self._page(f"reglas/{rule.id}.md", "vistas/regla.md.jinja", home, regla=rule)
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

    def _inside(self, holder: Entity, collection: str) -> list[Entity]:
        """The entities of a collection that are written inside another."""
        return [entity for entity in self.manual.all(collection) if entity.parent is holder]

    def _about_services(self) -> frozenset[str]:
        return frozenset(name for name, other in self.manual.spine.identified_by.items() if other == "servicios")


def short_title(checklist: Checklist) -> str:
    """What a list is about, without saying again that it is a list."""
    about = checklist.title.partition(": ")[2] or checklist.title
    return about[0].upper() + about[1:]


def _home(checklist: Checklist) -> str:
    """The section whose control a list shows."""
    return checklist.section


def by_letter(terms: Iterable[Entity]) -> list[tuple[str, list[Entity]]]:
    """Terms by their first letter, in Spanish order without regard to accents."""
    ordered = sorted(terms, key=lambda term: plain(term["nombre"]))
    letters: dict[str, list[Entity]] = {}
    for term in ordered:
        letters.setdefault(plain(term["nombre"])[0].upper(), []).append(term)
    return list(letters.items())
