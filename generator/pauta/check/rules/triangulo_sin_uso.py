from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, spoken_of, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_USERS = {
    "necesidades": ("estrategias",),
    "estrategias": ("colaboradores", "sistemas"),
    "sistemas": ("colaboradores",),
}
"""Each collection of the triangle, and those that must make use of its entries."""


@rule("Triángulo con piezas sueltas", Severity.ERROR, needs=("triangulo",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada necesidad del cliente la atienda una estrategia, que cada estrategia la lleve a cabo un
    colaborador o la sostenga un sistema, y que cada sistema lo use un colaborador.

    Por qué importa
    Una necesidad sin estrategia es un cliente desatendido; una estrategia sin nadie que la ejecute
    es un lema, y un sistema que nadie usa es dinero perdido.

    Cómo se arregla
    Nombre la pieza suelta en quien la usa, o quítela si sobra. Por ejemplo, en «colaboradores»:

        - rol: tecnico_campo
          aporte: Deja todo probado y enseña a usarlo
          estrategias:
            - est_visita_impecable
          sistemas:
            - sis_agenda
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """A use for each entry of the triangle; an empty vertex is told by another rule."""
    for collection, users in _USERS.items():
        for entity in manual.all(collection):
            met = spoken_of(manual, entity, *users)
            tell = not met and any(manual.entities.get(user) for user in users)
            yield Requirement(
                "triangulo",
                f"Uso de «{manual.title(entity)}» en el triángulo",
                met,
                Importance.DETAIL,
                problem=_loose(manual, entity, users) if tell else None,
            )


def _loose(manual: Manual, entity: Entity, users: tuple[str, ...]) -> Problem:
    root = manual.spine.sections["triangulo"].root
    titles = " ni en ".join(f"«{root.children[user].title}»" for user in users)
    return Problem(
        entity.at(),
        f"«{manual.title(entity)}» está suelto en el triángulo de servicio: nada lo nombra en {titles}.",
        f"Agregue «{entity.id}» a la lista «{entity.collection}» de quien lo usa, o quítelo si sobra.",
    )
