"""Reports: what people read, and what GitHub, GitLab, Jenkins and code scanning accept."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
import xmlschema

from pauta.check import RULES
from pauta.findings import Finding, Location, Severity
from pauta.report import FORMATS, Report

VENDOR = Path(__file__).parent / "vendor"
SARIF = jsonschema.Draft7Validator(  # the Rust validator refuses a pattern of this schema
    json.loads((VENDOR / "sarif-2.1.0" / "sarif-2.1.0.json").read_text("utf-8")),
    format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER,
)
JUNIT = xmlschema.XMLSchema(str(VENDOR / "junit-10" / "junit-10.xsd"))

GITLAB = jsonschema.Draft202012Validator(
    {
        # Written from GitLab's documentation, «Code Quality report format». Whatever passes this passes
        # the schema that GitLab itself applies, which asks for less: it leaves severities and places open.
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "additionalProperties": False,
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,}$"},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "pattern": "^[^/]"},
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": {"begin": {"type": "integer", "minimum": 1}},
                        },
                    },
                },
            },
        },
    }
)

SLOW = Finding(
    "ans-relajado",
    Severity.ERROR,
    "El plazo «8 horas hábiles» es más largo que el de su nivel superior, «4 horas hábiles» (manual/ans.yml:6:12).",
    Location("manual/ans.yml", 14, 12, "    plazo: 8 horas hábiles"),
    "Acorte el plazo, o alargue el del nivel superior.",
)
OLD = Finding(
    "revision-vencida",
    Severity.WARNING,
    "La revisión de esta sección venció el 3 de marzo de 2026.",
    Location("manual/oferta.yml", 3, 17, "ultima_revision: 2025-03-03"),
    "Revísela y ponga la fecha de hoy.",
)
HEAVY = Finding(
    "archivo-demasiado-grande",
    Severity.ERROR,
    "El archivo pesa más de 5 MB, que es el máximo.",
    Location("manual/quejas.yml"),
)
REPORT = Report((SLOW, OLD, HEAVY), files=17)

HOSTILE = {
    "line breaks": "uno\ndos\r\ntres\u2028cuatro\x85cinco",
    "percent": "100 % de 25 %0A %25 {0} {{x}}",
    "command": "::error file=x::falso",
    "old command": "texto ##[error]falso ##[add-mask]x",
    "resume": "::stop-commands::x\n::x::",
    "cdata": "a]]>b <![CDATA[c",
    "markup": "<script>alert('x')</script> &amp; \"y\"",
    "link": "[pulse](https://example.com) ](",
    "NUL": "a\x00b\x08c\x1fd\x7fe",
    "escape": "\x1b[2J\x1b]0;título\x07rojo\x9b31m",
    "turned around": "\u202etxet\u2066x\u200f\u061c",
    "emoji": "👩‍👩‍👧 ❤️ 🇬🇹",
    "surrogate": "a\ud800b\udc80",
    "not characters": "\ufffe\uffff\ufeff\U000e0041",
    "address": "a b?c#d%20e:f\\g",
}
UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)


def hostile(value: str) -> Report:
    """A report in which everything that comes from a manual is the same hostile value."""
    finding = Finding(value, Severity.ERROR, value, Location(value, 1, 1, value), value)
    return Report((finding, replace(finding, severity=Severity.WARNING)), files=1)


def many(errors: int, warnings: int) -> tuple[Finding, ...]:
    """Findings on successive lines of one file."""
    severities = [Severity.ERROR] * errors + [Severity.WARNING] * warnings
    return tuple(
        replace(SLOW, severity=severity, location=replace(SLOW.location, line=line))
        for line, severity in enumerate(severities, 1)
    )


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_no_value_reaches_the_terminal_as_anything_but_text(name: str, value: str) -> None:
    written = FORMATS[name](hostile(value))
    assert written.endswith("\n")
    assert not written.endswith("\n\n")
    assert UNSAFE.findall(written) == []
    written.encode("utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_a_clean_manual_has_a_report_too(name: str) -> None:
    assert FORMATS[name](Report((), files=17)).strip()


class TestText:
    """What a manager reads at a terminal."""

    def test_example(self) -> None:
        assert FORMATS["text"](REPORT) == (
            "manual/ans.yml:14:12 error ans-relajado El plazo «8 horas hábiles» es más largo que el de su nivel"
            " superior, «4 horas hábiles» (manual/ans.yml:6:12).\n"
            "   14 |     plazo: 8 horas hábiles\n"
            "      |            ^\n"
            "Cómo se arregla: Acorte el plazo, o alargue el del nivel superior.\n"
            "\n"
            "manual/oferta.yml:3:17 aviso revision-vencida La revisión de esta sección venció el 3 de marzo de 2026.\n"
            "    3 | ultima_revision: 2025-03-03\n"
            "      |                 ^\n"
            "Cómo se arregla: Revísela y ponga la fecha de hoy.\n"
            "\n"
            "manual/quejas.yml:1:1 error archivo-demasiado-grande El archivo pesa más de 5 MB, que es el máximo.\n"
            "\n"
            "2 errores y 1 aviso en 17 archivos\n"
        )

    @pytest.mark.parametrize(
        ("errors", "warnings", "files", "said"),
        [
            (0, 0, 17, "Sin hallazgos en 17 archivos"),
            (0, 0, 1, "Sin hallazgos en 1 archivo"),
            (1, 0, 1, "1 error en 1 archivo"),
            (2, 0, 3, "2 errores en 3 archivos"),
            (0, 1, 3, "1 aviso en 3 archivos"),
            (1, 2, 3, "1 error y 2 avisos en 3 archivos"),
        ],
    )
    def test_the_last_line_counts(self, errors: int, warnings: int, files: int, said: str) -> None:
        assert FORMATS["text"](Report(many(errors, warnings), files)).splitlines()[-1] == said

    @pytest.mark.parametrize(
        ("source", "column", "shown", "caret"),
        [
            ("título: añil", 9, "título: añil", "        ^"),
            ("日本: x", 5, "日本: x", "      ^"),
            ("👍 a: b", 3, "👍 a: b", "   ^"),
            ("e\u0301a: b", 3, "e\u0301a: b", " ^"),
            ("\ta: b", 2, "    a: b", "    ^"),
            ("a:\tb", 4, "a:    b", "      ^"),
            ("a\x1b[31mb", 7, "a␛[31mb", "      ^"),
            ("corto", 6, "corto", "     ^"),
            ("corto", 60, "corto", "     ^"),
        ],
    )
    def test_the_caret_stands_under_its_column(self, source: str, column: int, shown: str, caret: str) -> None:
        assert caret_lines(source, column) == (shown, caret)

    @pytest.mark.parametrize("column", [1, 20, 5_000, 9_981, 10_000])
    @pytest.mark.parametrize("width", [1, 2], ids=["narrow", "wide"])
    def test_a_long_line_is_cut_around_the_caret(self, column: int, width: int) -> None:
        filler = "x" if width == 1 else "日"
        source = filler * (column - 1) + "N" + filler * (10_000 - column)
        shown, caret = caret_lines(source, column)
        before, _, after = shown.partition("N")
        assert len(caret) - 1 == columns(before)
        assert 90 <= columns(shown) <= 102
        assert (before.startswith("…"), after.endswith("…")) == (column > 50, column < 9_950)

    def test_colour_adds_only_colour(self) -> None:
        plain = FORMATS["text"](REPORT)
        painted = FORMATS["text"](replace(REPORT, color=True))
        assert painted != plain
        assert re.sub(r"\x1b\[[0-9;]+m", "", painted) == plain

    def test_a_value_cannot_paint(self) -> None:
        painted = FORMATS["text"](replace(hostile(HOSTILE["escape"]), color=True))
        assert set(re.findall("\x1b[^m]*m?", painted)) == {"\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[0m"}


def caret_lines(source: str, column: int) -> tuple[str, str]:
    """The source line and the caret line of a finding, without their gutter."""
    finding = replace(SLOW, location=Location("manual/a.yml", 7, column, source))
    _, shown, caret, *_ = FORMATS["text"](Report((finding,), 1)).splitlines()
    assert shown.startswith("    7 | ")
    assert caret.startswith("      | ")
    return shown[8:], caret[8:]


def columns(text: str) -> int:
    """Terminal columns of a text made of narrow and wide letters."""
    return sum(2 if character == "日" else 1 for character in text)


class TestJson:
    """The shape that other programs may count on."""

    def test_shape(self) -> None:
        assert json.loads(FORMATS["json"](Report((SLOW, OLD), files=17))) == {
            "format": "pauta-findings",
            "version": 1,
            "totals": {"files": 17, "errors": 1, "warnings": 1},
            "findings": [
                {
                    "rule": finding.rule,
                    "severity": severity,
                    "message": finding.message,
                    "mend": finding.mend,
                    "path": finding.location.path,
                    "line": finding.location.line,
                    "column": finding.location.column,
                    "source": finding.location.source,
                }
                for finding, severity in ((SLOW, "error"), (OLD, "warning"))
            ],
        }

    def test_accents_can_be_read(self) -> None:
        assert "«8 horas hábiles»" in FORMATS["json"](REPORT)

    @pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
    def test_values_come_back_as_they_were(self, value: str) -> None:
        (finding, _) = json.loads(FORMATS["json"](hostile(value)))["findings"]
        for key in ("rule", "message", "mend", "path", "source"):
            assert finding[key] == re.sub("[\ud800-\udfff]", "\ufffd", value)


@dataclass(frozen=True, slots=True)
class Command:
    """What GitHub's runner is told by one line."""

    name: str
    data: str
    properties: Mapping[str, str] = field(default_factory=dict)


