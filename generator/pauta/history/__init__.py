"""What git remembers of a manual: its revisions, read without touching the working tree."""

from pauta.history.revisions import Snapshot, manual_at

__all__ = ["Snapshot", "manual_at"]
