"""Every rule that a finding can name: those of the files and those of the whole manual."""

from collections.abc import Mapping

from pauta.check.rule import Rule
from pauta.check.rules import RULES
from pauta.check.writing import WRITING_RULES, WritingRule
from pauta.findings import CannotGoOn
from pauta.nearest import nearest

RULES_BY_KIND: Mapping[str, tuple[Rule | WritingRule, ...]] = {
    "Al leer y escribir los archivos": WRITING_RULES,
    "En el manual completo": RULES,
}
"""Heading -> rules, as they are listed everywhere."""

RULES_BY_ID: Mapping[str, Rule | WritingRule] = {rule.id: rule for rules in RULES_BY_KIND.values() for rule in rules}


def rule_by_id(name: str) -> Rule | WritingRule:
    """The rule of that id; raises CannotGoOn with the nearest id when there is none."""
    if name in RULES_BY_ID:
        return RULES_BY_ID[name]
    guess = nearest(name, RULES_BY_ID)
    raise CannotGoOn(
        f"No hay una regla que se llame «{name}».",
        f"¿Quiso decir «{guess}»?" if guess else "pauta explain, sin nombre, las muestra todas.",
    )
