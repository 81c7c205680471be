"""Manuals with a past: a project in a git repository of its own, changed and released version by version.

Run as a program it makes the demonstration: three released versions of the reference manual in one
folder that opens with a double click.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from built_site import CHECKOUT, pauta
from helpers import TODAY, ManualCopy
from pauta.scaffold import scaffold

BEGUN = date(2026, 1, 12)
"""The day of the first commit of every history."""
WRITER, APPROVER = ("Ana López", "ana@taller.example"), ("Berta Núñez", "berta@taller.example")
_FOLDER = "oficina año uno/El taller"
"""Where the project is in its repository: names as people give them."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A text that stands exactly once in a file of the manual, and what takes its place."""

    file: str
    old: str
    new: str
    after: str = ""
    """The line that narrows it to one element, as in ``ManualCopy.edit``."""


@dataclass(frozen=True, slots=True)
class Step:
    """One version: what changes in the manual before it is released, and since when it is in force."""

    version: str
    since: date
    edits: tuple[Edit, ...] = ()
    moves: tuple[tuple[str, str], ...] = ()
    """Files of the manual that get another name."""
    loosens: bool = False
    """Whether it loosens or takes away what the offer promises."""


def _edit(old: str, new: str, *, file: str = "oferta.yml") -> Edit:
    return Edit(file, old, new)


_NEW_TERM = """
  - id: horma
    nombre: horma
    definicion: |
      Molde con la forma del pie sobre el que se monta el zapato para trabajarlo.

  - id: tapas
"""
EIGHT = (
    Step("1.0.0", date(2026, 1, 12)),
    Step("1.0.1", date(2026, 2, 2), (_edit("la forma del pie, por", "la forma del pie por"),)),
    Step("1.1.0", date(2026, 3, 2), (_edit("plazo: 2 horas hábiles", "plazo: 1 hora hábil"),)),
    Step("1.2.0", date(2026, 4, 6), (_edit("\n  - id: tapas\n", _NEW_TERM, file="glosario.yml"),)),
    Step(
        "1.3.0",
        date(2026, 5, 4),
        (_edit("De cada error sale un cambio", "De cada error, una mejora", file="manual.yml"),),
    ),
    Step("2.0.0", date(2026, 6, 1), (_edit("plazo: 3 días hábiles ", "plazo: 4 días hábiles "),), loosens=True),
    Step("2.0.1", date(2026, 7, 6), moves=(("oferta.yml", "oferta/reparación de calzado.yml"),)),
    Step(
        "3.0.0",
        date(2026, 8, 3),
        (
            _edit("      - Limpieza y lustre al terminar\n", "", file="oferta/reparación de calzado.yml"),
            _edit("precio: 160 GTQ", "precio: 175 GTQ", file="oferta/reparación de calzado.yml"),
        ),
        loosens=True,
    ),
)
"""A history with every kind of change: reworded, tightened, added, renamed, loosened, moved, removed, raised."""


_RECORDS = f"""control:
  responsable: encargado_taller
  ultima_revision: {BEGUN}
  revisar_cada: 1 año
  estado: vigente

cambios:
"""


def _record(step: Step) -> str:
    """What the manual says of a version in which the offer promises less."""
    return f"""
  - id: ca_{step.version.replace(".", "_")}
    nombre: Lo que cambia en la versión {step.version}
    motivo: Desde {step.since} llega el doble de zapatos al taller de lo que se alcanza a arreglar.
    propone: mostrador
    aprueban:
      - encargado_taller
    registrado_el: {step.since - timedelta(days=30)}
    vigente_desde: {step.since}
    version: {step.version}
    aviso: 15 días calendario
    comunicado_a:
      roles:
        - zapatero
    que_hacer: Desde el {step.since}, dígalo en el mostrador antes de recibir los zapatos.
    cubre:
      - seccion: oferta
        coleccion: ofertas
        elemento: reparacion
"""


