"""Who reviews each file of a manual, as git platforms read it, made of who answers for what.

Only what stands between two marks is ours; the lines that a company writes around them stay.
"""

import re
from collections.abc import Iterator

from pauta.findings import Finding, Location, Severity
from pauta.load import Document
from pauta.model import Entity, Manual, Part

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where platforms look for the file, in the order in which GitHub does."""

NEW = "CODEOWNERS"
"""Where a new one is written: the place in which both GitHub and GitLab look."""

_BEGIN = "# pauta: inicio. Lo escribe «pauta codeowners» según los responsables que dice el manual."
_END = "# pauta: fin"
_BLOCK = re.compile(r"^# pauta: inicio\b[^\n]*\n(?:.*?\n)??# pauta: fin[^\n]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)
_SPECIAL = re.compile(r"([\\ #!*?\[\]])")
_MEND = "Ejecute «pauta codeowners», que lo escribe otra vez."


def has_accounts(manual: Manual) -> bool:
    """Whether any role has an account; without one there is nobody to name."""
    return any("cuenta" in role.data for role in manual.all("roles"))


def block(manual: Manual, file: str) -> str:
    """The lines that say who reviews each file of the manual and the file that holds them."""
    lines = [_BEGIN, *_lines(manual, file), _END]
    return "\n".join(lines) + "\n"


def with_block(text: str, manual: Manual, file: str) -> str:
    """The text of a CODEOWNERS file with our lines brought up to date, and all others as they are."""
    ours = block(manual, file)
    found = _BLOCK.search(text)
    if found:
        return text[: found.start()] + ours + text[found.end() :]
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return text + gap + ours


def differences(manual: Manual, file: str, text: str) -> Iterator[Finding]:
    """The first line of a CODEOWNERS file that is not what the manual says, if there is one."""
    if not has_accounts(manual) or not manual.sound(*manual.parts):
        return
    wanted = block(manual, file).splitlines()
    found = _BLOCK.search(text)
    if found is None:
        message = "El archivo no dice quién revisa cada archivo del manual."
        yield _finding(message, Location(file))
        return
    first, written = text.count("\n", 0, found.start()) + 1, found[0].splitlines()
    for number, (one, other) in enumerate(zip([*written, ""], [*wanted, ""], strict=False)):
        if one != other:
            where = Location(file, min(first + number, first + len(written) - 1), 1, one)
            yield _finding(f"Dice «{one}», y según el manual debe decir «{other}».", where)
            return


def _finding(message: str, place: Location) -> Finding:
    return Finding("codeowners-distinto", Severity.ERROR, message, place, _MEND)


def account_of(manual: Manual, role: str) -> str | None:
    """The account of a role, or of the nearest one above it that has one."""
    seen: set[str] = set()
    here = manual.find("roles", role)
    while here is not None and here.id not in seen:
        seen.add(here.id)
        if "cuenta" in here.data:
            return str(here["cuenta"])
        here = manual.find("roles", str(here.get("reporta_a", "")))
    return None


def _lines(manual: Manual, file: str) -> Iterator[str]:
    home = manual.parts.get("manual")
    if home is not None:
        yield from _line(manual, file, [home.control.get("responsable")])
    for part in manual.parts.values():
        owner = part.control.get("responsable")
        folder = f"manual/{part.name}/"
        if part.documents[0].path.startswith(folder):
            yield from _line(manual, folder, [owner])
        for document in part.documents:
            of_services = _answering(manual, part, document)
            if of_services or not document.path.startswith(folder):
                yield from _line(manual, document.path, of_services or [owner])


def _line(manual: Manual, path: str, roles: list[str | None]) -> Iterator[str]:
    accounts = dict.fromkeys(account for role in roles if role and (account := account_of(manual, role)))
    shown = "/" + _SPECIAL.sub(r"\\\1", path)
    if accounts:
        yield f"{shown} {' '.join(accounts)}"


def _answering(manual: Manual, part: Part, document: Document) -> list[str | None]:
    """Who answers for the services that a file of a folder is about; nobody when it is about anything else."""
    collections = [name for name, (section, _) in manual.spine.collections.items() if section.name == part.name]
    inside = [
        thing
        for name in collections
        for thing in manual.entities.get(name, {}).values()
        if thing.document is document and thing.parent is None
    ]
    services = [_service(manual, thing) for thing in inside]
    if len(part.documents) == 1 or None in services:
        return []
    return list(dict.fromkeys(service.get("responsable") for service in services if service))


def _service(manual: Manual, thing: Entity) -> Entity | None:
    about = manual.about(thing)
    return about if about is not None and about.collection == "servicios" else None
