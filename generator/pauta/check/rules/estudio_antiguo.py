from collections.abc import Iterator

from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import later, parse_date, parse_duration


@rule("Estudio antiguo", Severity.WARNING, needs=("diagnostico",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que ningún estudio de mercado ni hallazgo del diagnóstico haya pasado su vigencia, contada desde
    su fecha. De un estudio pasado no se señala además cada hallazgo.

    Por qué importa
    Los clientes de hoy no son los del estudio de hace tres años. Quien decide con él contesta
    preguntas que ya nadie hace.

    Cómo se arregla
    Averígüelo otra vez y escriba la fecha nueva, o quite lo que ya no usa:

        - id: es_clientes
          fecha: 2026-08-20
          vigencia: 1 año
    """
    old = {study.id for study in manual.all("estudios") if _expired(manual, study)}
    for study in manual.all("estudios"):
        if study.id in old:
            yield _problem(manual, study, "El estudio")
    for finding in manual.all("hallazgos"):
        if finding.get("estudio") not in old and _expired(manual, finding):
            yield _problem(manual, finding, "El hallazgo")


def _expired(manual: Manual, entity: Entity) -> bool:
    """Whether its validity is over; one in hours or working days has no last day that can be told."""
    validity = parse_duration(entity["vigencia"])
    return validity.is_calendar and later(parse_date(entity["fecha"]), validity) < manual.today


def _problem(manual: Manual, entity: Entity, what: str) -> Problem:
    return Problem(
        entity.at("fecha"),
        f"{what} «{manual.title(entity)}», del {entity['fecha']}, ya pasó su vigencia de {entity['vigencia']}.",
        "Averígüelo otra vez y escriba la fecha nueva, o quítelo si ninguna decisión depende de él.",
    )
