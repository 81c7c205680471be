from collections.abc import Iterator

from pauta.check.agreements import share, time
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import Measure, parse_duration, parse_measure, same_unit

_WHOLE = 100  # percent


@rule("Acuerdo sin indicador que lo pruebe", Severity.ERROR, needs=("ans", "indicadores"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada acuerdo de nivel de servicio diga con qué indicador se prueba; que este mida lo que pasó
    y no lo que el cliente opina; que su meta esté en la unidad del tiempo acordado o en porcentaje de
    los casos, y que no sea más débil que lo que se promete.

    Por qué importa
    Lo que no se mide en la misma unidad no se puede discutir ni con el cliente ni con el área. Y una
    meta más floja que la promesa da por bueno lo que al cliente se le debe.

    Cómo se arregla
    Señale el indicador, y ponga su meta al menos en lo prometido:

        acuerdos:
          - id: ans_telefono
            valor: 20 segundos
            porcentaje: 80 %
            indicador: nivel_servicio_telefono

        indicadores:
          - id: nivel_servicio_telefono
            sentido: subir
            meta: 80 %
    """
    for agreement in manual.all("acuerdos"):
        if "indicador" not in agreement.data:
            yield Problem(
                agreement.at(),
                f"El acuerdo «{manual.title(agreement)}» no dice con qué indicador se prueba.",
                "Agregue «indicador:» con el identificador del que lo mide.",
            )
            continue
        indicator = manual.find("indicadores", agreement["indicador"])
        if indicator and indicator.sound and indicator["tipo"] == "percepcion":
            yield Problem(
                agreement.at("indicador"),
                f"«{manual.title(agreement)}» promete un tiempo y se prueba con «{manual.title(indicator)}», que mide lo "
                "que el cliente opina.",
                "Señale un indicador que mida el tiempo, o la proporción de casos a tiempo.",
            )
        elif indicator and indicator.sound:
            yield from _proof(manual, agreement, indicator)


def _proof(manual: Manual, agreement: Entity, indicator: Entity) -> Iterator[Problem]:
    target, title = parse_measure(indicator["meta"]), manual.title(indicator)
    if target.unit == "%":
        weaker, promised = _misses_more(indicator, target, agreement), f"en el {agreement['porcentaje']} de los casos"
    else:
        compared = _takes_longer(target, agreement)
        if compared is None:
            yield Problem(
                agreement.at("indicador"),
                f"«{manual.title(agreement)}» promete {agreement['valor']} y se prueba con «{title}», que se mide en "
                f"«{target.unit}».",
                "Señale un indicador en la misma unidad, o en porcentaje de casos a tiempo.",
            )
            return
        weaker, promised = compared, f"en {agreement['valor']}"
    if weaker:
        yield Problem(
            agreement.at("indicador"),
            f"«{manual.title(agreement)}» promete cumplir {promised}, y la meta de «{title}», con que se prueba, es "
            f"más débil: {indicator['meta']}.",
            "Suba la meta del indicador hasta lo prometido, o prometa lo que se mide.",
        )


def _misses_more(indicator: Entity, target: Measure, agreement: Entity) -> bool:
    """Whether a share of cases lets more of them fail than the agreement does."""
    promised = share(agreement)
    if indicator["sentido"] == "bajar":  # it counts those that fail
        return target.value > _WHOLE - promised
    return target.value < promised


def _takes_longer(target: Measure, agreement: Entity) -> bool | None:
    """Whether a time is longer than the agreed one; None when the two cannot be compared."""
    value = time(agreement)
    try:
        goal = parse_duration(str(target))
    except ValueError:  # «1.5 horas» is a measure, but no duration
        agreed = parse_measure(str(value))
        return target.value > agreed.value if same_unit(target.unit, agreed.unit) else None
    return value < goal if value.same_clock(goal) else None
