from collections.abc import Iterator

from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual, Part
from pauta.quantities import later, parse_date, parse_duration


@rule("Revisión vencida", Severity.WARNING)
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que ninguna sección haya pasado la fecha de su próxima revisión; que a ninguna de las que se
    declararon como que no aplican le haya llegado el día de volver a mirarla, y que tampoco haya
    pasado ese día para un acuerdo, una promesa, una expectativa o un documento vigente.

    Por qué importa
    Un manual que nadie relee se aleja de lo que se hace, y quien lo sigue queda mal con el cliente.

    Cómo se arregla
    Lea la sección entera, corrija lo que cambió y escriba la fecha de hoy:

        control:
          ultima_revision: 2026-11-21
    """
    for part in manual.parts.values():
        if part.sound:
            yield from _review(manual, part)
            yield from _second_look(manual, part)
    for collection, (_, field) in manual.spine.collections.items():
        if "revisar_el" in field.children:
            yield from _elements(manual, collection)


def _review(manual: Manual, part: Part) -> Iterator[Problem]:
    every = parse_duration(part.control["revisar_cada"])
    if not every.is_calendar or every.amount == 0:
        return  # fecha-imposible says so
    due = later(parse_date(part.control["ultima_revision"]), every)
    if due < manual.today:
        yield Problem(
            part.at("control", "ultima_revision"),
            f"La sección «{part.title}» debía revisarse a más tardar el {due}: su última revisión fue el "
            f"{part.control['ultima_revision']} y toca cada {every}.",
            "Léala entera, corrija lo que cambió y escriba en «ultima_revision» la fecha en que lo hizo.",
        )


def _second_look(manual: Manual, part: Part) -> Iterator[Problem]:
    declared = part.not_applicable
    if not declared:
        return
    approved, due = parse_date(declared["aprobado_el"]), parse_date(declared["revisar_el"])
    if approved <= due < manual.today:  # out of order, fecha-imposible says so
        yield Problem(
            part.at("no_aplica", "revisar_el"),
            f"La sección «{part.title}» se declaró como que no aplica hasta el {declared['revisar_el']}, y ya pasó.",
            "Decida otra vez: escriba la sección, o apruebe de nuevo la declaración con otra fecha.",
        )


def _elements(manual: Manual, collection: str) -> Iterator[Problem]:
    """Elements with a day of their own on which to look at them again; what is obsolete has none."""
    for entity in manual.all(collection):
        due = entity.get("revisar_el")
        if due is not None and parse_date(due) < manual.today and entity.get("estado") != "obsoleto":
            yield Problem(
                entity.at("revisar_el"),
                f"«{manual.title(entity)}» debía volver a mirarse a más tardar el {due}, y ya pasó.",
                "Revíselo, corrija lo que cambió y escriba en «revisar_el» la próxima fecha.",
            )
