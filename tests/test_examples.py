"""The examples of schema/ejemplos are tests: a good one passes, a bad one gives the findings it states."""

import re
from functools import cache
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from pauta.bundled import schema_folder
from pauta.findings import Finding, in_reading_order
from pauta.load import Loaded, Value
from pauta.load.parser import parse
from pauta.spine import Field, Spine, read_spine
from pauta.validate import validate

EXAMPLES = schema_folder() / "ejemplos"
GOOD = sorted(EXAMPLES.glob("*/bien/*.yml"))
BAD = sorted(EXAMPLES.glob("*/mal/*.yml"))
STATED = re.compile(r"# espera: ([a-z-]+) en (\d+:\d+)\Z")


def name(path: Path) -> str:
    return path.relative_to(EXAMPLES).as_posix()


@cache
def spine() -> Spine:
    return read_spine(schema_folder())


def read(path: Path) -> tuple[Value, tuple[Finding, ...]]:
    """What an example says, and what is found in it."""
    document, findings = parse(name(path), path.read_text("utf-8"))
    if document is None:
        return None, tuple(findings)
    validated = validate(Loaded({path.parts[-3]: (document,)}), spine())
    return document.value, in_reading_order([*findings, *validated.findings])


def shown(findings: tuple[Finding, ...]) -> str:
    return "\n".join(f"{finding.location} {finding.rule} {finding.message}" for finding in findings)


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_a_good_example_passes(path: Path) -> None:
    _, findings = read(path)
    assert findings == (), shown(findings)


@pytest.mark.parametrize("path", BAD, ids=name)
def test_a_bad_example_gives_what_its_first_lines_state(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    heading = [line for line in lines if line.startswith("#")]
    assert heading == lines[: len(heading)], "what is expected stands first"
    stated = [STATED.match(line) for line in heading]
    assert stated, "an example says what it expects"
    assert all(stated), heading
    _, findings = read(path)
    given = [(finding.rule, str(finding.location).removeprefix(f"{name(path)}:")) for finding in findings]
    assert given == [match.groups() for match in stated if match], shown(findings)


@pytest.mark.parametrize("section", spine().sections)
def test_every_section_has_examples_of_both_kinds(section: str) -> None:
    assert {path.stem for path in GOOD if path.parts[-3] == section} >= {"minimo", "completo"}
    assert len([path for path in BAD if path.parts[-3] == section]) >= 6


def test_no_example_is_left_out() -> None:
    assert {path.parts[-3] for path in (*GOOD, *BAD)} == set(spine().sections)
    assert sorted((*GOOD, *BAD)) == sorted(path for path in EXAMPLES.rglob("*") if path.is_file())


def test_some_sections_are_shown_not_to_apply() -> None:
    assert len([path for path in GOOD if path.stem == "no_aplica"]) >= 4


def test_the_bad_ones_give_every_finding_that_a_schema_can() -> None:
    given = {finding.rule for path in BAD for finding in read(path)[1]}
    assert given == {
        "campo-desconocido", "elemento-repetido", "falta-campo", "formato-incorrecto", "fuera-de-rango", "lista-corta",
        "lista-larga", "texto-largo-de-mas", "tipo-incorrecto", "valor-no-permitido",
    }  # fmt: skip


def unused(field: Field, values: list[Value], path: str) -> list[str]:
    """The fields below this one that none of its values says."""
    if field.item is not None:
        return unused(field.item, [element for value in values for element in value], path)
    missing: list[str] = []
    for child in field.children.values():
        said = [value[child.name] for value in values if child.name in value]
        here = f"{path}/{child.name}"
        missing += unused(child, said, here) if said else [here]
    return missing


@pytest.mark.parametrize("section", spine().sections)
def test_the_complete_example_says_every_field(section: str) -> None:
    value, _ = read(EXAMPLES / section / "bien" / "completo.yml")
    assert unused(spine().sections[section].root, [value], section) == []


def optional(field: Field, value: Value, path: str) -> list[str]:
    """The fields that a value says and need not say."""
    if isinstance(value, list) and field.item is not None:
        return [each for element in value for each in optional(field.item, element, path)]
    if not isinstance(value, dict):
        return []
    here = [f"{path}/{name}" for name in value if not field.children[name].required]
    return here + [each for name in value for each in optional(field.children[name], value[name], f"{path}/{name}")]


@pytest.mark.parametrize("section", spine().sections)
def test_the_smallest_example_says_only_what_is_required(section: str) -> None:
    value, _ = read(EXAMPLES / section / "bien" / "minimo.yml")
    assert optional(spine().sections[section].root, value, section) == []


@pytest.mark.parametrize("section", spine().sections)
def test_the_examples_in_the_help_of_the_editor_are_valid(section: str) -> None:
    for path, field in spine().sections[section].root.walk():
        validator = Draft202012Validator(dict(field.schema), validate_formats=True)
        assert [each for each in field.examples if not validator.is_valid(each)] == [], "/".join(path)