@dataclass(slots=True)
class History:
    """A project in a git repository of its own."""

    root: Path
    """The folder of the project."""
    repository: Path
    day: date = BEGUN
    """The day of the next commit."""
    person: tuple[str, str] = WRITER
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def manual(self) -> ManualCopy:
        return ManualCopy(self.root)

    def git(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, capture_output=True, text=True, check=False, env=self._identity()
        )
        assert done.returncode == 0 or not check, done.stderr
        return done.stdout.strip()

    def _identity(self) -> dict[str, str]:
        """Who works and when; nothing of whoever runs the tests."""
        name, address = self.person
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
               for what, value in (("NAME", name), ("EMAIL", address), ("DATE", f"{self.day}T12:00:00-0600"))}  # fmt: skip
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C.UTF-8"}
        return {**os.environ, **alone, **who, **self.environment}

    def commit(self, message: str) -> str:
        """Keep everything as it stands; the commit."""
        self.git("add", "--all", self.repository.as_posix())
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD")

    def _loosened(self, step: Step) -> list[Step]:
        return [each for each in EIGHT if each.loosens and each.since <= step.since]

    def write_version(self, version: str, since: date) -> None:
        """Say in the manual which version it is."""
        text = self.manual.path("manual.yml").read_text("utf-8")
        lines = [_with_version(line, version, since) for line in text.splitlines(keepends=True)]
        self.manual.write("manual.yml", "".join(lines))

    def change(self, step: Step, *, accounted: bool = False) -> str:
        """Make the edits of a step and keep them, with the record of what they loosen if it is asked; the commit."""
        self.day = step.since
        if accounted and step.loosens:
            self.manual.write("cambios.yml", _RECORDS + "".join(map(_record, self._loosened(step))))
        for each in step.edits:
            self.manual.edit(each.file, each.old, each.new, after=each.after)
        for old, new in step.moves:
            self.manual.path(new).parent.mkdir(exist_ok=True)
            self.manual.path(old).rename(self.manual.path(new))
        self.write_version(step.version, step.since)
        return self.commit(f"Versión {step.version}")

    def tag(self, version: str) -> None:
        """A tag as a release leaves it, without the site."""
        self.git("tag", "--annotate", f"v{version}", "--message", f"Versión {version}")

    def run(self, *arguments: str, today: date | None = TODAY) -> "subprocess.CompletedProcess[str]":
        """Run the program on the project."""
        return pauta(self.root, *arguments, today=today, environment=self._identity())

    def release(self, version: str, *more: str) -> "subprocess.CompletedProcess[str]":
        return self.run("release", version, "--fail-on", "error", *more)

    def tips(self) -> dict[str, str]:
        """Every branch and tag, and the object it names."""
        told = self.git("for-each-ref", "--format=%(refname) %(objectname)").splitlines()
        return dict(line.split(" ") for line in told)

    def published(self, branch: str = "gh-pages") -> list[str]:
        """The names at the top of the branch of the sites."""
        return self.git("ls-tree", "--name-only", "--full-tree", branch).splitlines()


def _with_version(line: str, version: str, since: date) -> str:
    name = line.partition(":")[0]
    match name:
        case "version":
            return f"version: {version}\n"
        case "vigente_desde":
            return f"vigente_desde: {since}\n"
        case _:
            return line


def new_history(folder: Path) -> History:
    """The starter manual as version 1.0.0, not yet in a commit, in a repository with names that have accents and spaces."""
    root = folder / _FOLDER
    root.mkdir(parents=True)
    scaffold(root, today=BEGUN)
    history = History(root, folder)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    history.write_version("1.0.0", BEGUN)
    return history


def tagged_history(folder: Path, steps: Iterable[Step] = EIGHT) -> History:
    """The versions as commits and tags, without their sites."""
    history = new_history(folder)
    for step in steps:
        history.change(step)
        history.tag(step.version)
    return history


def released_history(folder: Path, steps: Iterable[Step] = EIGHT) -> History:
    """The versions released with the program."""
    history = new_history(folder)
    for step in steps:
        history.change(step, accounted=True)
        done = history.release(step.version)
        assert done.returncode == 0, done.stderr
    return history


def copy_of(history: History, folder: Path) -> History:
    """The same in another place, to be changed."""
    shutil.copytree(history.repository, folder, symlinks=True)
    return History(folder / _FOLDER, folder, history.day)


# --- the demonstration ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Back:
    """The way from a version of the reference manual to the one before it."""

    version: str
    """The earlier one."""
    since: date
    edits: tuple[Edit, ...]
    absent: tuple[str, ...] = ()
    """Files that it did not have."""


