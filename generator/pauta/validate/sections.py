"""Each document against the schema of its section; a folder of files as one section."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from jsonschema_rs import Draft202012Validator

from pauta.findings import Finding, Severity
from pauta.load import Document, Loaded, Path_
from pauta.spine import Field, Json, Section, Spine
from pauta.validate.explain import explain, too_few, too_many


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
        for found, document, path in _section(name, documents, loaded, spine):
            findings.append(found)
            faulty.add((document.path, path))
    return Validated(tuple(_one_a_place(findings)), frozenset(faulty))


_Problem = tuple[Finding, Document, Path_]


def _section(name: str, documents: Sequence[Document], loaded: Loaded, spine: Spine) -> Iterator[_Problem]:
    maps = [document for document in documents if isinstance(document.value, dict)]
    used = spine.not_applicable if any("no_aplica" in d.value for d in maps) else spine.sections[name]
    split = name in loaded.split
    validator = _validator(used, split=split)
    for document in documents:
        if validator.is_valid(document.value):
            continue
        for error in validator.iter_errors(document.value):
            for found in explain(document, used.root, error):
                yield found, document, tuple(error.instance_path)
    if split:
        yield from _said_twice(used, maps)
        if name not in loaded.damaged:  # what is missing may be in the file that could not be read
            yield from _missing(used, maps)
            yield from _wrong_counts(used, maps)


@cache
def _validator(section: Section, *, split: bool) -> Draft202012Validator:
    """The compiled schema of a whole section, or of one file of its folder."""
    return Draft202012Validator(_of_one_file(section.schema) if split else section.schema, validate_formats=True)


def _of_one_file(schema: Json) -> Json:
    """A section's schema without what only its files together must hold: all fields, and enough elements."""
    properties = {
        name: {word: value for word, value in field.items() if word not in _COUNTS} if "x-coleccion" in field else field
        for name, field in schema["properties"].items()
    }
    return {**schema, "required": [], "properties": properties}


_COUNTS = frozenset({"minItems", "maxItems"})


def _said_twice(section: Section, documents: Sequence[Document]) -> Iterator[_Problem]:
    """Fields that more than one file of a folder says, save the lists that are put together."""
    holders: dict[str, Document] = {}
    for document in documents:
        for name in document.value:
            field = section.root.children.get(name)
            if field is None or field.collection:
                continue
            first = holders.setdefault(name, document)
            if first is not document:
                yield _twice(document, first, field), document, (name,)


def _twice(document: Document, first: Document, field: Field) -> Finding:
    return Finding(
        "campo-en-dos-archivos",
        Severity.ERROR,
        f"«{field.title}» ya está en {first.path}; una sección lo lleva una sola vez.",
        document.locate((field.name,), key=True),
        "Déjelo en uno solo de los archivos de la carpeta.",
    )


def _missing(section: Section, documents: Sequence[Document]) -> Iterator[_Problem]:
    """Fields that the section needs and none of its files says."""
    present = {name for document in documents for name in document.value}
    for name, field in section.root.children.items():
        if field.required and name not in present and documents:
            first = documents[0]
            found = Finding(
                "falta-campo",
                Severity.ERROR,
                f"Falta «{field.title}» en la carpeta de la sección.",
                first.locate(),
                f"Agregue «{name}:» en uno de sus archivos. {field.description}",
            )
            yield found, first, ()


def _wrong_counts(section: Section, documents: Sequence[Document]) -> Iterator[_Problem]:
    """Lists put together from the files of a folder that have too few or too many elements."""
    for name, field in section.root.children.items():
        lists = [(document, document.value[name]) for document in documents if name in document.value]
        if not field.collection or not lists or not all(isinstance(value, list) for _, value in lists):
            continue
        has = sum(len(value) for _, value in lists)
        document = lists[0][0]
        if has < field.schema.get("minItems", 0):
            yield _counted("lista-corta", document, name, *too_few(field, has)), document, (name,)
        elif has > field.schema.get("maxItems", has):
            yield _counted("lista-larga", document, name, *too_many(field, has)), document, (name,)


def _counted(rule: str, document: Document, name: str, message: str, mend: str) -> Finding:
    return Finding(rule, Severity.ERROR, message, document.locate((name,)), mend)


def _one_a_place(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The first finding of each place, so that one mistake is not told in two ways."""
    seen: set[tuple[object, ...]] = set()
    for found in findings:
        several = found.rule in {"falta-campo", "campo-desconocido"}  # a map may lack two fields
        mark = (found.location, found.message if several else "value")
        if mark not in seen:
            seen.add(mark)
            yield found