class Runner:
    """GitHub's runner, as far as reading commands goes (ActionCommand.cs and ActionCommandManager.cs)."""

    KNOWN = frozenset(
        [
            "error",
            "warning",
            "notice",
            "debug",
            "group",
            "endgroup",
            "add-mask",
            "add-matcher",
            "add-path",
            "echo",
            "remove-matcher",
            "save-state",
            "set-env",
            "set-output",
            "stop-commands",
        ]
    )

    def __init__(self) -> None:
        self.known = set(self.KNOWN)
        self.commands: list[Command] = []
        self.plain: list[str] = []
        self.resume = ""

    def read(self, output: str) -> "Runner":
        for line in re.split("\r\n|\r|\n", output.removesuffix("\n")):
            command = self._new(line) or self._old(line)
            if command is None or (self.resume and command.name != self.resume):
                self.plain.append(line)
            else:
                self.commands.append(command)
                self._obey(command)
        assert not self.resume, "commands were never resumed"
        return self

    def named(self, name: str) -> list[Command]:
        return [command for command in self.commands if command.name == name]

    def _obey(self, command: Command) -> None:
        if command.name == self.resume:
            self.known.discard(self.resume)
            self.resume = ""
        elif command.name == "stop-commands":
            self.resume = command.data
            self.known.add(command.data)

    def _new(self, line: str) -> Command | None:
        found = re.match(r"\s*::(.*?)::(.*)$", line, re.DOTALL)
        name, _, listed = found[1].partition(" ") if found else ("", "", "")
        if not found or name not in self.known:
            return None
        pairs = (pair.partition("=") for pair in listed.strip().split(",") if pair)
        properties = {key: unescaped(value, "\r\n:,%") for key, _, value in pairs}
        return Command(name, unescaped(found[2], "\r\n%"), properties)

    def _old(self, line: str) -> Command | None:
        found = re.search(r"##\[([^\] ]*)[^\]]*\](.*)$", line, re.DOTALL)
        return Command(found[1], found[2]) if found and found[1] in self.known else None


