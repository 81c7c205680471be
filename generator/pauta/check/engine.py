"""Ask every rule about a manual."""

from collections.abc import Iterator

from pauta.check.rules import RULES
from pauta.findings import Finding
from pauta.model import Manual


def check(manual: Manual) -> Iterator[Finding]:
    """The findings of every rule whose sections are well formed.

    A rule about a section that failed validation is not asked: its answer would only repeat, in
    other words, what is already reported.
    """
    for rule in RULES:
        if manual.sound(*rule.needs):
            for problem in rule.find(manual):
                yield Finding(rule.id, rule.severity, problem.message, problem.location, problem.mend)
