"""What would happen if some values of the manual were others; nothing is written."""

from pauta.suppose.outcome import Break, Change, Moved, Outcome, suppose
from pauta.suppose.writing import FORMATS

__all__ = ["FORMATS", "Break", "Change", "Moved", "Outcome", "suppose"]
