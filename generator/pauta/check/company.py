"""What is asked of the company's own rules, exceptions and packages.

The texts are in ``company.md``, in the form of ``writing.md``.
"""

from pathlib import Path

from pauta.check.writing import read_rules

COMPANY_RULES = tuple(read_rules(Path(__file__).with_suffix(".md").read_text(encoding="utf-8")))
"""The rules, in the order in which their pages are listed."""
