"""The list of the mystery shopper: one visit, criterion by criterion, with its score."""

from collections.abc import Iterator
from decimal import Decimal

from pauta.checklists.evaluation import SECTION, checks
from pauta.checklists.model import Answer, Checklist, Group, Item, Kind, Reminder, Scoring
from pauta.checklists.reading import details, facts, from_entity, named, object_at, percentage, reminders
from pauta.model import Entity, Manual
from pauta.model.manual import Data
from pauta.spine import Field

_NAME = "comprador_misterioso"


def mystery_shopper_lists(manual: Manual) -> Iterator[Checklist]:
    """The list of a visit, if the company has a mystery shopper."""
    found = object_at(manual, SECTION, _NAME)
    if found is not None:
        yield Checklist(
            id=f"lista_{Kind.MYSTERY_SHOPPER}",
            code="LG-COMPRADOR-MISTERIOSO",
            title="Lista de verificación: comprador misterioso",
            kind=Kind.MYSTERY_SHOPPER,
            section=SECTION,
            intro=(
                "La llena quien hizo de cliente, apenas termina y lejos de quien le atendió. Anote hechos, no "
                "impresiones, y explique cada No en sus observaciones. Lo que el escenario no dio ocasión de ver "
                "es N.A."
            ),
            sections=_by_aspect(manual),
            facts=facts(manual, *found, "objetivo", "quien", "frecuencia", "muestra", "canales"),
            notes=(*reminders(*found, "etica"), *_scenarios(manual, *found), *_given_back(manual, *found)),
            scoring=Scoring(percentage(found[1], "minimo"), _cap(found[1])),
            subject="Escenario y canal",
            comment_on_no=True,
        )


def _by_aspect(manual: Manual) -> tuple[Group, ...]:
    found = list(checks(manual, _NAME))
    labels = found[0].field.children["aspecto"].labels if found else {}
    groups = (
        Group(title, tuple(_criterion(manual, entity) for entity in found if entity["aspecto"] == aspect))
        for aspect, title in labels.items()
    )
    return tuple(group for group in groups if group.items)


def _criterion(manual: Manual, entity: Entity) -> Item:
    return Item(
        entity.id,
        entity["nombre"],
        from_entity(entity, "Evaluación: comprador misterioso"),
        critical=bool(entity.get("critico")),
        details=details(manual, entity.field, entity.data, "guia"),
        answer=Answer(entity["escala"]),
        weight=percentage(entity.data, "peso") or Decimal(0),
    )


def _cap(data: Data) -> Decimal | None:
    """The most that a visit with a critical failure gets; without a cap in writing, a failure only shows."""
    return Decimal(0) if data.get("si_falla_critico") == "puntaje_cero" else percentage(data, "tope")


def _scenarios(manual: Manual, field: Field, data: Data) -> tuple[Reminder, ...]:
    lines = tuple(
        f"{each['nombre']} ({_where(manual, each)}): {' '.join(each['historia'].split())}"
        for each in data["escenarios"]
    )
    return (Reminder(field.children["escenarios"].title, lines),) if lines else ()


def _where(manual: Manual, scenario: Data) -> str:
    places = (
        named(manual, "canales", scenario["canal"]),
        named(manual, "servicios", scenario.get("servicio")),
    )
    return ", ".join(place for place in places if place)


def _given_back(manual: Manual, field: Field, data: Data) -> tuple[Reminder, ...]:
    child = field.children["devolucion"]
    return (Reminder(child.title, details(manual, child, data["devolucion"], "quien", "plazo", "como")),)
