"""What is asked of a change before it is let in, and of what stands around the manual.

The texts are in ``deciding.md``, in the form of ``writing.md``.
"""

from pathlib import Path

from pauta.check.writing import read_rules

DECIDING_RULES = tuple(read_rules(Path(__file__).with_suffix(".md").read_text(encoding="utf-8")))
