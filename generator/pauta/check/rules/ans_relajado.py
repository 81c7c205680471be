from collections.abc import Iterator, Mapping

from pauta.check.agreements import is_over, loosened, same_or_unsaid, share, time, upper_of
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_SAME = ("metrica", "prioridad", "reloj", "indicador")
"""What an agreement must share with the one above it for the two to be compared."""


@rule("Acuerdo relajado", Severity.ERROR, needs=("ans",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que un acuerdo que afina a otro prometa lo mismo o algo mejor: ni más tiempo, ni una proporción
    menor de los casos. Puede prometer menos mientras dure una excepción con motivo, quien la aprobó
    y fecha de vencimiento. Si un acuerdo de arriba es fijo, no se cambia nada, ni con excepción.
    Los dos miden lo mismo, con la misma prioridad, unidad, reloj e indicador.

    Por qué importa
    Lo que la dirección compromete se cumple abajo. Si un área o un canal afloja por su cuenta, la
    empresa falla sin que nadie lo haya decidido.

    Cómo se arregla
    Iguale o mejore el acuerdo superior. Si por un tiempo no se puede, escriba la excepción:

        excepcion:
          motivo: La segunda sala abre en febrero
          aprobado_por: gerente_general
          vence_el: 2027-02-28
    """
    for agreement in manual.all("acuerdos"):
        upper = upper_of(manual, agreement)
        if upper and not is_over(manual, agreement):
            differing = [name for name in _SAME if not same_or_unsaid(agreement, upper, name)]
            yield from (_other(manual, agreement, upper, name) for name in differing)
            if not {"metrica", "prioridad", "reloj"} & set(differing):
                yield from _promise(manual, agreement, upper)


def _promise(manual: Manual, agreement: Entity, upper: Entity) -> Iterator[Problem]:
    if not time(agreement).same_clock(time(upper)):
        yield _other(manual, agreement, upper, "valor")
    fixed = _fixed_by(manual, agreement)
    if fixed:
        names = tuple(name for name in ("valor", "porcentaje") if _changed(agreement, upper, name))
        yield from (_change(manual, agreement, fixed, upper, name) for name in names)
    elif "excepcion" not in agreement.data:  # ans-excepcion-vencida speaks of those that are over
        yield from (_loose(manual, agreement, upper, name) for name in loosened(agreement, upper))


def _fixed_by(manual: Manual, agreement: Entity) -> Entity | None:
    """The agreement above, however far, that lets nothing be changed."""
    seen: set[str] = {agreement.id}
    upper = upper_of(manual, agreement)
    while upper and upper.id not in seen:
        if upper.get("fijo"):
            return upper
        seen.add(upper.id)
        upper = upper_of(manual, upper)
    return None


def _changed(agreement: Entity, upper: Entity, name: str) -> bool:
    if name == "valor":
        return time(agreement).same_clock(time(upper)) and time(agreement) != time(upper)
    return share(agreement) != share(upper)


def _loose(manual: Manual, agreement: Entity, upper: Entity, name: str) -> Problem:
    return Problem(
        agreement.at(name),
        f"«{manual.title(agreement)}» afloja el acuerdo «{manual.title(upper)}»: su "
        f"«{agreement.field.children[name].title}» es {agreement[name]} y el de arriba {upper[name]}.",
        f"Escriba {upper[name]} o algo mejor, o una «excepcion» con motivo, quien la aprueba y hasta cuándo vale.",
    )


def _change(manual: Manual, agreement: Entity, fixed: Entity, upper: Entity, name: str) -> Problem:
    return Problem(
        agreement.at(name),
        f"«{manual.title(agreement)}» cambia «{agreement.field.children[name].title}» ({agreement[name]} en lugar de "
        f"{upper[name]}), y «{manual.title(fixed)}» es fijo.",
        f"Escriba {upper[name]}, o ponga «fijo: false» en «{fixed.id}» para que se pueda mejorar.",
    )


def _other(manual: Manual, agreement: Entity, upper: Entity, name: str) -> Problem:
    said = agreement.field.children[name]
    return Problem(
        agreement.at(name),
        f"«{manual.title(agreement)}» no se puede comparar con «{manual.title(upper)}», que afina: en "
        f"«{said.title}» uno dice «{_label(said.labels, agreement, name)}» y el otro «{_label(said.labels, upper, name)}».",
        "Use lo mismo en los dos, o quite «superior» si no lo afina.",
    )


def _label(labels: Mapping[str, str], agreement: Entity, name: str) -> str:
    return labels.get(agreement[name], str(agreement[name]))
