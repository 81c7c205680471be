"""The manual -> every list that it makes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pauta.checklists.audits import audit_lists
from pauta.checklists.complaints import complaint_lists
from pauta.checklists.decalogue import decalogue_lists
from pauta.checklists.errors import error_lists
from pauta.checklists.evaluation import call_lists, five_seconds_lists, transaction_lists, walk_lists
from pauta.checklists.induction import induction_lists
from pauta.checklists.model import Checklist
from pauta.checklists.mystery_shopper import mystery_shopper_lists
from pauta.checklists.previous_steps import previous_steps_lists
from pauta.checklists.protocols import protocol_lists
from pauta.checklists.quality import quality_lists
from pauta.checklists.reading import named
from pauta.checklists.report_card import report_card_lists
from pauta.checklists.service import service_lists
from pauta.checklists.whole_manual import manual_lists
from pauta.model import Manual

MAKERS: Mapping[str, tuple[Callable[[Manual], Iterator[Checklist]], ...]] = {
    "Por servicio": (service_lists,),
    "Para evaluar el servicio": (
        transaction_lists,
        mystery_shopper_lists,
        report_card_lists,
        five_seconds_lists,
        call_lists,
        walk_lists,
        audit_lists,
        error_lists,
        quality_lists,
    ),
    "Por puesto (inducción)": (induction_lists,),
    "Tarjetas de bolsillo": (protocol_lists,),
    "De toda la empresa": (complaint_lists, decalogue_lists, previous_steps_lists, manual_lists),
}
"""What a list is used for -> what makes the lists of that use."""


def all_checklists(manual: Manual) -> tuple[Checklist, ...]:
    """The lists of a manual in the order of their uses; a list without points is left out."""
    heading = _heading(manual)
    return tuple(
        replace(made, use=use, **heading)
        for use, makers in MAKERS.items()
        for make in makers
        for made in make(manual)
        if made.sections
    )


def _heading(manual: Manual) -> dict[str, Any]:
    """What all the lists of a version say at the top, as far as the manual tells it."""
    part = manual.identity
    if part is None:
        return {}
    return {
        "version": part.data["version"],
        "in_force_since": date.fromisoformat(part.data["vigente_desde"]),
        "approved_by": named(manual, "roles", part.data.get("aprobado_por")),
    }
