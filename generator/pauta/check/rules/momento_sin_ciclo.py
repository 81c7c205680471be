from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual, Reference


@rule("Momento sin su ciclo", Severity.ERROR, needs=("momentos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada momento de verdad esté en un ciclo del servicio, y en uno solo.

    Por qué importa
    Un momento fuera de los ciclos no tiene antes ni después: nadie sabe de qué operación es parte.
    Uno que está en dos tiene dos dueños, y lo que se corrige para una operación puede dañar la otra.

    Cómo se arregla
    Nombre el momento en el ciclo al que pertenece, en el lugar en que el cliente lo vive:

        ciclos:
          - id: ci_pagar
            momentos:
              - mo_pagar_recibe
              - mo_pagar_revisa

    Si dos operaciones pasan por un momento parecido, escriba uno para cada una.
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """One cycle for each moment."""
    for moment in manual.all("momentos"):
        steps = _steps(manual, moment)
        yield Requirement(
            moment.section,
            f"«{manual.title(moment)}» en un ciclo del servicio",
            len(steps) == 1,
            Importance.DETAIL,
            problem=None if len(steps) == 1 else _misplaced(manual, moment, steps),
        )


def _steps(manual: Manual, moment: Entity) -> list[tuple[Entity, Reference]]:
    """The cycles that the moment is a step of, each with the place that says so."""
    steps: dict[str, tuple[Entity, Reference]] = {}
    for reference in manual.to(moment):
        cycle = reference.source
        # a cycle also names the moment that is its high point, which makes it no step
        if cycle and cycle.collection == "ciclos" and reference.path[len(cycle.path)] == "momentos":
            steps.setdefault(cycle.id, (cycle, reference))
    return list(steps.values())


def _misplaced(manual: Manual, moment: Entity, steps: list[tuple[Entity, Reference]]) -> Problem:
    title = manual.title(moment)
    if not steps:
        return Problem(
            moment.at(),
            f"El momento «{title}» no está en ningún ciclo del servicio.",
            f"Agregue «{moment.id}» a «momentos» del ciclo al que pertenece, o quítelo si sobra.",
        )
    return Problem(
        steps[1][1].location,
        f"El momento «{title}» está en más de un ciclo: {listed(manual.title(cycle) for cycle, _ in steps)}.",
        "Déjelo en uno; para los otros escriba un momento propio, con lo que ahí espera el cliente.",
    )
