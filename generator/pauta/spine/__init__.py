"""The spine: the schemas as typed fields, from which everything else follows."""

from pauta.spine.field import Field, Kind
from pauta.spine.read import Json, Section, Spine, read_spine

__all__ = ["Field", "Json", "Kind", "Section", "Spine", "read_spine"]
