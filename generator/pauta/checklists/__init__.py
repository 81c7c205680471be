"""Stage 5: the manual -> checklists, and the forms in which they are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pauta.checklists import csv_, markdown
from pauta.checklists.build import all_checklists
from pauta.checklists.model import (
    Answer,
    Checklist,
    Group,
    Item,
    Kind,
    Reminder,
    Respondent,
    Scoring,
    Source,
)
from pauta.checklists.score import Score, rules, score


@dataclass(frozen=True, slots=True)
class Writer:
    """A form of a checklist: how its files end, and what they hold, to be saved as UTF-8."""

    ending: str
    write: Callable[[Checklist], str]


WRITERS: Mapping[str, Writer] = {
    "csv": Writer(".csv", csv_.write),
    "markdown": Writer(".md", markdown.write),
}
"""Every form, by name; a further one is a file and a line here."""

__all__ = [
    "WRITERS",
    "Answer",
    "Checklist",
    "Group",
    "Item",
    "Kind",
    "Reminder",
    "Respondent",
    "Score",
    "Scoring",
    "Source",
    "Writer",
    "all_checklists",
    "rules",
    "score",
]
