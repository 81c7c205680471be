from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual, Part

_PHASES = {
    "antes": ("politicas_conocidas",),
    "durante": ("reposicion", "precision_del_sistema", "envio"),
    "despues": ("reclamos", "seguimiento", "garantias", "empaque"),
}
"""What is looked at in each phase of a transaction."""

_SHOPPER = ("tono", "cordialidad", "oportunidad_de_venta", "conocimiento", "tiempo", "resolucion")
"""What a mystery shopper marks."""


@rule("Evaluación del servicio incompleta", Severity.WARNING, needs=("evaluacion",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que la evaluación de la transacción mire en cada fase lo que le toca: antes, si el cliente conoce
    las políticas; durante, la reposición, la precisión del sistema y el envío; después, los
    reclamos, el seguimiento, las garantías y el empaque. Y que el comprador misterioso, si lo hay,
    califique el tono, la cordialidad, las oportunidades de venta, el conocimiento del producto, el
    tiempo y la resolución.

    Por qué importa
    Una evaluación que solo mira lo que ocurre frente al mostrador deja fuera lo que el cliente
    recuerda una semana después.

    Cómo se arregla
    Agregue una comprobación del aspecto que falta:

        transaccion:
          - id: co_garantia
            nombre: La garantía se cumplió sin que el cliente insistiera
            fase: despues
            aspecto: garantias
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The aspects of each phase, and those of the mystery shopper."""
    part = manual.parts.get("evaluacion")
    if part is None or not manual.applies("evaluacion"):
        return
    checks = [check for check in manual.entities.get("comprobaciones", {}).values() if check.section == part.name]
    listed_in = part.schema.root.children
    of_a_phase = listed_in["transaccion"]
    if of_a_phase.item:
        phases, aspects = of_a_phase.item.children["fase"].labels, of_a_phase.item.children["aspecto"].labels
        for phase, names in _PHASES.items():
            found = [one for one in checks if one.path[0] == "transaccion" and one.get("fase") == phase]
            missing = _missing(found, names)
            about = f"En la fase «{phases[phase]}» de la transacción"
            yield _requirement(part, ("transaccion",), about, [aspects[name] for name in missing], found)
    criteria = listed_in["comprador_misterioso"].children["criterios"]
    if "comprador_misterioso" in part.data and criteria.item:
        labels = criteria.item.children["aspecto"].labels
        found = [one for one in checks if one.path[0] == "comprador_misterioso"]
        missing = [labels[name] for name in _missing(found, _SHOPPER)]
        yield _requirement(
            part, ("comprador_misterioso", "criterios"), "Entre los criterios del comprador misterioso", missing, found
        )


def _missing(checks: list[Entity], names: tuple[str, ...]) -> list[str]:
    there = {check.get("aspecto") for check in checks}
    return [name for name in names if name not in there]


def _requirement(
    part: Part, where: tuple[str, ...], about: str, missing: list[str], checks: list[Entity]
) -> Requirement:
    tell = bool(missing) and all(check.sound for check in checks)  # else one may be misspelt, told elsewhere
    return Requirement(
        part.name,
        f"{about}, cada aspecto que le toca",
        not missing,
        Importance.DETAIL,
        problem=Problem(
            part.at(*where, key=True),
            f"{about} no se mira {listed(missing)}.",
            "Agregue ahí uno de cada aspecto que falta.",
        )
        if tell
        else None,
    )
