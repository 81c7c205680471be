"""The pages of the figures recalculated: one a calculation, and an index by section."""

from collections.abc import Iterator

from pauta.model import Entity
from pauta.render.calculations import Subject, by_section, section_of
from pauta.render.illustrations import subject_figures
from pauta.render.navigation import Entry, Nav, branch
from pauta.render.workshop import Workshop

_INDEX = "calculos/index.md"


def calculation_pages(shop: Workshop) -> Iterator[Entry]:
    """A page a calculation, and their index; nothing where there is nothing to calculate."""
    if not shop.calculated:
        return
    named, sections = shop.manual.spine.sections, by_section(shop.manual, shop.calculated)
    index = shop.write(
        _INDEX,
        "vistas/calculos.md.jinja",
        shop.identity,
        secciones=[(named[name], subjects) for name, subjects in sections.items()],
        total=len(shop.calculated),
        rotos=[each for each in shop.calculated if each.calculation.holds is False],
    )
    below: Nav = [
        (named[name].title, [leaf for each in subjects for leaf in _of_subject(shop, each)])
        for name, subjects in sections.items()
    ]
    yield branch("Cálculos", ("Todos los cálculos", index), below)


def _of_subject(shop: Workshop, subject: Subject) -> Nav:
    """The calculations of a subject under its name, which for those of a whole section stands above already."""
    about = {"tema": subject, "figuras": subject_figures(shop.manual, subject.holder, shop.on(_INDEX))}
    part = shop.manual.parts[section_of(subject.holder)]
    leaves: Nav = [
        (
            each.calculation.title,
            shop.write(each.path, "vistas/calculo.md.jinja", part, calculo=each.calculation, **about),
        )
        for each in subject.calculations
    ]
    return [(subject.title, leaves)] if isinstance(subject.holder, Entity) else leaves
