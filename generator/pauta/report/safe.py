"""Values of a manual are data: nothing in them may steer a terminal or break a file format."""

import json
import re

_DELETE = 0x7F
_FIRST_PRINTABLE = 0x20
_CONTROL_PICTURES = 0x2400

_UNSAFE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # controls; escape sequences start here
    "\xad\u061c\u180e\u200b\u200e\u200f\u2060-\u206f\ufeff"  # invisible, some turn the text around
    "\u2028-\u202e"  # line separators and changes of direction
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"  # not characters, or hidden text
    "\ud800-\udfff"  # halves of a character, which UTF-8 cannot encode
    "]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """The text on one line, each character that is not text replaced by one that can be seen."""
    return _UNSAFE.sub(_picture, text)


def encodable(text: str) -> str:
    """The text as it is, save for what UTF-8 cannot encode."""
    return _SURROGATE.sub("\ufffd", text)


def json_text(value: object) -> str:
    """A value as JSON for people to read; whatever is not plain text is written as an escape."""
    dumped = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSAFE.sub(_json_escape, dumped) + "\n"


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < _FIRST_PRINTABLE:
        return chr(_CONTROL_PICTURES + code)
    return "␡" if code == _DELETE else "\ufffd"


def _json_escape(match: re.Match[str]) -> str:
    """An escape that stands for the same character; indentation is the only control in JSON text."""
    character = match[0]
    if character == "\n":
        return character
    if _SURROGATE.match(character):
        return "\ufffd"
    return json.dumps(character)[1:-1]
