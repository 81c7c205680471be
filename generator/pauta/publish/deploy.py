"""Put a built site among those of other versions, with mike, as a commit that nothing names yet."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from mike import commands
from mike.git_utils import GitError

from pauta.bundled import site_folder
from pauta.findings import CannotGoOn
from pauta.history import repository
from pauta.history.git import git, line
from pauta.history.release import Plan, signature
from pauta.publish.settings import ALIAS

_BRANCH = "sitios"


def deployed(plan: Plan, site: Path, work: Path) -> str:
    """The commit that holds all versions and, in its folder and as the newest one, this site.

    mike moves a branch, so it works in a repository of its own in ``work`` that shares the objects
    of the real one: until somebody names the commit, there is nothing to see of it.
    """
    aside = work / "git"
    git(plan.root, "init", "--quiet", "--bare", f"--object-format={_hash(plan.root)}", str(aside))
    with _environment(_aside(plan, aside)):
        if plan.base:
            git(plan.root, f"--git-dir={aside}", "update-ref", f"refs/heads/{_BRANCH}", plan.base)
        _put(plan, site)
        tree = repository.text(plan.root, f"--git-dir={aside}", "rev-parse", f"refs/heads/{_BRANCH}^{{tree}}").strip()
    return _commit(plan, tree)


def _put(plan: Plan, site: Path) -> None:
    edition = plan.edition
    properties = {"vigente_desde": edition.since.isoformat(), "commit": edition.commit}
    more = {"branch": _BRANCH, "message": _message(plan), "allow_empty": True}
    try:
        with commands.deploy(
            {"site_dir": str(site), "use_directory_urls": False},
            edition.version,
            aliases=[ALIAS],
            update_aliases=True,
            alias_type=commands.AliasType.copy,
            set_props=[("", properties)],
            **more,
        ):
            pass  # the site is built
        template = site_folder() / "plantillas" / "raiz" / "entrada.html"
        commands.set_default(ALIAS, template=str(template), **more)
    except (GitError, ValueError) as problem:
        raise CannotGoOn(f"No se pudo publicar el sitio: {problem}", "Revise la rama con: mike list") from problem


def _message(plan: Plan) -> str:
    return f"Sitio de la versión {plan.edition.version}, del commit {plan.edition.commit[:10]}\n"


def _commit(plan: Plan, tree: str) -> str:
    """One commit for all that mike wrote in several."""
    parents = ("-p", plan.base) if plan.base else ()
    return repository.text(plan.root, "commit-tree", tree, *parents, "-m", _message(plan)).strip()


def _hash(root: Path) -> str:
    return line(root, "rev-parse", "--show-object-format") or "sha1"


def _aside(plan: Plan, aside: Path) -> dict[str, str]:
    """What tells git to work in another repository, with the objects and the author of the real one."""
    name, _, address = signature(plan.root).rpartition("> ")[0].rpartition(" <")
    return {
        "GIT_DIR": str(aside),
        "GIT_OBJECT_DIRECTORY": str(repository.common_folder(plan.root) / "objects"),
        "GIT_COMMITTER_NAME": name,
        "GIT_COMMITTER_EMAIL": address,
    }


@contextmanager
def _environment(more: Mapping[str, str]) -> Iterator[None]:
    """What mike's own calls of git see."""
    before = dict(os.environ)
    os.environ.update(more)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
