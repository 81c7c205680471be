from collections.abc import Callable, Iterator
from itertools import permutations

from pauta.check.rule import Problem, rule
from pauta.check.rules.acuerdo_vencido import is_over
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import Duration, parse_date, parse_duration

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


def overtaken(manual: Manual, is_sooner: Callable[[Entity, Entity], bool]) -> Iterator[tuple[Entity, Entity]]:
    """Agreements that should be the sooner and are not, each with the quickest of those that overtake it."""
    worst: dict[str, tuple[Entity, Entity]] = {}
    for one, other in _meeting(manual):
        if is_sooner(one, other) and comparable(one, other) and time(other) < time(one):
            known = worst.get(one.id)
            if known is None or time(other) < time(known[1]):
                worst[one.id] = one, other
    yield from worst.values()


def comparable(one: Entity, other: Entity) -> bool:
    """Whether the times of two agreements are of one clock."""
    return time(one).same_clock(time(other)) and same_or_unsaid(one, other, "reloj")


def same_or_unsaid(one: Entity, other: Entity, name: str) -> bool:
    """Whether two agreements say the same in a field, or one of them nothing."""
    return name not in one.data or name not in other.data or bool(one[name] == other[name])


def time(agreement: Entity) -> Duration:
    """The longest that an agreement lets a case take."""
    return parse_duration(agreement["valor"])


def _meeting(manual: Manual) -> Iterator[tuple[Entity, Entity]]:
    """Pairs of agreements under which one case may fall, both ways round."""
    by_service: dict[str, list[Entity]] = {}
    for agreement in manual.all("acuerdos"):
        if not is_over(manual, agreement):
            for service in agreement["servicios"]:
                by_service.setdefault(service, []).append(agreement)
    seen: set[tuple[str, str]] = set()
    for agreements in by_service.values():
        for one, other in permutations(agreements, 2):
            if (one.id, other.id) not in seen and _meet(one, other):
                seen.add((one.id, other.id))
                yield one, other


def _meet(one: Entity, other: Entity) -> bool:
    """Whether two agreements on a service share a level, a channel, a segment and some day.

    A higher level is a ceiling for the lower ones, so that it does not compete with them.
    """
    same_level = one.get("nivel", "cliente") == other.get("nivel", "cliente")
    return same_level and _overlap(one, other, "canales") and _overlap(one, other, "segmentos") and _days(one, other)


def _overlap(one: Entity, other: Entity, name: str) -> bool:
    """Whether two lists have something in common; without its list an agreement holds for all."""
    return name not in one.data or name not in other.data or not set(one[name]).isdisjoint(other[name])


def _days(one: Entity, other: Entity) -> bool:
    return all(
        "vigente_hasta" not in first.data or parse_date(then["vigente_desde"]) <= parse_date(first["vigente_hasta"])
        for first, then in ((one, other), (other, one))
    )
