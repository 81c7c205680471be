"""What a release may be, and how it becomes one: nothing is written before all is decided.

The site of the new version arrives as a commit that nothing names yet. The branch and the tag
then move together, in one transaction of git: stopped before it, a release leaves everything as it
was.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pauta.findings import CannotGoOn, Finding
from pauta.history import repository
from pauta.history.gate import decide, last_release
from pauta.history.git import git, line, succeeds
from pauta.history.revisions import manual_at
from pauta.history.versions import released, tag_of
from pauta.model import Manual
from pauta.model.editions import Edition, Number, number_of

_NOWHERE = "0" * 40


@dataclass(frozen=True, slots=True)
class Plan:
    """A release that may go on: what is published, and where the branch stood when that was decided."""

    root: Path
    edition: Edition
    branch: str
    remote: str
    base: str
    """The commit on which the site is put; empty when it is the first."""
    local: str
    """Where the local branch stands; empty when there is none."""

    @property
    def push(self) -> str:
        """The order that sends it: all of it or nothing."""
        here = line(self.root, "symbolic-ref", "--quiet", "--short", "HEAD")
        names = " ".join(filter(None, (here, self.branch, self.edition.tag)))
        return f"git push --atomic {self.remote} {names}"


@contextmanager
def alone(root: Path) -> Iterator[Path]:
    """A folder to work in, inside the repository, that no other release has meanwhile.

    The system lets go of the lock when its process ends, however it ends; the next release throws away
    what that one left. Raises CannotGoOn while another release is at work.
    """
    folder = repository.common_folder(root) / "pauta"
    folder.mkdir(exist_ok=True)
    with (folder / "release.lock").open("a+", encoding="utf-8") as lock:
        _take(lock.fileno(), folder)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        for left in folder.glob("release-*"):
            shutil.rmtree(left, ignore_errors=True)
        with TemporaryDirectory(prefix="release-", dir=folder) as work:
            yield Path(work)


def _take(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        process = (folder / "release.lock").read_text("utf-8")
        raise CannotGoOn(
            f"Otra publicación está en marcha (proceso {process}).", "Espere a que termine y repita la orden."
        ) from problem


# --- what is decided -----------------------------------------------------------------------------


def plan(root: Path, version: str, manual: Manual, *, branch: str, remote: str) -> Plan:
    """What a release will do; raises CannotGoOn, with what to do, when it may not be."""
    identity = manual.parts["manual"].data
    edition = Edition(version, date.fromisoformat(identity["vigente_desde"]), tag_of(version), _head(root))
    _refuse_another_version(version, identity["version"])
    _refuse_what_is_not_next(root, edition)
    signature(root)
    local, base = _tips(root, branch, remote)
    _refuse_used_branch(root, branch)
    _refuse_what_others_published(root, edition, base)
    return Plan(root, edition, branch, remote, base, local)


def refuse_unfinished_work(root: Path) -> None:
    """Raise CannotGoOn when there are changes that are not in a commit: the tag would not keep them."""
    changed = repository.text(root, "status", "--porcelain", "-z", "--no-renames").split("\0")
    if changed[0]:
        more = f" y {len(changed) - 2} más" if len(changed) > 2 else ""  # noqa: PLR2004 - the last is empty
        raise CannotGoOn(
            f"Hay cambios sin guardar en git: «{changed[0][3:]}»{more}.",
            "Guárdelos con: git add . && git commit. O apártelos con: git stash --include-untracked",
        )


def _head(root: Path) -> str:
    return repository.commit_of(root, "HEAD")


def refuse_bad_number(version: str) -> Number:
    """A version as numbers; raises CannotGoOn when it is not written as one."""
    number = number_of(version)
    if number is None:
        raise CannotGoOn(
            f"«{version}» no es una versión.", "Escriba tres números separados por puntos; por ejemplo: 3.1.0."
        )
    return number


def _refuse_another_version(version: str, written: str) -> None:
    if written != version:
        raise CannotGoOn(
            f"El manual dice que es la versión {written}, y se pide publicar la {version}.",
            f"Escriba «version: {version}» y su «vigente_desde» en manual/manual.yml, y guárdelo en git.",
        )


def refuse_existing_tag(root: Path, version: str, branch: str, remote: str) -> None:
    """Raise CannotGoOn when the version has been released."""
    tag = tag_of(version)
    commit = repository.commit_of(root, f"refs/tags/{tag}")
    if commit:
        raise CannotGoOn(
            f"La versión {version} ya existe: la etiqueta {tag} señala el commit {commit[:10]}.",
            f"Si falta enviarla: git push --atomic {remote} {branch} {tag}. "
            "Para publicar otra, suba «version» en manual/manual.yml.",
        )


def _refuse_what_is_not_next(root: Path, edition: Edition) -> None:
    last = max(released(root), key=lambda each: number_of(each.version) or (0, 0, 0), default=None)
    if last is None:
        return
    if refuse_bad_number(edition.version) <= refuse_bad_number(last.version):
        raise CannotGoOn(
            f"La versión {edition.version} no es mayor que la última publicada, {last.version}.",
            "Suba «version» en manual/manual.yml.",
        )
    if not _is_ancestor(root, last.commit, "HEAD"):
        raise CannotGoOn(
            f"Lo que se publica no viene de la última versión, {last.version}.",
            f"Una las dos historias con: git merge {last.tag}",
        )
    if edition.since < last.since:
        raise CannotGoOn(
            f"La versión {edition.version} regiría desde el {edition.since}, antes que la {last.version} "
            f"({last.since}).",
            "Corrija «vigente_desde» en manual/manual.yml.",
        )


def held_against(root: Path, manual: Manual, *, today: date) -> tuple[Finding, ...]:
    """What the gate finds between the last released version and a manual; nothing when it is the first."""
    if not released(root, within="HEAD"):
        return ()
    with manual_at(root, last_release(root), today=today) as last:
        return decide(last.manual, manual, today=today).findings


# --- the branch of the sites ----------------------------------------------------------------------


def _tips(root: Path, branch: str, remote: str) -> tuple[str, str]:
    """Where the local branch stands, and the commit to go on from: its own, or the remote's if that is ahead."""
    local = repository.commit_of(root, f"refs/heads/{branch}")
    theirs = repository.commit_of(root, f"refs/remotes/{remote}/{branch}")
    if not local and not theirs:
        _refuse_missing(root, branch, remote)
    if not local or not theirs or _is_ancestor(root, theirs, local):
        return local, local or theirs
    if _is_ancestor(root, local, theirs):
        return local, theirs
    raise CannotGoOn(
        f"La rama «{branch}» de aquí y la de «{remote}» se separaron: cada una tiene algo que la otra no.",
        f"Si lo de aquí no se ha enviado y puede volver a publicarse: git branch --force {branch} {remote}/{branch}",
    )


