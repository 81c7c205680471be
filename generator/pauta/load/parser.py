"""Text -> document: the events of PyYAML's C parser become values, and places of keys and values."""

import sys
from array import array
from collections.abc import Callable
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml._yaml import Mark as CMark
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from pauta.findings import Finding, Location
from pauta.load.document import Document, Source, Value
from pauta.load.guards import DEEPEST_NESTING, MOST_FINDINGS, error, refused_characters
from pauta.load.scalars import resolve
from pauta.load.syntax import explain

Mark = yaml.Mark | CMark
_Event = Any
"""An event of the parser, which is None only after the last one."""

_SHARED = 24
"""Letters. Texts up to this length repeat a lot (ids, choices, dates) and are kept once."""


class _Unreadable(Exception):  # noqa: N818 - control flow inside this module
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def parse(path: str, text: str) -> tuple[Document | None, list[Finding]]:
    """The document of a text and the findings about its form; no document when it has no form."""
    source = Source(path, text)
    findings = list(refused_characters(source))
    if findings:
        return None, findings
    builder = _Builder(source)
    try:
        value = builder.document()
    except _Unreadable as problem:
        return None, builder.marks or [problem.finding]
    except yaml.YAMLError as problem:
        return None, builder.marks or [explain(source, problem)]
    if builder.marks:
        return None, builder.marks
    return Document(source, value, builder.places), builder.findings[:MOST_FINDINGS]


class _Builder:
    """Turns events into values, notes the place of each, and reports repeated keys and refused marks.

    No tree of nodes is made in between: that takes half the time, and several times the memory.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.places = array("I")
        self.findings: list[Finding] = []
        self.marks: list[Finding] = []
        self._event: Callable[[], _Event] = CParser(source.text).get_event
        self._depth = 0

    def document(self) -> Value:
        """The value of the only document."""
        self._event()  # the text begins
        begin = self._event()
        if not isinstance(begin, DocumentStartEvent):
            raise _Unreadable(_empty(self.source.path))
        self._refuse_mark(begin)
        root = self._event()
        value = self._value(root)
        self._event()  # the document ends
        after = self._event()
        if isinstance(after, DocumentStartEvent):
            raise _Unreadable(_second_document(self.source, after.start_mark))
        if isinstance(root, ScalarEvent) and root.implicit[0] and not root.value:
            raise _Unreadable(_empty(self.source.path))
        return value

    def _value(self, event: _Event) -> Value:
        mark = event.start_mark
        self.places.extend((mark.line, mark.column))
        kind = event.__class__
        if event.anchor or kind is AliasEvent or event.tag:
            self._refuse_mark(event)
        if kind is ScalarEvent:
            value = resolve(event.value) if event.implicit[0] else event.value
            return sys.intern(value) if isinstance(value, str) and len(value) <= _SHARED else value
        if kind is AliasEvent:
            return None
        self._descend(event)
        value = self._sequence() if kind is SequenceStartEvent else self._mapping()
        self._depth -= 1
        return value

    def _descend(self, event: _Event) -> None:
        self._depth += 1
        if self._depth >= DEEPEST_NESTING:
            raise _Unreadable(_too_deep(self.source, event.start_mark))

    def _sequence(self) -> list[Value]:
        values = []
        while (event := self._event()).__class__ is not SequenceEndEvent:
            values.append(self._value(event))
        return values

    def _mapping(self) -> dict[str, Value]:
        values: dict[str, Value] = {}
        seen: dict[str, int] = {}
        while (key := self._event()).__class__ is not MappingEndEvent:
            name = self._name(key, seen)
            if name is None:
                self._skip(self._event())
                continue
            mark = key.start_mark
            seen[name] = mark.line + 1
            self.places.extend((mark.line, mark.column))
            values[name] = self._value(self._event())
        return values

    def _name(self, key: _Event, seen: dict[str, int]) -> str | None:
        """The name of a field; None when it cannot have that name."""
        if key.__class__ is not ScalarEvent:
            self._skip(key)
            self._report(
                "clave-no-valida",
                key.start_mark,
                "El nombre de un campo no puede ser una lista ni un grupo.",
                "Si es un dato de ejemplo entre llaves, escríbalo entre comillas.",
            )
            return None
        if key.anchor or key.tag:
            self._refuse_mark(key)
        name = sys.intern(key.value)
        if name not in seen:
            return name
        self._report(
            "clave-repetida",
            key.start_mark,
            f"El campo «{name}» ya está en el renglón {seen[name]}.",
            "Deje uno solo de los dos; si son elementos distintos, ponga un guion delante de cada uno.",
        )
        return None

    def _skip(self, event: _Event) -> None:
        """Pass over a value that has no place in the document."""
        depth = self._depth
        while True:
            self._refuse_mark(event)
            if isinstance(event, CollectionStartEvent):
                self._descend(event)
            self._depth -= isinstance(event, CollectionEndEvent)
            if self._depth == depth:
                return
            event = self._event()

    def _refuse_mark(self, event: _Event) -> None:
        """Report an anchor, an alias, a tag or a directive."""
        what = _mark_of(event)
        if what and len(self.marks) < MOST_FINDINGS:
            self.marks.append(_refused_mark(self.source, event.start_mark, what))

    def _report(self, rule: str, mark: Mark | None, message: str, mend: str) -> None:
        self.findings.append(error(rule, message, _at(self.source, mark), mend))


def _mark_of(event: Event) -> str | None:
    match event:
        case DocumentStartEvent(version=version, tags=tags) if version or tags:
            return "una directiva (%)"
        case AliasEvent():
            return "una repetición (*nombre)"
        case NodeEvent(anchor=str()):
            return "un ancla (&nombre)"
        case ScalarEvent(tag=str()) | CollectionStartEvent(tag=str()):
            return "una etiqueta (!tipo)"
        case _:
            return None


def _refused_mark(source: Source, mark: Mark | None, what: str) -> Finding:
    return error(
        "marca-de-yaml",
        f"Aquí YAML lee {what}, que en un manual no se usa.",
        _at(source, mark),
        "Si es parte del texto, ponga el texto entre comillas; si no, escriba el valor completo.",
    )


def _too_deep(source: Source, mark: Mark | None) -> Finding:
    return error(
        "anidamiento-excesivo",
        f"Hay más de {DEEPEST_NESTING} niveles uno dentro de otro.",
        _at(source, mark),
        "Revise los corchetes, llaves o guiones repetidos de este renglón.",
    )


def _second_document(source: Source, mark: Mark | None) -> Finding:
    return error(
        "varios-documentos",
        "El archivo tiene un segundo documento después de una línea con «---».",
        _at(source, mark),
        "Quite la línea «---» o pase lo que sigue a otro archivo.",
    )


def _empty(path: str) -> Finding:
    return error(
        "archivo-vacio",
        "El archivo está vacío.",
        Location(path),
        "Escriba la sección, o declare que no aplica con su motivo; o borre el archivo.",
    )


def _at(source: Source, mark: Mark | None) -> Location:
    return source.location(1, 1) if mark is None else source.location(mark.line + 1, mark.column + 1)
