"""The state of a manual as text: how complete it is and what to fill next."""

from pauta.check.completeness import State, by_section, by_service, next_steps
from pauta.model import Manual
from pauta.report.safe import visible

_BAR = 20
_STEPS = 10
_STATES = {
    State.COMPLETE: "completa",
    State.INCOMPLETE: "incompleta",
    State.NOT_APPLICABLE: "no aplica",
    State.MISSING: "falta",
}


def write_status(manual: Manual) -> str:
    """Completeness by section and by service, and the next things to fill, most important first."""
    lines = ["Por sección"]
    lines += [f"  {_bar(row.met, row.total)}  {row.title:34} {_STATES[row.state]}" for row in by_section(manual)]
    lines += ["", "Por servicio"]
    lines += [f"  {_bar(row.met, row.total)}  {visible(row.title)}" for row in by_service(manual)]
    steps = [step.problem for step in next_steps(manual, _STEPS) if step.problem]
    lines += ["", "Lo que sigue" if steps else "No falta nada."]
    for number, problem in enumerate(steps, 1):
        lines += [f"  {number:2}. {visible(problem.message)}", f"      {problem.location} {visible(problem.mend)}"]
    return "\n".join(lines) + "\n"


def _bar(met: int, total: int) -> str:
    full = _BAR * met // total if total else _BAR
    return f"{'█' * full}{'░' * (_BAR - full)} {met:3} de {total:3}"
