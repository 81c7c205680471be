"""What the verbs share: options, the project they are about, how they print."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from pauta.cli.spanish import Day
from pauta.findings import Severity
from pauta.pipeline import Checked, Found, Project, check_project, find_in_project
from pauta.report import FORMATS, Report, RuleInfo

_TELLING_RULES = frozenset({"sarif"})
"""Formats that say more of the rules than the findings carry."""

SEVERITIES = {severity.label: severity for severity in reversed(Severity)}

today_option = click.option(
    "--today",
    type=Day(),
    default=date.today,
    show_default="hoy",
    help="Día en que se mira el manual; cuenta para las revisiones vencidas.",
)
project_option = click.option(
    "--project",
    "root",
    type=click.Path(path_type=Path),
    metavar="CARPETA",
    default=Path(),
    help="Carpeta que contiene «manual». Si no se da, esta o la más cercana hacia arriba.",
)


cache_option = click.option(
    "--cache/--no-cache",
    "remembers",
    default=True,
    help="Si se guarda lo leído, fuera del proyecto, para no leerlo otra vez mientras no cambie.",
)


def find(root: Path, *, remembers: bool = False) -> Project:
    """The project of a folder: itself or the nearest above it that holds a manual."""
    start = root.resolve()
    for folder in (start, *start.parents):
        if (folder / "manual").is_dir():
            return Project(folder, remembers)
    return Project(start, remembers)


def found_in(project: Project, format_: str, *, today: date) -> Checked | Found:
    """What is found in a manual; with the manual itself when the format tells of its rules."""
    return (check_project if format_ in _TELLING_RULES else find_in_project)(project, today=today)


def report(found: Checked | Found, format_: str, *, color: bool) -> str:
    """What was found in a manual, in one of the formats."""
    return FORMATS[format_](Report(found.findings, found.files, color=color, rules=_rules(found)))


def _rules(found: Checked | Found) -> Mapping[str, RuleInfo]:
    if isinstance(found, Found):
        return {}
    from pauta.check import rules_by_id  # noqa: PLC0415 - after the work is done

    return rules_by_id(found.manual)


def say(text: str) -> None:
    """Write on the standard output."""
    click.echo(text.rstrip("\n"))


def short(path: Path) -> str:
    """A path as seen from the folder at hand, if it is below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
