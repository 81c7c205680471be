"""The rules that a company wrote in «reglas.yml», as the manual holds them."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pauta.check.own_rules.mistake import Mistake
from pauta.check.own_rules.types import Kind, entity_type
from pauta.check.rule import HEADINGS
from pauta.check.writing import WritingRule
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.nearest import nearest
from pauta.spine import Field

SECTION = "reglas"

_BLANK = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
_SEVERITIES = {severity.spanish: severity for severity in Severity}
_LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A rule of the company, as it is written."""

    entity: Entity

    @property
    def id(self) -> str:
        """The name that findings and exceptions use."""
        return self.entity.id

    @property
    def title(self) -> str:
        """The name people read."""
        return str(self.entity["nombre"])

    @property
    def severity(self) -> Severity:
        """How much its findings matter, as the rule itself says."""
        return _SEVERITIES[self.entity["severidad"]]

    @property
    def collection(self) -> str:
        """What it is asked of."""
        return str(self.entity["para_cada"])

    @property
    def condition(self) -> str:
        """What each entity must hold, in CEL."""
        return str(self.entity["exige"])

    def published(self) -> WritingRule:
        """The rule as its page and ``pauta explain`` show it."""
        asked = "\n".join(f"    {line}" for line in self.condition.splitlines() if line.strip())
        texts = (
            f"Es una regla de la empresa. Para cada elemento de «{self.collection}» exige:\n\n{asked}",
            str(self.entity["por_que"]).strip(),
            str(self.entity.get("como_se_arregla") or _DEFAULT_MEND).strip(),
        )
        return WritingRule(self.id, self.title, self.severity, dict(zip(HEADINGS, texts, strict=True)))

    def message(self, manual: Manual, entity: Entity) -> str:
        """What is told of an entity that does not hold it."""
        return _filled(str(self.entity["mensaje"]), manual, entity)

    def mend(self, manual: Manual, entity: Entity) -> str:
        """What whoever answers for the entity should do."""
        own = self.entity.get("como_se_arregla")
        if own is not None:
            return " ".join(_filled(str(own), manual, entity).split())
        return f"Lo pide la regla de la empresa «{self.title}»: {' '.join(str(self.entity['por_que']).split())}"


_DEFAULT_MEND = "Corrija el elemento hasta que cumpla la condición. El mensaje dice qué se encontró en él."


def own_rules(manual: Manual) -> Iterator[OwnRule]:
    """The sound rules of the company."""
    return (OwnRule(entity) for entity in manual.all(SECTION))


def hold_texts(manual: Manual, rule: OwnRule, taken: Container[str]) -> None:
    """Raise Mistake when a rule asks of what is not there, or has a blank that nothing fills."""
    if rule.id in taken:
        raise Mistake(f"Ya hay una regla que se llama «{rule.id}».", "Póngale otro identificador.", "id")
    if rule.collection not in manual.spine.collections:
        guess = nearest(rule.collection, manual.spine.collections)
        raise Mistake(
            f"«{rule.collection}» no es una lista del manual.",
            f"¿Quiso decir «{guess}»?" if guess else f"Las que hay son: {', '.join(sorted(manual.spine.collections))}.",
            "para_cada",
        )
    for name in ("mensaje", "como_se_arregla"):
        text = str(rule.entity.get(name, ""))
        if set(_BLANK.sub("", text)) & set("{}"):
            raise Mistake("En el mensaje hay una llave suelta.", "Un campo se escribe entre llaves: {nombre}.", name)
        for blank in _BLANK.findall(text):
            _hold_blank(manual, rule, blank, name)


def _hold_blank(manual: Manual, rule: OwnRule, blank: str, where: str) -> None:
    here = entity_type(manual, rule.collection)
    for name in blank.split("."):
        if name not in here.fields or here.kind is Kind.UNIT:
            guess = nearest(name, here.fields) if here.kind is Kind.OBJECT else None
            raise Mistake(
                f"El mensaje usa «{{{blank}}}», y en «{rule.collection}» no hay ese campo.",
                f"¿Quiso decir «{guess}»?" if guess else "Use el nombre de un campo, como se escribe en el archivo.",
                where,
            )
        here = here.fields[name]
    if here.kind in {Kind.OBJECT, Kind.LIST}:
        raise Mistake(
            f"El mensaje usa «{{{blank}}}», que es {here.kind.value}.", "Use un campo que tenga un solo valor.", where
        )


def _filled(text: str, manual: Manual, entity: Entity) -> str:
    return _BLANK.sub(lambda blank: _value(manual, entity, blank[1].split(".")), text)


def _value(manual: Manual, entity: Entity, way: list[str]) -> str:
    """A value as people read it: the name of what a reference names, the label of a choice."""
    here: Any = entity.data
    field: Field | None = entity.field
    for name in way:
        here = here.get(name) if isinstance(here, Mapping) else None
        field = field.children.get(name) if field else None
    if here is None or field is None:
        return "sin decir"
    if isinstance(here, bool):
        return "sí" if here else "no"
    named = manual.find(field.reference, str(here)) if field.reference else None
    shown = manual.title(named) if named else field.labels.get(str(here), str(here))
    flat = " ".join(shown.split())
    return flat if len(flat) <= _LONGEST_VALUE else f"{flat[: _LONGEST_VALUE - 1]}…"
