"""Release a version: decide, build, put the site on its branch, and move branch and tag together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pauta.findings import Finding, Severity, worst
from pauta.history import repository
from pauta.history.release import (
    Plan,
    alone,
    finish,
    held_against,
    plan,
    refuse_bad_number,
    refuse_existing_tag,
    refuse_unfinished_work,
)
from pauta.pipeline import Checked, Project, check_project
from pauta.publish.build import build_site, config_of
from pauta.publish.deploy import deployed


@dataclass(frozen=True, slots=True)
class Release:
    """What came of a release: the plan that was carried out, or None when findings stopped it."""

    plan: Plan | None
    checked: Checked
    against: tuple[Finding, ...] = ()
    """What the gate found between the last version and this one."""


def release(project: Project, version: str, *, branch: str | None, today: date, fail_on: Severity) -> Release:
    """Publish the committed manual as a version; nothing is sent anywhere.

    Raises CannotGoOn when the version, the repository or the manual is not fit for it.
    """
    refuse_bad_number(version)
    repository.need_whole_history(project.root)
    config = config_of(project)
    branch, remote = branch or config.remote_branch, config.remote_name
    with alone(project.root) as work:
        refuse_existing_tag(project.root, version, branch, remote)
        refuse_unfinished_work(project.root)
        checked = check_project(project, today=today)
        if _stops(checked.findings, fail_on):
            return Release(None, checked)
        decided = plan(project.root, version, checked.manual, branch=branch, remote=remote)
        against = held_against(project.root, checked.manual, today=today)
        if _stops(against, fail_on):
            return Release(None, checked, against)
        site = work / "build" / "site"
        outcome = build_site(project, today=today, target=site, own=decided.edition)
        if not outcome.built:
            return Release(None, outcome.checked)
        finish(decided, deployed(decided, site, work))
        return Release(decided, checked)


def _stops(findings: Sequence[Finding], fail_on: Severity) -> bool:
    found = worst(findings)
    return found is not None and found >= fail_on
