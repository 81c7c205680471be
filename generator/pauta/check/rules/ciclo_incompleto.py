from collections.abc import Iterator, Mapping

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual


@rule("Ciclo del servicio incompleto", Severity.ERROR, needs=("momentos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada ciclo del servicio tenga al menos un momento de cada tipo (necesidad, investigación,
    elección, compra, después de la compra y reacción) o diga por qué ese tipo no aplica. También,
    que no declare que no aplica un tipo del que sí tiene un momento.

    Por qué importa
    El cliente empieza a opinar antes de llamar y sigue opinando después de pagar. Lo que el ciclo
    se salta es lo que nadie cuida.

    Cómo se arregla
    Agregue a «momentos» del ciclo uno del tipo que falta, o diga por qué no lo hay:

        tipos_que_no_aplican:
          - tipo: eleccion
            motivo: La factura llega sola; el cliente no escoge recibirla.
    """
    yield from unmet(asked(manual))
    for cycle in manual.all("ciclos"):
        yield from _contradictions(manual, cycle)


def asked(manual: Manual) -> Iterator[Requirement]:
    """The six types in each cycle, in one requirement a cycle."""
    for cycle in manual.all("ciclos"):
        title, moments = manual.title(cycle), _moments(manual, cycle)
        there = {moment["tipo"] for moment in moments if moment.sound} | {entry["tipo"] for entry in _declared(cycle)}
        lacking = [kind for kind in _labels(manual) if kind not in there]
        all_known = len(moments) == len(cycle["momentos"]) and all(moment.sound for moment in moments)
        yield Requirement(
            cycle.section,
            f"Los seis tipos de momento en el ciclo «{title}»",
            not lacking,
            Importance.DETAIL,
            problem=_lacks(manual, cycle, lacking) if lacking and all_known else None,
        )


def _lacks(manual: Manual, cycle: Entity, lacking: list[str]) -> Problem:
    labels = _labels(manual)
    return Problem(
        cycle.at("momentos", key=True),
        f"El ciclo «{manual.title(cycle)}» no tiene momentos de tipo {listed(labels[kind] for kind in lacking)} "
        "ni dice por qué.",
        "Agregue a «momentos» uno de cada tipo que falta, o explíquelo en «tipos_que_no_aplican:» con "
        f"{listed(f'tipo: {kind}' for kind in lacking)} y su «motivo:».",
    )


def _contradictions(manual: Manual, cycle: Entity) -> Iterator[Problem]:
    """A problem for each type that the cycle declares as not applicable and has."""
    for position, entry in enumerate(_declared(cycle)):
        kind = entry["tipo"]
        having = [manual.title(m) for m in _moments(manual, cycle) if m.sound and m["tipo"] == kind]
        if having:
            yield Problem(
                cycle.at("tipos_que_no_aplican", position, "tipo"),
                f"El ciclo «{manual.title(cycle)}» dice que el tipo «{_labels(manual)[kind]}» no aplica, "
                f"y lo tiene en {listed(having)}.",
                "Quite el tipo de «tipos_que_no_aplican», o corrija el tipo del momento.",
            )


def _moments(manual: Manual, cycle: Entity) -> list[Entity]:
    """The moments of the cycle that exist; a name that nothing has is told elsewhere."""
    found = (manual.find("momentos", name) for name in cycle["momentos"])
    return [moment for moment in found if moment is not None]


def _declared(cycle: Entity) -> list[Mapping[str, str]]:
    return list(cycle.get("tipos_que_no_aplican", ()))


def _labels(manual: Manual) -> Mapping[str, str]:
    return manual.spine.collections["momentos"][1].children["tipo"].labels
