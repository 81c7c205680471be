"""Each document against the schema of its section; a folder of files as one section."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pauta.cache import NO_CACHE, Cache, digest
from pauta.findings import Finding, Severity
from pauta.load import Document, Loaded, Path_
from pauta.spine import Field, Json, Section, Spine
from pauta.validate.explain import explain, too_few, too_many

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator


@dataclass(frozen=True, slots=True)
class Validated:
    """The findings of validation, and what they make unfit to reason about."""

    findings: tuple[Finding, ...]
    faulty: frozenset[tuple[str, Path_]]
    """File and path of each value with a problem."""


def validate(loaded: Loaded, spine: Spine, cache: Cache = NO_CACHE) -> Validated:
    """Hold every document to its section's schema; one that an earlier run found valid is so still."""
    findings: list[Finding] = []
    faulty: set[tuple[str, Path_]] = set()
    used = {name: _used(name, documents, spine) for name, documents in loaded.documents.items()}
    schemas = {name: _schema(section, split=name in loaded.split) for name, section in used.items()}
    invalid = _invalid(loaded.documents, schemas, cache)
    for name, documents in loaded.documents.items():
        for found, document, path in _section(used[name], documents, invalid[name], loaded, name):
            findings.append(found)
            faulty.add((document.path, path))
    return Validated(tuple(_one_a_place(findings)), frozenset(faulty))


_Problem = tuple[Finding, Document, Path_]


def _used(name: str, documents: Sequence[Document], spine: Spine) -> Section:
    """The section that some documents are held to: theirs, or the declaration that it does not apply."""
    return spine.not_applicable if any("no_aplica" in d.value for d in _maps(documents)) else spine.sections[name]


def _maps(documents: Sequence[Document]) -> list[Document]:
    return [document for document in documents if isinstance(document.value, dict)]


def _section(
    used: Section, documents: Sequence[Document], invalid: Sequence[Document], loaded: Loaded, name: str
) -> Iterator[_Problem]:
    split = name in loaded.split
    for document in invalid:
        for error in _validator(used, split=split).iter_errors(document.value):
            for found in explain(document, used.root, error):
                yield found, document, tuple(error.instance_path)
    if split:
        maps = _maps(documents)
        yield from _said_twice(used, maps)
        if name not in loaded.damaged:  # what is missing may be in the file that could not be read
            yield from _missing(used, maps)
            yield from _wrong_counts(used, maps)


def _invalid(
    documents: Mapping[str, Sequence[Document]], schemas: Mapping[str, Json], cache: Cache
) -> dict[str, list[Document]]:
    """The documents of each section that its schema does not take."""
    known = {name: _Known.of(schema, cache) for name, schema in schemas.items()}
    asked = {name: [each for each in documents[name] if each.digest not in known[name].valid] for name in schemas}
    new = {name: schemas[name] for name, several in asked.items() if several}
    if not new:
        return asked
    gate = _gate(new)
    invalid = {name: [each for each in asked[name] if not gate.is_valid({name: each.value})] for name in schemas}
    for name in new:
        known[name].keep(documents[name], invalid[name], cache)
    return invalid


@dataclass(frozen=True, slots=True)
class _Known:
    """The documents that earlier runs found valid by a schema, each as its digest."""

    key: str
    valid: frozenset[str]

    @classmethod
    def of(cls, schema: Json, cache: Cache) -> "_Known":
        if not cache.keeps:
            return cls("", frozenset())
        key = digest("valid", json.dumps(schema))
        return cls(key, frozenset((cache.recall(key) or b"").decode("ascii").split()))

    def keep(self, documents: Sequence[Document], invalid: Sequence[Document], cache: Cache) -> None:
        wrong = {document.digest for document in invalid}
        right = sorted({document.digest for document in documents} - wrong - {""})
        if cache.keeps and frozenset(right) != self.valid:
            cache.keep(self.key, " ".join(right).encode("ascii"))


def _gate(schemas: Mapping[str, Json]) -> "Draft202012Validator":
    """All the schemas as one, which only says whether a document is valid.

    It leaves out what only people read and has each pattern once, so that it is compiled in a
    third of the time of the schemas, of which most manuals need none.
    """
    from jsonschema_rs import Draft202012Validator  # noqa: PLC0415 - when every document is known, it is not needed

    shared: dict[str, tuple[str, Json]] = {}
    properties = {name: _lean(schema, shared) for name, schema in schemas.items()}
    return Draft202012Validator({"properties": properties, "$defs": dict(shared.values())}, validate_formats=True)


def _lean(node: Json, shared: dict[str, tuple[str, Json]]) -> Json:
    kept = {word: value for word, value in node.items() if word not in _FOR_PEOPLE and not word.startswith("x-")}
    if "properties" in kept:
        kept["properties"] = {name: _lean(below, shared) for name, below in kept["properties"].items()}
    if "items" in kept:
        kept["items"] = _lean(kept["items"], shared)
    if "pattern" not in kept:
        return kept
    name, _ = shared.setdefault(str(kept), (f"p{len(shared)}", kept))
    return {"$ref": f"#/$defs/{name}"}


_FOR_PEOPLE = frozenset({"title", "description", "examples"})


@cache
def _validator(section: Section, *, split: bool) -> "Draft202012Validator":
    """The compiled schema of a whole section, or of one file of its folder."""
    from jsonschema_rs import Draft202012Validator  # noqa: PLC0415 - the same

    return Draft202012Validator(_schema(section, split=split), validate_formats=True)


def _schema(section: Section, *, split: bool) -> Json:
    return _of_one_file(section.schema) if split else section.schema


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
