"""Who has signed that they read what their role must know, and who has not.

The register is a table that the company keeps where it decides. It holds personal data: one that is
published, or kept by git, is not read.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from pauta.compare.must_know import fingerprint, must_know
from pauta.findings import CannotGoOn, Finding, Location, Severity
from pauta.history.gate import sound_manual
from pauta.history.git import succeeds
from pauta.history.revisions import manual_at
from pauta.history.versions import tag_of
from pauta.model import Entity, Manual
from pauta.nearest import nearest

COLUMNS = ("rol", "persona", "version", "huella", "fecha")
"""What each line says: one signature. A person who has not signed yet has the last three empty."""
LEFT = "baja"
"""A column that may be there: the day on which the person left the role."""

_LARGEST = 20_000_000
_TIP = f"Su primer renglón es: {','.join(COLUMNS)}"


@dataclass(frozen=True, slots=True)
class Signature:
    """One line of the register."""

    role: str
    person: str
    version: str
    fingerprint: str
    left: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who has not signed what the role must know now."""

    person: str
    version: str
    """The last version that the person signed; empty when none."""


@dataclass(frozen=True, slots=True)
class RoleAcks:
    """The signatures of a role."""

    role: str
    title: str
    version: str
    fingerprint: str
    signed: tuple[str, ...]
    missing: tuple[Missing, ...]
    unsigned: int
    """How many people the role has that the register does not know."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The signatures of some roles; or, when the register may not be read, why."""

    roles: tuple[RoleAcks, ...]
    strangers: tuple[str, ...]
    """Roles that the register names and the manual does not have."""
    findings: tuple[Finding, ...]


def acknowledged(
    root: Path,
    register: Path,
    *,
    published: Sequence[Path],
    today: date,
    role: str | None = None,
    version: str | None = None,
) -> Answer:
    """Who has signed what the roles of a project must know, in a version or as the manual stands.

    ``published`` are the folders whose files are read by others. Raises CannotGoOn when the register
    cannot be read, or there is no such role or version.
    """
    found = tuple(exposed(root, register, published))
    if found:
        return Answer((), (), found)
    signatures = read_register(register, today=today)
    with manual_at(root, f"refs/tags/{tag_of(version)}" if version else None, today=today) as snapshot:
        manual = sound_manual(snapshot)
        roles = tuple(_of_role(manual, each, signatures) for each in _asked(manual, role))
    strangers = dict.fromkeys(each.role for each in signatures if manual.find("roles", each.role) is None)
    return Answer(roles, tuple(strangers) if role is None else (), ())


def _asked(manual: Manual, role: str | None) -> list[Entity]:
    if role is None:
        return list(manual.all("roles"))
    entity = manual.find("roles", role)
    if entity is None:
        guess = nearest(role, manual.entities.get("roles", {}))
        raise CannotGoOn(
            f"No hay un rol que se llame «{role}».",
            f"¿Quiso decir «{guess}»?" if guess else "Los roles están en manual/roles.yml.",
        )
    return [entity]


def _of_role(manual: Manual, role: Entity, signatures: Iterable[Signature]) -> RoleAcks:
    wanted = fingerprint(role, must_know(manual, role))
    people: dict[str, list[Signature]] = {}
    for each in signatures:
        if each.role == role.id:
            people.setdefault(_same(each.person), []).append(each)
    present = [lines for lines in people.values() if not any(line.left for line in lines)]
    signed = [lines for lines in present if any(line.fingerprint == wanted for line in lines)]
    return RoleAcks(
        role=role.id,
        title=manual.title(role),
        version=str(manual.parts["manual"].data["version"]),
        fingerprint=wanted,
        signed=tuple(lines[-1].person for lines in signed),
        missing=tuple(_missing(lines) for lines in present if lines not in signed),
        unsigned=max(role.get("personas", 0) - len(present), 0),
    )


def _missing(lines: Sequence[Signature]) -> Missing:
    last = next((line.version for line in reversed(lines) if line.fingerprint), "")
    return Missing(lines[-1].person, last)


def _same(person: str) -> str:
    return " ".join(person.casefold().split())


# --- the register -----------------------------------------------------------------------------------


def exposed(root: Path, register: Path, published: Iterable[Path]) -> Iterator[Finding]:
    """Why a register must not stay where it is: others read what is there."""
    where = register.resolve()
    for folder in published:
        if where.is_relative_to(folder.resolve()):
            yield _shown(root, where, f"El registro de acuses está en «{folder.name}», que se publica o se comparte.")
            return
    if where.is_file() and succeeds(where.parent, "ls-files", "--error-unmatch", "--", where.name):
        yield _shown(root, where, "El registro de acuses está guardado en git, y lo lee quien copie el repositorio.")


def _shown(root: Path, register: Path, message: str) -> Finding:
    inside = register.is_relative_to(root.resolve())
    path = register.relative_to(root.resolve()).as_posix() if inside else str(register)
    mend = "Muévalo a una carpeta que solo vea quien lo lleva y diga dónde está con --register."
    return Finding("acuses-publicados", Severity.ERROR, message, Location(path), mend)


def is_register(first_line: str) -> bool:
    """Whether a file that begins with a line is a register of signatures, wherever it is."""
    names = {name.strip().strip('"').lower() for name in first_line.lstrip("\ufeff").replace(";", ",").split(",")}
    return names >= set(COLUMNS)


def read_register(file: Path, *, today: date) -> list[Signature]:
    """The lines of a register; raises CannotGoOn when it is not one."""
    text = _text(file)
    head = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    reader.fieldnames = [str(name).strip().lower() for name in reader.fieldnames or ()]
    missing = [name for name in COLUMNS if name not in reader.fieldnames]
    if missing:
        raise CannotGoOn(f"Al registro de acuses le falta la columna «{missing[0]}».", _TIP)
    lines = ((reader.line_num, {name: str(value or "").strip() for name, value in row.items()}) for row in reader)
    return [_signature(number, line, today) for number, line in lines if any(line.values())]


def _text(file: Path) -> str:
    if not file.is_file():
        raise CannotGoOn(f"No encuentro el registro de acuses «{file}».", f"Créelo vacío. {_TIP}")
    if file.stat().st_size > _LARGEST:
        raise CannotGoOn(f"«{file}» es demasiado grande para ser un registro de acuses.", "Revise su nombre.")
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise CannotGoOn(
            f"«{file}» no está en UTF-8.", "En la hoja de cálculo, guárdelo como «CSV UTF-8»."
        ) from problem


def _signature(number: int, line: Mapping[str, str], today: date) -> Signature:
    if not line["rol"] or not line["persona"]:
        raise CannotGoOn(f"Al renglón {number} del registro de acuses le falta el rol o la persona.", _TIP)
    return Signature(
        line["rol"], line["persona"], line["version"], line["huella"].replace("-", "").lower(), _left(line, today)
    )


def _left(line: Mapping[str, str], today: date) -> bool:
    """Whether the person had left by a day; a date that cannot be read counts as one that has passed."""
    told = line.get(LEFT, "")
    try:
        return bool(told) and date.fromisoformat(told) <= today
    except ValueError:
        return True
