from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, all_known, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Momento crítico que nadie visita", Severity.ERROR, needs=("momentos", "evaluacion"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que, si el manual tiene comprador misterioso, cada momento crítico esté en uno de sus escenarios.

    Por qué importa
    El comprador misterioso es el único que vive el momento como el cliente. Mandarlo a los fáciles
    y no a los que bastan para perder a alguien da una buena nota y ninguna noticia.

    Cómo se arregla
    Agregue el momento al escenario en que ocurre, o escriba un escenario que pase por él:

        escenarios:
          - nombre: La venta que se cae un lunes
            momentos:
              - mo_falla_contacto
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """A scenario for each critical moment, once there is somebody to send."""
    part = manual.parts.get("evaluacion")
    shopper = part.data.get("comprador_misterioso") if part else None
    if shopper:
        visited = {name for scenario in shopper["escenarios"] for name in scenario.get("momentos", ())}
        tell = all_known(manual, "momentos", visited)
        for moment in manual.all("momentos"):
            if moment["critico"]:
                title, met = manual.title(moment), moment.id in visited
                yield Requirement(
                    "evaluacion",
                    f"«{title}» en un escenario del comprador misterioso",
                    met,
                    Importance.DETAIL,
                    problem=None
                    if met or not tell
                    else Problem(
                        moment.at(),
                        f"El momento «{title}» es crítico y ningún escenario del comprador misterioso pasa por él.",
                        f"Agregue «{moment.id}» a los «momentos» de un escenario de la evaluación del servicio.",
                    ),
                )
