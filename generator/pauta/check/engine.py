"""Ask every rule about a manual."""

from collections.abc import Iterator

from pauta.check.rule import Rule
from pauta.check.rules import RULES
from pauta.findings import CannotGoOn, Finding
from pauta.model import Manual
from pauta.nearest import nearest


def check(manual: Manual) -> Iterator[Finding]:
    """The findings of every rule whose sections are well formed.

    A rule about a section that failed validation is not asked: its answer would only repeat, in
    other words, what is already reported.
    """
    for rule in RULES:
        if manual.sound(*rule.needs):
            for problem in rule.find(manual):
                yield Finding(rule.id, rule.severity, problem.message, problem.location, problem.mend)


def rule_by_id(name: str) -> Rule:
    """The rule of that id; raises CannotGoOn with the nearest id when there is none."""
    by_id = {rule.id: rule for rule in RULES}
    if name in by_id:
        return by_id[name]
    guess = nearest(name, by_id)
    raise CannotGoOn(
        f"No hay una regla que se llame «{name}».",
        f"¿Quiso decir «{guess}»?" if guess else "pauta explain, sin nombre, las muestra todas.",
    )
