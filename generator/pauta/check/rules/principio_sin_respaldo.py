from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual

_TIES = ("normas", "conductas", "indicadores", "verificaciones")


@rule("Principio sin respaldo", Severity.ERROR, needs=("decalogo",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada principio del decálogo esté atado a una norma de la dirección, a una conducta que se
    pueda ver, a un indicador y a un punto de una lista de verificación.

    Por qué importa
    Un principio sin norma no obliga, sin conducta no se enseña, sin indicador no se sabe si se
    cumple y sin punto de verificación nadie lo mira. Queda como una frase en la pared.

    Cómo se arregla
    Agregue al principio las listas que le faltan:

        normas:
          - n_promesa_cumplida
        conductas:
          - Dice una hora y la escribe frente al cliente
        indicadores:
          - instalacion_a_tiempo
        verificaciones:
          - v_instalacion_ventana
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The four ties of each principle."""
    for principle in manual.all("principios"):
        lacking = [tie for tie in _TIES if not principle.get(tie)]
        title = manual.title(principle)
        yield Requirement(
            principle.section,
            f"Respaldo del principio «{title}»",
            not lacking,
            Importance.DETAIL,
            problem=Problem(
                principle.at(lacking[0], key=True),
                f"Al principio «{title}» le falta {listed(principle.field.children[tie].title for tie in lacking)}.",
                f"Agregue al principio {listed(f'{tie}:' for tie in lacking)}, con al menos un elemento.",
            )
            if lacking
            else None,
        )
