"""The requirements of quality of a service: whether what the manual says of each is so."""

from collections.abc import Iterator

from pauta.checklists.model import Checklist, Group, Item, Kind
from pauta.checklists.reading import details, from_entity, in_code, named
from pauta.checklists.service import short_name
from pauta.model import Entity, Manual
from pauta.model.manual import Data
from pauta.spine import Field

_REQUIREMENTS = {
    "diagnostico": "Antes de empezar se averigua lo que el cliente necesita, y lo contratado le queda claro.",
    "proceso": "El proceso que se sigue es el escrito, con las personas y la norma que dice.",
    "tecnica": "Se trabaja con la técnica que dice, y quien la usa la domina.",
    "expectativas": "Lo que el cliente espera es lo escrito, y se sabe por lo que él dice.",
    "alcance": "Se llega hasta donde se ofrece, ni menos ni más.",
    "utilidad": "El beneficio del cliente se mide, y los resultados están a la vista.",
    "etapas": "En cada etapa se anota y se controla lo que está escrito.",
}


def quality_lists(manual: Manual) -> Iterator[Checklist]:
    """One for each offered service that tells how it meets the requirements."""
    offered = {service.id: service for service in manual.services()}
    for quality in manual.all("calidades"):
        service = offered.get(quality.id)
        items = tuple(_items(manual, quality)) if service is not None else ()
        if service is not None and items:
            yield Checklist(
                id=f"lista_calidad_{service.id}",
                code=f"LC-{in_code(service.id)}",
                title=f"Lista de verificación: calidad de «{short_name(service)}»",
                kind=Kind.QUALITY,
                about=service.key,
                section=quality.section,
                intro=(
                    f"Compruebe en casos recientes de «{service['nombre']}» que cada requisito se cumple como está "
                    "escrito. Si lo escrito ya no es lo que se hace, la respuesta es No, aunque se haga bien."
                ),
                sections=(Group("Requisitos de calidad", items),),
                subject="Casos revisados",
            )


def _items(manual: Manual, quality: Entity) -> Iterator[Item]:
    for name, text in _REQUIREMENTS.items():
        if quality.get(name):
            yield Item(
                f"calidad.{name}",
                text,
                from_entity(quality, f"Calidad: {quality.field.children[name].title}"),
                details=tuple(_said(manual, quality, name)),
            )


def _said(manual: Manual, quality: Entity, name: str) -> Iterator[str]:
    """What the manual says of a requirement; the stages have no ids, so they are lines of one point."""
    field = quality.field.children[name]
    if name == "etapas" and field.item is not None:
        yield from (_stage(manual, field.item, stage) for stage in quality[name])
    elif isinstance(quality[name], list):
        yield from quality[name]
    else:
        yield from details(manual, quality.field, quality.data, name)


def _stage(manual: Manual, field: Field, stage: Data) -> str:
    role = named(manual, "roles", stage["rol"])
    return " · ".join((f"{stage['nombre']} ({role})", *details(manual, field, stage, "registro", "control")))
