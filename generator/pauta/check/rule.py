"""What a rule is: an id, a severity, a published explanation, and a function that yields problems."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pauta.findings import Location, Severity
from pauta.model import Manual

HEADINGS = ("Qué comprueba", "Por qué importa", "Cómo se arregla")
"""The headings that the explanation of every rule has, in this order."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found at a place; the engine adds the rule's id and severity."""

    location: Location
    message: str
    mend: str


Check = Callable[[Manual], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a manual must hold."""

    id: str
    title: str
    severity: Severity
    needs: tuple[str, ...]
    """Sections that must be well formed for the rule to be asked at all."""
    find: Check

    @property
    def explanation(self) -> dict[str, str]:
        """Heading -> paragraph, as published; read from the docstring when somebody asks."""
        return _explanation(inspect.cleandoc(self.find.__doc__ or ""))


def rule(title: str, severity: Severity, *, needs: tuple[str, ...] = ()) -> Callable[[Check], Rule]:
    """Make a rule of a function. Its id is its module's name; its docstring is its explanation."""

    def make(find: Check) -> Rule:
        name = find.__module__.rpartition(".")[2].replace("_", "-")
        return Rule(name, title, severity, needs, find)

    return make


def _explanation(text: str) -> dict[str, str]:
    parts: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        if line.strip() in HEADINGS:
            heading = line.strip()
        elif heading:
            parts.setdefault(heading, []).append(line)
    return {name: "\n".join(lines).strip() for name, lines in parts.items()}
