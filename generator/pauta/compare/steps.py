"""From one version of a manual to the next: what changed, and who must read it again."""

from dataclasses import dataclass

from pauta.compare.model import Change
from pauta.compare.must_know import fingerprint, must_know
from pauta.compare.sections import compare
from pauta.model import Manual
from pauta.model.editions import Edition


@dataclass(frozen=True, slots=True)
class Step:
    """What a version brought."""

    previous: Edition
    edition: Edition
    changes: tuple[Change, ...]
    readers: frozenset[str]
    """Roles that must know something else than before, and so sign again."""


def step_between(previous: Edition, before: Manual, edition: Edition, after: Manual) -> Step:
    """The step from one manual to another."""
    earlier, later = _known(before), _known(after)
    readers = frozenset(role for role, known in later.items() if earlier.get(role) != known)
    return Step(previous, edition, compare(before, after), readers)


def _known(manual: Manual) -> dict[str, str]:
    """Role -> fingerprint of what it must know."""
    return {role.id: fingerprint(role, must_know(manual, role)) for role in manual.all("roles")}
