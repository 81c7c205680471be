"""Stage 4: the manual -> findings; one rule a file."""

from pauta.check.engine import check, rule_by_id
from pauta.check.rule import Problem, Rule, rule
from pauta.check.rules import RULES

__all__ = ["RULES", "Problem", "Rule", "check", "rule", "rule_by_id"]
