"""Every rule that a finding can name: of the files, of the whole manual, of a change to it, of the company."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from itertools import chain

from pauta.check import packages
from pauta.check.company import COMPANY_RULES
from pauta.check.deciding import DECIDING_RULES
from pauta.check.exceptions import GRADED, Freedom
from pauta.check.rule import Rule
from pauta.check.rules import RULES
from pauta.check.settings import weights
from pauta.check.writing import WRITING_RULES, WritingRule
from pauta.findings import CannotGoOn, Severity
from pauta.model import Manual
from pauta.nearest import nearest

Kinds = Mapping[str, tuple[Rule | WritingRule, ...]]
"""Heading -> rules, as they are listed everywhere."""

RULES_BY_KIND: Kinds = {
    "Al leer y escribir los archivos": WRITING_RULES,
    "En el manual completo": RULES,
    "Al decidir un cambio": DECIDING_RULES,
    "Sobre las reglas y excepciones de la empresa": COMPANY_RULES,
}

RULES_BY_ID: Mapping[str, Rule | WritingRule] = {rule.id: rule for rules in RULES_BY_KIND.values() for rule in rules}


def rules_by_kind(manual: Manual) -> Kinds:
    """Those and the company's own, each with the severity that it has in this manual."""
    kinds: Kinds = {
        **RULES_BY_KIND,
        "Reglas de la empresa": _own(manual),
        "Reglas de otros paquetes": _packaged(manual),
    }
    severities = {each.rule: each.severity for each in weights(manual)}
    allowed = freedoms(manual)
    changed = {name: severity for name, severity in severities.items() if allowed.get(name) in GRADED}
    return {kind: tuple(_weighed(rule, changed) for rule in rules) for kind, rules in kinds.items() if rules}


def _weighed(rule: Rule | WritingRule, severities: Mapping[str, Severity]) -> Rule | WritingRule:
    return replace(rule, severity=severities[rule.id]) if rule.id in severities else rule


def rules_by_id(manual: Manual) -> Mapping[str, Rule | WritingRule]:
    """Every rule that a finding in this manual can name."""
    return {rule.id: rule for rule in chain.from_iterable(rules_by_kind(manual).values())}


def freedoms(manual: Manual) -> Mapping[str, Freedom]:
    """What the company may decide of each rule."""
    return {
        **_each((*WRITING_RULES, *COMPANY_RULES), Freedom.NOTHING),
        **_each(DECIDING_RULES, Freedom.SEVERITY),
        **_each((*_own(manual), *_packaged(manual), *RULES), Freedom.ALL),
    }


def rule_by_id(name: str, rules: Mapping[str, Rule | WritingRule] = RULES_BY_ID) -> Rule | WritingRule:
    """The rule of that id; raises CannotGoOn with the nearest id when there is none."""
    if name in rules:
        return rules[name]
    guess = nearest(name, rules)
    raise CannotGoOn(
        f"No hay una regla que se llame «{name}».",
        f"¿Quiso decir «{guess}»?" if guess else "pauta explain, sin nombre, las muestra todas.",
    )


def taken(manual: Manual) -> Container[str]:
    """The ids that no rule of a package may have."""
    return RULES_BY_ID.keys() | {rule.id for rule in _own(manual)}


def _each(rules: Iterable[Rule | WritingRule], freedom: Freedom) -> dict[str, Freedom]:
    return {rule.id: freedom for rule in rules}


def _own(manual: Manual) -> tuple[WritingRule, ...]:
    if not manual.entities.get("reglas"):
        return ()
    from pauta.check.own_rules.reading import own_rules  # noqa: PLC0415 - few manuals have rules of their own

    return tuple(rule.published() for rule in own_rules(manual) if rule.id not in RULES_BY_ID)


def _packaged(manual: Manual) -> tuple[Rule, ...]:
    return packages.package_rules(manual, taken(manual))
