from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_BACKING = ("indicadores", "recuperacion")


@rule("Momento crítico sin respaldo", Severity.ERROR, needs=("momentos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada momento de verdad crítico tenga al menos un indicador que diga si sale bien y un plan
    de recuperación para cuando sale mal.

    Por qué importa
    Crítico quiere decir que fallar ahí basta para perder al cliente. Sin número, la falla se
    descubre tarde; sin plan, quien está enfrente improvisa.

    Cómo se arregla
    Agregue al momento lo que le falta:

        recuperacion:
          accion: Se llama antes de que termine la ventana y se ofrecen dos horas del día siguiente.
          responsable: coordinador_campo
          plazo: 1 día hábil
        indicadores:
          - instalacion_a_tiempo

    Si en verdad el cliente no se pierde por él, cambie «critico» a false.
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """An indicator and a plan for each critical moment."""
    for moment in manual.all("momentos"):
        if moment["critico"]:
            lacking = [name for name in _BACKING if name not in moment.data]
            yield Requirement(
                moment.section,
                f"Indicador y plan de recuperación de «{manual.title(moment)}»",
                not lacking,
                Importance.PROMISE,
                problem=_unbacked(manual, moment, lacking) if lacking else None,
            )


def _unbacked(manual: Manual, moment: Entity, lacking: list[str]) -> Problem:
    titles = listed(moment.field.children[name].title for name in lacking)
    return Problem(
        moment.at(),
        f"El momento «{manual.title(moment)}» es crítico y le falta {titles}.",
        f"Agregue al momento {listed(f'{name}:' for name in lacking)}; si fallar ahí no hace perder al cliente, "
        "ponga «critico: false».",
    )
