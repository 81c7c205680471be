"""Sites that many tests read: each is built once."""

from collections.abc import Iterator

import pytest

from built_site import BuiltSite, build, reference_project, set_visibility
from helpers import NOT_APPLICABLE
from hostile import Written, harmless_project, hostile_project


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the program remembers between runs stays out of the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The reference manual, built with the program itself."""
    return build(reference_project(tmp_path_factory.mktemp("referencia") / "proyecto"))


@pytest.fixture(scope="session")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The same manual for management only, with a section that the company declared not to need."""
    project = reference_project(tmp_path_factory.mktemp("otra") / "proyecto")
    set_visibility(project, "confidencial")
    (project / "manual" / "alianzas.yml").write_text(NOT_APPLICABLE, "utf-8")
    return build(project)


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[BuiltSite, Written]:
    """The reference manual with hostile signs in every free text, and those texts."""
    project, written = hostile_project(tmp_path_factory.mktemp("hostil") / "proyecto")
    return build(project), written


@pytest.fixture(scope="session")
def harmless_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The same with letters in the place of the signs."""
    return build(harmless_project(tmp_path_factory.mktemp("inocuo") / "proyecto")[0])
