from collections.abc import Iterator

from pauta.check.coverage import Requirement, must_say, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Norma sin objetivo", Severity.WARNING, needs=("manual",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada norma de la dirección diga a qué objetivo sirve.

    Por qué importa
    Una norma que no sirve a ningún objetivo se cumple por costumbre y se defiende con «así se hace
    aquí». Cuando estorba, nadie sabe si se puede quitar.

    Cómo se arregla
    Señale el objetivo, o quite la norma:

        - id: n_promesa_cumplida
          objetivos:
            - o_puntualidad
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """An objective for each norm."""
    for norm in manual.all("normas"):
        title = manual.title(norm)
        yield must_say(norm, ("objetivos",), f"A la norma «{title}»", f"El objetivo de la norma «{title}»")
