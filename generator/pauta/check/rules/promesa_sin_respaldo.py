from collections.abc import Iterator, Sequence

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_MEASURES = ("indicador", "acuerdo")
_REASONS = ("hallazgos", "expectativas")
_SECTIONS = {"hallazgos": "diagnostico", "expectativas": "clientes"}


@rule("Promesa sin respaldo", Severity.ERROR, needs=("estrategia",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada promesa de la estrategia se pueda comprobar, con un indicador o un acuerdo de nivel de
    servicio, y que responda a algo que se averiguó de los clientes: un hallazgo del diagnóstico o
    una expectativa. Lo segundo se pide cuando el manual tiene dónde escribirlo.

    Por qué importa
    Una promesa sin medida ni razón es un lema: suena bien, no cambia lo que se hace y el cliente la
    recuerda el día en que se incumple.

    Cómo se arregla
    Diga con qué se comprueba y a qué responde, o quite la promesa:

        - id: pr_factura_exacta
          indicador: facturas_correctas
          hallazgos:
            - ha_cobros_dudosos
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """A measure for each promise, and what it answers to."""
    reasons = [name for name in _REASONS if manual.entities.get(name) or not _absent(manual, _SECTIONS[name])]
    for promise in manual.all("promesas"):
        missing = [names for names in (_MEASURES, reasons) if names and not any(promise.get(name) for name in names)]
        yield Requirement(
            promise.section,
            f"Respaldo de «{manual.title(promise)}»",
            not missing,
            Importance.PROMISE,
            problem=_bare(manual, promise, missing) if missing else None,
        )


def _absent(manual: Manual, section: str) -> bool:
    """Whether a section is not there to be named: neither written, nor there and unreadable."""
    return section not in manual.unreadable and (section not in manual.parts or not manual.applies(section))


def _bare(manual: Manual, promise: Entity, missing: Sequence[Sequence[str]]) -> Problem:
    lacks = " ni ".join(_either(promise, names) for names in missing)
    fields = listed(name for names in missing for name in names[:1])
    return Problem(
        promise.at(),
        f"La promesa «{manual.title(promise)}» no tiene {lacks} que la respalde.",
        f"Agregue {fields}, o quite la promesa si no se puede cumplir ni comprobar.",
    )


def _either(promise: Entity, names: Sequence[str]) -> str:
    return " ni ".join(f"«{promise.field.children[name].title}»" for name in names)
