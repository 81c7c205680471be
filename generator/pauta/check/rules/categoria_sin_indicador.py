from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual


@rule("Categoría sin indicador", Severity.ERROR, needs=("nomenclatura", "indicadores"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que los indicadores de cada servicio activo o en piloto cubran las cuatro categorías: calidad de
    trabajo, capacidad de respuesta, volumen de trabajo y eficiencia.

    Por qué importa
    Medir solo una parte empuja a descuidar las otras: quien solo cuenta llamadas atendidas las
    acorta, y quien solo cuenta la rapidez deja de resolver.

    Cómo se arregla
    Agregue el servicio a un indicador de la categoría que le falta, o escriba uno nuevo de esa
    categoría:

        - id: ordenes_atendidas
          nombre: Órdenes atendidas
          categoria: volumen_de_trabajo
          servicios:
            - instalacion
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """An indicator of each category for each service."""
    if manual.applies("indicadores"):
        categories = manual.spine.collections["indicadores"][1].children["categoria"].labels
        for service in manual.services():
            covered = _categories(manual, service)
            # That a service has no indicator at all, or one whose category is misspelt, is told elsewhere.
            tell = bool(covered) and covered <= categories.keys()
            for category, label in categories.items():
                yield _requirement(manual, service, (category, label), met=category in covered, tell=tell)


def _categories(manual: Manual, service: Entity) -> set[str]:
    sources = (reference.source for reference in manual.to(service))
    return {str(source.get("categoria")) for source in sources if source and source.collection == "indicadores"}


def _requirement(
    manual: Manual,
    service: Entity,
    category: tuple[str, str],
    *,
    met: bool,
    tell: bool,
) -> Requirement:
    name, label = category
    title = manual.title(service)
    return Requirement(
        "indicadores",
        f"Indicador de «{label}» para «{title}»",
        met,
        Importance.DETAIL,
        service.id,
        Problem(
            service.at(),
            f"Al servicio «{title}» le falta un indicador de la categoría «{label}».",
            f"Agregue «{service.id}» a la lista «servicios» de un indicador con «categoria: {name}», o escriba uno.",
        )
        if tell and not met
        else None,
    )
