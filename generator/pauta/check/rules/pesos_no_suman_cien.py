from collections.abc import Iterator
from decimal import Decimal

from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual, Part
from pauta.quantities import parse_measure

_WEIGHED = (("comprador_misterioso", "criterios"), ("libreta", "preguntas"))
"""The lists of the section whose entries have a weight."""
_ALL = Decimal(100)


@rule("Pesos que no suman cien", Severity.ERROR, needs=("evaluacion",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que los pesos de los criterios del comprador misterioso sumen 100 %, y también los de las
    preguntas de la libreta de calificaciones. La libreta puede no llevar pesos; si una pregunta
    lo lleva, lo llevan todas las que dan un puntaje. Las de texto libre no lo necesitan.

    Por qué importa
    La calificación se compara de un mes a otro y de una sucursal a otra. Si los pesos no suman
    cien, un servicio perfecto no llega a cien o uno con fallas lo pasa.

    Cómo se arregla
    Reparta los pesos entre todos los criterios hasta sumar 100 %:

        criterios:
          - id: co_cm_saludo
            peso: 40 %
          - id: co_cm_solucion
            peso: 60 %
    """
    part = manual.parts.get("evaluacion")
    if part:
        for where in _WEIGHED:
            entries = _entries(manual, where)
            if all(entry.sound for entry in entries):
                yield from _sum(manual, part, where, entries)


def _entries(manual: Manual, where: tuple[str, ...]) -> list[Entity]:
    """The entries of a list, also those whose id was taken."""
    repeated = (second for second, _ in manual.repeated if second.collection == "comprobaciones")
    return [e for e in (*manual.entities.get("comprobaciones", {}).values(), *repeated) if e.path[:-1] == where]


def _sum(manual: Manual, part: Part, where: tuple[str, ...], entries: list[Entity]) -> Iterator[Problem]:
    weighed = [entry for entry in entries if "peso" in entry.data]
    field = part.schema.root.at(where[:1])
    title = field.title if field else where[0]
    total = sum((parse_measure(entry["peso"]).value for entry in weighed), Decimal(0))
    unweighed = [entry for entry in entries if "peso" not in entry.data and entry["escala"] != "texto_libre"]
    if weighed and unweighed:
        yield from (_without(manual, entry, title) for entry in unweighed)
    elif weighed and total != _ALL:
        yield Problem(
            part.at(*where, key=True),
            f"Los pesos de «{title}» suman {total:f} %: {'sobra' if total > _ALL else 'falta'} {abs(total - _ALL):f} %.",
            "Reparta los pesos de modo que sumen 100 %.",
        )


def _without(manual: Manual, entry: Entity, title: str) -> Problem:
    return Problem(
        entry.at(),
        f"«{manual.title(entry)}» no lleva peso, y otras preguntas de «{title}» sí.",
        "Agregue «peso:» y reparta los pesos hasta sumar 100 %, o quíteselo a todas.",
    )
