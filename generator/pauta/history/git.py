"""git, run so that neither names, nor the user's settings, nor a terminal can change what it answers."""

import os
import subprocess
from pathlib import Path

from pauta.findings import CannotGoOn

_SETTINGS = (
    "core.quotePath=false",
    "core.fsmonitor=false",  # a program that the repository's settings may name
    "core.hooksPath=/dev/null",
    "color.ui=false",
    "log.showSignature=false",
    "advice.detachedHead=false",
)
_ENVIRONMENT = {
    "LC_ALL": "C",
    "LANGUAGE": "",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
}
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF", "GIT_PREFIX")
"""Of these a hook or a driver that called us may have set some; the folder says which repository is meant."""


def git(root: Path, *arguments: str, check: bool = True, stdin: bytes = b"") -> bytes:
    """What git writes, run in a folder. With ``check``, raises CannotGoOn when it ends badly.

    Arguments go to git as they are, without a shell. Whoever passes a name that somebody wrote puts
    ``--end-of-options`` before a revision and ``--`` before a path.
    """
    done = _run(root, arguments, stdin)
    if check and done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no dijo por qué"]
        raise CannotGoOn(f"git no pudo hacer «git {arguments[0]}»: {said[-1]}", _tip(said[-1]))
    return done.stdout


def succeeds(root: Path, *arguments: str) -> bool:
    """Whether git ends well."""
    return _run(root, arguments, b"").returncode == 0


def line(root: Path, *arguments: str) -> str | None:
    """The only line that git writes, or None when it ends badly."""
    done = _run(root, arguments, b"")
    return os.fsdecode(done.stdout).rstrip("\n") if done.returncode == 0 else None


def is_repository(root: Path) -> bool:
    """Whether a folder is inside the working tree of a repository."""
    return line(root, "rev-parse", "--is-inside-work-tree") == "true"


def need_repository(root: Path) -> None:
    """Raise CannotGoOn when a folder is not inside a repository that can be read."""
    done = _run(root, ("rev-parse", "--is-inside-work-tree"), b"")
    if done.returncode == 0 and done.stdout.strip() == b"true":
        return
    said = done.stderr.decode("utf-8", "replace")
    if "dubious ownership" in said:
        raise CannotGoOn(
            "git no confía en esta carpeta, porque es de otro usuario.",
            f"Si la carpeta es suya: git config --global --add safe.directory '{root.resolve()}'",
        )
    raise CannotGoOn(
        "Esta carpeta no está en un repositorio de git, y sin él no hay versiones anteriores.",
        "Compare dos carpetas (pauta diff CARPETA OTRA), o guarde el manual en git: git init",
    )


def _run(root: Path, arguments: tuple[str, ...], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    environment = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE} | _ENVIRONMENT
    command = ["git", "--no-pager", *settings, *arguments]
    try:
        return subprocess.run(  # noqa: S603 - a list of arguments, no shell
            command, cwd=root, env=environment, input=stdin, capture_output=True, check=False
        )
    except FileNotFoundError as problem:
        if not root.is_dir():
            raise CannotGoOn(f"No encuentro la carpeta «{root}».", "Revise cómo se escribe su nombre.") from problem
        raise CannotGoOn(
            "No encuentro el programa git.", "Instálelo (https://git-scm.com), o compare dos carpetas."
        ) from problem
    except ValueError as problem:  # a NUL in a name
        raise CannotGoOn("Un nombre lleva un carácter que git no admite.", "Escríbalo de nuevo.") from problem


def _tip(said: str) -> str:
    if "index.lock" in said or "cannot lock" in said.lower():
        return "Otra orden de git está trabajando; espere a que termine y repita."
    return "Corrija lo que dice git y repita."
