"""Each document against the schema of its section; a folder of files as one section."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from jsonschema_rs import Draft202012Validator

from pauta.findings import Finding, Severity
from pauta.load import Document, Loaded, Path_
from pauta.spine import Field, Section, Spine
from pauta.validate.explain import explain


@dataclass(frozen=True, slots=True)
class Validated:
    """The findings of validation, and what they make unfit to reason about."""

    findings: tuple[Finding, ...]
    faulty: frozenset[tuple[str, Path_]]
    """File and path of each value with a problem."""


def validate(loaded: Loaded, spine: Spine) -> Validated:
    """Hold every document to its section's schema."""
    findings: list[Finding] = []
    faulty: set[tuple[str, Path_]] = set()
    for name, documents in loaded.documents.items():
        section = spine.sections[name]
        for found, document, path in _section(section, documents, spine, split=name in loaded.split):
            findings.append(found)
            faulty.add((document.path, path))
    return Validated(tuple(_one_a_place(findings)), frozenset(faulty))


_Problem = tuple[Finding, Document, Path_]


def _section(section: Section, documents: Sequence[Document], spine: Spine, *, split: bool) -> Iterator[_Problem]:
    declared = [d for d in documents if isinstance(d.value, dict) and "no_aplica" in d.value]
    used = spine.not_applicable if declared else section
    validator = _validator(used, split=split)
    for document in documents:
        if validator.is_valid(document.value):
            continue
        for error in validator.iter_errors(document.value):
            for found in explain(document, used.root, error):
                yield found, document, tuple(error.instance_path)
    if split:
        yield from _folder(used, [d for d in documents if isinstance(d.value, dict)])


@cache
def _validator(section: Section, *, split: bool) -> Draft202012Validator:
    """The compiled schema. A file of a folder need not hold all that the whole section must."""
    schema = {**section.schema, "required": []} if split else section.schema
    return Draft202012Validator(schema, validate_formats=True)


def _folder(section: Section, documents: Sequence[Document]) -> Iterator[_Problem]:
    """What only the files of a folder together can show: fields missing, or said twice."""
    holders: dict[str, Document] = {}
    for document in documents:
        for name in document.value:
            field = section.root.children.get(name)
            if field is None or field.collection:
                continue
            if name in holders:
                yield _said_twice(document, holders[name], field), document, (name,)
            holders.setdefault(name, document)
    present = {name for document in documents for name in document.value}
    for name, field in section.root.children.items():
        if field.required and name not in present and documents:
            yield _missing_in_folder(documents[0], field), documents[0], ()


def _said_twice(document: Document, first: Document, field: Field) -> Finding:
    return Finding(
        "campo-en-dos-archivos",
        Severity.ERROR,
        f"«{field.title}» ya está en {first.path}; una sección lo lleva una sola vez.",
        document.locate((field.name,), key=True),
        "Déjelo en uno solo de los archivos de la carpeta.",
    )


def _missing_in_folder(document: Document, field: Field) -> Finding:
    return Finding(
        "falta-campo",
        Severity.ERROR,
        f"Falta «{field.title}» en la carpeta de la sección.",
        document.locate(),
        f"Agregue «{field.name}:» en uno de sus archivos. {field.description}",
    )


def _one_a_place(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The first finding of each place, so that one mistake is not told in two ways."""
    seen: set[tuple[object, ...]] = set()
    for found in findings:
        several = found.rule in {"falta-campo", "campo-desconocido"}  # a map may lack two fields
        mark = (found.location, found.message if several else "value")
        if mark not in seen:
            seen.add(mark)
            yield found