def unescaped(text: str, characters: str) -> str:
    """A property or the data of a command as the runner reads it; the percent sign goes last."""
    for character in characters:
        text = text.replace(f"%{ord(character):02X}", character)
    return text


class TestGithub:
    """Workflow commands: their grammar, their limits, and nobody else's."""

    def test_annotations_carry_place_rule_message_and_mending(self) -> None:
        runner = Runner().read(FORMATS["github"](REPORT))
        assert runner.commands[0] == Command(
            "error",
            f"{SLOW.message}\nCómo se arregla: {SLOW.mend}",
            {"file": "manual/ans.yml", "line": "14", "col": "12", "title": "ans-relajado"},
        )
        assert [command.name for command in runner.commands] == ["error", "warning", "error"]
        assert runner.plain == ["2 errores y 1 aviso en 17 archivos"]

    def test_what_is_escaped_is_read_back(self) -> None:
        finding = replace(SLOW, message="100 %, 50 %25: sí", location=Location("manual/a,b:c %3A.yml"), mend="")
        (command,) = Runner().read(FORMATS["github"](Report((finding,), 1))).commands
        assert command.data == finding.message
        assert command.properties["file"] == finding.location.path

    @pytest.mark.parametrize(("errors", "warnings"), [(10, 10), (0, 10), (1, 0)])
    def test_all_are_annotated_up_to_the_limit(self, errors: int, warnings: int) -> None:
        runner = Runner().read(FORMATS["github"](Report(many(errors, warnings), files=17)))
        assert len(runner.named("error")) == errors
        assert len(runner.named("warning")) == warnings
        assert len(runner.commands) == errors + warnings

    @pytest.mark.parametrize(
        ("errors", "warnings", "left"),
        [(11, 0, "1 error"), (13, 12, "3 errores y 2 avisos"), (2, 11, "1 aviso")],
    )
    def test_the_rest_go_to_the_log_and_a_notice_says_so(self, errors: int, warnings: int, left: str) -> None:
        findings = many(errors, warnings)
        runner = Runner().read(FORMATS["github"](Report(findings, files=17)))
        assert len(runner.named("error")) == min(errors, 10)
        assert len(runner.named("warning")) == min(warnings, 10)
        assert len(runner.named("group")) == len(runner.named("endgroup")) == 1
        assert runner.commands[-1].name == "notice"
        assert left in runner.commands[-1].data
        annotated = {command.properties["line"] for command in runner.commands if "line" in command.properties}
        logged = {line.split(":")[1] for line in runner.plain if line.startswith("manual/")}
        assert annotated | logged == {str(finding.location.line) for finding in findings}
        assert not annotated & logged

    @pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
    def test_no_value_is_obeyed(self, value: str) -> None:
        one = hostile(value).findings[0]
        findings = tuple(replace(one, location=replace(one.location, line=line)) for line in range(1, 15))
        runner = Runner().read(FORMATS["github"](Report(findings, files=1)))
        names = [command.name for command in runner.commands]
        (resume,) = set(names) - Runner.KNOWN
        assert names == [*["error"] * 10, "group", "stop-commands", resume, "endgroup", "notice"]
        assert resume not in value


