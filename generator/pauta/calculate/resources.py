"""Whether there is enough of each resource for the posts that use it at once, and for the people that it is."""

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial

from pauta.calculate.capacity import declared_posts
from pauta.calculate.model import Calculation, Figure, Judged, given
from pauta.calculate.words import in_unit, number, short_or_left
from pauta.model import Entity, Manual
from pauta.quantities import parse_measure, same_unit

_RULE = "recurso-insuficiente"


def resources(manual: Manual) -> Iterator[Judged]:
    """Each resource that says which capacities use it, and each that is people of a role."""
    for resource in manual.all("recursos"):
        used_by = [manual.find("capacidades", name) for name in resource.get("capacidades", ())]
        if used_by and all(one and one.sound for one in used_by):
            sound = [one for one in used_by if one]
            holds = parse_measure(resource["cantidad"]).value >= _used(resource, sound) + _kept(resource)
            yield Judged(holds, partial(_at_once, manual, resource, sound))
        role = manual.find("roles", resource.get("rol", ""))
        if resource["tipo"] == "humano" and role and role.sound:
            enough = parse_measure(resource["cantidad"]).value <= role["personas"]
            yield Judged(enough, partial(_of_a_role, manual, resource, role))


def _at_once(manual: Manual, resource: Entity, used_by: list[Entity]) -> Calculation:
    declared = given(resource, "cantidad")
    has, kept, used = parse_measure(declared.value), _kept(resource), _used(resource, used_by)
    each = Fraction(str(resource.get("por_puesto", 1)))
    needed, title = used + kept, manual.title(resource)
    difference = short_or_left(has.value, needed, has.unit)
    fits = (Fraction(has.value) - Fraction(kept)) / each if each else Fraction(0)
    optional = tuple(given(resource, name) for name in ("por_puesto", "reserva") if name in resource.data)
    return Calculation(
        f"recurso.{resource.id}",
        _RULE,
        f"«{title}» para los puestos que lo usan",
        resource,
        "Cantidad = puestos que atienden a la vez × unidades por puesto, hacia arriba, + reserva",
        (*(given(one, "puestos", name=f"Puestos de «{manual.title(one)}»") for one in used_by), *optional),
        (Figure("Cantidad que hace falta", f"{in_unit(needed, has.unit)}", float(needed)),),
        declared,
        f"De «{title}» hacen falta {number(needed)} ({number(used)} en uso y {number(kept)} de reserva) y se declaran "
        f"{declared.value}: {difference}.",
        difference,
        f"Declare {in_unit(needed, has.unit)}; con {declared.value} trabajan {number(max(math.floor(fits), 0))} puestos a la vez.",
        ("Todos los puestos atienden al mismo tiempo.",),
        "Conteo",
    )


def _of_a_role(manual: Manual, resource: Entity, role: Entity) -> Calculation:
    declared, people = given(resource, "cantidad"), given(role, "personas")
    needed = parse_measure(declared.value)
    difference, title = short_or_left(role["personas"], needed.value, needed.unit), manual.title(resource)
    return Calculation(
        f"recurso.{resource.id}.personas",
        _RULE,
        f"Personas de «{title}»",
        resource,
        "Cantidad del recurso ≤ personas del rol",
        (declared, people),
        (),
        declared,
        f"«{title}» pide {declared.value}, y el rol «{manual.title(role)}» tiene {number(role['personas'])}: {difference}.",
        difference,
        f"Escriba {number(role['personas'])} o menos en el recurso, o ponga {number(needed.value)} personas en el rol.",
        (),
        "Conteo",
    )


def _used(resource: Entity, used_by: list[Entity]) -> int:
    """How many the posts occupy when all of them attend."""
    posts = sum((Fraction(declared_posts(one)) for one in used_by), Fraction())
    return math.ceil(posts * Fraction(str(resource.get("por_puesto", 1))))


def _kept(resource: Entity) -> Decimal:
    """What is set aside, when it is counted in the unit of the resource; another unit is told elsewhere."""
    if "reserva" not in resource.data:
        return Decimal(0)
    kept, has = parse_measure(resource["reserva"]), parse_measure(resource["cantidad"])
    return kept.value if same_unit(kept.unit, has.unit) else Decimal(0)
