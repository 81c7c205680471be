"""What git remembers of a manual: which version was in force on a date, and who changed each section last."""

import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from built_site import HtmlPage
from helpers import TODAY
from historia import APPROVER, EIGHT, WRITER, Edit, History, Step, copy_of, new_history, tagged_history
from pauta.history.record import read_record
from pauta.pipeline import Project, render_project
from pauta.render.record import LastChange


@pytest.fixture(scope="session")
def eight(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Eight versions with a tag each."""
    return tagged_history(tmp_path_factory.mktemp("etiquetas") / "repositorio")


@pytest.fixture
def history(eight: History, tmp_path: Path) -> History:
    return copy_of(eight, tmp_path / "repositorio")


def _asked(history: History, day: date) -> tuple[int, str]:
    done = history.run("in-force", day.isoformat(), today=None)
    return done.returncode, done.stdout + done.stderr


def _page(history: History, path: str, *, names: bool = False) -> HtmlPage:
    """A page as the templates write it; the tables in it are HTML."""
    record = read_record(history.root, names_people=names)
    rendered = render_project(Project(history.root), audience="interno", today=TODAY, record=record).rendered
    assert rendered is not None
    return HtmlPage(path, f"<article>{rendered.pages[path].partition('# ')[2]}</article>")


def _rows(page: HtmlPage) -> list[list[str]]:
    return [
        [cell.text for cell in row.children if not isinstance(cell, str)] for row in page.tree.one("tbody").all("tr")
    ]


# --- which one was in force -----------------------------------------------------------------------


@pytest.mark.parametrize("step", EIGHT, ids=lambda step: step.version)
def test_a_version_is_in_force_from_its_first_day_to_the_eve_of_the_next(eight: History, step: Step) -> None:
    code, told = _asked(eight, step.since)
    assert (code, f"Versión:  {step.version}\n" in told, f"v{step.version}" in told) == (0, True, True)
    assert eight.git("rev-parse", f"v{step.version}^{{commit}}") in told
    before = EIGHT[EIGHT.index(step) - 1] if step is not EIGHT[0] else None
    eve = step.since - timedelta(days=1)
    if before is not None:
        assert f"Versión:  {before.version}\n" in _asked(eight, eve)[1]
        assert f"hasta {eve}" in _asked(eight, eve)[1]


def test_before_the_first_version_there_was_none(eight: History) -> None:
    code, told = _asked(eight, date(2025, 12, 31))
    assert (code, "la primera, 1.0.0, rige desde 2026-01-12" in told) == (1, True)


def test_of_two_with_the_same_first_day_the_higher_one_counts(tmp_path: Path) -> None:
    day = date(2026, 2, 2)
    comma = Edit("oferta.yml", "la forma del pie, por", "la forma del pie por")
    history = tagged_history(tmp_path / "repositorio", [EIGHT[0], Step("1.0.9", day), Step("1.0.10", day, (comma,))])
    assert "Versión:  1.0.10\n" in _asked(history, day)[1]
    assert [row[2] for row in _rows(_page(history, "versiones.md"))] == [
        "—",
        "No llegó a regir",
        "1 de febrero de 2026",
    ]


def test_a_tag_that_is_not_of_a_version_of_the_manual_does_not_count(history: History) -> None:
    """The repository may hold other things with versions of their own, and tags made by mistake."""
    for tag in ("v9", "v9.0.0", "programa-2.0", "v1.0"):
        history.git("tag", tag)
    assert "Versión:  3.0.0\n" in _asked(history, date(2027, 1, 1))[1]


def test_a_manual_in_several_files_says_its_version_too(history: History) -> None:
    text = history.manual.path("manual.yml").read_text("utf-8")
    history.manual.path("manual").mkdir()
    history.manual.write("manual/identidad.yml", text)
    history.manual.remove("manual.yml")
    history.commit("La identidad en una carpeta")
    history.git("tag", "--force", "v3.0.0")
    assert "Versión:  3.0.0\n" in _asked(history, date(2027, 1, 1))[1]


def test_without_a_released_version_it_says_how_to_release_one(tmp_path: Path) -> None:
    history = new_history(tmp_path / "repositorio")
    history.commit("Primera")
    code, told = _asked(history, TODAY)
    assert (code, "pauta release 1.0.0" in told) == (2, True)


def test_a_shallow_clone_cannot_tell(eight: History, tmp_path: Path) -> None:
    clone = _shallow(eight, tmp_path / "copia")
    code, told = _asked(clone, TODAY)
    assert (code, "git fetch --unshallow" in told) == (2, True)


def _shallow(history: History, folder: Path) -> History:
    subprocess.run(["git", "clone", "--quiet", "--depth=1", history.repository.as_uri(), str(folder)], check=True)
    return History(folder / history.root.relative_to(history.repository), folder)


# --- the page of the versions ----------------------------------------------------------------------


def test_the_page_lists_the_versions_with_their_days(eight: History) -> None:
    rows = _rows(_page(eight, "versiones.md"))
    assert [row[0] for row in rows] == [step.version for step in reversed(EIGHT)]
    assert rows[1][:4] == ["2.0.1", "6 de julio de 2026", "2 de agosto de 2026", "v2.0.1"]


def test_without_a_repository_the_page_has_the_version_at_hand(tmp_path: Path) -> None:
    history = new_history(tmp_path / "repositorio")
    assert [row[:3] for row in _rows(_page(history, "versiones.md"))] == [["1.0.0", "12 de enero de 2026", "—"]]


def test_a_version_that_is_being_written_is_listed_without_a_tag(history: History) -> None:
    history.write_version("3.1.0", date(2026, 12, 1))
    assert _rows(_page(history, "versiones.md"))[0] == ["3.1.0", "1 de diciembre de 2026", "—", "—", "—"]


# --- the last change of a section ------------------------------------------------------------------


def _last(history: History, section: str, *, names: bool = False) -> LastChange | None:
    return read_record(history.root, names_people=names).changes.get(section)


def test_the_last_change_is_told_with_its_day_and_commit(history: History) -> None:
    history.day = date(2026, 9, 1)
    history.manual.edit("canales.yml", "control:", "# nota\ncontrol:")
    history.commit("Una nota")
    history.manual.edit("glosario.yml", "Molde con la forma", "Pieza con la forma")
    commit = history.commit("Se explica mejor la horma")
    assert _last(history, "glosario") == LastChange(date(2026, 9, 1), commit[:10])


def _comment(history: History) -> None:
    history.manual.add("glosario.yml", "# nota\n")


def _comma(history: History) -> None:
    history.manual.edit("glosario.yml", "se le hará, cuánto", "se le hará; cuánto")


def _folded(history: History) -> None:
    history.manual.edit("glosario.yml", "Papel numerado que", "Papel numerado\n      que")


def _reviewed(history: History) -> None:
    history.manual.edit("glosario.yml", "ultima_revision: 2026-01-12", "ultima_revision: 2026-08-30")


def _renamed(history: History) -> None:
    history.manual.path("glosario").mkdir()
    history.manual.path("glosario.yml").rename(history.manual.path("glosario/términos del taller.yml"))


@pytest.mark.parametrize("change", [_comment, _comma, _folded, _reviewed, _renamed])
def test_what_changes_no_more_than_the_form_is_not_a_change(
    history: History, change: Callable[[History], None]
) -> None:
    before = _last(history, "glosario")
    assert before is not None
    history.day = date(2026, 9, 1)
    change(history)
    history.commit("Nada de fondo")
    assert _last(history, "glosario") == before


@pytest.mark.parametrize(
    ("old", "new"),
    [("precio: 35 GTQ", "precio: 36 GTQ"), ("precio: 35 GTQ", "precio: 3.5 GTQ"), ("fase: durante", "fase: antes")],
)
def test_a_value_that_changes_is_a_change(history: History, old: str, new: str) -> None:
    file = "oferta/reparación de calzado.yml"
    text = history.manual.path(file).read_text("utf-8")
    assert old in text
    history.manual.write(file, text.replace(old, new, 1))
    commit = history.commit("Otro valor")
    last = _last(history, "oferta")
    assert last is not None
    assert last.commit == commit[:10]


def test_a_section_with_changes_outside_a_commit_tells_none(history: History) -> None:
    history.manual.add("glosario.yml", "# nota\n")
    assert _last(history, "glosario") is None
    assert _last(history, "canales") is not None


def test_a_shallow_clone_tells_none_rather_than_a_wrong_one(eight: History, tmp_path: Path) -> None:
    assert read_record(_shallow(eight, tmp_path / "copia").root).changes == {}


def _merged(history: History, *, merger: tuple[str, str], message: str = "La horma, mejor explicada") -> LastChange:
    """What is told of a change that came by a merge."""
    history.git("switch", "--quiet", "--create", "propuesta")
    history.manual.edit("glosario.yml", "Molde con la forma", "Pieza con la forma")
    history.commit(message)
    history.git("switch", "--quiet", "main")
    history.person = merger
    history.git("merge", "--quiet", "--no-ff", "--message", "Se acepta", "propuesta")
    last = _last(history, "glosario", names=True)
    assert last is not None
    return last


def test_whoever_merges_the_work_of_another_approves_it(history: History) -> None:
    last = _merged(history, merger=APPROVER)
    assert (last.author, last.approver) == (WRITER[0], APPROVER[0])


def test_nobody_approves_their_own_work(history: History) -> None:
    last = _merged(
        history,
        merger=("Ana  López (casa)", WRITER[1].upper()),
        message="Sola\n\nReviewed-by: ana lópez <otra@x.example>",
    )
    assert (last.author, last.approver) == (WRITER[0], "")


def test_the_message_may_name_who_approved(history: History) -> None:
    last = _merged(history, merger=WRITER, message=f"Con revisión\n\nAprobado-por: {APPROVER[0]} <{APPROVER[1]}>")
    assert last.approver == APPROVER[0]


def test_the_site_names_people_only_when_it_is_told_to(history: History) -> None:
    anonymous, named = _page(history, "control.md"), _page(history, "control.md", names=True)
    assert "Último cambio" in anonymous.tree.text
    assert WRITER[0] not in anonymous.source
    assert WRITER[0] in named.source
    assert "Nadie más" in named.source


def test_a_section_shows_its_last_change(history: History) -> None:
    last = _last(history, "glosario")
    assert last is not None
    meta = {
        row.one("dt").text: row.one("dd").text
        for row in _page(history, "secciones/glosario.md").tree.all("dl", "pt-meta")[0].all("div")
    }
    assert meta["Último cambio"] == f"6 de abril de 2026 {last.commit}"
