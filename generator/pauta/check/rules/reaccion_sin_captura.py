from collections.abc import Iterator

from pauta.check.coverage import Requirement, must_say, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Reacción que nadie recoge", Severity.ERROR, needs=("momentos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada momento de verdad de tipo reacción diga cómo se recoge lo que el cliente opina o
    recomienda.

    Por qué importa
    El cliente satisfecho o molesto se lo cuenta a alguien. Si la empresa no tiene cómo oírlo, se
    entera por las ventas que no llegaron.

    Cómo se arregla
    Escriba en el momento por dónde le llega a la empresa:

        captura: Encuesta de dos preguntas el tercer día, y registro de quién lo recomendó
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """How the company learns of each reaction."""
    for moment in manual.all("momentos"):
        if moment["tipo"] == "reaccion":
            title = manual.title(moment)
            yield must_say(
                moment, ("captura",), f"Al momento «{title}», en que el cliente opina,", f"Cómo se recoge «{title}»"
            )
