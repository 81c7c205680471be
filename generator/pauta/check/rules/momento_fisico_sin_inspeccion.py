from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual


@rule("Momento sin contacto humano que nadie inspecciona", Severity.ERROR, needs=("momentos", "evaluacion"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada momento de verdad sin contacto humano tenga, entre sus comprobaciones, una que se haga
    por inspección. Se pide cuando el manual tiene la evaluación del servicio.

    Por qué importa
    Ante una fachada, un recibo o una pantalla no hay nadie que note la cara del cliente. Lo único
    que lo descubre es que alguien vaya y lo mire.

    Cómo se arregla
    Escriba en la evaluación del servicio un punto con «metodo: inspeccion» y nómbrelo en el momento:

        transaccion:
          - id: co_contratar_fachada
            nombre: La sucursal se ve abierta, limpia y en orden desde la acera
            fase: antes
            aspecto: instalaciones
            metodo: inspeccion
            estandar: Rótulo encendido, horario visible y piso seco a las 08:00
            frecuencia: diaria
            responsable: asesor_sucursal
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """An inspection for each moment in which nobody takes part."""
    if "evaluacion" not in manual.parts or not manual.applies("evaluacion"):
        return
    for moment in manual.all("momentos"):
        if not moment["contacto_humano"]:
            checks = [manual.find("comprobaciones", name) for name in moment.get("comprobaciones", ())]
            met = any(check is not None and check.get("metodo") == "inspeccion" for check in checks)
            # no check at all, a wrong name or a check to mend is told elsewhere
            tell = bool(checks) and all(check is not None and check.sound for check in checks)
            yield Requirement(
                moment.section,
                f"Inspección de «{manual.title(moment)}»",
                met,
                Importance.DETAIL,
                problem=_unseen(manual, moment) if tell and not met else None,
            )


def _unseen(manual: Manual, moment: Entity) -> Problem:
    return Problem(
        moment.at("comprobaciones", key=True),
        f"En el momento «{manual.title(moment)}» no participa una persona, y ninguna de sus comprobaciones "
        "es una inspección.",
        "Agregue a «comprobaciones» una que en la evaluación del servicio diga «metodo: inspeccion».",
    )