class TestGitlab:
    """The Code Quality report."""

    @pytest.mark.parametrize("report", [REPORT, Report((), 3), *map(hostile, HOSTILE.values())])
    def test_gitlab_accepts_it(self, report: Report) -> None:
        GITLAB.validate(json.loads(FORMATS["gitlab"](report)))

    @pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
    def test_a_description_is_plain_text(self, value: str) -> None:
        assert UNSAFE.findall(gitlab(*hostile(value).findings)[0]["description"]) == []

    def test_an_issue(self) -> None:
        issue, *_ = gitlab(SLOW)
        assert issue["description"] == f"{SLOW.message} Cómo se arregla: {SLOW.mend}"
        assert issue["check_name"] == "ans-relajado"
        assert issue["severity"] == "major"
        assert issue["location"] == {"path": "manual/ans.yml", "lines": {"begin": 14}}
        assert gitlab(OLD)[0]["severity"] == "minor"


def gitlab(*findings: Finding) -> list[dict[str, Any]]:
    """The issues of a Code Quality report."""
    issues: list[dict[str, Any]] = json.loads(FORMATS["gitlab"](Report(findings, files=1)))
    return issues


def gitlab_identities(findings: Iterable[Finding]) -> list[str]:
    """What GitLab knows each finding by."""
    return [issue["fingerprint"] for issue in gitlab(*findings)]


def sarif_identities(findings: Iterable[Finding]) -> list[str]:
    """What GitHub's code scanning knows each finding by."""
    run = sarif(Report(tuple(findings), files=1))
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]


@pytest.mark.parametrize("identities", [gitlab_identities, sarif_identities])
class TestIdentity:
    """A finding that only moved is not shown as mended and found anew."""

    def test_moving_down_changes_nothing(self, identities: Callable[[Iterable[Finding]], list[str]]) -> None:
        moved = replace(
            SLOW,
            message=SLOW.message.replace("manual/ans.yml:6:12", "manual/ans.yml:9:14"),
            location=replace(SLOW.location, line=20, column=3),
        )
        assert identities([SLOW, OLD]) == identities([moved, OLD])

    def test_another_rule_file_or_message_is_another(
        self, identities: Callable[[Iterable[Finding]], list[str]]
    ) -> None:
        others = [
            SLOW,
            replace(SLOW, rule="otra"),
            replace(SLOW, message="Otro."),
            replace(SLOW, location=replace(SLOW.location, path="manual/otro.yml")),
        ]
        assert len(set(identities(others))) == len(others)

    def test_equal_ones_are_told_apart(self, identities: Callable[[Iterable[Finding]], list[str]]) -> None:
        found = identities(many(3, 0))
        assert len(set(found)) == 3
        assert found[:2] == identities(many(2, 0))


def sarif(report: Report) -> dict[str, Any]:
    """The one run of a SARIF log."""
    (run,) = json.loads(FORMATS["sarif"](report))["runs"]
    assert isinstance(run, dict)
    return run


