"""Amounts of money, exact to the cent."""

import re
from dataclasses import dataclass
from decimal import Decimal

_WRITTEN = re.compile(r"(?P<amount>(?:0|[1-9][0-9]*)(?:\.[0-9]{1,2})?) (?P<currency>[A-Z]{3})")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (three letters, ISO 4217). A difference may be negative."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        """The sum; raises ValueError when the currencies differ."""
        return Money(self.amount + self._same_currency(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """The difference; raises ValueError when the currencies differ."""
        return Money(self.amount - self._same_currency(other), self.currency)

    def __str__(self) -> str:
        """The text as a manual writes it: whole, or with two decimals."""
        whole = self.amount == self.amount.to_integral_value()
        return f"{self.amount:.0f} {self.currency}" if whole else f"{self.amount:.2f} {self.currency}"

    def _same_currency(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            message = f"{self.currency} and {other.currency} are different currencies"
            raise ValueError(message)
        return other.amount


def parse_money(text: str) -> Money:
    """The money of a text like «1250.50 GTQ»; raises ValueError on any other."""
    match = _WRITTEN.fullmatch(text)
    if not match:
        message = f"not an amount of money: {text!r}"
        raise ValueError(message)
    return Money(Decimal(match["amount"]), match["currency"])
