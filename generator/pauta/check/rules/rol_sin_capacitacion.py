from collections.abc import Iterator, Mapping

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import parse_date

_Tie = tuple[str, str | None]
"""A collection and the name of something in it."""
_KINDS = ("momentos", "protocolos", "servicios")


@rule("Rol sin capacitación para un momento crítico", Severity.ERROR, needs=("momentos", "cultura", "roles"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada rol que interviene en un momento de verdad crítico (el que responde por él, los que
    trabajan detrás y el que lo recupera cuando sale mal) haya recibido una capacitación para ese
    momento. Sirve la que nombra el momento, su protocolo o el servicio de su ciclo, y se recibió
    cuando el rol está en «impartida» con una fecha que ya llegó. Se pide cuando el manual tiene la
    sección de cultura de servicio.

    Por qué importa
    Un momento crítico es el que puede perder al cliente. Ponerlo en manos de quien no ha sido
    preparado es dejar que aprenda a costa del cliente.

    Cómo se arregla
    Imparta la capacitación y anótela, o diga en una ya impartida para qué momentos sirve:

        capacitaciones:
          - id: ca_protocolo_queja
            momentos:
              - mo_falla_contacto
            impartida:
              - rol: asesor_atencion
                fecha: 2026-09-12
                personas: 14
                evidencia: Lista firmada y notas de la evaluación
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """A training that was given to each role for each critical moment it has a part in."""
    if "cultura" in manual.parts and manual.applies("cultura"):
        prepared, services = _prepared(manual), _services(manual)
        for role, moments in _parts_in_critical_moments(manual):
            has = prepared.get(role.id, set())
            lacking = [moment for moment in moments if has.isdisjoint(_ties(moment, services))]
            yield Requirement(
                "cultura",
                f"Capacitación de «{manual.title(role)}» para sus momentos críticos",
                not lacking,
                Importance.MEANS,
                problem=_untrained(manual, role, lacking) if lacking and _all_sound(manual) else None,
            )


def _parts_in_critical_moments(manual: Manual) -> Iterator[tuple[Entity, list[Entity]]]:
    """Each role that exists with the critical moments in which it does something."""
    by_role: dict[str, list[Entity]] = {}
    for moment in manual.all("momentos"):
        if moment["critico"]:
            names = [moment.get("rol"), moment.get("recuperacion", {}).get("responsable")]
            names += [task.get("rol") for task in moment.get("detras", ())]
            for name in dict.fromkeys(names):
                by_role.setdefault(name, []).append(moment)
    for role in manual.all("roles"):
        if role.id in by_role:
            yield role, by_role[role.id]


def _prepared(manual: Manual) -> dict[str, set[_Tie]]:
    """Role -> all that the trainings which were given to it are for."""
    prepared: dict[str, set[_Tie]] = {}
    for training in manual.all("capacitaciones"):
        for given in training.get("impartida", ()):
            if parse_date(given["fecha"]) <= manual.today:
                ties = ((kind, name) for kind in _KINDS for name in training.get(kind, ()))
                prepared.setdefault(given["rol"], set()).update(ties)
    return prepared


def _services(manual: Manual) -> dict[str, str]:
    """Moment -> the service of its cycle."""
    return {name: cycle["servicio"] for cycle in manual.all("ciclos") for name in cycle["momentos"]}


def _ties(moment: Entity, services: Mapping[str, str]) -> set[_Tie]:
    """What a training may name to be for the moment."""
    return set(zip(_KINDS, (moment.id, moment.get("protocolo"), services.get(moment.id)), strict=True))


def _all_sound(manual: Manual) -> bool:
    """Whether no mistake to mend could hide a training, or the cycle that ties it to a moment."""
    collections = (manual.entities.get(name, {}) for name in ("capacitaciones", "ciclos"))
    return all(entity.sound for collection in collections for entity in collection.values())


def _untrained(manual: Manual, role: Entity, moments: list[Entity]) -> Problem:
    return Problem(
        role.at(),
        f"«{manual.title(role)}» interviene en momentos críticos para los que no ha recibido capacitación: "
        f"{listed(manual.title(moment) for moment in moments)}.",
        f"Anote en «impartida» de una capacitación «rol: {role.id}», y en ella los momentos, los protocolos "
        "o los servicios para los que prepara.",
    )
