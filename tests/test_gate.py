"""``pauta gate`` in real repositories: what is let in, what a change lacks, and who must approve it."""

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from helpers import TODAY, ManualCopy
from historia import EIGHT, History, new_history, tagged_history
from pauta.check import DECIDING_RULES, RULES_BY_ID
from pauta.check.rule import HEADINGS
from pauta.cli import main
from pauta.compare import Level
from pauta.history.gate import is_enough, next_version

SINCE = date(2026, 12, 1)
TERM = ("plazo: 3 días hábiles ", "plazo: 4 días hábiles ")
OTHER_TERM = ("plazo: 3 días hábiles ", "plazo: 2 días hábiles ")
CONTROL = """\
control:
  responsable: encargado_taller
  ultima_revision: 2026-11-02
  revisar_cada: 1 año
  estado: vigente

"""
RECORD = {
    "id": "ca_plazo",
    "nombre": "La reparación se promete en cuatro días",
    "motivo": "Uno de cada cuatro pares salía tarde.",
    "propone": "zapatero",
    "aprueban": "[encargado_taller]",
    "registrado_el": "2026-10-20",
    "vigente_desde": "2026-12-01",
    "version": "2.0.0",
    "aviso": "30 días calendario",
    "comunicado_a": "{ canales: [local] }",
    "cubre": "[{ seccion: oferta, coleccion: ofertas, elemento: reparacion, campo: plazo }]",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the gate ended, the rules of its findings, and what it printed."""

    code: int
    rules: list[str]
    out: str
    err: str


class Gate:
    """A manual with a released version 1.0.0, and the gate asked about what changes after it."""

    def __init__(self, history: History, captured: pytest.CaptureFixture[str]) -> None:
        self.history = history
        self.captured = captured

    @property
    def manual(self) -> ManualCopy:
        return self.history.manual

    def version(self, version: str) -> None:
        self.history.write_version(version, SINCE)

    def edit(self, old: str, new: str, file: str = "oferta.yml") -> None:
        self.manual.edit(file, old, new)

    def record(self, more: str = "", **changed: str | None) -> None:
        """Write a register with one record; a field of None is left out."""
        fields = {name: value for name, value in {**RECORD, **changed}.items() if value is not None}
        lines = [f"    {name}: {value}\n" for name, value in fields.items()]
        self.manual.write("cambios.yml", CONTROL + "cambios:\n  -" + "".join(lines)[3:] + more)

    def exempt(self, fingerprint: str, until: str) -> None:
        exemption = f'  - huella: "{fingerprint}"\n    motivo: Una errata.\n    aprobado_por: encargado_taller\n'
        self.manual.write("cambios.yml", f"{CONTROL}cambios: []\n\nexenciones:\n{exemption}    vence_el: {until}\n")

    def __call__(self, *arguments: str) -> Outcome:
        self.captured.readouterr()
        words = ["gate", *arguments, "--project", str(self.history.root), "--today", TODAY.isoformat()]
        with pytest.raises(SystemExit) as end:
            main(words)
        told = self.captured.readouterr()
        found = re.findall(r"^manual/\S+ (?:error|aviso) (\S+)", told.out, re.MULTILINE)
        return Outcome(int(end.value.code or 0), found, told.out, told.err)


@pytest.fixture
def gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Gate:
    return Gate(tagged_history(tmp_path, EIGHT[:1]), capsys)


class TestWhatPasses:
    def test_nothing_changed(self, gate: Gate) -> None:
        outcome = gate()
        assert (outcome.code, outcome.rules) == (0, [])
        assert "De la versión 1.0.0 a la 1.0.0: sin cambios." in outcome.out

    def test_a_tighter_promise_with_a_minor_version_and_it_says_who_approves(self, gate: Gate) -> None:
        gate.edit(*OTHER_TERM)
        gate.edit("    personas: 1\n    turno: De lunes a sábado, en todo el horario del taller",
                  '    personas: 1\n    cuenta: "@taller/jefatura"', "roles.yml")  # fmt: skip
        gate.version("1.1.0")
        outcome = gate()
        assert (outcome.code, outcome.rules) == (0, [])
        assert "Deben aprobar:\n  Encargado del taller (@taller/jefatura)\n" in outcome.out
        assert "«Plazo prometido»" in outcome.out

    def test_a_looser_one_with_a_record_that_covers_it_and_a_major_version(self, gate: Gate) -> None:
        gate.edit(*TERM)
        gate.version("2.0.0")
        gate.record()
        outcome = gate()
        assert (outcome.code, outcome.rules) == (0, [])

    def test_wording_with_a_patch(self, gate: Gate) -> None:
        gate.edit("la forma del pie, por", "la forma del pie por")
        gate.version("1.0.1")
        assert gate().rules == []

    def test_the_whole_history_of_which_the_loosening_versions_have_no_record(self, tmp_path: Path) -> None:
        """From the last tag by default, and between any two when asked."""
        history = tagged_history(tmp_path)
        assert history.run("gate").returncode == 0
        assert history.run("gate", "v1.0.0", "v1.3.0").returncode == 0
        assert history.run("gate", "v1.3.0", "v2.0.0").returncode == 1


class TestAProposalOverABranch:
    """The branch already goes beyond the last release; only what the proposal brings is judged."""

    @pytest.fixture
    def ahead(self, gate: Gate) -> Gate:
        """The version that comes loosens a term, with its record, and is not released yet."""
        gate.edit(*TERM)
        gate.version("2.0.0")
        gate.record()
        gate.history.commit("Más plazo")
        return gate

    def test_the_version_rises_once_for_all_that_a_release_brings(self, ahead: Gate) -> None:
        ahead.edit("la forma del pie, por", "la forma del pie por")
        outcome = ahead("HEAD")
        assert (outcome.code, outcome.rules) == (0, [])
        assert "De la versión 2.0.0 a la 2.0.0: 1 cambio." in outcome.out

    def test_another_loosened_promise_needs_a_record_and_no_other_version(self, ahead: Gate) -> None:
        ahead.edit("      - Limpieza y lustre al terminar\n", "")
        assert ahead("HEAD").rules == ["cambio-sin-registro"]
        more = "".join(f"    {name}: {value}\n" for name, value in {**RECORD, "id": "ca_otro"}.items())
        more = more.replace("campo: plazo", "campo: incluye").replace("    id", "\n  - id", 1)
        text = ahead.manual.path("cambios.yml").read_text("utf-8")
        for name in ("nombre", "motivo", "que_hacer"):
            more = more.replace(f"    {name}: ", f"    {name}: Ya sin lustre. ")
        ahead.manual.write("cambios.yml", text + more)
        outcome = ahead("HEAD")
        assert (outcome.code, outcome.rules) == (0, [])

    def test_what_changed_before_it_still_asks_for_its_version(self, ahead: Gate) -> None:
        ahead.version("1.1.0")
        ahead.edit("la forma del pie, por", "la forma del pie por")
        assert "version-insuficiente" in ahead("HEAD").rules

    def test_without_a_release_each_change_raises_it(self, gate: Gate) -> None:
        gate.history.git("tag", "--delete", "v1.0.0")
        gate.edit("la forma del pie, por", "la forma del pie por")
        assert gate("HEAD").rules == ["version-insuficiente"]


class TestALoosenedPromise:
    def test_without_a_record_is_told_at_its_line(self, gate: Gate) -> None:
        gate.edit(*TERM)
        gate.version("2.0.0")
        outcome = gate()
        place = gate.manual.place("oferta.yml", "plazo: ▸4 días hábiles")
        assert outcome.code == 1
        assert f"{place} error cambio-sin-registro «Plazo prometido»" in outcome.out

    def test_that_was_taken_away_is_told_where_it_stood(self, gate: Gate) -> None:
        gate.edit("      - Limpieza y lustre al terminar\n", "")
        gate.version("2.0.0")
        assert gate().rules == ["cambio-sin-registro"]

    @pytest.mark.parametrize(
        "covered",
        [
            "[{ seccion: oferta }]",
            "[{ seccion: oferta, coleccion: ofertas }]",
            "[{ seccion: oferta, elemento: reparacion }]",
            "[{ seccion: ans }, { seccion: oferta, campo: ofertas }]",
        ],
    )
    def test_is_covered_by_a_record_of_more_than_it(self, gate: Gate, covered: str) -> None:
        gate.edit(*TERM)
        gate.version("2.0.0")
        gate.record(cubre=covered)
        assert gate().rules == []

    @pytest.mark.parametrize(
        "covered",
        [
            "[{ seccion: ans }]",
            "[{ seccion: oferta, elemento: otra }]",
            "[{ seccion: oferta, coleccion: ofertas, elemento: reparacion, campo: garantia }]",
        ],
    )
    def test_is_not_covered_by_a_record_of_something_else_which_is_told_too(self, gate: Gate, covered: str) -> None:
        gate.edit(*TERM)
        gate.version("2.0.0")
        gate.record(cubre=covered)
        assert sorted(gate().rules) == ["cambio-sin-registro", "registro-sin-uso"]

    def test_is_covered_by_its_fingerprint(self, gate: Gate) -> None:
        gate.edit(*TERM)
        gate.version("2.0.0")
        gate.record(cubre=None, huellas=f'["{_fingerprint(gate())}"]')
        assert gate().rules == []

    def test_is_not_covered_by_a_record_of_another_version(self, gate: Gate) -> None:
        gate.edit(*TERM)
        gate.version("2.0.0")
        gate.record(version="1.0.0")
        assert gate().rules == ["cambio-sin-registro"]

    def test_with_a_minor_version_is_told_at_the_version_and_which_is_enough(self, gate: Gate) -> None:
        gate.edit(*TERM)
        gate.version("1.1.0")
        gate.record(version="1.1.0")
        outcome = gate()
        assert outcome.rules == ["version-insuficiente"]
        assert "Ponga en «version» la 2.0.0" in outcome.out
        assert gate.manual.place("manual.yml", "version: ▸1.1.0") in outcome.out


class TestARecord:
    @pytest.fixture(autouse=True)
    def _loosened(self, gate: Gate) -> None:
        gate.edit(*TERM)
        gate.version("2.0.0")

    def test_that_only_its_proposer_approves(self, gate: Gate) -> None:
        gate.record(aprueban="[zapatero]")
        assert gate().rules == ["cambio-sin-aprobador"]

    def test_that_its_proposer_and_somebody_else_approve(self, gate: Gate) -> None:
        gate.record(aprueban="[zapatero, mostrador]")
        outcome = gate()
        assert outcome.rules == []
        assert "Atención de mostrador" in outcome.out

    @pytest.mark.parametrize(("absent", "says"), [("aviso", "con cuánto tiempo"), ("comunicado_a", "a quién")])
    def test_that_does_not_say_the_notice_or_who_was_told(self, gate: Gate, absent: str, says: str) -> None:
        gate.record(**{absent: None})
        outcome = gate()
        assert outcome.rules == ["registro-incompleto"]
        assert says in outcome.out

    @pytest.mark.parametrize(
        ("recorded", "notice", "fits"),
        [
            ("2026-11-01", "30 días calendario", True),
            ("2026-11-02", "30 días calendario", False),
            ("2026-12-01", "0 días calendario", True),
            ("2026-12-02", "0 días calendario", False),
            ("2026-10-20", "10 días hábiles", False),
        ],
    )
    def test_in_force_before_its_notice_ends(self, gate: Gate, recorded: str, notice: str, *, fits: bool) -> None:
        gate.record(registrado_el=recorded, aviso=notice)
        assert gate().rules == ([] if fits else ["aviso-insuficiente"])


class TestAnExemption:
    @pytest.fixture
    def fingerprint(self, gate: Gate) -> str:
        gate.edit(*TERM)
        gate.version("1.0.1")
        return _fingerprint(gate())

    def test_lets_a_change_pass_until_its_last_day(self, gate: Gate, fingerprint: str) -> None:
        gate.exempt(fingerprint, TODAY.isoformat())
        assert gate().rules == []

    def test_that_has_expired_is_an_error(self, gate: Gate, fingerprint: str) -> None:
        gate.exempt(fingerprint, "2026-11-20")
        outcome = gate()
        assert (outcome.code, outcome.rules) == (1, ["exencion-vencida"])

    @pytest.mark.usefixtures("fingerprint")
    def test_of_another_change_is_a_warning_and_lets_nothing_pass(self, gate: Gate) -> None:
        gate.exempt("000000000000", "2027-01-01")
        assert sorted(gate().rules) == ["cambio-sin-registro", "exencion-sin-uso", "version-insuficiente"]

    def test_that_is_not_used_does_not_stop_unless_asked(self, gate: Gate) -> None:
        gate.exempt("000000000000", "2027-01-01")
        gate.version("1.1.0")
        assert (gate().code, gate("--fail-on", "warning").code) == (0, 1)


class TestTheVersion:
    @pytest.mark.parametrize(
        ("edit", "enough", "too_low"),
        [(OTHER_TERM, "1.1.0", "1.0.1"), (("la forma del pie, por", "la forma del pie por"), "1.0.1", "1.0.0")],
    )
    def test_rises_with_what_changes(self, gate: Gate, edit: tuple[str, str], enough: str, too_low: str) -> None:
        gate.edit(*edit)
        gate.version(too_low)
        assert gate().rules == ["version-insuficiente"]
        gate.version(enough)
        assert gate().rules == []

    def test_never_goes_down(self, gate: Gate) -> None:
        gate.version("0.9.0")
        assert gate().rules == ["version-insuficiente"]

    @pytest.mark.parametrize("level", Level)
    def test_the_next_one_is_just_enough(self, level: Level) -> None:
        assert is_enough("1.2.3", next_version("1.2.3", level), level)
        assert not is_enough("1.2.3", "1.2.3", level)


class TestHowItIsTold:
    @pytest.mark.parametrize("format_", ["json", "sarif"])
    def test_to_a_program_without_anything_else(self, gate: Gate, format_: str) -> None:
        gate.edit(*TERM)
        outcome = gate("--format", format_)
        assert outcome.code == 1
        assert json.loads(outcome.out)
        assert "Deben aprobar:" in outcome.err

    def test_a_manual_with_errors_is_not_decided(self, gate: Gate) -> None:
        gate.edit(TERM[0], "plazo: pronto ")
        outcome = gate()
        assert outcome.code == 2
        assert "tiene errores" in outcome.err

    def test_without_a_released_version_it_asks_for_one(self, tmp_path: Path) -> None:
        history = new_history(tmp_path)
        history.commit("Primer manual")
        told = history.run("gate")
        assert told.returncode == 2
        assert "pauta gate main" in told.stderr

    @pytest.mark.parametrize("rule", DECIDING_RULES, ids=lambda rule: rule.id)
    def test_each_rule_is_explained(self, rule: object) -> None:
        explained = RULES_BY_ID[getattr(rule, "id", "")].explanation
        assert tuple(explained) == HEADINGS
        assert all(explained.values())


def _fingerprint(outcome: Outcome) -> str:
    found = re.search(r"huella ([0-9a-f]{12})", outcome.out)
    assert found, outcome.out
    return found[1]


def test_a_change_and_its_mirror_are_decided_the_other_way(gate: Gate) -> None:
    """What is loosened one way is tightened the other: only the first needs a record."""
    gate.edit(*TERM)
    gate.version("2.0.0")
    gate.history.commit("Plazo más largo")
    assert gate("v1.0.0", "HEAD").rules == ["cambio-sin-registro"]
    assert gate("HEAD", "v1.0.0").rules == ["version-insuficiente"]
