"""The README does what it says: its example is made, and what the program prints is what it shows."""

import re
from pathlib import Path

import pytest

from helpers import TODAY, ManualCopy, reference_copy
from pauta.bundled import schema_folder
from pauta.cli import cli, main
from pauta.spine import read_spine

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
SHOWN = re.findall(r"^```text\n(manual/.*?)^```", README, re.MULTILINE | re.DOTALL)
"""What it shows of `pauta check`: after the edits, and after what the findings said."""
OFFER = "oferta/instalacion.yml"


@pytest.fixture
def manual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ManualCopy:
    copy = reference_copy(tmp_path)
    monkeypatch.chdir(tmp_path)
    return copy


def _checked(captured: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        main(["check", "--today", TODAY.isoformat()])
    return captured.readouterr().out


def _is_shown(shown: str, printed: str) -> bool:
    """Whether each line of the README is printed, in its order; «…» stands for any end of a line."""
    pattern = ".*".join(re.escape(line).replace("…", "[^\n]*") + "\n" for line in shown.splitlines() if line)
    return re.fullmatch(f"(?s){pattern}.*", printed) is not None


def test_its_example_is_told_as_it_shows(manual: ManualCopy, capsys: pytest.CaptureFixture[str]) -> None:
    manual.edit(OFFER, "plazo: 5 días hábiles\n", "plazo: 3 días\n")
    manual.edit(OFFER, "hace: asesor_atencion", "hace: asesor_de_atencion", after="- nombre: Confirmar la cobertura")
    mistakes, promises = SHOWN
    assert _checked(capsys) == mistakes
    manual.edit(OFFER, "plazo: 3 días\n", "plazo: 3 días hábiles\n")
    manual.edit(OFFER, "hace: asesor_de_atencion", "hace: asesor_atencion")
    assert _is_shown(promises, _checked(capsys))
    manual.edit(OFFER, "plazo: 3 días hábiles\n", "plazo: 5 días hábiles\n")
    assert f"`{_checked(capsys).strip()}`" in README


def test_it_has_each_command_once() -> None:
    told = re.findall(r"^\| `pauta ([a-z-]+)", README, re.MULTILINE)
    assert sorted(told) == sorted(name for name, verb in cli.commands.items() if not verb.hidden)


def test_it_counts_the_sections() -> None:
    assert len(read_spine(schema_folder()).sections) == 29
    assert "Twenty-nine sections, thirteen of them demanded" in README
