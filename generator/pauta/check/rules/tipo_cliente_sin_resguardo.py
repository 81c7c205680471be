from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, listed, must_say, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual, Part

_GUARDS = {"sumiso": ("pregunta_activa",), "abusivo": ("evidencia", "trato_digno")}
"""What the dealing with some kinds of customers needs besides what is written for all."""


@rule("Tipo de cliente sin resguardo", Severity.ERROR, needs=("clientes",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que estén los cuatro tipos de cliente difícil: el sumiso, el agresivo, el abusivo y el que nunca
    queda conforme. Que para el que calla se diga cómo se le pregunta, y para el que busca ventaja,
    qué evidencia se reúne y cómo se cuida la dignidad de todos.

    Por qué importa
    El que calla no se queja: se va, y solo se sabe si alguien le pregunta. Con el que abusa, ceder
    sin pruebas enseña a repetirlo, y acusar sin pruebas ofende a quien dice la verdad.

    Cómo se arregla
    Agregue el tipo que falta, o lo que le falta al tipo:

        - id: tc_sumiso
          tipo: sumiso
          pregunta_activa: Llamada semanal a diez clientes con cortes que nadie reportó
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """Every kind of customer, and what two of them need."""
    part = manual.parts.get("clientes")
    if part and manual.applies("clientes"):
        yield _every_kind(manual, part)
        for kind in manual.all("tipos_cliente"):
            names, title = _GUARDS.get(kind["tipo"], ()), manual.title(kind)
            if names:
                yield must_say(kind, names, f"Al tipo de cliente «{title}»", f"Resguardo en el trato con «{title}»")


def _every_kind(manual: Manual, part: Part) -> Requirement:
    labels = manual.spine.collections["tipos_cliente"][1].children["tipo"].labels
    kinds = manual.entities.get("tipos_cliente", {}).values()
    written = {kind["tipo"] for kind in kinds if kind.sound}
    missing = [label for name, label in labels.items() if name not in written]
    tell = bool(missing) and all(kind.sound for kind in kinds)  # else one may be misspelt, told elsewhere
    return Requirement(
        "clientes",
        "Los cuatro tipos de cliente difícil",
        not missing,
        Importance.DETAIL,
        problem=Problem(
            part.at("tipos_cliente", key=True),
            f"Ningún elemento de «{part.schema.root.children['tipos_cliente'].title}» trata {listed(missing)}.",
            "Agregue en «tipos_cliente» uno por cada tipo que falta.",
        )
        if tell
        else None,
    )
