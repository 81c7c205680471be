from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Location, Severity
from pauta.model import Manual, Part
from pauta.spine import Section

_IN_EVERY_MANUAL = frozenset({"manual", "roles", "nomenclatura"})
"""Sections that others cannot do without: who the company is, who answers, and what is served."""


@rule("Sección faltante", Severity.ERROR)
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que el manual tenga todas las secciones obligatorias, cada una en su archivo o en su carpeta, y
    que las que no le hacen falta a la empresa lo digan. La identidad del manual, los roles y la
    nomenclatura no pueden faltar en ninguno: de ellas se sostienen las demás.

    Por qué importa
    Una sección que no está puede ser una que no hace falta o una que se olvidó, y quien lee no
    tiene cómo saber cuál de las dos.

    Cómo se arregla
    Cree el archivo que falta con el nombre de la sección. Si la empresa no la necesita, declárelo
    ahí mismo, con el motivo, quién lo aprobó y cuándo se vuelve a mirar:

        control:
          responsable: gerente_servicio
          ultima_revision: 2026-10-05
          revisar_cada: 1 año
          estado: vigente
        no_aplica:
          motivo: La empresa no guarda existencias; todo se compra por pedido.
          aprobado_por: gerente_general
          aprobado_el: 2026-10-05
          revisar_el: 2027-10-05
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """Each required section. A section whose file cannot be read is there, and told elsewhere."""
    for section in manual.spine.sections.values():
        if section.required:
            problem = _problem(manual, section)
            yield Requirement(
                section.name, f"La sección «{section.title}»", problem is None, Importance.SECTION, problem=problem
            )


def _problem(manual: Manual, section: Section) -> Problem | None:
    part = manual.parts.get(section.name)
    if part is None:
        return None if section.name in manual.unreadable else _missing(section)
    return _needed(part) if section.name in _IN_EVERY_MANUAL and part.not_applicable else None


def _needed(part: Part) -> Problem:
    return Problem(
        part.at("no_aplica", key=True),
        f"«{part.title}» hace falta en todo manual: no se puede declarar que no aplica.",
        "Quite «no_aplica:» y escriba la sección.",
    )


def _missing(section: Section) -> Problem:
    return Problem(
        Location(f"manual/{section.name}.yml"),
        f"Falta la sección «{section.title}». {section.description}",
        f"Cree el archivo «manual/{section.name}.yml» y escríbala; si la empresa no la necesita, "
        "declare en él «no_aplica:» con el motivo y quién lo aprobó.",
    )
