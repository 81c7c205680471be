"""Stage 1: files -> documents, with the line and column of every key and value."""

from pauta.load.document import Document, Path_, Value
from pauta.load.folder import Files, Loaded, load_files, load_manual, read_files

__all__ = ["Document", "Files", "Loaded", "Path_", "Value", "load_files", "load_manual", "read_files"]
