"""What the typed texts of a manual say: money, durations, dates and measures. Pure, and free of the rest."""

from pauta.quantities.durations import Duration, Unit, later, parse_date, parse_duration
from pauta.quantities.measures import Measure, parse_measure, same_unit
from pauta.quantities.money import Money, parse_money

__all__ = [
    "Duration",
    "Measure",
    "Money",
    "Unit",
    "later",
    "parse_date",
    "parse_duration",
    "parse_measure",
    "parse_money",
    "same_unit",
]
