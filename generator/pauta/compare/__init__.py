"""Stage 3½: manual x manual -> changes, each with its direction, its level and whom it affects."""

from pauta.compare.model import Affected, Change, Kind, Level, highest
from pauta.compare.sections import compare

__all__ = ["Affected", "Change", "Kind", "Level", "compare", "highest"]
