"""The customer's report card: questions in the customer's words, answered by the customer."""

from collections.abc import Iterator
from decimal import Decimal

from pauta.checklists.evaluation import SECTION, checks
from pauta.checklists.model import Answer, Checklist, Group, Item, Kind, Respondent, Scoring
from pauta.checklists.reading import facts, from_entity, object_at, percentage
from pauta.model import Entity, Manual
from pauta.quantities.measures import parse_measure

_NAME = "libreta"
_INTRO = "Queremos saber cómo le fue. Responda lo que quiera; en las notas, la más alta es la mejor. "
_WITH_NAME = "Si nos deja su nombre, podremos llamarle para arreglar lo que no estuvo bien."
_WITHOUT_NAME = "No escriba su nombre: sus respuestas no llevan nada que lo identifique."


def report_card_lists(manual: Manual) -> Iterator[Checklist]:
    """The card, if the company has one."""
    found = object_at(manual, SECTION, _NAME)
    if found is None:
        return
    field, data = found
    anonymous = bool(data["anonima"])
    yield Checklist(
        id=f"lista_{Kind.REPORT_CARD}",
        code="LG-LIBRETA",
        title=field.title,
        kind=Kind.REPORT_CARD,
        section=SECTION,
        intro=_INTRO + (_WITHOUT_NAME if anonymous else _WITH_NAME),
        sections=_questions(manual),
        facts=facts(manual, field, data, "objetivo", "cuando", "canales", "responde", "plazo_respuesta"),
        scoring=Scoring(alert=parse_measure(data["umbral_alerta"])),
        respondent=Respondent.ANONYMOUS if anonymous else Respondent.CUSTOMER,
        subject="" if anonymous else "Su nombre y su teléfono, si quiere",
    )


def _questions(manual: Manual) -> tuple[Group, ...]:
    """Marks first, words last; a question without a weight has none where others do."""
    found = list(checks(manual, _NAME))
    lacking = Decimal(0) if any("peso" in entity.data for entity in found) else Decimal(1)
    items = [_question(entity, lacking) for entity in found]
    groups = (
        Group("Sus notas", tuple(item for item in items if item.answer is not Answer.TEXT)),
        Group("En sus palabras", tuple(item for item in items if item.answer is Answer.TEXT)),
    )
    return tuple(group for group in groups if group.items)


def _question(entity: Entity, lacking: Decimal) -> Item:
    weight = percentage(entity.data, "peso")
    return Item(
        entity.id,
        entity["nombre"],
        from_entity(entity, "Evaluación: libreta de calificaciones"),
        answer=Answer(entity["escala"]),
        weight=lacking if weight is None else weight,
    )
