"""Each rule of the company, asked of each entity that it is about."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pauta.check.own_rules.checking import SELF, Reads, check_condition
from pauta.check.own_rules.effort import Budget
from pauta.check.own_rules.evaluator import Program, evaluator
from pauta.check.own_rules.mistake import Mistake
from pauta.check.own_rules.reading import SECTION, OwnRule, hold_texts, own_rules
from pauta.check.own_rules.syntax import parse
from pauta.check.own_rules.tree import names
from pauta.check.own_rules.types import Reckoning, entity_type, reckoning
from pauta.findings import Finding, Location, Severity
from pauta.model import Entity, Manual


def find(manual: Manual, taken: Container[str]) -> Iterator[Finding]:
    """What the rules of the company find, and what is wrong with the rules; ``taken`` are the ids of all others."""
    reckoned, budget = reckoning(manual), Budget()
    for rule in own_rules(manual):
        try:
            hold_texts(manual, rule, taken)
            yield from _Asking(manual, reckoned, budget, rule).findings()
        except Mistake as mistake:
            yield _unfit(rule, mistake)


def _unfit(rule: OwnRule, mistake: Mistake) -> Finding:
    return Finding(
        "regla-mal-escrita",
        Severity.ERROR,
        f"La regla «{rule.title}» no se puede comprobar. {mistake.message}",
        rule.entity.at(mistake.field),
        mistake.mend,
    )


@dataclass(frozen=True, slots=True)
class _Asking:
    """One rule and what it is asked with."""

    manual: Manual
    reckoning: Reckoning
    budget: Budget
    rule: OwnRule

    def findings(self) -> Iterator[Finding]:
        tree = parse(self.rule.condition)
        spine = self.manual.spine
        others = {name: entity_type(self.manual, name) for name in names(tree) if name in spine.collections}
        reads = check_condition(tree, entity_type(self.manual, self.rule.collection), others, spine.collections)
        sections = {spine.collections[name][0].name for name in (self.rule.collection, *reads.others)}
        program = _compiled(self.rule.condition)
        entities = [each for each in self.manual.all(self.rule.collection) if self._names_what_exists(each)]
        if entities and self.manual.sound(*sections) and self._are_whole(reads.others):
            known = {name: self._seen(self.manual.all(name), fields) for name, fields in reads.others.items()}
            asked = self._seen(entities, reads.own)
            self.budget.spend(tree, SELF, asked, known)
            yield from self._answers(program, zip(entities, asked, strict=True), known, reads)

    def _are_whole(self, collections: Iterable[str]) -> bool:
        """Whether each entity of some collections is well formed: a rule that counts them would miss the others."""
        return all(each.sound for name in collections for each in self.manual.entities.get(name, {}).values())

    def _names_what_exists(self, entity: Entity) -> bool:
        """Whether every reference of an entity leads somewhere; a broken one is told, and its rules are not asked."""
        return all(self.manual.find(named.collection, named.target) for named in self.manual.of(entity))

    def _seen(self, entities: Iterable[Entity], fields: set[str]) -> list[dict[str, Any]]:
        """Entities as a rule sees them, with no more than the fields that it reads."""
        return [
            {
                name: self.reckoning.of(entity.field.children[name], entity.data[name])
                for name in sorted(fields)
                if name in entity.data
            }
            for entity in entities
        ]

    def _answers(
        self,
        program: Program,
        asked: Iterable[tuple[Entity, dict[str, Any]]],
        known: Mapping[str, list[dict[str, Any]]],
        reads: Reads,
    ) -> Iterator[Finding]:
        context = evaluator().Context()
        for name, several in known.items():
            context.add_variable(name, several)
        for entity, seen in asked:
            try:
                context.add_variable(SELF, seen)
                holds = program.execute(context)
            except (ArithmeticError, IndexError, LookupError, RuntimeError, TypeError, ValueError) as problem:
                yield Finding(
                    "regla-no-responde",
                    Severity.ERROR,
                    f"La regla «{self.rule.title}» no se puede responder en «{self.manual.title(entity)}»: {_why(problem)}.",
                    _place(entity, reads),
                    f"Corrija el dato, o la condición de «{self.rule.id}» en la sección «{SECTION}».",
                )
                continue
            if not holds:
                message, mend = self.rule.message(self.manual, entity), self.rule.mend(self.manual, entity)
                yield Finding(self.rule.id, self.rule.severity, message, _place(entity, reads), mend)


def _place(entity: Entity, reads: Reads) -> Location:
    """The field that a rule asks about, when it is only one; otherwise the entity."""
    return entity.at(*reads.own) if len(reads.own) == 1 else entity.at()


def _compiled(condition: str) -> Program:
    try:
        return evaluator().compile(condition)
    except (ValueError, RuntimeError) as problem:
        raise Mistake(
            "El lenguaje de las reglas no admite lo que dice.",
            "Revise los nombres: algunas palabras, como «in», no se usan.",
        ) from problem


def _why(problem: Exception) -> str:
    match problem:
        case ZeroDivisionError():
            return "divide entre cero"
        case OverflowError():
            return "un número es demasiado grande"
        case _:
            return "un valor no es de la clase que se esperaba"
