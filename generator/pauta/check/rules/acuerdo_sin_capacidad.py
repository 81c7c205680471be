from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, must_say, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Acuerdo sin capacidad que lo sostenga", Severity.ERROR, needs=("ans", "capacidad"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada acuerdo de nivel de servicio que llega al cliente señale la capacidad con que se cumple.
    De los corporativos y departamentales no se pide: los sostienen los que están debajo.

    Por qué importa
    Prometer un tiempo sin contar las manos que hacen falta es prometer que alguien correrá.

    Cómo se arregla
    Señale en el acuerdo el cálculo de capacidad que lo sostiene:

        - id: ans_telefono
          capacidades:
            - cap_telefono
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The capacity that holds each agreement with customers."""
    if manual.applies("capacidad"):
        for agreement in manual.all("acuerdos"):
            if agreement.get("nivel", "cliente") == "cliente":
                title = manual.title(agreement)
                yield must_say(
                    agreement,
                    ("capacidades",),
                    f"Al acuerdo «{title}»",
                    f"Capacidad que sostiene el acuerdo «{title}»",
                    Importance.MEANS,
                )
