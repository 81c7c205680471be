"""Stage 1: files -> documents, with the line and column of every key and value."""

from pauta.load.document import Document, Path_, Value
from pauta.load.folder import Loaded, load_manual

__all__ = ["Document", "Loaded", "Path_", "Value", "load_manual"]
