from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, lines, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual
from pauta.spine import Field

_PLAN = ("plan", "responsable", "fecha_limite")


@rule("Fricción sin plan", Severity.ERROR, needs=("estrategia",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada fricción que la estrategia reconoce en un sistema, algo que le complica la vida al
    cliente, tenga un plan, un rol responsable y una fecha.

    Por qué importa
    Saber que algo molesta y no hacer nada es peor que no saberlo: el cliente nota que la empresa se
    acostumbró.

    Cómo se arregla
    Agregue a la fricción lo que le falta:

        fricciones:
          - nombre: El portal pide la contraseña cada 15 minutos
            sistema: sis_portal
            plan: Alargar la sesión a 60 minutos
            responsable: analista_facturacion
            fecha_limite: 2027-01-29
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """A plan for each thing that makes a system hard on customers."""
    part = manual.parts.get("estrategia")
    field = part.schema.root.children["fricciones"].item if part else None
    for position, friction in enumerate(part.data.get("fricciones", ()) if part else ()):
        missing = [name for name in _PLAN if name not in friction]
        yield Requirement(
            "estrategia",
            f"Plan para «{friction['nombre']}»",
            not missing,
            Importance.DETAIL,
            problem=Problem(
                part.at("fricciones", position),
                f"A la fricción «{friction['nombre']}» le falta {_titles(field, missing)}.",
                f"Agregue {lines(missing)}.",
            )
            if part and missing
            else None,
        )


def _titles(field: Field | None, names: list[str]) -> str:
    return listed(field.children[name].title if field else name for name in names)
