from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_ASKED = ("finalidad", "retencion")


@rule("Dato personal sin propósito", Severity.ERROR, needs=("fidelizacion",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada dato que se guarda de los clientes diga para qué se usa y cuánto tiempo se conserva.

    Por qué importa
    Un dato sin propósito se junta «por si acaso», se usa para lo que el cliente no aceptó y, si se
    pierde, el daño es suyo y la responsabilidad de la empresa.

    Cómo se arregla
    Escriba para qué sirve y hasta cuándo se guarda, o deje de pedirlo:

        - id: dc_telefono
          finalidad: Avisar de la visita y de las fallas en la zona
          retencion: 2 años
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """A purpose and an end for each personal datum."""
    for datum in manual.all("datos_cliente"):
        missing = [name for name in _ASKED if name not in datum.data]
        yield Requirement(
            datum.section,
            f"Propósito y conservación de «{manual.title(datum)}»",
            not missing,
            Importance.DETAIL,
            problem=_missing(manual, datum, missing) if missing else None,
        )


def _missing(manual: Manual, datum: Entity, names: list[str]) -> Problem:
    titles = listed(datum.field.children[name].title for name in names)
    return Problem(
        datum.at(),
        f"Al dato «{manual.title(datum)}», que se guarda de los clientes, le falta {titles}.",
        f"Agregue {listed(f'{name}:' for name in names)}, o quite el dato y deje de pedirlo.",
    )
