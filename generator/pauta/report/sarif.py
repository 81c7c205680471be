"""For code scanning: SARIF 2.1.0, an OASIS standard that GitHub, Azure and editors read."""

from urllib.parse import quote

from pauta.findings import Finding, Location
from pauta.report.identity import fingerprints
from pauta.report.report import Report, RuleInfo
from pauta.report.safe import encodable, json_text, visible
from pauta.report.text import mending

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"


def write_sarif(report: Report) -> str:
    """One run of one tool, with its rules and their explanations."""
    names = list(dict.fromkeys([*report.rules, *(finding.rule for finding in report.findings)]))
    index = {name: position for position, name in enumerate(names)}
    rules = [_rule(name, report.rules.get(name)) for name in names]
    pairs = zip(report.findings, fingerprints(report.findings), strict=True)
    run = {
        "tool": {"driver": {"name": "Pauta", "language": "es", "rules": rules}},
        "language": "es",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "La carpeta del proyecto."}}},
        "results": [_result(finding, fingerprint, index[finding.rule]) for finding, fingerprint in pairs],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str, info: RuleInfo | None) -> dict[str, object]:
    if info is None:
        return {"id": name}
    described: dict[str, object] = {
        "id": name,
        "shortDescription": {"text": info.title},
        "defaultConfiguration": {"level": info.severity.label},
    }
    if not info.explanation:
        return described
    return described | {
        "fullDescription": {"text": next(iter(info.explanation.values()))},
        "help": {"text": _help(info, ""), "markdown": _help(info, "## ")},
    }


def _help(info: RuleInfo, mark: str) -> str:
    return "\n\n".join(f"{mark}{heading}\n\n{text}" for heading, text in info.explanation.items())


def _result(finding: Finding, fingerprint: str, rule_index: int) -> dict[str, object]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": finding.severity.label,
        "message": {"text": "\n\n".join(_no_link(text) for text in (visible(finding.message), *mending(finding)))},
        "locations": [{"physicalLocation": _physical(finding.location)}],
        # The only key that GitHub reads; whoever finds none derives one from the line's text.
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }


def _physical(place: Location) -> dict[str, object]:
    region: dict[str, object] = {"startLine": place.line, "startColumn": place.column}
    if place.source:
        region["snippet"] = {"text": place.source}
    return {
        "artifactLocation": {"uri": quote(encodable(place.path)), "uriBaseId": _ROOT},
        "region": region,
    }


def _no_link(text: str) -> str:
    """A message without what SARIF would take for a link, ``[text](address)``."""
    return text.replace("](", "] (")
