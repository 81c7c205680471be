"""What the supposed values would cost in a month, as far as the manual says costs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pauta.calculate.demand import answers
from pauta.calculate.words import counted, quoted
from pauta.model import Entity, Manual
from pauta.nearest import plain
from pauta.quantities import Money, parse_measure, parse_money
from pauta.quantities.costs import Component, CostCard, to_cents, total

_MONTHS = {"mes": 1, "trimestre": 3, "anio": 12}
_VARIABLE = "variable"
_HUMAN = "humano"


@dataclass(frozen=True, slots=True)
class Item:
    """Something whose cost of a month would be another."""

    name: str
    before: Money
    after: Money

    @property
    def difference(self) -> Money:
        """How much more; less than nothing when it would cost less."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Bill:
    """The difference in money of a month, and what the manual leaves unsaid."""

    items: tuple[Item, ...]
    notes: tuple[str, ...]

    @property
    def differences(self) -> tuple[Money, ...]:
        """The sum of the differences, one amount for each currency."""
        sums: dict[str, Money] = {}
        for item in self.items:
            added = item.difference
            sums[added.currency] = sums[added.currency] + added if added.currency in sums else added
        return tuple(sums.values())


def bill(before: Manual, after: Manual) -> Bill:
    """What the cost cards would say, and what it would cost to have the people that the capacities would need.

    Variable components grow with the volume of their card, fixed ones do not.
    """
    items, notes = list(_cards(before, after)), list[str]()
    for capacity in after.all("capacidades"):
        same = before.find("capacidades", capacity.id)
        more = _people(after, capacity) - _people(before, same) if same else Decimal(0)
        if more:
            item, note = _staff(after, capacity, more)
            items += [item] if item else []
            notes.append(note)
    return Bill(tuple(items), tuple(dict.fromkeys(notes)))


def _cards(before: Manual, after: Manual) -> Iterator[Item]:
    for cost in after.all("costos"):
        same = before.find("costos", cost.id)
        first, then = _card(same) if same else None, _card(cost)
        if same and first and then and first.total.currency == then.total.currency:
            grown = CostCard(then.components, first.contacts).at(then.contacts) if first.contacts else then
            was, will_be = _a_month(first.total, same), _a_month(grown.total, cost)
            if was != will_be:
                yield Item(f"Costo de «{after.title(cost)}»", was, will_be)


def _card(cost: Entity) -> CostCard | None:
    """The card of a cost; None when its amounts are not all in one currency."""
    parts = tuple(Component(parse_money(each["monto"]), each["tipo"] == _VARIABLE) for each in cost["componentes"])
    one = len({part.amount.currency for part in parts}) == 1
    return CostCard(parts, parse_measure(cost["volumen"]).value) if one else None


def _a_month(money: Money, cost: Entity) -> Money:
    return to_cents(Money(money.amount / _MONTHS[cost["periodo"]], money.currency))


def _people(manual: Manual, capacity: Entity) -> Decimal:
    """The people of a capacity: those declared, or those that some hour or season lacks if they are more."""
    needed = [
        answer.needs().people
        for answer in answers(manual).given
        if answer.moment.capacity is capacity and not answer.holds
    ]
    return max([parse_measure(capacity["personas"]).value, *map(Decimal, needed)])


def _staff(manual: Manual, capacity: Entity, more: Decimal) -> tuple[Item | None, str]:
    """The cost of more people, or fewer, and the sentence that says where it comes from or that it is not known."""
    who = counted(abs(more), "persona", "personas")
    said = f"{who} {'más' if more > 0 else 'menos'} en «{manual.title(capacity)}»"
    each = _one_person(manual, capacity)
    if each is None:
        return None, f"El manual no dice cuánto cuesta una persona de «{manual.title(capacity)}»: {said} no se suman."
    wage, source = each
    cost = to_cents(Money(wage.amount * abs(more), wage.currency))
    nothing = Money(Decimal(0), wage.currency)
    return Item(said, *((nothing, cost) if more > 0 else (cost, nothing))), source


def _one_person(manual: Manual, capacity: Entity) -> tuple[Money, str] | None:
    """What one person costs in a month: the components of the people's resource, among those who are counted so."""
    for resource in _human(manual, capacity):
        many = parse_measure(resource["cantidad"]).value
        amounts = list(_paid(manual, resource))
        if many and amounts and len({each.currency for each in amounts}) == 1:
            whole = total(amounts)
            wage = to_cents(Money(whole.amount / many, whole.currency))
            return wage, (
                f"Cada persona de {quoted([manual.title(resource)])} cuesta {wage} al mes: los componentes de ese "
                f"recurso suman {to_cents(whole)} entre {resource['cantidad']}."
            )
    return None


def _human(manual: Manual, capacity: Entity) -> Iterable[Entity]:
    roles = capacity.get("roles", ())
    return [each for each in manual.all("recursos") if each["tipo"] == _HUMAN and each.get("rol") in roles]


def _paid(manual: Manual, resource: Entity) -> Iterator[Money]:
    """What is paid for a resource in a month: the components that say so, or that only bear its name."""
    for cost in manual.all("costos"):
        for component in cost["componentes"]:
            same_name = plain(component["nombre"]) == plain(manual.title(resource))
            if component.get("recurso") == resource.id if "recurso" in component else same_name:
                money = parse_money(component["monto"])
                yield Money(money.amount / _MONTHS[cost["periodo"]], money.currency)
