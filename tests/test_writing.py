"""The findings of loading and validating: each is explained, and its example is mended by what it says."""

import ast
from functools import cache
from itertools import chain, takewhile
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

import pauta.load
import pauta.validate
from pauta.bundled import schema_folder
from pauta.check import DECIDING_RULES, RULES, RULES_BY_ID, RULES_BY_KIND, WRITING_RULES, WritingRule
from pauta.check.rule import HEADINGS, Rule
from pauta.cli import cli
from pauta.findings import Finding, Severity
from pauta.load import Loaded
from pauta.load.guards import DEEPEST_NESTING, LARGEST_FILE
from pauta.load.parser import parse
from pauta.spine import Spine, read_spine
from pauta.validate import validate

PACKAGES = (pauta.load, pauta.validate)


class _Code:
    """The code of some packages: its calls of functions that take the id of a finding, as ``rule``."""

    def __init__(self, files: list[Path]) -> None:
        nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
        self.functions = {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}
        self.positions = {Finding.__name__: 0} | {
            name: parameters.index("rule")
            for name, node in self.functions.items()
            if "rule" in (parameters := [each.arg for each in node.args.args if each.arg != "self"])
        }
        self.calls = [node for node in nodes if isinstance(node, ast.Call) and _name(node) in self.positions]

    def given(self) -> set[tuple[str, Severity]]:
        """Each id with its severity."""
        return {(name, self._severity(call)) for call in self.calls for name in self._ids(call)}

    def _ids(self, call: ast.Call) -> list[str]:
        """The ids in a call; one that is not written out in the code fails here."""
        match call.args[self._position(call)]:
            case ast.Constant(value=str(name)):
                return [name]
            case ast.Name("rule"):  # passed on by a function that takes it
                return []
            case ast.Starred(ast.Call() as maker):  # of a function that gives the id first
                return [name for name in map(_first_returned, ast.walk(self.functions[_name(maker)])) if name]
            case other:
                pytest.fail(f"The id of a finding is not written out: {ast.unparse(other)}")

    def _position(self, call: ast.Call) -> int:
        return min(self.positions[_name(call)], len(call.args) - 1)

    def _severity(self, call: ast.Call) -> Severity:
        """What the call of Finding says, in it or in the function that it calls."""
        if _name(call) == Finding.__name__:
            assert isinstance(call.args[1], ast.Attribute)
            return Severity[call.args[1].attr]
        inside = set(ast.walk(self.functions[_name(call)]))
        (inner,) = (each for each in self.calls if each in inside)
        return self._severity(inner)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _first_returned(node: ast.AST) -> str | None:
    match node:
        case ast.Return(ast.Tuple([ast.Constant(value=str(first)), *_])):
            return first
        case _:
            return None


def _given() -> set[tuple[str, Severity]]:
    folders = [folder for package in PACKAGES for folder in package.__path__]
    return _Code([file for folder in folders for file in sorted(Path(folder).glob("*.py"))]).given()


class TestTheCatalogue:
    def test_holds_each_finding_that_the_code_gives_with_its_severity(self) -> None:
        assert {(rule.id, rule.severity) for rule in WRITING_RULES} == _given()

    def test_ids_and_titles_are_told_apart_from_those_of_the_rules(self) -> None:
        every: tuple[WritingRule | Rule, ...] = tuple(chain.from_iterable(RULES_BY_KIND.values()))
        assert len({rule.id for rule in every}) == len(every) == len(RULES_BY_ID)
        assert len({rule.title for rule in every}) == len(every)

    @pytest.mark.parametrize("rule", WRITING_RULES, ids=lambda rule: rule.id)
    def test_explains_what_why_and_how(self, rule: WritingRule) -> None:
        assert tuple(rule.explanation) == HEADINGS
        assert all(rule.explanation.values())

    def test_says_the_limits_that_hold(self) -> None:
        assert f"{LARGEST_FILE // 1_000_000} MB" in RULES_BY_ID["archivo-demasiado-grande"].explanation[HEADINGS[0]]
        assert f"{DEEPEST_NESTING} niveles" in RULES_BY_ID["anidamiento-excesivo"].explanation[HEADINGS[0]]


def _examples(rule: WritingRule) -> list[str]:
    """The blocks of YAML in an explanation."""
    blocks = rule.explanation[HEADINGS[-1]].split("\n\n")
    return [dedent(block) + "\n" for block in blocks if block.startswith("    ")]


@cache
def _spine() -> Spine:
    return read_spine(schema_folder())


def _found(section: str, text: str, rule: WritingRule) -> set[str]:
    """What is found of a rule in a file of a section."""
    document, findings = parse(f"manual/{section}.yml", text)
    if document:
        findings = [*findings, *validate(Loaded({section: (document,)}), _spine()).findings]
    return {finding.message for finding in findings if finding.rule == rule.id}


class TestTheExamples:
    @pytest.mark.parametrize(
        "rule", [rule for rule in WRITING_RULES if len(_examples(rule)) > 1], ids=lambda rule: rule.id
    )
    def test_the_first_has_the_mistake_and_the_second_no_longer(self, rule: WritingRule) -> None:
        wrong, right = _examples(rule)
        assert any(_found(name, right, rule) < _found(name, wrong, rule) for name in _spine().sections)

    @pytest.mark.parametrize("rule", [rule for rule in WRITING_RULES if _examples(rule)], ids=lambda rule: rule.id)
    def test_the_last_can_be_read(self, rule: WritingRule) -> None:
        assert parse("manual/ejemplo.yml", _examples(rule)[-1])[1] == []


class TestExplain:
    def test_tells_of_one(self) -> None:
        result = CliRunner().invoke(cli, ["explain", "clave-repetida"])
        assert result.exit_code == 0
        assert result.output.startswith("Campo escrito dos veces (clave-repetida, error)")
        assert all(f"\n{heading}\n" in result.output for heading in HEADINGS)

    def test_lists_every_kind_under_its_heading(self) -> None:
        lines = CliRunner().invoke(cli, ["explain"]).output.splitlines()
        kinds = {
            "Al leer y escribir los archivos": WRITING_RULES,
            "En el manual completo": RULES,
            "Al decidir un cambio": DECIDING_RULES,
        }
        for heading, rules in kinds.items():
            listed = takewhile(bool, lines[lines.index(heading) + 1 :])
            assert [line.split()[0] for line in listed] == [rule.id for rule in rules]

    def test_a_misspelt_one_is_guessed(self) -> None:
        result = CliRunner().invoke(cli, ["explain", "campo-desconosido"], standalone_mode=False)
        assert "¿Quiso decir «campo-desconocido»?" in getattr(result.exception, "tip", "")
