from collections.abc import Iterator

from pauta.check.coverage import Requirement, must_say, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import Duration, Unit, later, parse_date

_PERIODS = {
    "diaria": Duration(1, Unit.DAY),
    "semanal": Duration(1, Unit.WEEK),
    "mensual": Duration(1, Unit.MONTH),
    "trimestral": Duration(3, Unit.MONTH),
    "semestral": Duration(6, Unit.MONTH),
    "anual": Duration(1, Unit.YEAR),
}


@rule("Compromiso sin evidencia", Severity.WARNING, needs=("cultura",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada compromiso de la dirección tenga alguna evidencia de que se cumplió; y que, si se repite
    cada cierto tiempo, no hayan pasado dos periodos enteros desde la última.

    Por qué importa
    El personal cree lo que ve hacer a sus jefes. Un compromiso sin evidencia enseña que lo firmado
    no obliga a quien lo firma.

    Cómo se arregla
    Cúmplalo y anótelo:

        evidencias:
          - fecha: 2026-11-03
            descripcion: Dos horas de llamadas escuchadas por el gerente, con tres acciones
    """
    yield from unmet(asked(manual))
    for commitment in manual.all("compromisos"):
        yield from _forgotten(manual, commitment)


def asked(manual: Manual) -> Iterator[Requirement]:
    """Evidence of each commitment, however old."""
    for commitment in manual.all("compromisos"):
        title = manual.title(commitment)
        yield must_say(commitment, ("evidencias",), f"Al compromiso «{title}»", f"Evidencia del compromiso «{title}»")


def _forgotten(manual: Manual, commitment: Entity) -> Iterator[Problem]:
    period = _PERIODS.get(commitment.get("frecuencia", ""))
    days = [parse_date(evidence["fecha"]) for evidence in commitment.get("evidencias", ())]
    if period and days and later(later(max(days), period), period) < manual.today:
        yield Problem(
            commitment.at("evidencias", key=True),
            f"El compromiso «{manual.title(commitment)}» se cumple con frecuencia {commitment['frecuencia']}, y su "
            f"última evidencia es del {max(days)}.",
            "Cúmplalo y anote la evidencia, o cambie la frecuencia a una que se pueda sostener.",
        )
