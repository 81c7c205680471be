from collections.abc import Callable, Iterator
from functools import partial

from pauta.check.rule import Problem, rule
from pauta.findings import Location, Severity
from pauta.model import Entity, Manual, Part
from pauta.quantities import parse_date, parse_duration

_DONE = {"costos": "El cálculo del costo de", "estudios": "El estudio", "hallazgos": "El hallazgo"}
"""What has been done by its date, and what it is called."""


@rule("Fecha imposible", Severity.ERROR)
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que las fechas puedan ser ciertas: lo que ya ocurrió (una revisión, una aprobación, una
    evaluación, un cálculo de costo, un estudio, un hallazgo, un retiro) no está en el futuro; lo que
    termina no termina antes de empezar; un servicio retirado dice desde cuándo y uno que se ofrece no; y las secciones se
    revisan cada cierto número de días calendario, semanas, meses o años.

    Por qué importa
    Una fecha imposible esconde un error de dedo o una revisión que no se hizo, y de ella dependen
    los avisos de vencimiento.

    Cómo se arregla
    Corrija la fecha o el intervalo que se señala. Por ejemplo:

        control:
          ultima_revision: 2026-10-05
          revisar_cada: 6 meses
    """
    for part in manual.parts.values():
        if part.sound:
            yield from _control(manual, part)
            yield from _declaration(manual, part)
    for service in manual.all("servicios"):
        yield from _retirement(manual, service)
    for collection in ("alianzas", "acuerdos", "programas"):
        for entity in manual.all(collection):
            yield from _order(entity, "vigente_desde", "vigente_hasta", manual.title(entity))
    yield from _facts(manual)
    yield from _deadlines(manual)


def _control(manual: Manual, part: Part) -> Iterator[Problem]:
    yield from _in_the_future(
        manual,
        part.control["ultima_revision"],
        partial(part.at, "control", "ultima_revision"),
        f"La última revisión de «{part.title}»",
    )
    every = parse_duration(part.control["revisar_cada"])
    if not every.is_calendar or every.amount == 0:
        yield Problem(
            part.at("control", "revisar_cada"),
            f"La sección «{part.title}» dice que se revisa cada «{every}»; con eso no se puede saber qué día toca.",
            "Use días calendario, semanas, meses o años, al menos uno; por ejemplo: 6 meses.",
        )


def _declaration(manual: Manual, part: Part) -> Iterator[Problem]:
    declared = part.not_applicable
    if declared:
        yield from _in_the_future(
            manual,
            declared["aprobado_el"],
            partial(part.at, "no_aplica", "aprobado_el"),
            f"La aprobación de que «{part.title}» no aplica",
        )
        if parse_date(declared["revisar_el"]) < parse_date(declared["aprobado_el"]):
            yield Problem(
                part.at("no_aplica", "revisar_el"),
                f"«{part.title}» se vuelve a mirar el {declared['revisar_el']}, antes de que se aprobara que no aplica "
                f"({declared['aprobado_el']}).",
                "Escriba en «revisar_el» una fecha posterior a la aprobación.",
            )


def _retirement(manual: Manual, service: Entity) -> Iterator[Problem]:
    title, retired, day = manual.title(service), service["estado"] == "retirado", service.get("retirado_el")
    if retired and day is None:
        yield Problem(
            service.at("estado"),
            f"El servicio «{title}» está retirado y no dice desde cuándo.",
            "Agregue «retirado_el:» con la fecha desde la que dejó de ofrecerse.",
        )
    elif retired:
        yield from _in_the_future(manual, day, partial(service.at, "retirado_el"), f"El retiro del servicio «{title}»")
    elif day is not None:
        yield Problem(
            service.at("retirado_el"),
            f"El servicio «{title}» se ofrece y a la vez dice que se retiró el {day}.",
            "Quite «retirado_el», o cambie el estado a retirado.",
        )


def _facts(manual: Manual) -> Iterator[Problem]:
    """Dates of what has already been done."""
    for collection, what in _DONE.items():
        for entity in manual.all(collection):
            yield from _in_the_future(
                manual,
                entity["fecha"],
                partial(entity.at, "fecha"),
                f"{what} «{manual.title(entity)}»",
            )
    for supplier in manual.all("proveedores"):
        if "evaluacion" in supplier.data:
            yield from _in_the_future(
                manual,
                supplier["evaluacion"]["fecha"],
                partial(supplier.at, "evaluacion", "fecha"),
                f"La evaluación de «{manual.title(supplier)}»",
            )


def _deadlines(manual: Manual) -> Iterator[Problem]:
    """Objectives of a manual that were due before it came into force."""
    if manual.identity:
        start = manual.identity.data["vigente_desde"]
        for objective in manual.all("objetivos"):
            if parse_date(objective["fecha_limite"]) < parse_date(start):
                yield Problem(
                    objective.at("fecha_limite"),
                    f"El objetivo «{manual.title(objective)}» vence el {objective['fecha_limite']}, antes de que el "
                    f"manual entre en vigencia ({start}).",
                    "Escriba una fecha límite posterior, o quite el objetivo si ya se cumplió.",
                )


def _order(entity: Entity, start: str, end: str, title: str) -> Iterator[Problem]:
    if end in entity.data and parse_date(entity[end]) < parse_date(entity[start]):
        yield Problem(
            entity.at(end),
            f"«{title}» termina el {entity[end]}, antes de empezar ({entity[start]}).",
            f"Corrija «{start}» o «{end}».",
        )


def _in_the_future(manual: Manual, day: str, locate: Callable[[], Location], what: str) -> Iterator[Problem]:
    """A problem when the day has not come; only then is its place looked for, which takes long."""
    if parse_date(day) > manual.today:
        yield Problem(
            locate(),
            f"{what} tiene fecha {day}, que todavía no llega: hoy es {manual.today}.",
            "Corrija la fecha; si aún no se ha hecho, escriba la de la última vez que se hizo.",
        )
