"""Ask every rule about a manual: those of the program, the company's own, and those of packages it trusts."""

from collections.abc import Iterable, Iterator

from pauta.check import packages
from pauta.check.catalogue import RULES_BY_ID, freedoms, taken
from pauta.check.exceptions import reviewed
from pauta.check.rules import RULES
from pauta.findings import Finding
from pauta.model import Manual


def check(manual: Manual, around: Iterable[Finding] = ()) -> Iterator[Finding]:
    """The findings of every rule whose sections are well formed, as the company decided to take them.

    A rule about a section that failed validation is not asked: its answer would only repeat, in
    other words, what is already reported. ``around`` is what was found in files beside the manual.
    """
    found = [*_asked(manual), *_own(manual), *packages.find(manual, taken(manual)), *around]
    return reviewed(manual, found, freedoms(manual))


def _asked(manual: Manual) -> Iterator[Finding]:
    for rule in RULES:
        if manual.sound(*rule.needs):
            for problem in rule.find(manual):
                yield Finding(rule.id, rule.severity, problem.message, problem.location, problem.mend)


def _own(manual: Manual) -> Iterator[Finding]:
    if not manual.entities.get("reglas"):
        return
    from pauta.check.own_rules.asking import find  # noqa: PLC0415 - few manuals have rules of their own

    yield from find(manual, RULES_BY_ID)
