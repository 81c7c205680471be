from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual, Part

_VERTICES = {
    "estrategias": ("estrategias",),
    "colaboradores": ("colaboradores",),
    "sistemas": ("sistemas",),
    "necesidades": ("cliente", "necesidades"),
}
"""Each collection of the triangle, and where the section keeps it."""


@rule("Triángulo incompleto", Severity.ERROR, needs=("triangulo",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que el triángulo de servicio tenga algo escrito en cada lado (estrategias, colaboradores y
    sistemas) y en el centro, donde están las necesidades del cliente.

    Por qué importa
    El servicio se sostiene en los tres lados a la vez: buenas personas con malos sistemas, o buenos
    sistemas sin estrategia, fallan frente al cliente.

    Cómo se arregla
    Escriba al menos un elemento en el lado vacío:

        sistemas:
          - id: sis_agenda
            nombre: Agenda de campo
            tipo: virtual
            descripcion: Ordena las visitas por zona y por hora
            conveniencia_cliente: Elige entre horas que de verdad están libres
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """An entry in each vertex of the triangle, and in its centre."""
    part = manual.parts.get("triangulo")
    if part and manual.applies("triangulo"):
        for collection, path in _VERTICES.items():
            yield _vertex(manual, part, collection, path)


def _vertex(manual: Manual, part: Part, collection: str, path: tuple[str, ...]) -> Requirement:
    field = part.schema.root.at(path)
    title = field.title if field else collection
    met = bool(manual.entities.get(collection))
    return Requirement(
        "triangulo",
        f"«{title}» en el triángulo de servicio",
        met,
        Importance.MEANS,
        problem=None
        if met
        else Problem(
            part.at(*path, key=True),
            f"El triángulo de servicio no tiene nada en «{title}».",
            f"Escriba al menos un elemento en «{collection}».",
        ),
    )
