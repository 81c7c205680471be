from collections.abc import Iterator

from pauta.check.coverage import Requirement, must_say, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Ciclo sin validar con clientes", Severity.WARNING, needs=("momentos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada ciclo del servicio diga cuándo, con cuántos clientes y cómo se comprobó que así lo
    viven.

    Por qué importa
    Un ciclo dibujado en una oficina es el de la empresa. El cliente pasa por momentos que nadie de
    adentro ve, y son los que cuenta.

    Cómo se arregla
    Recorra el ciclo con clientes y anótelo:

        validacion:
          fecha: 2026-08-20
          clientes: 14
          metodo: Acompañamiento de seis instalaciones y ocho entrevistas en casa
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """What customers said of each cycle."""
    for cycle in manual.all("ciclos"):
        title = manual.title(cycle)
        yield must_say(cycle, ("validacion",), f"Al ciclo «{title}»", f"Ciclo «{title}» validado con clientes")
