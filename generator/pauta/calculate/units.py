"""Whether amounts that are compared are counted in one unit."""

from collections.abc import Iterator
from functools import partial

from pauta.calculate.model import Calculation, Input, Judged, given
from pauta.model import Entity, Manual
from pauta.quantities import parse_measure, same_unit

_STOCK = ("minimo", "maximo", "existencia_seguridad", "demanda_diaria", "desviacion_diaria", "lote")


def units(manual: Manual) -> Iterator[Judged]:
    """The amounts of each article, capacity and resource that are in another unit than the one they are compared with."""
    for article in manual.all("inventarios"):
        others = [given(article, name) for name in _STOCK if name in article.data]
        yield from _other(manual, article, given(article, "punto_reorden"), others)
    for capacity in manual.all("capacidades"):
        bands = range(len(capacity.get("franjas", ())))
        volumes = [given(capacity, "pico", "volumen"), *(given(capacity, "franjas", each, "volumen") for each in bands)]
        yield from _other(manual, capacity, given(capacity, "volumen"), volumes)
        posts = [given(capacity, "franjas", each, "puestos") for each in bands]
        yield from _other(manual, capacity, given(capacity, "puestos"), posts)
    for resource in manual.all("recursos"):
        if "reserva" in resource.data:
            yield from _other(manual, resource, given(resource, "cantidad"), [given(resource, "reserva")])


def _other(manual: Manual, entity: Entity, base: Input, others: list[Input]) -> Iterator[Judged]:
    unit = parse_measure(base.value).unit
    for each in others:
        own = parse_measure(each.value).unit
        if not same_unit(own, unit):
            yield Judged(holds=False, write=partial(_different, manual, entity, base, each))


def _different(manual: Manual, entity: Entity, base: Input, each: Input) -> Calculation:
    unit, own = parse_measure(base.value).unit, parse_measure(each.value).unit
    return Calculation(
        f"unidad.{entity.collection}.{entity.id}.{'-'.join(map(str, each.path))}",
        "unidades-distintas",
        f"Unidad de «{each.name}» en «{manual.title(entity)}»",
        entity,
        "Unidad de cada cantidad = unidad de aquella con que se compara",
        (base,),
        (),
        each,
        f"En «{manual.title(entity)}», «{each.name}» está en «{own}» ({each.value}) y «{base.name}» en «{unit}» "
        f"({base.value}): no se pueden comparar.",
        f"«{own}» contra «{unit}»",
        f"Escriba las dos en «{unit}».",
        (),
        "Solo se comparan cantidades de una misma unidad",
    )
