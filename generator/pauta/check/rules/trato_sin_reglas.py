from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual, Part


@rule("Trato sin reglas", Severity.ERROR, needs=("protocolos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que los protocolos lleven las tres reglas para no culpar a nadie delante del cliente (no hablar
    mal de un compañero ni de otra área, no contradecirlo y no contar lo privado) y una lista de
    frases que no se dicen.

    Por qué importa
    Cuando un área culpa a otra, el cliente no oye quién tuvo razón: oye que en esa empresa nadie
    responde.

    Cómo se arregla
    Agregue la regla que falta, con lo que se hace en su lugar:

        reglas_sin_culpa:
          - nombre: No se contradice a un compañero
            regla: contradecir
            texto: Si otro empleado dijo algo equivocado, no se le desmiente frente al cliente.
            en_su_lugar: Diga «le confirmo cómo queda» y aclare después, en privado.
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The three rules against blame, and the phrases that are not said."""
    part = manual.parts.get("protocolos")
    if part and manual.applies("protocolos"):
        yield _rules(part)
        yield _phrases(part)


def _rules(part: Part) -> Requirement:
    field = part.schema.root.children["reglas_sin_culpa"]
    labels = field.item.children["regla"].labels if field.item else {}
    written = {entry["regla"] for entry in part.data.get("reglas_sin_culpa", ())}
    missing = [label for name, label in labels.items() if name not in written]
    return Requirement(
        "protocolos",
        "Las tres reglas para no culpar a nadie",
        not missing,
        Importance.DETAIL,
        problem=Problem(
            part.at("reglas_sin_culpa", key=True),
            f"Ninguna de las «{field.title}» trata {listed(missing)}.",
            "Agregue en «reglas_sin_culpa:» una por cada una que falta.",
        )
        if missing
        else None,
    )


def _phrases(part: Part) -> Requirement:
    met, title = "frases_prohibidas" in part.data, part.schema.root.children["frases_prohibidas"].title
    return Requirement(
        "protocolos",
        f"«{title}» en los protocolos",
        met,
        Importance.DETAIL,
        problem=None
        if met
        else Problem(
            part.at(),
            f"A los protocolos les falta «{title}».",
            "Agregue «frases_prohibidas:», cada una con su motivo y lo que se dice en su lugar.",
        ),
    )
