"""Stage 3: documents -> one frozen manual: entities by id, references both ways."""

from pauta.model.build import build_manual
from pauta.model.manual import Entity, Manual, Part, Reference

__all__ = ["Entity", "Manual", "Part", "Reference", "build_manual"]
