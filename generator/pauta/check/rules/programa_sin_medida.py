from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_ASKED = ("responsable", "indicador")


@rule("Acción de fidelización sin medida", Severity.ERROR, needs=("fidelizacion",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada acción de un programa de fidelización tenga un rol responsable y un indicador.

    Por qué importa
    Un regalo que nadie entrega a tiempo molesta más que no prometerlo; y el que no se mide se sigue
    pagando aunque no retenga a nadie.

    Cómo se arregla
    Agregue a la acción lo que le falta:

        acciones:
          - nombre: Llamada de agradecimiento, sin oferta
            cuando: Al cumplir dos años
            responsable: asesor_atencion
            indicador: recomendacion_cliente
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """Who does each action, and how its effect is known."""
    for programme in manual.all("programas"):
        for position, action in enumerate(programme["acciones"]):
            missing = [name for name in _ASKED if name not in action]
            yield Requirement(
                programme.section,
                f"Responsable e indicador de «{action['nombre']}», de «{manual.title(programme)}»",
                not missing,
                Importance.DETAIL,
                problem=_unowned(programme, position, missing) if missing else None,
            )


def _unowned(programme: Entity, position: int, missing: list[str]) -> Problem:
    item = programme.field.children["acciones"].item
    titles = listed(item.children[name].title if item else name for name in missing)
    return Problem(
        programme.at("acciones", position),
        f"A la acción «{programme['acciones'][position]['nombre']}» le falta {titles}.",
        f"Agregue a la acción {listed(f'{name}:' for name in missing)}.",
    )