BACK = (
    Back(
        "1.1.0",
        date(2026, 5, 4),
        (
            Edit("oferta/traslado.yml", "plazo: 5 días hábiles", "plazo: 4 días hábiles"),
            Edit("ans.yml", "valor: 5 días hábiles", "valor: 4 días hábiles", after="id: ans_traslado"),
            Edit("cultura.yml", "manual 2.0.0\n    version: 2.0.0", "manual 1.1.0\n    version: 1.1.0"),
            Edit("roles.yml", "sin pedir permiso\n        hasta: 75 GTQ", "sin pedir permiso\n        hasta: 50 GTQ"),
            Edit("roles.yml", "en el mostrador\n        hasta: 75 GTQ", "en el mostrador\n        hasta: 50 GTQ"),
        ),
        absent=("cambios.yml",),
    ),
    Back(
        "1.0.0",
        date(2026, 1, 19),
        (
            Edit("oferta/instalacion.yml", "precio: 449 GTQ", "precio: 469 GTQ"),
            Edit("cultura.yml", "manual 1.1.0\n    version: 1.1.0", "manual 1.0.0\n    version: 1.0.0"),
            Edit("oferta/soporte_tecnico.yml", "\n    plazo: 2 días hábiles", "\n    plazo: 3 días hábiles"),
            Edit(
                "oferta/soporte_tecnico.yml", "\n      - Nota de crédito por cada 24 horas completas sin servicio", ""
            ),
            Edit("diagnostico.yml", "\n      programas:\n        - pf_bienvenida_90", ""),
            Edit("diagnostico.yml", "\n      programas:\n        - pf_vecino_fiel", ""),
        ),
        absent=("fidelizacion.yml",),
    ),
)
"""From the reference manual back to its first version. An edit that no longer matches stops it with its name."""


def demonstrate(target: Path) -> None:
    """Three released versions of the reference manual, with all that is made of them, in one folder."""
    with TemporaryDirectory() as temporary:
        history = reference_history(Path(temporary) / "manual")
        shutil.rmtree(target, ignore_errors=True)
        _well(history.run("export", str(target.resolve())))


def reference_history(folder: Path) -> History:
    """The reference manual in a repository, with its earlier versions released before it."""
    history = _reference(folder)
    states = folder.with_name(f"{folder.name}-versiones")
    for state in reversed(_states(history, states)):
        shutil.rmtree(folder / "manual")
        shutil.copytree(state, folder / "manual")
        version, since = _identity(history)
        history.day = since - timedelta(days=14)
        history.commit(f"Versión {version}")
        _well(history.release(version))
    return history


def _reference(folder: Path) -> History:
    """The reference manual as a company would have it."""
    (folder / "site" / "contenido").mkdir(parents=True)
    (folder / "site" / "contenido" / ".leame").write_text("Páginas propias.\n", "utf-8")
    (folder / ".gitignore").write_text("/build/\n", "utf-8")
    shutil.copytree(CHECKOUT / "manual", folder / "manual")
    shutil.copy(CHECKOUT / "mkdocs.yml", folder)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    return History(folder, folder)


def _states(history: History, folder: Path) -> list[Path]:
    """The manual as it stands in each version, from the newest, in folders of their own."""
    states = [folder / "actual"]
    shutil.copytree(history.root / "manual", states[0])
    for back in BACK:
        for each in back.edits:
            history.manual.edit(each.file, each.old, each.new, after=each.after)
        for file in back.absent:
            history.manual.remove(file)
        history.write_version(back.version, back.since)
        states.append(folder / back.version)
        shutil.copytree(history.root / "manual", states[-1])
    return states


def _identity(history: History) -> tuple[str, date]:
    """Which version the manual says it is, and since when it is in force."""
    identity = yaml.safe_load(history.manual.path("manual.yml").read_text("utf-8"))
    return identity["version"], identity["vigente_desde"]


def _well(done: "subprocess.CompletedProcess[str]") -> None:
    if done.returncode:
        sys.exit(done.stderr)


if __name__ == "__main__":
    demonstrate(Path(sys.argv[1]))
