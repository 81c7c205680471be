from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, lines, titles, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_REMEMBERED = ("punto_alto", "cierre")


@rule("Ciclo que no deja recuerdo", Severity.ERROR, needs=("momentos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada ciclo del servicio diga cuál de sus momentos es el punto alto y cómo termina, y que el
    punto alto sea un momento del mismo ciclo que diga qué lo hace memorable.

    Por qué importa
    De una atención se recuerdan lo mejor o lo peor que pasó y el final; lo demás se olvida. Lo que
    nadie planea queda a la suerte del día.

    Cómo se arregla
    Escoja en el ciclo el momento en que se va a sorprender al cliente, y escriba el final:

        punto_alto: mo_pagar_revisa
        cierre: Termina con el saldo en cero a la vista.

    y en el momento:

        nivel_esperado: sorprendente
        detalle_memorable: La disculpa viene con la corrección ya hecha.
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """A planned peak and an ending for each cycle."""
    for cycle in manual.all("ciclos"):
        problem = _forgettable(manual, cycle)
        yield Requirement(
            cycle.section,
            f"Punto alto y cierre del ciclo «{manual.title(cycle)}»",
            problem is None,
            Importance.DETAIL,
            problem=problem,
        )


def _forgettable(manual: Manual, cycle: Entity) -> Problem | None:
    title, missing = manual.title(cycle), [name for name in _REMEMBERED if name not in cycle.data]
    if missing:
        return Problem(
            cycle.at(),
            f"Al ciclo «{title}» le falta {titles(cycle.field, missing)}.",
            f"Agregue al ciclo {lines(missing)}.",
        )
    peak = manual.find("momentos", cycle["punto_alto"])
    if peak is None or not peak.sound:  # told elsewhere
        return None
    if peak.id not in cycle["momentos"]:
        return Problem(
            cycle.at("punto_alto"),
            f"El punto alto del ciclo «{title}» es «{manual.title(peak)}», que no es uno de sus momentos.",
            "Escoja uno de los momentos del ciclo.",
        )
    return None if "detalle_memorable" in peak.data else _plain(manual, peak, title)


def _plain(manual: Manual, peak: Entity, cycle: str) -> Problem:
    return Problem(
        peak.at(),
        f"«{manual.title(peak)}» es el punto alto del ciclo «{cycle}» y no dice qué lo hace memorable.",
        "Agregue al momento «detalle_memorable:», o escoja otro punto alto.",
    )
