from collections.abc import Iterator, Mapping

from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import Measure, parse_measure, same_unit

_VALUES = ("meta", "umbral_alerta", "umbral_critico", "minimo", "maximo", "linea_base")

_Values = Mapping[str, Measure]


_WHOLE = 100  # percent


@rule("Indicador incoherente", Severity.ERROR, needs=("indicadores",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que los valores de cada indicador digan lo mismo que su sentido. Si más es mejor, la meta está
    por encima del umbral de alerta y este no está por debajo del crítico; si menos es mejor, al
    revés. Un indicador de rango tiene mínimo y máximo, la meta dentro y los umbrales fuera o en la
    orilla. Todos los valores llevan la misma unidad, y un porcentaje va de 0 a 100.

    Por qué importa
    Con los valores cruzados, la alarma suena cuando todo va bien y calla cuando va mal.

    Cómo se arregla
    Ordene los valores según el sentido. Por ejemplo:

        sentido: subir
        meta: 80 %
        umbral_alerta: 75 %
        umbral_critico: 65 %

    o bien:

        sentido: bajar
        meta: 4 horas
        umbral_alerta: 6 horas
        umbral_critico: 8 horas
    """
    for indicator in manual.all("indicadores"):
        values = {name: parse_measure(indicator[name]) for name in _VALUES if name in indicator.data}
        comparable = {name: value for name, value in values.items() if same_unit(value.unit, values["meta"].unit)}
        yield from _units(manual, indicator, values, comparable)
        yield from _percentages(manual, indicator, values)
        if indicator["sentido"] == "rango":
            yield from _range(manual, indicator, comparable)
        else:
            yield from _direction(manual, indicator, comparable)


def _units(manual: Manual, indicator: Entity, values: _Values, comparable: _Values) -> Iterator[Problem]:
    for name in values.keys() - comparable.keys():
        yield Problem(
            indicator.at(name),
            f"En «{manual.title(indicator)}», {_said(indicator, name, values)} no está en la unidad de la meta, "
            f"«{values['meta'].unit}».",
            f"Escriba el valor en «{values['meta'].unit}», o cambie la unidad de los demás.",
        )


def _percentages(manual: Manual, indicator: Entity, values: _Values) -> Iterator[Problem]:
    for name, measure in values.items():
        if measure.unit == "%" and not 0 <= measure.value <= _WHOLE:
            yield Problem(
                indicator.at(name),
                f"En «{manual.title(indicator)}», {_said(indicator, name, values)} no está entre 0 % y 100 %.",
                "Corrija el número; si no es una parte de cien, use otra unidad, como puntos.",
            )


def _direction(manual: Manual, indicator: Entity, values: _Values) -> Iterator[Problem]:
    """The order of target, alert and critical threshold, from good to bad."""
    rising = indicator["sentido"] == "subir"
    side = "por debajo" if rising else "por encima"
    for better, worse, may_be_equal in (("meta", "umbral_alerta", False), ("umbral_alerta", "umbral_critico", True)):
        if better not in values or worse not in values:
            continue
        distance = (values[better].value - values[worse].value) * (1 if rising else -1)
        if distance < 0 or (distance == 0 and not may_be_equal):
            label = indicator.field.children["sentido"].labels[indicator["sentido"]]
            yield Problem(
                indicator.at(worse),
                f"En «{manual.title(indicator)}» el sentido es «{label}», pero {_said(indicator, worse, values)} "
                f"no está {side} de {_said(indicator, better, values)}.",
                f"Ponga «{worse}» {side} de «{better}», o cambie el sentido.",
            )


def _range(manual: Manual, indicator: Entity, values: _Values) -> Iterator[Problem]:
    ends = [name for name in ("minimo", "maximo") if name not in indicator.data]
    for name in ends:
        yield Problem(
            indicator.at("sentido"),
            f"«{manual.title(indicator)}» es un indicador de rango y no dice su «{indicator.field.children[name].title}».",
            f"Agregue «{name}:» con su unidad, o cambie el sentido a subir o bajar.",
        )
    if "minimo" in values and "maximo" in values:
        yield from _inside(manual, indicator, values)


def _inside(manual: Manual, indicator: Entity, values: _Values) -> Iterator[Problem]:
    low, high = values["minimo"].value, values["maximo"].value
    title, bounds = manual.title(indicator), f"del rango, de {values['minimo']} a {values['maximo']}"
    if low >= high:
        yield Problem(
            indicator.at("maximo"),
            f"En «{title}», {_said(indicator, 'maximo', values)} no está por encima de "
            f"{_said(indicator, 'minimo', values)}.",
            "Escriba en «minimo» el valor más bajo y en «maximo» el más alto.",
        )
        return
    if not low <= values["meta"].value <= high:
        yield Problem(
            indicator.at("meta"),
            f"En «{title}», {_said(indicator, 'meta', values)} está fuera {bounds}.",
            "Ponga la meta entre el mínimo y el máximo.",
        )
    for name in ("umbral_alerta", "umbral_critico"):
        if name in values and low < values[name].value < high:
            yield Problem(
                indicator.at(name),
                f"En «{title}», {_said(indicator, name, values)} está dentro {bounds}.",
                f"Ponga «{name}» en una orilla del rango o fuera de él: dentro todo va bien.",
            )
    if "umbral_alerta" in values and "umbral_critico" in values:
        alert, critical = values["umbral_alerta"].value, values["umbral_critico"].value
        if high <= critical < alert or alert < critical <= low:
            yield Problem(
                indicator.at("umbral_critico"),
                f"En «{title}», {_said(indicator, 'umbral_critico', values)} está más cerca del rango que "
                f"{_said(indicator, 'umbral_alerta', values)}.",
                "Ponga el umbral crítico más lejos del rango que el de alerta.",
            )


def _said(indicator: Entity, name: str, values: _Values) -> str:
    """The value as the manual says it, with the title of its field."""
    return f"«{indicator.field.children[name].title}» ({values[name]})"
