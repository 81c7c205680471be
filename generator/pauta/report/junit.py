"""For Jenkins and others that read test results: each file is a suite, each finding a failed test."""

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from pauta.findings import Finding
from pauta.report.report import Report
from pauta.report.safe import visible
from pauta.report.text import entry, totals


def write_junit(report: Report) -> str:
    """A suite for each file with findings; one passed test when there is none at all."""
    root = ET.Element("testsuites", {"name": "pauta", **_counts(report.findings)})
    for path, findings in groupby(report.findings, key=lambda finding: finding.location.path):
        _add_suite(root, visible(path), tuple(findings))
    if not report.findings:
        suite = ET.SubElement(root, "testsuite", {"name": "pauta", **_counts(())})
        ET.SubElement(suite, "testcase", classname="pauta", name=totals(report))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add_suite(root: ET.Element, path: str, findings: Sequence[Finding]) -> None:
    suite = ET.SubElement(root, "testsuite", {"name": path, **_counts(findings)})
    for finding in findings:
        place, message = finding.location, visible(finding.message)
        name = f"{place.line}:{place.column} {visible(finding.rule)}: {message}"  # no two alike in a file
        case = ET.SubElement(suite, "testcase", classname=path, name=name)
        ET.SubElement(case, "failure", type=finding.severity.label, message=message).text = entry(finding)


def _counts(findings: Sequence[Finding]) -> dict[str, str]:
    return {"tests": str(len(findings) or 1), "failures": str(len(findings)), "errors": "0"}
