"""What serving costs, and what serving badly costs: sums to the cent, in one currency.

What a manual can say wrong raises ValueError with a Spanish sentence that a finding may quote.
Sums and products are exact; a division keeps 28 digits, and ``to_cents`` rounds it as it is paid. Shares go from 0 to 1.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal

from pauta.quantities.money import Money

_CENT = Decimal("0.01")
_EXACT = Context(prec=200)
"""More digits than the product of the longest figures a manual may hold."""


@dataclass(frozen=True, slots=True)
class Component:
    """One line of a cost card; a variable one grows with the contacts, a fixed one does not."""

    amount: Money
    variable: bool


@dataclass(frozen=True, slots=True)
class CostCard:
    """The components of a cost in a period, and the contacts handled in it.

    Raises ValueError without components, with two currencies, or for fewer than no contacts.
    """

    components: tuple[Component, ...]
    contacts: Decimal

    def __post_init__(self) -> None:
        total(component.amount for component in self.components)
        if self.contacts < 0:
            raise ValueError("El volumen no puede ser negativo.")

    @property
    def total(self) -> Money:
        """The sum of all components."""
        return total(component.amount for component in self.components)

    @property
    def variable(self) -> Money:
        """The sum of what grows with the contacts."""
        nothing = Money(Decimal(0), self.total.currency)
        return total([nothing, *(component.amount for component in self.components if component.variable)])

    @property
    def fixed(self) -> Money:
        """The sum of what does not."""
        return self.total - self.variable

    def at(self, contacts: Decimal) -> "CostCard":
        """The card with other contacts: variable components in proportion, fixed ones as they are.

        Raises ValueError when there were no contacts to learn the proportion from.
        """
        none = "El volumen es cero: no se sabe cuánto cuesta un contacto más."
        grown = (
            replace(part, amount=_each(_times(part.amount, _amount(contacts)), self.contacts, none))
            if part.variable
            else part
            for part in self.components
        )
        return CostCard(tuple(grown), contacts)


def total(amounts: Iterable[Money]) -> Money:
    """The exact sum; raises ValueError when there is none or the currencies differ. Source: addition."""
    listed = list(amounts)
    if not listed:
        raise ValueError("No hay montos que sumar.")
    currencies = sorted({amount.currency for amount in listed})
    if len(currencies) > 1:
        raise ValueError(f"No se suman montos en {' y '.join(currencies)}: escriba todos en una moneda.")
    return sum(listed[1:], listed[0])


def to_cents(money: Money) -> Money:
    """The amount rounded to the cent, a half up, as it is paid."""
    return Money(money.amount.quantize(_CENT, ROUND_HALF_UP, _EXACT), money.currency)


def per_contact(cost: Money, handled: Decimal) -> Money:
    """The cost of each contact handled, not offered.

    Raises ValueError when none was. Source: the usual cost per contact of contact centres.
    """
    return _each(cost, handled, "Sin contactos atendidos no hay costo por contacto.")


def per_resolution(cost: Money, handled: Decimal, first_contact: Decimal) -> Money:
    """The cost of each matter solved: cost / (contacts · share solved in the first one).

    Raises ValueError when none was solved or the share is out of range. Source: the usual cost per
    resolution of contact centres.
    """
    solved = _EXACT.multiply(handled, _share(first_contact, "La resolución en primer contacto"))
    return _each(cost, solved, "Sin asuntos resueltos no hay costo por resolución.")


def per_productive_hour(loaded: Money, paid_hours: Decimal, reductions: Decimal) -> Money:
    """The cost of an hour of work: pay with all its charges / (paid hours · (1 - reductions)).

    Raises ValueError when no hour is left or the reductions are out of range. Source: the usual
    loaded cost of workforce planning.
    """
    present = 1 - _share(reductions, "Los reductores")
    return _each(loaded, _EXACT.multiply(paid_hours, present), "No queda ninguna hora de trabajo que costear.")


def rework(contacts: Decimal, first_contact: Decimal, contact_cost: Money) -> Money:
    """What the second contacts cost: contacts · (1 - share solved in the first one) · cost of one.

    Raises ValueError for figures out of range. Source: internal and external failure in the costs
    of quality of A. V. Feigenbaum (1956).
    """
    again = 1 - _share(first_contact, "La resolución en primer contacto")
    return _times(contact_cost, _amount(contacts), again)


def lost_customers(customers: Decimal, monthly: Money, months: Decimal, margin: Decimal) -> Money:
    """The margin that goes with customers who leave: customers · pay of a month · months they would have stayed · margin.

    Raises ValueError for figures out of range. Source: external failure, as ``rework``.
    """
    return _times(monthly, _amount(customers), _amount(months), _share(margin, "El margen"))


def compensation(cases: Decimal, each: Money) -> Money:
    """What is given to customers who were harmed: cases · amount of one.

    Raises ValueError for fewer than no cases. Source: external failure, as ``rework``.
    """
    return _times(each, _amount(cases))


def turnover(leavers: Decimal, replacement: Money) -> Money:
    """What it costs that people leave: leavers · cost to choose, hire and train one.

    Raises ValueError for fewer than no leavers. Source: the usual replacement cost of personnel management.
    """
    return _times(replacement, _amount(leavers))


def _times(money: Money, *factors: Decimal) -> Money:
    amount = money.amount
    for factor in factors:
        amount = _EXACT.multiply(amount, factor)
    return Money(amount, money.currency)


def _each(cost: Money, parts: Decimal, none: str) -> Money:
    if parts <= 0:
        raise ValueError(none)
    return Money(cost.amount / parts, cost.currency)


def _share(share: Decimal, name: str) -> Decimal:
    if not 0 <= share <= 1:
        raise ValueError(f"{name} debe ir de 0 % a 100 %.")
    return share


def _amount(number: Decimal) -> Decimal:
    if number < 0:
        raise ValueError("Las cantidades no pueden ser negativas.")
    return number