class TestSarif:
    """Code scanning."""

    @pytest.mark.parametrize(
        "report",
        [
            REPORT,
            Report((), 3),
            replace(REPORT, rules={rule.id: rule for rule in RULES}),
            *map(hostile, HOSTILE.values()),
        ],
    )
    def test_the_standard_accepts_it(self, report: Report) -> None:
        SARIF.validate(json.loads(FORMATS["sarif"](report)))

    def test_a_result_points_at_its_character(self) -> None:
        run = sarif(REPORT)
        (location,) = run["results"][0]["locations"]
        assert run["columnKind"] == "unicodeCodePoints"
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "manual/ans.yml"
        assert location["physicalLocation"]["region"] == {
            "startLine": 14,
            "startColumn": 12,
            "snippet": {"text": "    plazo: 8 horas hábiles"},
        }
        assert [result["level"] for result in run["results"]] == ["error", "warning", "error"]
        assert "Acorte el plazo" in run["results"][0]["message"]["text"]

    def test_rules_bring_their_explanation(self) -> None:
        rules = {rule.id: rule for rule in RULES}
        known = replace(SLOW, rule=RULES[-1].id)
        run = sarif(Report((known, HEAVY), files=2, rules=rules))
        described = run["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in described] == [*rules, HEAVY.rule]
        for result in run["results"]:
            assert described[result["ruleIndex"]]["id"] == result["ruleId"]
        shown = described[len(rules) - 1]
        assert shown["shortDescription"]["text"] == RULES[-1].title
        assert shown["defaultConfiguration"]["level"] == RULES[-1].severity.label
        for heading, text in RULES[-1].explanation.items():
            assert f"{heading}\n\n{text}" in shown["help"]["text"]
            assert f"## {heading}\n\n{text}" in shown["help"]["markdown"]

    @pytest.mark.parametrize("name", ["manual/atención al cliente.yml", HOSTILE["address"], "a:b", HOSTILE["markup"]])
    def test_addresses_are_encoded(self, name: str) -> None:
        finding = replace(SLOW, location=Location(name))
        place = sarif(Report((finding,), 1))["results"][0]["locations"][0]["physicalLocation"]
        address = place["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9_.~/-]|%[0-9A-F]{2})+", address)
        assert unquote(address) == name

    @pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
    def test_a_message_is_plain_text(self, value: str) -> None:
        message = sarif(hostile(value))["results"][0]["message"]["text"]
        assert UNSAFE.findall(message.replace("\n\nCómo se arregla: ", "")) == []

    def test_a_value_cannot_be_a_link(self) -> None:
        assert "](" not in sarif(hostile(HOSTILE["link"]))["results"][0]["message"]["text"]


def junit(report: Report) -> Any:
    """The root of a JUnit report that its schema accepts."""
    written = FORMATS["junit"](report)
    JUNIT.validate(written)
    return xmlschema.XMLResource(written).root


class TestJunit:
    """Jenkins, GitLab and whoever else reads test results."""

    def test_a_suite_for_each_file_and_a_failure_for_each_finding(self) -> None:
        root = junit(Report((*many(2, 1), OLD), files=17))
        assert root.attrib == {"name": "pauta", "tests": "4", "failures": "4", "errors": "0"}
        suites = [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root]
        assert suites == [("manual/ans.yml", "3", "3"), ("manual/oferta.yml", "1", "1")]
        assert [failure.get("type") for failure in root.iter("failure")] == ["error", "error", "warning", "warning"]

    def test_a_failure_tells_everything(self) -> None:
        (failure,) = junit(Report((SLOW,), files=1)).iter("failure")
        assert failure.get("message") == SLOW.message
        assert FORMATS["text"](Report((SLOW,), files=1)).startswith(failure.text)

    def test_a_clean_manual_passes_one_test(self) -> None:
        root = junit(Report((), files=17))
        assert (root.get("tests"), root.get("failures")) == ("1", "0")
        (case,) = root.iter("testcase")
        assert case.get("name") == "Sin hallazgos en 17 archivos"
        assert len(case) == 0

    def test_tests_have_different_names(self) -> None:
        names = [case.get("name") for case in junit(Report(many(5, 5), files=1)).iter("testcase")]
        assert len(set(names)) == 10

    @pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
    def test_any_value_is_xml(self, value: str) -> None:
        (failure, _) = junit(hostile(value)).iter("failure")
        assert "".join(re.findall("[a-z]", failure.get("message"))) == "".join(re.findall("[a-z]", value))
