from collections.abc import Iterator, Mapping
from typing import Any

from pauta.check.coverage import Importance, Requirement, lines, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import parse_date

_ACTION = ("accion", "responsable", "fecha_limite")


@rule("Auditoría sin acción", Severity.WARNING, needs=("evaluacion",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada incumplimiento que encontró una auditoría tenga acción, responsable y fecha límite, y
    que esta no haya pasado sin que se cerrara. También, que no haya pasado la fecha de una auditoría
    que sigue programada.

    Por qué importa
    La auditoría que no cambia nada enseña a esconder lo que encuentra.

    Cómo se arregla
    Escriba qué se hace con el hallazgo y, cuando se haga, la fecha:

        hallazgos:
          - nombre: Tres órdenes sin firma
            tipo: incumplimiento
            accion: La orden no se cierra sin la firma
            responsable: coordinador_campo
            fecha_limite: 2026-12-15
            cerrado_el: 2026-12-10
    """
    yield from unmet(asked(manual))
    for audit in manual.all("auditorias"):
        yield from _overdue(manual, audit)


def asked(manual: Manual) -> Iterator[Requirement]:
    """What is done about each failure that an audit found."""
    for audit in manual.all("auditorias"):
        for position, finding in enumerate(audit.get("hallazgos", ())):
            if finding["tipo"] == "incumplimiento":
                missing = [name for name in _ACTION if name not in finding]
                yield Requirement(
                    audit.section,
                    f"Acción por «{finding['nombre']}», de «{manual.title(audit)}»",
                    not missing,
                    Importance.DETAIL,
                    problem=_unanswered(audit, position, finding, missing) if missing else None,
                )


def _unanswered(audit: Entity, position: int, finding: Mapping[str, Any], missing: list[str]) -> Problem:
    item = audit.field.children["hallazgos"].item
    titles = listed(item.children[name].title if item else name for name in missing)
    return Problem(
        audit.at("hallazgos", position),
        f"Al incumplimiento «{finding['nombre']}» le falta {titles}.",
        f"Agregue {lines(missing)}.",
    )


def _overdue(manual: Manual, audit: Entity) -> Iterator[Problem]:
    title = manual.title(audit)
    if audit["estado"] == "programada" and parse_date(audit["fecha"]) < manual.today:
        yield Problem(
            audit.at("fecha"),
            f"La auditoría «{title}» estaba programada para el {audit['fecha']}, y ya pasó.",
            "Si se hizo, cambie su estado a realizada y escriba lo que encontró; si no, póngale otra fecha.",
        )
    for position, finding in enumerate(audit.get("hallazgos", ())):
        due = finding.get("fecha_limite")
        if due and "cerrado_el" not in finding and parse_date(due) < manual.today:
            yield Problem(
                audit.at("hallazgos", position, "fecha_limite"),
                f"«{finding['nombre']}», que encontró «{title}», debía corregirse a más tardar el {due} y sigue abierto.",
                "Ciérrelo con «cerrado_el:», o acuerde otra fecha.",
            )
