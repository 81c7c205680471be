"""Stage 4: the manual -> findings; one rule a file."""

from pauta.check.catalogue import RULES_BY_ID, RULES_BY_KIND, rule_by_id, rules_by_id, rules_by_kind
from pauta.check.company import COMPANY_RULES
from pauta.check.deciding import DECIDING_RULES
from pauta.check.engine import check
from pauta.check.rule import Problem, Rule, rule
from pauta.check.rules import RULES
from pauta.check.writing import WRITING_RULES, WritingRule

__all__ = [
    "COMPANY_RULES",
    "DECIDING_RULES",
    "RULES",
    "RULES_BY_ID",
    "RULES_BY_KIND",
    "WRITING_RULES",
    "Problem",
    "Rule",
    "WritingRule",
    "check",
    "rule",
    "rule_by_id",
    "rules_by_id",
    "rules_by_kind",
]
