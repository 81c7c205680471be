"""All published versions as one plain folder, for a web server or a shared disk."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path, PurePosixPath

from babel.core import Locale

from pauta.findings import CannotGoOn
from pauta.history import repository
from pauta.history.release import site_tip
from pauta.model.editions import Edition, in_force_on, newest_first, number_of, period_of
from pauta.pipeline import Project
from pauta.publish.build import config_of
from pauta.publish.folders import replacing
from pauta.publish.settings import ALIAS
from pauta.render.environment import make_environment
from pauta.render.formats import long_date

_LINK, _LIST, _SUMS, _FRONT = "120000", "versions.json", "SHA256SUMS", "index.html"
_AT_ONCE = 500
"""Files that are held in memory together."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    editions: tuple[Edition, ...]
    files: int


def export(project: Project, target: Path, *, branch: str | None, today: date) -> Exported:
    """Write every published version into ``target``, which must be new or empty.

    Raises CannotGoOn when it is not, or when nothing has been published. Stopped at any point,
    ``target`` stays as it was.
    """
    _refuse_a_full_folder(target)
    repository.need_whole_history(project.root)
    config = config_of(project)
    tip = site_tip(project.root, branch or config.remote_branch, config.remote_name)
    blobs = _blobs(project.root, tip)
    editions = _published(repository.blobs(project.root, [blobs.get(_LIST, "")]))
    front = _front_page(config.site_name, editions, today).encode()
    with replacing(target) as folder:
        sums = dict(_write(folder, _contents(project.root, {path: blobs[path] for path in blobs if path != _FRONT})))
        sums.update(_write(folder, [(_FRONT, front)]))
        (folder / _SUMS).write_text("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)), "utf-8", newline="")
    return Exported(editions, len(sums))


def _refuse_a_full_folder(target: Path) -> None:
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise CannotGoOn(f"«{target}» tiene otras cosas, y no se toca lo que no es suyo.", "Elija una carpeta nueva.")


# --- what the branch holds ------------------------------------------------------------------------


def _blobs(root: Path, tip: str) -> dict[str, str]:
    """Path -> blob of all that is published; what a link leads to is copied to its place."""
    listed = repository.text(root, "ls-tree", "-r", "-z", "--full-tree", tip).split("\0")
    entries = {path: about.split(" ") for about, _, path in (line.partition("\t") for line in listed if line)}
    files = {path: blob for path, (mode, _, blob) in entries.items() if mode != _LINK and not path.startswith(".")}
    links = {path: blob for path, (mode, _, blob) in entries.items() if mode == _LINK}
    aims = repository.blobs(root, links.values())
    for link, blob in links.items():
        start = str(PurePosixPath(link).parent / aims[blob].decode("utf-8", "replace").rstrip("/")) + "/"
        files.update({f"{link}/{path[len(start) :]}": files[path] for path in [*files] if path.startswith(start)})
    if any(".." in PurePosixPath(path).parts for path in files):
        raise CannotGoOn("La rama de los sitios tiene archivos que saldrían de la carpeta.", "Revísela con: git log -p")
    return files


def _contents(root: Path, files: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Path -> content, some hundreds of files at a time."""
    waiting = iter(files.items())
    while some := dict(islice(waiting, _AT_ONCE)):
        read = repository.blobs(root, set(some.values()))
        yield from ((path, read[blob]) for path, blob in some.items())


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    """Write files; path -> its checksum."""
    for name, data in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        yield name, sha256(data).hexdigest()


# --- its front page -------------------------------------------------------------------------------


def _published(read: Mapping[str, bytes]) -> tuple[Edition, ...]:
    """The versions of the list that the sites share."""
    try:
        return newest_first(_editions(json.loads(b"".join(read.values()))))
    except (KeyError, ValueError, TypeError) as problem:
        raise CannotGoOn(
            "La rama de los sitios no tiene una lista de versiones que se pueda leer.",
            "Compruebe que es la rama correcta con: mike list",
        ) from problem


def _editions(listed: Iterable[Mapping[str, object]]) -> Iterator[Edition]:
    for each in listed:
        properties = each.get("properties")
        since = properties.get("vigente_desde") if isinstance(properties, dict) else None
        if since and number_of(str(each["version"])):
            yield Edition(str(each["version"]), date.fromisoformat(since))


def _front_page(title: str, editions: tuple[Edition, ...], today: date) -> str:
    """The choice of versions, from the newest."""
    locale = Locale.parse("es_419")
    return make_environment().get_template("raiz/versiones.html.jinja").render(
        titulo=title,
        periodos=[period_of(each, editions) for each in editions],
        vigente=in_force_on(today, editions),
        reciente=ALIAS,
        hoy=today,
        fecha=lambda day: long_date(day.isoformat(), locale),
    )  # fmt: skip
