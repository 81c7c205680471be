from collections.abc import Iterator

from pauta.check.coverage import listed
from pauta.check.rule import Problem, rule
from pauta.check.rules.acuerdo_vencido import is_over
from pauta.check.rules.ans_orden import time
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import Duration, Unit, parse_duration


@rule("Plazo interno fuera del acuerdo", Severity.ERROR, needs=("ans", "cultura", "proveedores"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que lo que tarda cada área, según los acuerdos entre áreas, y lo que tarda en responder cada
    proveedor del que depende un acuerdo quepan, uno tras otro, en el tiempo prometido al cliente.
    Solo se suman tiempos en la misma unidad.

    Por qué importa
    Si las áreas se toman entre todas más tiempo que el prometido, el acuerdo se incumple aunque cada
    una cumpla el suyo.

    Cómo se arregla
    Acorte los plazos internos, o prometa un tiempo en que quepan:

        acuerdos_entre_areas:
          - id: aa_bodega_campo
            plazo: 4 horas hábiles
            acuerdos:
              - ans_instalacion
    """
    inside: dict[str, list[Entity]] = {}
    for internal in manual.all("acuerdos_entre_areas"):
        for name in internal.get("acuerdos", ()):
            inside.setdefault(name, []).append(internal)
    for agreement in manual.all("acuerdos"):
        if not is_over(manual, agreement):
            yield from _sum(manual, agreement, inside.get(agreement.id, []))


def _sum(manual: Manual, agreement: Entity, internal: list[Entity]) -> Iterator[Problem]:
    suppliers = [manual.find("proveedores", name) for name in agreement.get("proveedores", ())]
    taken = [(parse_duration(one["plazo"]), one) for one in internal]
    taken += [(parse_duration(one["plazo_respuesta"]), one) for one in suppliers if one and one.sound]
    by_unit: dict[tuple[Unit, bool], list[tuple[Duration, Entity]]] = {}
    for duration, one in taken:
        by_unit.setdefault((duration.unit, duration.business), []).append((duration, one))
    for (unit, business), parts in by_unit.items():
        total = Duration(sum(duration.amount for duration, _ in parts), unit, business)
        if total.same_clock(time(agreement)) and time(agreement) < total:
            said = listed(f"{manual.title(one)}: {duration}" for duration, one in parts)
            yield Problem(
                agreement.at("valor"),
                f"«{manual.title(agreement)}» promete {agreement['valor']}, y los plazos de que depende suman {total}: {said}.",
                "Acorte esos plazos, o prometa un tiempo en que quepan uno tras otro.",
            )
