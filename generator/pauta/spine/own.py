"""Schemas of a company's own: what makes one unfit for use is told before any policy is read.

A test holds ours to the same.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pauta.findings import CannotGoOn
from pauta.spine.field import Field, Kind

PIECES = frozenset({"comun", "vocabulario"})
"""Files beside the sections, which belong to the program."""

QUANTITIES = frozenset({"dinero", "porcentaje", "duracion", "cantidad", "medida"})
"""Types of text that say how much of something."""

_AS_THE_INDICATOR = "segun_sentido"
_TELLING_DIRECTION = frozenset({"sentido", "indicador"})
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z", re.ASCII)
_TIP = "schema/README.md dice cómo se escribe un esquema."


def hold_to_vocabulary(schemas: Mapping[str, Any], vocabulary: dict[str, Any]) -> None:
    """Raise CannotGoOn for the first schema that has a bad name or a word outside the vocabulary."""
    if not schemas:
        return
    from jsonschema_rs import Draft202012Validator  # noqa: PLC0415 - only with schemas of one's own

    validator = Draft202012Validator(vocabulary, validate_formats=True)
    for name, schema in schemas.items():
        if name in PIECES:
            _refuse(name, "es parte del programa y no se puede cambiar.", "Bórrelo de la carpeta «schema».")
        if not _NAME.match(name):
            _refuse(name, "no tiene nombre de sección.", "Use minúsculas sin tilde, números y guion bajo.")
        for problem in validator.iter_errors(schema):
            where = "/".join(str(step) for step in problem.instance_path)
            _refuse(name, f"no sigue el vocabulario en «{where}»: {problem.message}")


def hold_together(root: Field, collections: Collection[str], replaced: Field | None = None) -> None:
    """Raise CannotGoOn for the first thing in a section's schema that does not hold.

    ``replaced`` is our section of the same name: its template and its rules count on its fields.
    """
    for path in _lost(replaced, root) if replaced else ():
        _refuse(root.name, f"reemplaza a uno del programa y ya no tiene igual «{path}».")
    for problem in incoherences(root, collections):
        _refuse(root.name, problem)


def _refuse(name: str, problem: str, tip: str = _TIP) -> None:
    raise CannotGoOn(f"El esquema «{name}.schema.json» {problem}", tip)


def hold_pages_apart(page_folders: Mapping[str, str]) -> None:
    """Raise CannotGoOn when two collections would write their pages in one folder."""
    taken: dict[str, str] = {}
    for collection, folder in page_folders.items():
        other = taken.setdefault(folder, collection)
        if other != collection:
            raise CannotGoOn(
                f"Dos colecciones, «{other}» y «{collection}», escriben sus páginas en la carpeta «{folder}».",
                "Dé a una de las dos otra carpeta en «x-pagina».",
            )


def incoherences(root: Field, collections: Collection[str]) -> Iterator[str]:
    """What in a schema contradicts itself or names what is not there; the vocabulary cannot say it."""
    for path, field in root.walk():
        for problem in _of_field(field, collections):
            yield f"{problem}, en «{'/'.join(path)}»."


def _of_field(field: Field, collections: Collection[str]) -> Iterator[str]:
    for name in field.schema.get("required", ()):
        if name not in field.children:
            yield f"exige el campo «{name}», que no define"
    if set(field.schema.get("enum", ())) != set(field.labels):
        yield "no da una etiqueta a cada valor, y solo a ellos"
    if field.reference is not None and not (field.reference in collections and field.kind is Kind.TEXT):
        yield f"nombra la colección «{field.reference}», que no existe, o no lo hace en un texto"
    if field.collection and not (field.item and _is_certain(field.item, field.key)):
        yield f"tiene una colección cuyos elementos no llevan siempre el texto «{field.key}»"

    yield from _of_direction(field)
    for child in field.children.values():
        if child.direction == _AS_THE_INDICATOR and not (_TELLING_DIRECTION & set(field.children)):
            yield f"dice que «{child.name}» mejora según el sentido, y no hay «sentido» ni «indicador» a su lado"


def _of_direction(field: Field) -> Iterator[str]:
    is_quantity = field.type in QUANTITIES or field.kind in {Kind.INTEGER, Kind.NUMBER}
    if field.direction == _AS_THE_INDICATOR and not is_quantity:
        yield "mejora según el sentido de un indicador y no es una cantidad"
    elif field.direction and not (is_quantity or field.type == "fecha" or field.kind in {Kind.LIST, Kind.OBJECT}):
        yield "dice en qué sentido mejora y no es una cantidad, una fecha, un horario, una lista ni un grupo"
    if field.is_commitment and field.type in QUANTITIES and not field.direction:
        yield "es un compromiso que se puede medir y no dice en qué sentido mejora"


def _is_certain(item: Field, name: str) -> bool:
    key = item.children.get(name)
    return key is not None and key.required and key.kind is Kind.TEXT


def _lost(before: Field, now: Field) -> Iterator[str]:
    kept = dict(now.walk())
    for path, field in before.walk():
        if path not in kept or _promise(kept[path]) != _promise(field):
            yield "/".join(path)


def _promise(field: Field) -> tuple[object, ...]:
    return (
        field.kind,
        field.required,
        field.collection,
        field.key,
        field.page_folder,
        field.reference,
        field.type,
        set(field.labels),
    )
