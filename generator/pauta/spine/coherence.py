"""What the schema of a section must hold that the vocabulary, being a schema itself, cannot say."""

from collections.abc import Collection, Iterator, Mapping

from pauta.spine.field import Field, Kind


def incoherences(root: Field, collections: Collection[str]) -> Iterator[str]:
    """Each place of a section's schema that contradicts itself or names what is not there."""
    for path, field in root.walk():
        for problem in _of_field(field, collections):
            yield f"En «{'/'.join((root.name, *path))}», {problem}."


def _of_field(field: Field, collections: Collection[str]) -> Iterator[str]:
    yield from (f"«required» nombra a «{name}», que no está en «properties»" for name in _unknown_required(field))
    if set(field.schema.get("enum", ())) != set(field.labels):
        yield "«x-etiquetas» no da un texto a cada valor de «enum», y solo a ellos"
    if field.reference is not None and (field.reference not in collections or field.kind is not Kind.TEXT):
        yield f"«x-ref» nombra la colección «{field.reference}», que no existe, o no está en un texto"
    if field.collection and (field.item is None or field.key not in _required_texts(field.item)):
        yield f"los elementos de la colección no llevan el texto obligatorio «{field.key}», que los identifica"


def _unknown_required(field: Field) -> list[str]:
    return [name for name in field.schema.get("required", ()) if name not in field.children]


def _required_texts(item: Field) -> set[str]:
    return {name for name, field in item.children.items() if field.required and field.kind is Kind.TEXT}


def lost(bundled: Field, own: Field) -> Iterator[str]:
    """Each field of a bundled section that a company's version of it no longer gives for certain."""
    now: Mapping[tuple[str, ...], Field] = dict(own.walk())
    for path, field in bundled.walk():
        kept = now.get(path)
        if kept is None or _promise(kept) != _promise(field):
            yield "/".join((own.name, *path))


def _promise(field: Field) -> tuple[object, ...]:
    return field.kind, field.required, field.collection, field.key, field.reference, field.type, set(field.labels)
