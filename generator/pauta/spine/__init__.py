"""The spine: the schemas as typed fields, from which everything else follows."""

from pauta.spine.field import Field, Kind
from pauta.spine.read import Section, Spine, read_spine

__all__ = ["Field", "Kind", "Section", "Spine", "read_spine"]
