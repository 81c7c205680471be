"""Who may read what: a manual without the fields that the readers of a site may not see."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pauta.load import Document, Loaded, Path_
from pauta.spine import Field, Section, Spine

LEVELS = ("publico", "interno", "confidencial")
"""From what anybody may read to what only management may."""

AUDIENCES = ("interno", "confidencial")
"""For whom a site can be made. What anybody may read is too little for one: no schema marks it yet."""


def hidden(field: Field, audience: str) -> bool:
    """Whether a field is more reserved than an audience may see."""
    visibility = field.visibility
    return visibility != audience and LEVELS.index(visibility) > LEVELS.index(audience)


def restrict(loaded: Loaded, spine: Spine, audience: str) -> Loaded:
    """The documents of a manual without what an audience may not read.

    It is done to the documents, before the model is built, so that no page, list, search index or
    count can show by mistake what is not there.
    """
    documents = {
        name: tuple(_without(document, spine.sections[name], audience) for document in group)
        if _has_hidden(spine.sections[name], audience)
        else group
        for name, group in loaded.documents.items()
    }
    return replace(loaded, documents=documents)


def _has_hidden(section: Section, audience: str) -> bool:
    return any(hidden(field, audience) for _, field in section.root.walk())


def _without(document: Document, section: Section, audience: str) -> Document:
    document.locate()  # the places of the whole document are noted before it is cut
    return replace(document, value=_strip(section.root, document.value, audience))


def _strip(field: Field, value: Any, audience: str) -> Any:
    if isinstance(value, dict):
        return {
            name: _strip(child, below, audience) if child else below
            for name, below in value.items()
            for child in [field.children.get(name)]
            if child is None or not hidden(child, audience)
        }
    if isinstance(value, list) and field.item is not None:
        return [_strip(field.item, each, audience) for each in value]
    return value


def hidden_spans(document: Document, section: Section, audience: str) -> Iterator[tuple[int, int, int]]:
    """What a copy of the file must cover: first line, column on it, and last line, from one."""
    if not _has_hidden(section, audience):
        return
    path: Path_
    ordered = list(document.in_reading_order())
    for position, (path, line, column) in enumerate(ordered):
        field = section.root.at(path)
        if field is not None and hidden(field, audience):
            after = (next_line for other, next_line, _ in ordered[position + 1 :] if other[: len(path)] != path)
            yield line, column, max(next(after, line + _TO_THE_END) - 1, line)


_TO_THE_END = 1_000_000
