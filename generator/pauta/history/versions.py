"""The released versions of a manual, as the tags of its repository tell."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pauta.history import repository
from pauta.load.parser import parse
from pauta.model.editions import Edition, number_of

TAG = "v"
"""What a tag has before its version: v3.1.0."""

_ENDINGS = (".yml", ".yaml")
_TAGS = "%(refname:strip=2)%09%(objectname)%09%(*objectname)"


def tag_of(version: str) -> str:
    """The tag of a version."""
    return TAG + version


def released(root: Path, *, within: str = "") -> tuple[Edition, ...]:
    """The versions that have a tag whose manual says that version; of those that led to a revision, if one is given.

    A tag that is not of a version of the manual (of another part of the repository, or from before
    there was a manual) is passed over.
    """
    merged = (f"--merged={within}",) if within else ()
    listed = repository.text(root, "for-each-ref", f"--format={_TAGS}", *merged, f"refs/tags/{TAG}*")
    commits = {tag: peeled or own for tag, own, peeled in (line.split("\t") for line in listed.splitlines())}
    commits = {tag: commit for tag, commit in commits.items() if number_of(tag.removeprefix(TAG))}
    return tuple(_editions(root, commits))


def _editions(root: Path, commits: Mapping[str, str]) -> Iterator[Edition]:
    identities = _identities(root, tuple(commits.values()))
    for tag, commit in commits.items():
        since = _since(identities.get(commit, {}), tag.removeprefix(TAG))
        if since is not None:
            yield Edition(tag.removeprefix(TAG), since, tag, commit)


def _since(identity: Mapping[str, Any], version: str) -> date | None:
    """The day from which a version is in force, if the manual says so of that version."""
    if identity.get("version") != version:
        return None
    try:
        return date.fromisoformat(str(identity.get("vigente_desde")))
    except ValueError:
        return None


def _identities(root: Path, commits: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Commit -> what the section «manual» says at its top, whether it is a file or a folder."""
    folder = repository.prefix(root) + "manual/"
    usual = repository.blobs(root, [f"{commit}:{folder}manual.yml" for commit in commits])
    read: dict[str, dict[str, Any]] = {}
    for commit in commits:
        text = usual.get(f"{commit}:{folder}manual.yml")
        texts = [text] if text is not None else _parts(root, commit, folder)
        read[commit] = {key: value for each in texts for key, value in _top(each).items()}
    return read


def _parts(root: Path, commit: str, folder: str) -> list[bytes]:
    listed = repository.text(
        root,
        "ls-tree",
        "-r",
        "-z",
        "--name-only",
        "--full-tree",
        commit,
        "--",
        f"{folder}manual",
        f"{folder}manual.yaml",
    )
    names = [f"{commit}:{name}" for name in listed.split("\0") if name.endswith(_ENDINGS)]
    return list(repository.blobs(root, names).values())


def _top(data: bytes) -> Mapping[str, Any]:
    document, _ = parse("manual", data.decode("utf-8", "replace"))
    value = document.value if document else None
    return value if isinstance(value, dict) else {}
