"""The pages of the guide: how the fields of each section are written, and what each rule checks."""

from pauta.check import Rule, WritingRule, rules_by_kind
from pauta.render.field_guide import field_groups, how_to_write
from pauta.render.navigation import Entry, Nav
from pauta.render.workshop import Workshop
from pauta.spine import Section


def guide_pages(shop: Workshop) -> Entry:
    """A page for the fields of each section there may be and one a rule, after the page written by hand."""
    return "Guía", [
        ("Cómo se edita el manual", "guia/index.md"),
        ("Campos", _fields(shop)),
        ("Reglas", _rules(shop)),
    ]


def _fields(shop: Workshop) -> Nav:
    below: Nav = [("Campos de cada sección", _fields_index(shop))]
    below += [(section.title, _fields_of(shop, section)) for section in shop.manual.spine.sections.values()]
    return below


def _fields_index(shop: Workshop) -> str:
    """The way to the fields of each section, and those that all sections share."""
    shared = shop.manual.spine.not_applicable.root.children.values()
    return shop.write(
        "guia/campos/index.md",
        "vistas/indice_campos.md.jinja",
        shop.identity,
        comunes=list(shared),
        como_se_escribe=how_to_write,
    )


def _fields_of(shop: Workshop, section: Section) -> str:
    return shop.write(
        f"guia/campos/{section.name}.md",
        "vistas/guia_campos.md.jinja",
        shop.manual.parts.get(section.name, shop.identity),
        seccion=section,
        grupos_de_campos=field_groups,
        como_se_escribe=how_to_write,
    )


def _rules(shop: Workshop) -> Nav:
    kinds = rules_by_kind(shop.manual)
    index = shop.write("reglas/index.md", "vistas/indice_reglas.md.jinja", shop.identity, grupos=kinds)
    below: Nav = [("Reglas de la revisión", index)]
    below += [(kind, [(rule.title, _rule(shop, rule)) for rule in group]) for kind, group in kinds.items()]
    return below


def _rule(shop: Workshop, rule: Rule | WritingRule) -> str:
    """The page of a rule; one of the company's own stands under the control of the section that says it."""
    own = shop.manual.find("reglas", rule.id)
    home = shop.manual.parts[own.section] if own else shop.identity
    return shop.write(f"reglas/{rule.id}.md", "vistas/regla.md.jinja", home, regla=rule)
