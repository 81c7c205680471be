"""The names that every template knows besides ``p``, and what each stands for."""

from collections.abc import Mapping
from typing import Any

from pauta.figures import coverage
from pauta.model import Entity, Manual
from pauta.render import calculations, journey, news, system
from pauta.render.columns import NUMERIC, summary_columns
from pauta.render.glossary import by_letter
from pauta.render.illustrations import subject_figures
from pauta.render.pages.lists import short_title
from pauta.render.workshop import Workshop


def vocabulary(shop: Workshop) -> dict[str, Any]:
    """Name -> value or function."""
    return {
        **_of_the_manual(shop),
        **_of_the_path(shop.manual),
        **_of_the_system(shop),
        **_of_calculations(shop),
        "novedades": shop.brought,
        "marca_de_cambio": news.mark,
        "lo_cubierto": news.covered,
        "numericos": NUMERIC,
        "columnas_de_resumen": summary_columns,
        "titulo_corto": short_title,
        "por_letra": by_letter,
    }


def _of_the_manual(shop: Workshop) -> Mapping[str, Any]:
    manual, spine = shop.manual, shop.manual.spine
    return {
        "manual": manual,
        "spine": spine,
        "datos": shop.identity.data,
        "version": shop.identity.data["version"],
        "entidades": shop.entities,
        "entidades_de": lambda holder, collection: _inside(manual, holder, collection),
        "de_servicios": frozenset(name for name, other in spine.identified_by.items() if other == "servicios"),
        "clave": spine.keys.__getitem__,
        "campo_no_aplica": spine.not_applicable.root.children["no_aplica"],
    }


def _inside(manual: Manual, holder: Entity, collection: str) -> list[Entity]:
    """The entities of a collection that are written inside another."""
    return [entity for entity in manual.all(collection) if entity.parent is holder]


def _of_the_path(manual: Manual) -> Mapping[str, Any]:
    return {
        "momentos_del_ciclo": lambda cycle: journey.moments_of(manual, cycle),
        "lugares_del_momento": lambda moment: journey.standings(manual, moment),
        "cobertura": lambda: coverage(manual, list(manual.all("momentos"))),
        "momentos_por_ciclo": lambda: journey.by_cycle(manual),
    }


def _of_the_system(shop: Workshop) -> Mapping[str, Any]:
    manual, locale = shop.manual, shop.site.locale
    return {
        "salvo": system.all_but,
        "enlaces": system.links,
        "cuadro_de_acuerdos": lambda: system.agreement_grid(manual),
        "acuerdos_internos": system.inside_agreements,
        "matriz_de_capacitacion": lambda: system.training_matrix(manual),
        "vale_hasta": system.valid_until,
        "peso_total": system.total_weight,
        "mes": lambda text: system.month_of(text, locale),
    }


def _of_calculations(shop: Workshop) -> Mapping[str, Any]:
    of_subject = calculations.of_subject(shop.calculated)
    return {
        "figuras_de": lambda page, subject: subject_figures(shop.manual, subject, page),
        "calculos_de": lambda subject: of_subject.get(subject, []),
        "valor_de": calculations.value,
        "enlace_a": calculations.link,
    }
