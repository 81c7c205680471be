"""The list against the typical errors: whether each is seen, and whether its three controls work."""

from collections.abc import Iterator

from pauta.checklists.model import Checklist, Group, Item, Kind, Source
from pauta.checklists.reading import details, from_entity
from pauta.model import Entity, Manual

_CONTROLS = {
    "prevencion": "Se hace lo que lo previene.",
    "deteccion": "Se busca donde se descubre, y se anota lo que aparece.",
    "correccion": "Cuando pasó, se corrigió como está escrito.",
}


def error_lists(manual: Manual) -> Iterator[Checklist]:
    """One list, with a group for each error."""
    yield Checklist(
        id=f"lista_{Kind.ERRORS}",
        code="LG-ERRORES",
        title="Lista de verificación: errores que alejan a los clientes",
        kind=Kind.ERRORS,
        section="protocolos",
        intro=(
            "Úsela con el equipo, mirando casos de este mes. No busca a quién culpar: "
            "un No dice qué control hace falta o cuál dejó de servir."
        ),
        sections=tuple(_group(manual, error) for error in manual.all("errores")),
    )


def _group(manual: Manual, error: Entity) -> Group:
    return Group(error["nombre"], (_seen(manual, error), *_controls(manual, error)))


def _seen(manual: Manual, error: Entity) -> Item:
    return Item(
        f"error.{error.id}",
        "En los casos revisados no se cometió.",
        _source(error),
        details=details(manual, error.field, error.data, "ejemplo", "indicador", "comprobaciones"),
    )


def _controls(manual: Manual, error: Entity) -> Iterator[Item]:
    for name, text in _CONTROLS.items():
        if name in error.data:
            told = details(manual, error.field, error.data, name)
            yield Item(f"error.{error.id}.{name}", text, _source(error), details=told)


def _source(error: Entity) -> Source:
    return from_entity(error, f"Protocolos: {error['nombre']}")
