from collections.abc import Iterator

from pauta.check.coverage import Requirement, must_say, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_DEMANDS = {
    "virtual": ("disponibilidad",),
    "proactivo": ("disparador", "calendario"),
    "reactivo": ("normas", "capacitaciones"),
}
"""What each medium and each initiative must have."""


@rule("Clase de servicio incompleta", Severity.ERROR, needs=("protocolos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada clase de servicio diga lo que su medio y su iniciativa exigen: lo virtual, a qué horas y
    con qué respaldo está disponible; lo proactivo, qué señal lo pone en marcha y cuándo se hace; lo
    reactivo, qué normas escritas aplica y qué capacitación tiene el equipo que contesta.

    Por qué importa
    Adelantarse sin una señal se vuelve molestar. Contestar sin normas ni capacitación se vuelve
    improvisar, y una página que no dice su horario promete de noche lo que se cumple de día.

    Cómo se arregla
    Agregue a la clase lo que le falta:

        - id: cs_virtual_proactivo
          medio: virtual
          iniciativa: proactivo
          disponibilidad: Los avisos salen a toda hora; las respuestas se leen en el horario de WhatsApp.
          disparador: Alarma de red
          calendario: 48 horas antes de un mantenimiento
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """What each kind of service demands."""
    for kind in manual.all("clases_servicio"):
        names, title = _demanded(manual, kind), manual.title(kind)
        if names:
            yield must_say(kind, names, f"A la clase de servicio «{title}»", f"Lo que exige la clase «{title}»")


def _demanded(manual: Manual, kind: Entity) -> list[str]:
    names = [*_DEMANDS.get(kind["medio"], ()), *_DEMANDS.get(kind["iniciativa"], ())]
    return [name for name in names if name != "capacitaciones" or manual.applies("cultura")]