def site_tip(root: Path, branch: str, remote: str) -> str:
    """The commit that holds all published versions; raises CannotGoOn when there is none."""
    _, base = _tips(root, branch, remote)
    if not base:
        raise CannotGoOn("Todavía no se ha publicado ninguna versión.", "Publique la primera con: pauta release 1.0.0")
    return base


def _is_ancestor(root: Path, one: str, other: str) -> bool:
    return succeeds(root, "merge-base", "--is-ancestor", one, other)


def _refuse_missing(root: Path, branch: str, remote: str) -> None:
    """A first version begins the branch; later ones need the one that has the earlier sites."""
    editions = released(root)
    if editions:
        raise CannotGoOn(
            f"Hay versiones publicadas (la {editions[-1].version}), y la rama «{branch}» de sus sitios no está aquí.",
            f"Tráigala con: git fetch {remote} {branch}. Si tiene otro nombre, dígalo con --branch.",
        )


def _refuse_what_others_published(root: Path, edition: Edition, base: str) -> None:
    """The branch may have a version whose tag is not here; one of this very commit is put there again."""
    for version, commit in _listed(root, base).items():
        higher = (number_of(version) or (0, 0, 0)) >= refuse_bad_number(edition.version)
        if higher and commit != edition.commit and not repository.commit_of(root, f"refs/tags/{tag_of(version)}"):
            raise CannotGoOn(
                f"La rama de los sitios ya tiene la versión {version}, y su etiqueta no está aquí.",
                "Tráigala con: git fetch --tags. Si ya no debe existir: mike delete " + version,
            )


def _listed(root: Path, base: str) -> dict[str, str]:
    """Version -> commit of the sites of a branch."""
    read = repository.blobs(root, [f"{base}:versions.json"] if base else ())
    try:
        listed = json.loads(b"".join(read.values()) or b"[]")
        return {str(each["version"]): str((each.get("properties") or {}).get("commit")) for each in listed}
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise CannotGoOn(
            "La rama de los sitios no tiene una lista de versiones que se pueda leer.",
            "Compruebe que es la rama correcta con: mike list",
        ) from problem


def _refuse_used_branch(root: Path, branch: str) -> None:
    used = repository.text(root, "worktree", "list", "--porcelain")
    if f"branch refs/heads/{branch}" in used.splitlines():
        raise CannotGoOn(
            f"La rama «{branch}» está abierta en una carpeta de trabajo, que quedaría atrás.",
            "Cambie esa carpeta a la rama del manual con: git switch main",
        )


# --- what is done ---------------------------------------------------------------------------------


def finish(decided: Plan, site: str) -> None:
    """Move the branch and make the tag, both or neither.

    Raises CannotGoOn when the work changed meanwhile, or when somebody else moved them.
    """
    refuse_unfinished_work(decided.root)
    if _head(decided.root) != decided.edition.commit:
        raise CannotGoOn("El commit cambió mientras se publicaba.", "Repita la orden.")
    orders = (
        "start",
        f"update refs/heads/{decided.branch} {site} {decided.local or _NOWHERE}",
        f"create refs/tags/{decided.edition.tag} {_tag(decided)}",
        "prepare",
        "commit",
        "",
    )
    message = f"pauta release {decided.edition.version}"
    git(decided.root, "update-ref", "-m", message, "--stdin", stdin="\n".join(orders).encode())


def _tag(decided: Plan) -> str:
    """An annotated tag that nothing names yet."""
    edition = decided.edition
    text = (
        f"object {edition.commit}\ntype commit\ntag {edition.tag}\ntagger {signature(decided.root)}\n\n"
        f"Versión {edition.version}, vigente desde {edition.since}\n"
    )
    return git(decided.root, "mktag", stdin=text.encode()).decode().strip()


def signature(root: Path) -> str:
    """Who releases, as git writes it, with the moment; raises CannotGoOn when git does not know."""
    known = line(root, "var", "GIT_COMMITTER_IDENT")
    if not known:
        raise CannotGoOn(
            "Git no sabe quién publica.", 'Dígaselo con: git config user.name "…" y git config user.email "…"'
        )
    return known
