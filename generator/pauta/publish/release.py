"""Release a version: decide, build, put the site on its branch, and move branch and tag together."""

from dataclasses import dataclass
from datetime import date

from pauta.findings import Severity, worst
from pauta.history import repository
from pauta.history.release import (
    Plan,
    alone,
    finish,
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
        found = worst(checked.findings)
        if found is not None and found >= fail_on:
            return Release(None, checked)
        decided = plan(project.root, version, checked.manual, branch=branch, remote=remote)
        site = work / "build" / "site"
        outcome = build_site(project, today=today, target=site, own=decided.edition)
        if not outcome.built:
            return Release(None, outcome.checked)
        finish(decided, deployed(decided, site, work))
        return Release(decided, checked)
