"""Two validators, one answer: the fast one on our inlined schemas, the reference one on the files as they are."""

import copy
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError, validators
from referencing import Registry, Resource

from pauta.bundled import schema_folder
from pauta.findings import Finding
from pauta.load import Loaded, Value
from pauta.load.parser import parse
from pauta.spine import Field, Kind, Section, read_spine
from pauta.validate import validate
from pauta.validate.sections import _validator

MANUAL = Path(__file__).parents[1] / "manual"
SPINE = read_spine(schema_folder())
NAMES = tuple(SPINE.sections)
Fault = tuple[tuple[str | int, ...], str]


SPACE = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


def as_ecma(pattern: str) -> str:
    """A pattern of ours in Python's words, as JSON Schema reads it: an end is the end, and a space ECMA's."""
    return pattern.removesuffix("$").replace(r"\s", SPACE).replace(r"\S", f"[^{SPACE}]") + r"\Z"


def _pattern(_validator: object, pattern: str, value: object, _schema: object) -> Iterator[ValidationError]:
    if isinstance(value, str) and not re.search(as_ecma(pattern), value):
        yield ValidationError("does not match")


Oracle = validators.extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


@cache
def oracle(name: str) -> Any:
    """The reference validator on a schema file, with its references and its formats."""
    registry: Registry[Any] = Registry().with_resource("comun.schema.json", Resource.from_contents(_read("comun")))
    return Oracle(_read(name), registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


@cache
def declaration_oracle() -> Any:
    schema = {**_read("comun"), "$ref": "#/$defs/seccion_no_aplica"}
    return Oracle(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _read(name: str) -> Any:
    return json.loads((schema_folder() / f"{name}.schema.json").read_text("utf-8"))


def ours(section: Section, value: Value) -> set[Fault]:
    return {
        (tuple(error.instance_path), error.kind.name) for error in _validator(section, split=False).iter_errors(value)
    }


def theirs(validator: Any, value: Value) -> set[Fault]:
    return {(tuple(error.absolute_path), str(error.validator)) for error in validator.iter_errors(value)}


def agree(name: str, value: Value) -> None:
    """Both find the same faults at the same places, or none."""
    section = SPINE.sections[name]
    expected = theirs(oracle(name), value)
    assert ours(section, value) == expected
    assert _validator(section, split=False).is_valid(value) == (not expected)


def read(file: Path) -> Value:
    document, _ = parse(file.name, file.read_text("utf-8"))
    assert document is not None
    return document.value


EXAMPLES = sorted((schema_folder() / "ejemplos").glob("*/*/*.yml"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: "/".join(file.parts[-3:]))
def test_on_every_example(file: Path) -> None:
    value = read(file)
    agree(file.parts[-3], value)
    assert ours(SPINE.not_applicable, value) == theirs(declaration_oracle(), value)


@pytest.mark.parametrize("name", NAMES)
def test_on_the_reference_manual(name: str) -> None:
    files = [MANUAL / f"{name}.yml", *sorted((MANUAL / name).glob("*.yml"))]
    values = [read(file) for file in files if file.is_file()]
    assert values
    for value in values:
        agree(name, value)


# Generated: what the schemas describe, whole and then with something changed.


def policies(field: Field) -> st.SearchStrategy[Value]:
    """Values that a field admits."""
    match field.kind:
        case Kind.OBJECT:
            below = {name: policies(child) for name, child in field.children.items()}
            needed = {name: strategy for name, strategy in below.items() if field.children[name].required}
            return st.fixed_dictionaries(needed, optional={name: below[name] for name in below.keys() - needed})
        case Kind.LIST:
            assert field.item is not None
            least = field.schema.get("minItems", 0)
            most = min(least + 2, field.schema.get("maxItems", least + 2))
            unique = json.dumps if field.schema.get("uniqueItems") else None
            return st.lists(policies(field.item), min_size=least, max_size=most, unique_by=unique)
        case Kind.TEXT:
            return texts(field)
        case Kind.INTEGER:
            return st.integers(field.schema.get("minimum"), field.schema.get("maximum"))
        case Kind.NUMBER:
            return st.floats(
                field.schema.get("minimum"), field.schema.get("maximum"), allow_nan=False, allow_infinity=False
            )
        case Kind.BOOLEAN:
            return st.booleans()


def texts(field: Field) -> st.SearchStrategy[str]:
    if field.labels:
        return st.sampled_from(list(field.labels))
    if field.schema.get("format") == "date":
        return st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(date.isoformat)
    most = field.schema.get("maxLength")
    if "pattern" in field.schema:
        drawn = st.from_regex(as_ecma(field.schema["pattern"]))
        return drawn.filter(lambda text: len(text) <= (most or len(text)))
    return st.text(min_size=field.schema.get("minLength", 0), max_size=most)


MADE = settings(derandomize=True, max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, False, 0, -1, 1, 1.0, 1.5, 10**30, -(10**30), 1e300, "", " ", "a", "Á", "A b", "x" * 5000, [], {}, [[]], {"a": 1},
     "2026-02-29", "2028-02-29", "2026-2-3", "2026-03-09\n", "350 GTQ", "350  GTQ", "12,5 %", "80%", "100.01 %", "8 días",
     "1 días hábiles", "24:00", "24:01", "cerrado", "08:00-12:00,14:00-18:00", "1.2", "1.2.3\n", "a@b", "+502 7700 0100",
     "٣ unidades", "uno\u2028dos", "uno\ndos", "a\x00", "\u00a0", "\u200b", "😀", "e\u0301", "x\x85", "x\ufeff", "x\x1c"]
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@MADE
@given(data=st.data())
def test_on_generated_policies(name: str, data: st.DataObject) -> None:
    value = data.draw(policies(SPINE.sections[name].root))
    assert theirs(oracle(name), value) == set()
    agree(name, value)


@pytest.mark.parametrize("name", NAMES)
@settings(MADE, max_examples=40)
@given(data=st.data())
def test_on_policies_with_a_change(name: str, data: st.DataObject) -> None:
    value = copy.deepcopy(complete(name))
    for _ in range(data.draw(st.integers(1, 3))):
        if value:
            change(data, value)
    agree(name, value)
    if "no_aplica" not in value:
        assert bool(told(name, value)) == bool(theirs(oracle(name), value))


def told(name: str, value: Value) -> tuple[Finding, ...]:
    """What a manager is told of a value, once it is written in a file."""
    document, findings = parse("x", yaml.safe_dump(value))
    assert document is not None
    assert (document.value, findings) == (value, [])
    return validate(Loaded({name: (document,)}), SPINE).findings


@cache
def complete(name: str) -> Value:
    return read(schema_folder() / "ejemplos" / name / "bien" / "completo.yml")


def holders(value: Value) -> Iterator[tuple[Any, Any]]:
    """Every list or map with each position or name in it."""
    if isinstance(value, dict | list):
        inner = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        for key, child in inner:
            yield value, key
            yield from holders(child)


def change(data: st.DataObject, value: Value) -> None:
    """Put something odd in a place, take something out, double it, or add a field that is not there."""
    places = list(holders(value))
    holder, key = places[data.draw(st.integers(0, len(places) - 1))]
    match data.draw(st.sampled_from(["put", "take", "double", "add"])):
        case "put":
            holder[key] = copy.deepcopy(data.draw(ODD))
        case "take":
            del holder[key]
        case "double" if isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        case _ if isinstance(holder, dict):
            name = data.draw(st.sampled_from(["otro", "", "id ", "Nombre", "no_aplica", "\x00"]))
            holder[name] = copy.deepcopy(data.draw(ODD))


def test_the_fast_one_is_asked_for_formats() -> None:
    """Both leave them off unless they are told otherwise."""
    value = copy.deepcopy(complete("glosario"))
    value["control"]["ultima_revision"] = "2026-02-30"
    assert ours(SPINE.sections["glosario"], value) == {(("control", "ultima_revision"), "format")}
