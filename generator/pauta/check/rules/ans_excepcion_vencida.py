from collections.abc import Iterator

from pauta.check.agreements import is_over, loosened, upper_of
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual
from pauta.quantities import parse_date


@rule("Excepción vencida", Severity.ERROR, needs=("ans",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que no haya pasado el último día de la excepción con que un acuerdo promete menos que el que
    está arriba.

    Por qué importa
    Un permiso para fallar se da por un tiempo. Si nadie lo cierra, se vuelve la costumbre.

    Cómo se arregla
    Vuelva a prometer lo del acuerdo superior y quite la excepción, o pida otra a quien la aprueba:

        excepcion:
          motivo: La segunda sala abre en febrero
          aprobado_por: gerente_general
          vence_el: 2027-02-28
    """
    for agreement in manual.all("acuerdos"):
        exception = agreement.get("excepcion")
        if not exception or is_over(manual, agreement) or parse_date(exception["vence_el"]) >= manual.today:
            continue
        upper = upper_of(manual, agreement)
        loose = upper is not None and loosened(agreement, upper)
        yield Problem(
            agreement.at("excepcion", "vence_el"),
            f"La excepción de «{manual.title(agreement)}» venció el {exception['vence_el']}"
            + (f", y el acuerdo sigue por debajo de «{manual.title(upper)}»." if upper and loose else "."),
            "Prometa lo del acuerdo superior y quite la excepción, o apruébela de nuevo con otra fecha."
            if loose
            else "Quite «excepcion»: el acuerdo ya no la necesita.",
        )
