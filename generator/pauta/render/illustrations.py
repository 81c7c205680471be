"""Which pictures go on which page; the pictures themselves are drawn in ``figures``."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from pauta.calculate.model import Holder
from pauta.figures import (
    agreement_pyramid,
    bad_service_bars,
    capacity_chart,
    complaint_flow,
    cost_breakdown,
    coverage_matrix,
    deadline_calendar,
    service_blueprint,
    service_chain,
    service_cycle,
    service_triangle,
    six_steps,
    stock_levels,
)
from pauta.model import Entity, Manual, Part
from pauta.render import formats
from pauta.render.calculations import unless_hidden
from pauta.render.journey import moments_of
from pauta.render.page import Page

_OfSection = Callable[[Manual, Page], str]
_OfEntity = Callable[[Manual, Entity, Page], str]

_SECTIONS: Mapping[str, Mapping[str, _OfSection]] = {
    "triangulo": {"figura_triangulo": lambda manual, _: service_triangle(manual, lambda vertex: f"#{vertex}")},
    "quejas": {
        "figura_quejas": lambda manual, page: complaint_flow(manual, page.url_of),
        "figura_plazos": lambda manual, _: deadline_calendar(manual),
    },
    "ans": {"figura_piramide": lambda manual, page: agreement_pyramid(manual, page.url_of)},
    "costo": {"figura_mal_servicio": lambda manual, page: bad_service_bars(manual, money=_money(page))},
    "momentos": {
        "figura_cobertura": lambda manual, page: coverage_matrix(manual, list(manual.all("momentos")), page.url_of)
    },
}
"""Section -> name of the picture in its template -> how it is drawn."""

_ENTITIES: Mapping[str, Mapping[str, _OfEntity]] = {
    "ciclos": {
        "ciclo": lambda manual, each, page: service_cycle(manual, each, page.url_of),
        "plano": lambda manual, each, page: service_blueprint(manual, each, page.url_of),
        "cadena": lambda manual, each, page: service_chain(manual, moments_of(manual, each), page.url_of),
    },
    "protocolos": {"pasos": lambda manual, each, page: six_steps(manual, each, page.url_of, money=_money(page))},
    "capacidades": {"demanda": lambda manual, each, _: unless_hidden(lambda: capacity_chart(manual, each), "")},
    "inventarios": {"niveles": lambda manual, each, _: unless_hidden(lambda: stock_levels(manual, each), "")},
    "costos": {
        "desglose": lambda manual, each, page: unless_hidden(
            lambda: cost_breakdown(manual, each, money=_money(page)), ""
        )
    },
    "etapas_queja": {"plazos": lambda manual, _, __: deadline_calendar(manual)},
}
"""Collection -> name of the picture in «figuras» of its template -> how it is drawn."""


def section_figures(manual: Manual, part: Part, page: Page) -> dict[str, Markup]:
    """The pictures of a section's page; those with nothing to show are left out."""
    if part.not_applicable is not None:
        return {}
    return _drawn({name: draw(manual, page) for name, draw in _SECTIONS.get(part.name, {}).items()})


def entity_figures(manual: Manual, entity: Entity, page: Page) -> dict[str, Markup]:
    """The pictures of an entity's own page; those with nothing to show are left out."""
    return _drawn({name: draw(manual, entity, page) for name, draw in _ENTITIES.get(entity.collection, {}).items()})


def subject_figures(manual: Manual, subject: Holder, page: Page) -> dict[str, Markup]:
    """The pictures of what a calculation is about; those with nothing to show are left out."""
    if isinstance(subject, Entity):
        return entity_figures(manual, subject, page)
    return _drawn({"plazos": deadline_calendar(manual)}) if subject.name == "quejas" else {}


def _money(page: Page) -> Callable[[str], str]:
    """How an amount is written on a page."""
    return lambda amount: formats.money(amount, page.site.locale)


def _drawn(pictures: Mapping[str, str]) -> dict[str, Markup]:
    return {name: Markup(svg) for name, svg in pictures.items() if svg}  # noqa: S704 - figures escape their texts
