from collections.abc import Iterator, Mapping
from typing import Any

from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import Duration, later, parse_date, parse_duration


@rule("Capacitación vencida", Severity.WARNING, needs=("cultura",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que a ningún rol se le haya vencido una capacitación que recibió: desde la última vez que se le
    impartió no ha pasado más tiempo que su vigencia. La vigencia se escribe en días calendario,
    semanas, meses o años.

    Por qué importa
    Lo que se aprendió una vez se olvida y lo que se enseñó cambia. La vigencia es el plazo que la
    misma empresa puso para repetirlo.

    Cómo se arregla
    Imparta de nuevo la capacitación y anótela con su fecha:

        impartida:
          - rol: tecnico_campo
            fecha: 2026-11-10
            personas: 12
            evidencia: Lista firmada y prueba práctica
    """
    for training in manual.all("capacitaciones"):
        valid = parse_duration(training["vigencia"])
        if valid.is_calendar and valid.amount:
            for position, given in _last_of_each_role(training).values():
                yield from _expired(manual, training, valid, position, given)
        else:
            yield Problem(
                training.at("vigencia"),
                f"La capacitación «{manual.title(training)}» dice que vale «{valid}»; con eso no se puede saber qué "
                "día vence.",
                "Use días calendario, semanas, meses o años, al menos uno; por ejemplo: 1 año.",
            )


def _last_of_each_role(training: Entity) -> dict[str, tuple[int, Mapping[str, Any]]]:
    """Role -> the last time it was given to that role, with its position."""
    by_day = sorted(enumerate(training.get("impartida", ())), key=lambda entry: parse_date(entry[1]["fecha"]))
    return {given["rol"]: (position, given) for position, given in by_day}


def _expired(
    manual: Manual,
    training: Entity,
    valid: Duration,
    position: int,
    given: Mapping[str, Any],
) -> Iterator[Problem]:
    due = later(parse_date(given["fecha"]), valid)
    if due < manual.today:
        role = manual.find("roles", given["rol"])
        yield Problem(
            training.at("impartida", position, "fecha"),
            f"La capacitación «{manual.title(training)}» de «{manual.title(role) if role else given['rol']}» venció el "
            f"{due}: se impartió por última vez el {given['fecha']} y vale {valid}.",
            "Impártala de nuevo y anótela en «impartida» con la fecha en que se hizo.",
        )
