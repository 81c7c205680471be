from collections.abc import Iterator

from pauta.check.agreements import is_over
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Acuerdo vencido", Severity.ERROR, needs=("ans",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que ningún acuerdo de nivel de servicio haya pasado de la fecha hasta la que obliga. Uno que
    empieza más adelante puede estar escrito, pero todavía no cuenta.

    Por qué importa
    Con un acuerdo vencido nadie sabe a qué tiene derecho el cliente: unos lo cumplen por costumbre
    y otros dejan de cumplirlo.

    Cómo se arregla
    Acuérdelo de nuevo y escriba hasta cuándo, o quítelo si otro ocupa su lugar:

        - id: ans_wifi
          vigente_desde: 2026-10-01
          vigente_hasta: 2027-03-31
    """
    for agreement in manual.all("acuerdos"):
        ordered = agreement["vigente_desde"] <= agreement.get("vigente_hasta", "")  # else fecha-imposible
        if is_over(manual, agreement) and ordered:
            yield Problem(
                agreement.at("vigente_hasta"),
                f"El acuerdo «{manual.title(agreement)}» venció el {agreement['vigente_hasta']}.",
                "Acuérdelo de nuevo y escriba la fecha nueva, o quítelo si otro ocupa su lugar.",
            )
