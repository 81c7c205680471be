from collections.abc import Iterator, Mapping
from itertools import pairwise

from pauta.check.hours import DAY, spans
from pauta.check.rule import Problem, rule
from pauta.findings import Location, Severity
from pauta.model import Entity, Manual, Part
from pauta.spine import Field


@rule("Horario al revés", Severity.ERROR)
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que en los horarios cada jornada termine después de empezar, y que la segunda jornada de un día
    empiece cuando ya terminó la primera.

    Por qué importa
    De «18:00-08:00» nadie sabe si se atiende de noche o si las horas se escribieron al revés, y el
    cliente llega a la hora equivocada.

    Cómo se arregla
    Escriba primero la hora en que se abre:

        lunes: 08:00-18:00

    Si se atiende hasta la madrugada, divida la jornada a la medianoche:

        lunes: 18:00-24:00
        martes: 00:00-06:00, 18:00-24:00
    """
    for collection, (_, field) in manual.spine.collections.items():
        names = _schedules(field)
        for entity in manual.all(collection) if names else ():
            yield from _backwards(entity, entity.data, names)
    for part in manual.parts.values():
        if part.sound:
            yield from _backwards(part, part.data, _schedules(part.schema.root))


def _schedules(field: Field) -> list[str]:
    """The fields that say the hours of a week."""
    return [name for name, child in field.children.items() if child.type == "horario"]


def _backwards(holder: Entity | Part, data: Mapping[str, Mapping[str, str]], names: list[str]) -> Iterator[Problem]:
    for name in names:
        for day, hours in data.get(name, {}).items():
            shifts = list(spans(hours))
            if any(closes > DAY for _, closes in shifts):
                yield _problem(holder.at(name, day), hours, "termina antes de empezar")
            elif any(then[0] < first[1] for first, then in pairwise(shifts)):
                yield _problem(
                    holder.at(name, day), hours, "tiene una jornada que empieza antes de que termine la otra"
                )


def _problem(place: Location, hours: str, what: str) -> Problem:
    return Problem(
        place,
        f"El horario «{hours}» {what}.",
        "Escriba las jornadas en orden, cada una con la hora en que abre y la hora en que cierra; la que pasa de la "
        "medianoche se divide: hasta 24:00 ese día, y desde 00:00 el siguiente.",
    )
