"""Who wrote a commit and who let it in, never the same person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pauta.history import repository

_FORMAT = "%x01%H%x00%P%x00%aN%x00%aE%x00%cN%x00%cE%x00%(trailers:only,unfold)"
_APPROVALS = frozenset({"approved-by", "reviewed-by", "aprobado-por", "revisado-por"})
_MACHINES = frozenset({"noreply@github.com", "noreply@gitlab.com"})
"""Who signs the commits made on a web page."""


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    address: str

    def is_same(self, other: "_Person") -> bool:
        return self.name.casefold() == other.name.casefold() or self.address.casefold() == other.address.casefold()


@dataclass(frozen=True, slots=True)
class _Commit:
    parents: tuple[str, ...]
    author: _Person
    committer: _Person
    approvals: tuple[_Person, ...]


@dataclass(frozen=True, slots=True)
class People:
    """The people of a history."""

    commits: Mapping[str, _Commit]
    merged_by: Mapping[str, str]
    """Commit -> the merge that brought it to the main line."""

    def author(self, commit: str) -> str:
        """The name of who wrote a commit."""
        return self.commits[commit].author.name

    def approver(self, commit: str) -> str:
        """The name of who approved it: the one its message names, or else who merged it, or who committed it."""
        author = self.commits[commit].author
        others = (each for each in self._candidates(commit) if not each.is_same(author))
        return next((each.name for each in others), "")

    def _candidates(self, commit: str) -> Iterator[_Person]:
        yield from self.commits[commit].approvals
        merge = self.commits.get(self.merged_by.get(commit, ""))
        if merge is not None:
            yield from merge.approvals
            yield merge.author
        if self.commits[commit].committer.address not in _MACHINES:
            yield self.commits[commit].committer


def people_of(root: Path) -> People:
    """The people of the whole history of HEAD."""
    told = repository.text(root, "log", "--topo-order", f"--format={_FORMAT}", "HEAD")
    commits = dict(_commit(each) for each in told.split("\x01")[1:])
    return People(commits, _merged_by(commits))


def _commit(told: str) -> tuple[str, _Commit]:
    id_, parents, author, address, committer, at, trailers = told.split("\0")
    return id_, _Commit(
        tuple(parents.split()), _Person(author, address), _Person(committer, at), tuple(_approvals(trailers))
    )


def _approvals(trailers: str) -> Iterator[_Person]:
    for line in trailers.splitlines():
        name, _, who = line.partition(":")
        if name.strip().casefold() in _APPROVALS:
            person, _, address = who.strip().rstrip(">").partition("<")
            yield _Person(person.strip(), address.strip())


def _merged_by(commits: Mapping[str, _Commit]) -> dict[str, str]:
    """The merge by which each commit first came to the main line, which goes from first parent to first parent."""
    line = list(_main_line(commits))
    seen, merged = set(line), dict[str, str]()
    for merge in reversed(line):
        waiting = list(commits[merge].parents[1:])
        while waiting:
            each = waiting.pop()
            if each in commits and each not in seen:
                seen.add(each)
                merged[each] = merge
                waiting.extend(commits[each].parents)
    return merged


def _main_line(commits: Mapping[str, _Commit]) -> Iterator[str]:
    each = next(iter(commits), "")
    while each in commits:
        yield each
        each = next(iter(commits[each].parents), "")
