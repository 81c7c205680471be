from collections.abc import Iterator, Mapping
from typing import Any

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual, Part


@rule("Causa de queja que se pierde", Severity.ERROR, needs=("quejas",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que la causa de una queja se pueda seguir de un papel al otro: se busca en el producto o
    servicio, en el proceso y en el servicio al cliente, y al menos un control de eficacia dice con
    qué indicador se sabe que no volvió.

    Por qué importa
    La causa de fondo no siempre está donde apareció la molestia. Y si el control no se mide, la
    mejora se da por buena el día en que se firma.

    Cómo se arregla
    Agregue el ámbito que falta, o el indicador del control:

        controles:
          - id: ctl_causa_no_vuelve
            tipo: eficacia
            indicador: quejas_por_mil
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """Where a cause is looked for, and what proves that it is gone."""
    part = manual.parts.get("quejas")
    if part is None or not manual.applies("quejas"):
        return
    investigation = part.data.get("investigacion")
    if investigation:
        yield _everywhere(part, investigation)
    if any(control.get("tipo") == "eficacia" for control in manual.entities.get("controles", {}).values()):
        yield _measured(manual, part)


def _everywhere(part: Part, investigation: Mapping[str, Any]) -> Requirement:
    field = part.schema.root.children["investigacion"].children["causa_en"]
    labels = field.item.labels if field.item else {}
    missing = [label for name, label in labels.items() if name not in investigation["causa_en"]]
    return _requirement(
        "Los tres ámbitos en que se busca la causa de una queja",
        Problem(
            part.at("investigacion", "causa_en", key=True),
            f"La causa de una queja no se busca en {listed(missing)}.",
            "Agréguelo en «causa_en».",
        )
        if missing
        else None,
    )


def _measured(manual: Manual, part: Part) -> Requirement:
    controls = manual.entities["controles"].values()
    met = any("indicador" in control.data for control in controls if control.get("tipo") == "eficacia")
    return _requirement(
        "Un indicador que diga si la causa de las quejas desapareció",
        None
        if met
        else Problem(
            part.at("controles", key=True),
            "Ningún control de eficacia dice con qué indicador se sabe que la causa no volvió.",
            "Agregue «indicador:» a un control con «tipo: eficacia».",
        ),
    )


def _requirement(text: str, problem: Problem | None) -> Requirement:
    return Requirement("quejas", text, problem is None, Importance.DETAIL, problem=problem)
