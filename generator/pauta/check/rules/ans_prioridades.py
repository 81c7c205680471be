from collections.abc import Iterator

from pauta.check.agreements import overtaken
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual


@rule("Prioridades cruzadas", Severity.ERROR, needs=("ans",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que, para un mismo servicio, canal y tiempo que se mide, lo de prioridad 1 no tarde más que lo
    de prioridad 2, ni esto más que lo de prioridad 3. Solo se comparan tiempos del mismo reloj.

    Por qué importa
    Si lo urgente puede esperar más que lo que no lo es, la prioridad no ordena la fila de nadie.

    Cómo se arregla
    Corrija el tiempo o la prioridad:

        prioridad: 1
        valor: 4 horas hábiles

    y en el acuerdo menos urgente:

        prioridad: 2
        valor: 8 horas hábiles
    """
    for urgent, other in overtaken(manual, _more_urgent):
        yield Problem(
            urgent.at("valor"),
            f"«{manual.title(urgent)}», de prioridad {urgent['prioridad']}, puede tardar {urgent['valor']}: más que "
            f"«{manual.title(other)}», de prioridad {other['prioridad']} ({other['valor']}).",
            f"Baje este tiempo hasta {other['valor']} o menos, o corrija la prioridad.",
        )


def _more_urgent(one: Entity, other: Entity) -> bool:
    ranked = "prioridad" in one.data and "prioridad" in other.data
    return ranked and one["metrica"] == other["metrica"] and bool(one["prioridad"] < other["prioridad"])
