"""The lists with which a company looks at its own service: in its three phases, on entering, on calling."""

from collections.abc import Iterator

from pauta.checklists.model import Checklist, Group, Item, Kind, Scoring
from pauta.checklists.reading import details, facts, from_entity, object_at, percentage, reminders, told
from pauta.model import Entity, Manual

SECTION = "evaluacion"
_PHASES = {"antes": "Antes", "durante": "Durante", "despues": "Después"}


def checks(manual: Manual, name: str) -> Iterator[Entity]:
    """What is checked by one of the instruments of the section."""
    return (entity for entity in manual.all("comprobaciones") if entity.path[0] == name)


def transaction_lists(manual: Manual) -> Iterator[Checklist]:
    """One list with all that is checked before, during and after a sale or a service."""
    found = list(checks(manual, "transaccion"))
    groups = (
        Group(title, tuple(_in_its_phase(manual, entity) for entity in found if entity["fase"] == phase))
        for phase, title in _PHASES.items()
    )
    yield Checklist(
        id=f"lista_{Kind.TRANSACTION}",
        code="LG-TRANSACCION",
        title="Lista de verificación: antes, durante y después del servicio",
        kind=Kind.TRANSACTION,
        section=SECTION,
        intro=(
            "Reúne todo lo que se comprueba en una venta o en un servicio. Cada punto dice cuándo le toca y a quién: "
            "responda los suyos de hoy y deje los demás sin marcar."
        ),
        sections=tuple(group for group in groups if group.items),
    )


def _in_its_phase(manual: Manual, entity: Entity) -> Item:
    aspect = entity.field.children["aspecto"].labels[entity["aspecto"]]
    return _checked(manual, entity, aspect, "estandar", "metodo", "frecuencia", "responsable", "servicios")


def five_seconds_lists(manual: Manual) -> Iterator[Checklist]:
    """The test of the first five seconds, if the company has one."""
    found = object_at(manual, SECTION, "prueba_cinco_segundos")
    if found is not None:
        yield Checklist(
            id=f"lista_{Kind.FIVE_SECONDS}",
            code="LG-CINCO-SEGUNDOS",
            title="Lista de verificación: prueba de los cinco segundos",
            kind=Kind.FIVE_SECONDS,
            section=SECTION,
            intro=(
                "Salga y vuelva a entrar por donde entra el cliente. Responda con lo que notó al llegar, sin buscarlo: "
                "si tuvo que fijarse, es un No. Lo que en ese lugar no existe es N.A."
            ),
            sections=_looked_at(manual, "prueba_cinco_segundos", "Lo que se nota al entrar"),
            facts=facts(manual, *found, "frecuencia", "ejecuta", "registro"),
            notes=(*reminders(*found, "lugares"), *told(*found, "accion_inmediata")),
            subject="Lugar",
        )


def call_lists(manual: Manual) -> Iterator[Checklist]:
    """The test call, scored against its threshold, if the company has one."""
    found = object_at(manual, SECTION, "llamada_prueba")
    if found is not None:
        yield Checklist(
            id=f"lista_{Kind.TEST_CALL}",
            code="LG-LLAMADA-PRUEBA",
            title="Lista de verificación: llamada de prueba",
            kind=Kind.TEST_CALL,
            section=SECTION,
            intro=(
                "Llame como un cliente cualquiera, sin decir quién es, y siga el guion. "
                "Responda apenas cuelgue, mientras lo recuerda."
            ),
            sections=_looked_at(manual, "llamada_prueba", "Lo que se observa en la llamada"),
            facts=facts(manual, *found, "frecuencia", "ejecuta", "canal", "umbral"),
            notes=(*told(*found, "guion"), *told(*found, "accion_inmediata")),
            scoring=Scoring(minimum=percentage(found[1], "umbral")),
            subject="Número o canal",
        )


def walk_lists(manual: Manual) -> Iterator[Checklist]:
    """The walk of the management, if the company has one."""
    found = object_at(manual, SECTION, "recorrido_direccion")
    if found is not None:
        yield Checklist(
            id=f"lista_{Kind.WALK}",
            code="LG-RECORRIDO-DIRECCION",
            title="Lista de verificación: recorrido de la dirección",
            kind=Kind.WALK,
            section=SECTION,
            intro=(
                "La dirección hace este recorrido en persona y lo anota con sus propias palabras. "
                "Se mira para mejorar el lugar y el trabajo, no para llamarle la atención a nadie."
            ),
            sections=_looked_at(manual, "recorrido_direccion", "Lo que se mira en el recorrido"),
            facts=facts(manual, *found, "frecuencia", "ejecuta"),
            notes=told(*found, "como"),
            subject="Lugar",
        )


def _looked_at(manual: Manual, name: str, title: str) -> tuple[Group, ...]:
    instrument = manual.spine.sections[SECTION].root.children[name].title
    points = tuple(_checked(manual, entity, instrument, "metodo") for entity in checks(manual, name))
    return (Group(title, points),) if points else ()


def _checked(manual: Manual, entity: Entity, part: str, *names: str) -> Item:
    """A point that comes from a part of the evaluation, with what the named fields say to help to answer it."""
    return Item(
        entity.id,
        entity["nombre"],
        from_entity(entity, f"Evaluación: {part.lower()}"),
        critical=bool(entity.get("critico")),
        details=details(manual, entity.field, entity.data, *names),
    )
