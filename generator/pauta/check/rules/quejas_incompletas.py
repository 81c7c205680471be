from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual, Part

_PARTS = ("manejo", "investigacion", "mejora", "controles")


@rule("Procedimiento de quejas incompleto", Severity.ERROR, needs=("quejas",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que el procedimiento de quejas tenga sus cuatro partes: cómo se maneja la queja, cómo se
    investiga la causa y dónde se registra, cómo se pide la mejora que evita que se repita y qué
    controles se hacen después. Los controles comprueban las dos cosas: que la corrección se aplicó
    y que funcionó.

    Por qué importa
    Responder al cliente apaga una queja; hallar la causa, corregirla y comprobarlo evita las que
    vendrían después.

    Cómo se arregla
    Escriba la parte que falta. Si lo que falta es un control, agregue uno de ese tipo:

        controles:
          - id: ctl_causa_no_vuelve
            nombre: La causa no reaparece
            tipo: eficacia
            revisa: Se cuentan las quejas con la misma causa en los 90 días siguientes.
            responsable: gestor_quejas
            cuando: 90 días calendario
            criterio: Ninguna queja nueva por esa causa
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The four parts of the procedure, and both kinds of control."""
    part = manual.parts.get("quejas")
    if part and manual.applies("quejas"):
        for name in _PARTS:
            yield _piece(part, name)
        yield from _controls(manual, part)


def _piece(part: Part, name: str) -> Requirement:
    field, met = part.schema.root.children[name], bool(part.data.get(name))
    return Requirement(
        "quejas",
        f"«{field.title}» en el procedimiento de quejas",
        met,
        Importance.PROMISE,
        problem=None
        if met
        else Problem(
            part.at(),
            f"Al procedimiento de quejas le falta la parte «{field.title}».",
            f"Agregue «{name}:». {field.description}",
        ),
    )


def _controls(manual: Manual, part: Part) -> Iterator[Requirement]:
    title = part.schema.root.children["controles"].title
    kinds = manual.spine.collections["controles"][1].children["tipo"]
    written = {control.get("tipo") for control in manual.entities.get("controles", {}).values()}
    tell = bool(written) and written <= kinds.labels.keys()  # else told elsewhere: none, or one misspelt
    for kind, label in kinds.labels.items():
        yield Requirement(
            "quejas",
            f"Un control de quejas del tipo «{label}»",
            kind in written,
            Importance.DETAIL,
            problem=Problem(
                part.at("controles", key=True),
                f"Ningún elemento de «{title}» comprueba «{label}».",
                f"Agregue en «controles» uno con «tipo: {kind}».",
            )
            if tell and kind not in written
            else None,
        )
