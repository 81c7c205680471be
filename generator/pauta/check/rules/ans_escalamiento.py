from collections.abc import Iterator

from pauta.check.agreements import time
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import Duration, parse_duration


@rule("Escalamiento tardío o en desorden", Severity.ERROR, needs=("ans",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada aviso del escalamiento de un acuerdo ocurra después del anterior y, a más tardar, cuando
    se cumple el tiempo acordado. Solo se comparan tiempos del mismo reloj.

    Por qué importa
    Se escala para llegar a tiempo. Un aviso que llega después del límite solo sirve para explicar
    por qué se falló.

    Cómo se arregla
    Ordene los avisos del más temprano al más tardío, dentro del límite:

        valor: 4 horas hábiles
        escalamiento:
          - a_los: 2 horas hábiles
            rol: supervisor_atencion
            hace: Asigna el caso por nombre
          - a_los: 3 horas hábiles
            rol: gerente_servicio
            hace: Decide quién contesta
    """
    for agreement in manual.all("acuerdos"):
        steps = [parse_duration(step["a_los"]) for step in agreement.get("escalamiento", ())]
        for position, step in enumerate(steps):
            earlier = [other for other in steps[:position] if other.same_clock(step)]
            if step.same_clock(time(agreement)) and time(agreement) < step:
                yield _late(manual, agreement, position, step)
            elif earlier and step <= max(earlier):
                yield _unordered(manual, agreement, position, max(earlier))


def _late(manual: Manual, agreement: Entity, position: int, step: Duration) -> Problem:
    return Problem(
        agreement.at("escalamiento", position, "a_los"),
        f"En «{manual.title(agreement)}» se avisa a los {step}, cuando el tiempo acordado ({agreement['valor']}) ya venció.",
        "Adelante el aviso para que quede tiempo de actuar.",
    )


def _unordered(manual: Manual, agreement: Entity, position: int, before: Duration) -> Problem:
    said = agreement["escalamiento"][position]["a_los"]
    return Problem(
        agreement.at("escalamiento", position, "a_los"),
        f"En «{manual.title(agreement)}» el aviso {position + 1} es a los {said}, que no es después del que va antes "
        f"({before}).",
        "Ponga los avisos del más temprano al más tardío, cada uno a su hora.",
    )
