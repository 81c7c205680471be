"""Values that are well written and make no sense never stop a check: they are findings, or nothing."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from helpers import TODAY, reference_copy
from pauta.calculate import calculate
from pauta.check import check
from pauta.load import Document, Loaded, Path_
from pauta.model import build_manual
from pauta.pipeline import Checked
from pauta.spine import Field, Kind
from pauta.validate import validate

RECKONED = (
    "manual", "roles", "canales", "capacidad", "costo", "indicadores", "inventarios", "recursos", "proveedores",
    "alianzas", "ans", "quejas", "oferta",
)  # fmt: skip
"""The sections from which something is calculated."""
_EXTREMES = {
    "porcentaje": ("0 %", "100 %"),
    "duracion": ("0 minutos", "99999 años", "1 mes"),
    "dinero": ("0 GTQ", "99999999999999 GTQ"),
    "horario_dia": ("cerrado", "24 horas"),
    "fecha": ("1900-01-01", "2999-12-31"),
}
_MEASURED = frozenset({"cantidad", "medida"})
_NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER})


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return reference_copy(tmp_path_factory.mktemp("extremos")).check()


@pytest.mark.parametrize("section", RECKONED)
def test_no_value_stops_a_check(reference: Checked, section: str) -> None:
    """Of each field that is reckoned with, once with the least and once with the most that it may say."""
    tried = 0
    for document, path, value in _changes(reference, section):
        loaded = _with(reference.loaded, section, document, path, value)
        validated = validate(loaded, reference.manual.spine)
        manual = build_manual(loaded, validated, reference.manual.spine, today=TODAY)
        try:
            assert all(found.message for found in check(manual))
            assert all(each.verdict for each in calculate(manual))
        except Exception as problem:
            problem.add_note(f"{document.path}: {path} = {value!r}")
            raise
        tried += 1
    assert tried


def _changes(reference: Checked, section: str) -> Iterator[tuple[Document, Path_, Any]]:
    seen = set[tuple[str, ...]]()
    for document in reference.loaded.documents[section]:
        for field, path, value in _single(reference.manual.spine.sections[section].root, document.value, ()):
            names = tuple(step for step in path if isinstance(step, str))
            if names not in seen:
                seen.add(names)
                for extreme in _extremes(field, value):
                    yield document, path, extreme


def _extremes(field: Field, value: Any) -> tuple[Any, ...]:
    if field.kind in _NUMBERS:
        return (0, 10**9)
    if field.type in _MEASURED:
        unit = str(value).partition(" ")[2]
        return (f"0 {unit}", f"999999999999 {unit}", "3 cosas")
    return _EXTREMES.get(field.type or "", ())


def _single(field: Field, value: Any, path: Path_) -> Iterator[tuple[Field, Path_, Any]]:
    if isinstance(value, dict):
        for name, below in value.items():
            if name in field.children:
                yield from _single(field.children[name], below, (*path, name))
    elif isinstance(value, list) and field.item is not None:
        for position, below in enumerate(value):
            yield from _single(field.item, below, (*path, position))
    else:
        yield field, path, value


def _with(loaded: Loaded, section: str, document: Document, path: Path_, value: Any) -> Loaded:
    """The same files, one of which says another value."""
    values = deepcopy(document.value)
    holder = values
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    changed = replace(document, value=values, _index={})
    several = tuple(changed if each is document else each for each in loaded.documents[section])
    return replace(loaded, documents={**loaded.documents, section: several})
