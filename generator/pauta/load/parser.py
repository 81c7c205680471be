"""Text -> document: PyYAML's C parser composes, our own builder gives values and places."""

import sys
from array import array
from collections.abc import Iterator
from itertools import islice

import yaml
from yaml._yaml import CParser
from yaml._yaml import Mark as CMark
from yaml.composer import ComposerError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
)
from yaml.nodes import Node, ScalarNode, SequenceNode

from pauta.findings import Finding, Location
from pauta.load.document import Document, Source, Value
from pauta.load.guards import DEEPEST_NESTING, MOST_FINDINGS, error, may_have_marks, refused_characters
from pauta.load.scalars import resolve
from pauta.load.syntax import explain

Mark = yaml.Mark | CMark
_SHARED = 24
"""Letters. Texts up to this length repeat a lot (ids, choices, dates) and are kept once."""

_PLAIN = "plain"
_QUOTED = "quoted"


class _TooDeep(Exception):  # noqa: N818 - control flow inside this module
    def __init__(self, mark: Mark | None) -> None:
        self.mark = mark


class _Composer(CParser):
    """Composes nodes; tells plain words from quoted ones and stops at a depth."""

    depth = 0

    def resolve(self, kind: type[Node], _value: str, implicit: tuple[bool, bool]) -> str:
        return _PLAIN if kind is ScalarNode and implicit[0] else _QUOTED

    def descend_resolver(self, parent: Node | None, _index: object) -> None:
        self.depth += 1
        if self.depth > DEEPEST_NESTING and parent is not None:
            raise _TooDeep(parent.start_mark)

    def ascend_resolver(self) -> None:
        self.depth -= 1


def parse(path: str, text: str) -> tuple[Document | None, list[Finding]]:
    """The document of a text and the findings about its form; no document when it has no form."""
    source = Source(path, text)
    findings = list(refused_characters(source))
    if not findings and may_have_marks(text):
        findings = list(islice(_marks(source), MOST_FINDINGS))
    if findings:
        return None, findings
    try:
        root = _Composer(text).get_single_node()
    except _TooDeep as problem:
        return None, [_too_deep(source, problem.mark)]
    except ComposerError as problem:
        return None, [_second_document(source, problem.problem_mark)]
    except yaml.YAMLError as problem:
        return None, [explain(source, problem)]
    if root is None or (isinstance(root, ScalarNode) and root.tag == _PLAIN and not root.value):
        return None, [_empty(path)]
    builder = _Builder(source)
    value = builder.build(root)
    return Document(source, value, builder.places), builder.findings[:MOST_FINDINGS]


class _Builder:
    """Turns nodes into values, notes the place of each, and reports repeated keys."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.places = array("I")
        self.findings: list[Finding] = []

    def build(self, node: Node) -> Value:
        mark = node.start_mark
        self.places.extend((mark.line, mark.column))
        if isinstance(node, ScalarNode):
            value = resolve(node.value) if node.tag == _PLAIN else node.value
            return sys.intern(value) if isinstance(value, str) and len(value) <= _SHARED else value
        if isinstance(node, SequenceNode):
            return [self.build(child) for child in node.value]
        return self._mapping(node.value)

    def _mapping(self, pairs: list[tuple[Node, Node]]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        seen: dict[str, int] = {}
        for key, child in pairs:
            mark = key.start_mark
            if not isinstance(key, ScalarNode):
                self._report(
                    "clave-no-valida",
                    mark,
                    "El nombre de un campo no puede ser una lista ni un grupo.",
                    "Si es un dato de ejemplo entre llaves, escríbalo entre comillas.",
                )
                continue
            name = sys.intern(key.value)
            if name in seen:
                self._report(
                    "clave-repetida",
                    mark,
                    f"El campo «{name}» ya está en el renglón {seen[name]}.",
                    "Deje uno solo de los dos; si son elementos distintos, ponga un guion delante de cada uno.",
                )
                continue
            seen[name] = mark.line + 1
            self.places.extend((mark.line, mark.column))
            values[name] = self.build(child)
        return values

    def _report(self, rule: str, mark: Mark, message: str, mend: str) -> None:
        self.findings.append(error(rule, message, _at(self.source, mark), mend))


def _marks(source: Source) -> Iterator[Finding]:
    """Findings for anchors, aliases, tags and directives, which the composer would resolve."""
    parser = CParser(source.text)
    depth = 0
    try:
        while depth <= DEEPEST_NESTING and (event := parser.get_event()) is not None:
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if what := _mark_of(event):
                yield _refused_mark(source, event.start_mark, what)
    except yaml.YAMLError:
        return  # the composer meets the same error and explains it


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
