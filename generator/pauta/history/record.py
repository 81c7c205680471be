"""What the repository of a manual tells of its history, for whoever renders it."""

from pathlib import Path

from pauta.history import repository
from pauta.history.document_control import last_changes
from pauta.history.news import read_past
from pauta.history.versions import released
from pauta.model.editions import Edition
from pauta.render.record import NO_RECORD, Record


def read_record(
    root: Path, *, names_people: bool = False, own: Edition | None = None, audience: str = "interno"
) -> Record:
    """The record of a project; empty without a repository, or when only a part of its history is there.

    The versions are those that led to the commit at hand and not one that was tagged there: what is
    built from a commit must be the same before and after its tag. ``own`` is the edition that is
    being released.
    """
    if not repository.has_whole_history(root):
        return NO_RECORD
    head = repository.commit_of(root, "HEAD")
    before = tuple(each for each in released(root, within="HEAD") if each.commit != head)
    changes = last_changes(root, names_people=names_people)
    past = read_past(root, before, audience=audience)
    return Record((*before, own) if own else before, changes, names_people, past.steps, past.last)
