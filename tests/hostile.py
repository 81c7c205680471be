"""A manual whose every free text holds signs that mean something to Markdown, HTML, templates or YAML."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from built_site import flat, reference_project
from helpers import TODAY
from pauta.nearest import plain
from pauta.pipeline import Project, check_project
from pauta.spine import Field, Kind, Spine

SIGNS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "|", "{{ 7*7 }}", "{% raise %}", "{## a ##}",
    "{# a #}", "[[x]]", "[a](javascript:alert(1))", "![a](x)", "*a*", "_a_", "**a**", "`a`", "```", "# x", "&amp;",
    "&lt;b&gt;", "---", "===", "{#id}", "{: .x }", "<!--", "-->", "]]>", "$&", "\\1 \\", "<https://a.example>",
    ":smile:", "[^1]", "~~~", "> x", "- x", "+ x", "1. x", "1) x", "- [ ] x", "</style></title></svg>", "'", "%s {0}",
    "<b>a</b>", "^^a^^", "==a==", "!!! note", "*[x]: y", "[x]: y", "<?php ?>", "<![CDATA[", "&#60;",
    "=1+1", "@a", "javascript:alert(1)", "${a}", "a\u00a0b", "a\u2028b", "a\u0085b", "🙂", "\u202eabc",
)  # fmt: skip
"""Each stands at the start of some texts and inside others."""

_MARK = re.compile(r"Q\d{4}Z")
_INITIALS = "".join(dict.fromkeys(plain(sign)[0] for sign in SIGNS))
_LETTERS = "abcdefghijklmnopqrstuvwxyzαβγδεζηθικλμνξοπρσ"
_SHORT = 40
_PACK = 150
_BREAKS = 20
"""The spaces at the most that a picture puts into a text to break its words."""


@dataclass(frozen=True, slots=True)
class Written:
    """The texts of a manual by the mark that each holds, on one line."""

    texts: dict[str, str]

    def wrongly_shown(self, said: str) -> Iterator[str]:
        """Each text that a page shows otherwise than it was written; the beginning, cut with «…», is right."""
        for mark in _MARK.finditer(said):
            wanted = self.texts[mark[0]]
            start = mark.start() - wanted.index(mark[0])
            shown = said[max(start, 0) : start + len(wanted)]
            kept = shown.partition("…")[0] or shown
            if not wanted.startswith(kept) and not wanted.startswith(kept[0].swapcase() + kept[1:]):
                yield f"{wanted!r} is shown as {shown!r}"

    def wrongly_drawn(self, said: str) -> Iterator[str]:
        """The same of a picture, which may also break a long word to fit a narrow line."""
        for mark in _MARK.finditer(said):
            wanted = self.texts[mark[0]]
            start = mark.start() - wanted.index(mark[0])
            around = said[max(start - _BREAKS, 0) : start + len(wanted) + _BREAKS]
            tight, seen = wanted.replace(" ", ""), around.replace(" ", "")
            start = seen.index(mark[0]) - tight.index(mark[0])
            kept = seen[max(start, 0) : start + len(tight)].partition("…")[0]
            if start < 0 or not tight.startswith(kept):
                yield f"{wanted!r} is drawn as {around!r}"

    def marks(self, said: str) -> set[str]:
        return {mark[0] for mark in _MARK.finditer(said)}


def hostile_project(folder: Path) -> tuple[Path, Written]:
    """A copy of the reference manual in which every free text is hostile."""
    return _project(folder, lambda text: text)


def harmless_project(folder: Path) -> tuple[Path, Written]:
    """The same with a letter in the place of every sign: as long, in as many lines, and meaning nothing."""
    return _project(folder, _letters)


def _letters(text: str) -> str:
    """Letters for signs; a text's first letter tells its first sign, since the glossary is arranged by it."""
    mark = _MARK.search(text)
    initial = _LETTERS[_INITIALS.index(plain(text)[0])]
    one_line = text.replace("\u2028", " ").replace("\x85", " ")
    shape = initial + "".join(each if each.isspace() else "m" for each in one_line[1:])
    return shape[: mark.start()] + mark[0] + shape[mark.end() :] if mark else shape


def _project(folder: Path, disguise: Callable[[str], str]) -> tuple[Path, Written]:
    root = reference_project(folder)
    project = Project(root)
    spine = project.spine()
    writer = _Writer(spine, disguise)
    for name, documents in check_project(project, today=TODAY).loaded.documents.items():
        for document in documents:
            value = writer.rewrite(spine.sections[name].root, document.value)
            (root / document.path).write_text(_as_yaml(value), "utf-8")
    return root, Written(writer.texts)


def _as_yaml(value: Any) -> str:
    """JSON is YAML, but for the line ends that JSON lets stand in a text."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.replace("\u2028", "\\u2028").replace("\x85", "\\u0085") + "\n"


class _Writer:
    def __init__(self, spine: Spine, disguise: Callable[[str], str]) -> None:
        self.spine = spine
        self.disguise = disguise
        self.texts: dict[str, str] = {}

    def rewrite(self, field: Field, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self.rewrite(field.children[name], below) for name, below in value.items()}
        if isinstance(value, list) and field.item is not None:
            return [self.rewrite(field.item, below) for below in value]
        return self._text(field) if _is_free(field) else value

    def _text(self, field: Field) -> str:
        number = len(self.texts)
        mark = f"Q{number:04}Z"
        first = SIGNS[number % len(SIGNS)]
        if field.schema["maxLength"] <= _SHORT:
            text = f"{first} {mark}"[:_SHORT]
        elif field.is_long_text:
            text = f"{first}\n{mark} {_pack(number)}\n\n{first}\n    {first}\n\n\t{first}\n" + "\n".join(SIGNS)
        else:
            text = f"{first} {mark} {_pack(number)}"
        written = self.disguise(text)
        self.texts[mark] = flat(written)
        return written


def _is_free(field: Field) -> bool:
    """Whether people may write what they like there."""
    if field.kind is not Kind.TEXT or field.name == "id" or {"x-ref", "x-tipo", "enum"} & field.schema.keys():
        return False
    return re.search(field.schema["pattern"], '<a href="">') is not None


def _pack(number: int) -> str:
    """As many signs as fit, beginning with another one for each text."""
    pack = ""
    for position in range(len(SIGNS)):
        sign = SIGNS[(number * 7 + position) % len(SIGNS)]
        if len(pack) + len(sign) < _PACK:
            pack += " " + sign
    return pack.strip()
