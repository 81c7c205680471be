"""What the history of a manual tells, as plain data: rendering asks no repository.

Whoever publishes reads it before, from git; where there is no repository, the record is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pauta.compare.steps import Step
from pauta.model import Manual
from pauta.model.editions import Edition


@dataclass(frozen=True, slots=True)
class LastChange:
    """The last change of a section that was more than its form."""

    day: date
    commit: str
    """The first digits of its commit."""
    author: str = ""
    """Who wrote it; empty on a site that names no people."""
    approver: str = ""
    """Who let it in, never the author; empty when nobody else did, or when no people are named."""


@dataclass(frozen=True, slots=True)
class Record:
    """The released versions that led to a manual, and the last change of each section."""

    editions: tuple[Edition, ...] = ()
    changes: Mapping[str, LastChange] = field(default_factory=dict)
    """Section -> its last change; a section with changes that are not in a commit has none."""
    names_people: bool = False
    """Whether the site tells who changed what."""
    steps: tuple[Step, ...] = ()
    """What each of those versions brought, the newest first."""
    last: tuple[Edition, Manual] | None = None
    """The last of them and its manual, from which the manual at hand goes on."""


NO_RECORD = Record()
