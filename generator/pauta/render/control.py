"""The control of a section as pages show it: owner, reviews, status."""

from dataclasses import dataclass
from datetime import date

from pauta.findings import Location
from pauta.model import Part
from pauta.quantities.durations import later, parse_duration
from pauta.render.record import LastChange


@dataclass(frozen=True, slots=True)
class Control:
    """Who answers for a section and when it was and will be reviewed."""

    name: str
    responsable: str | None
    estado: str
    estado_titulo: str
    ultima: str | None
    cada: str | None
    proxima: str | None
    lugar: Location
    cambio: LastChange | None = None
    """Its last change in the repository, where there is one."""


def control_of(part: Part, change: LastChange | None = None) -> Control:
    """The control of a part; what it does not say is None."""
    control, declared = part.control, part.not_applicable
    last, every = control.get("ultima_revision"), control.get("revisar_cada")
    status = str(control.get("estado", ""))
    field = part.schema.root.at(("control", "estado"))
    label = "No aplica" if declared else (field.labels.get(status, status) if field else status)
    due = declared.get("revisar_el") if declared else next_review(last, every)
    return Control(part.name, control.get("responsable"), status, label, last, every, due, part.at(), change)


def next_review(last: str | None, every: str | None) -> str | None:
    """The day by which a review is due, or None when it cannot be told."""
    if not last or not every:
        return None
    return later(date.fromisoformat(last), parse_duration(every)).isoformat()
