"""What a plain YAML word means: the core schema of YAML 1.2, and nothing else.

Under it ``no`` is a word and not false, ``10:30`` is a word and not 630, and ``012`` is twelve.
"""

import math
import re

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER = re.compile(r"[-+]?(?:\d+|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)\Z", re.ASCII)
_BASED = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z", re.ASCII)
_LONGEST_NUMBER = 40  # Python refuses integers of thousands of digits; no policy needs them

Scalar = str | bool | int | float | None


def resolve(text: str) -> Scalar:
    """The value of a plain (unquoted) word.

    Numbers that are not finite or absurdly long stay text, so that the schema reports them
    instead of a later calculation.
    """
    if not text:
        return None
    first = text[0]
    if first.isalpha() or first == "~":
        return _WORDS.get(text, text)
    if first in "0123456789+-." and len(text) <= _LONGEST_NUMBER:
        return _number(text)
    return text


def _number(text: str) -> str | int | float:
    if _NUMBER.match(text):
        try:
            return int(text)
        except ValueError:
            number = float(text)
            return number if math.isfinite(number) else text
    if _BASED.match(text):
        return int(text, 0)
    return text
