"""Who has not signed, as text."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from pauta.report.safe import visible


class Person(Protocol):
    """Somebody who has not signed."""

    @property
    def person(self) -> str:
        """The name."""

    @property
    def version(self) -> str:
        """The last version that the person signed; empty when none."""


class Acks(Protocol):
    """The signatures of a role."""

    @property
    def title(self) -> str:
        """The name of the role."""

    @property
    def version(self) -> str:
        """The version of the manual."""

    @property
    def fingerprint(self) -> str:
        """What a signature of now names."""

    @property
    def signed(self) -> Sequence[str]:
        """Who has signed."""

    @property
    def missing(self) -> Sequence[Person]:
        """Who has not."""

    @property
    def unsigned(self) -> int:
        """How many people are not in the register."""


def write_acks(roles: Iterable[Acks], strangers: Iterable[str] = ()) -> str:
    """A paragraph a role: how many have signed, and the names of those who have not."""
    paragraphs = ["\n".join(_lines(role)) for role in roles]
    unknown = ", ".join(visible(each) for each in strangers)
    if unknown:
        paragraphs.append(f"El registro nombra roles que no están en el manual: {unknown}")
    return "\n\n".join(paragraphs) + "\n"


def _lines(role: Acks) -> list[str]:
    missing = len(role.missing) + role.unsigned
    total = len(role.signed) + missing
    count = f"{visible(role.title)}: {len(role.signed)} de {total} firmaron"
    lines = [f"{count} (versión {visible(role.version)}, huella {role.fingerprint})"]
    lines += [f"  falta {visible(each.person)}{_last(each)}" for each in role.missing]
    if role.unsigned:
        lines.append(f"  {_nobody(role.unsigned)}")
    return lines


def _last(person: Person) -> str:
    return f", que firmó la {visible(person.version)}" if person.version else ""


def _nobody(count: int) -> str:
    return "falta 1 persona que no está en el registro" if count == 1 else f"faltan {count} que no están en el registro"
