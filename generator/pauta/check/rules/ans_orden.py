from collections.abc import Iterator

from pauta.check.agreements import overtaken
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_STEPS = {"acuse": 0, "primera_respuesta": 1, "resolucion": 2}
"""What happens first, then and last in a case."""


@rule("Acuerdos en desorden", Severity.ERROR, needs=("ans",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que, para un mismo servicio, canal y prioridad, el acuse de recibo no tarde más que la primera
    respuesta, ni la primera respuesta más que la resolución. Solo se comparan tiempos del mismo
    reloj.

    Por qué importa
    Un caso que se debe resolver antes de lo que se debe contestar es un dedo mal puesto, y el
    cliente lee los dos plazos.

    Cómo se arregla
    Corrija el tiempo que esté mal:

        metrica: primera_respuesta
        valor: 2 horas hábiles

    y en el otro acuerdo:

        metrica: resolucion
        valor: 8 horas hábiles
    """
    for slow, quick in overtaken(manual, _comes_before):
        labels = slow.field.children["metrica"].labels
        yield Problem(
            slow.at("valor"),
            f"«{manual.title(slow)}» promete «{labels[slow['metrica']]}» en {slow['valor']}, después de "
            f"«{labels[quick['metrica']]}» en «{manual.title(quick)}» ({quick['valor']}).",
            f"Baje este tiempo hasta {quick['valor']} o menos, o suba el del otro acuerdo.",
        )


def _comes_before(one: Entity, other: Entity) -> bool:
    first, then = _STEPS.get(one["metrica"]), _STEPS.get(other["metrica"])
    ordered = first is not None and then is not None and first < then
    return ordered and one.get("prioridad", other.get("prioridad")) == other.get("prioridad", one.get("prioridad"))
