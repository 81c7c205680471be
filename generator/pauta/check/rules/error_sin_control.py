from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual, Part

_CONTROLS = ("prevencion", "deteccion", "correccion")


@rule("Error frecuente sin control", Severity.ERROR, needs=("protocolos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que los protocolos traten los ocho errores más comunes del servicio, y que cada error diga cómo
    se previene, cómo se detecta y cómo se corrige.

    Por qué importa
    Son errores conocidos: se repiten en casi todas las empresas. Prevenir sin detectar es confiar
    en la suerte, y detectar sin corregir es llevar la cuenta de los clientes que se van.

    Cómo se arregla
    Agregue el error que falta, o el control que le falta al error:

        errores:
          - id: er_indiferencia
            nombre: Atender sin interés
            error: indiferencia
            prevencion: Cada asesor llama a dos clientes suyos por semana.
            deteccion: La libreta pregunta si le interesó su caso.
            correccion: El supervisor escucha la llamada con el asesor ese mismo día.
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """Every kind of error, and the three controls of each error."""
    part = manual.parts.get("protocolos")
    if part and manual.applies("protocolos"):
        yield _every_kind(manual, part)
        for error in manual.all("errores"):
            yield _controls(manual, error)


def _every_kind(manual: Manual, part: Part) -> Requirement:
    field = manual.spine.collections["errores"][1].children["error"]
    errors = manual.entities.get("errores", {}).values()
    written = {error["error"] for error in errors if error.sound}
    lacking = [label for kind, label in field.labels.items() if kind not in written]
    tell = bool(lacking) and all(error.sound for error in errors)  # else one may be misspelt, told elsewhere
    return Requirement(
        "protocolos",
        "Los ocho errores frecuentes en los protocolos",
        not lacking,
        Importance.DETAIL,
        problem=Problem(
            part.at("errores", key=True),
            f"Ningún elemento de «{part.schema.root.children['errores'].title}» trata {listed(lacking)}.",
            "Agregue en «errores» uno por cada clase que falta, con su prevención, su detección y su corrección.",
        )
        if tell
        else None,
    )


def _controls(manual: Manual, error: Entity) -> Requirement:
    lacking = [name for name in _CONTROLS if name not in error.data]
    title = manual.title(error)
    return Requirement(
        "protocolos",
        f"Prevención, detección y corrección de «{title}»",
        not lacking,
        Importance.DETAIL,
        problem=Problem(
            error.at(),
            f"Al error «{title}» le falta {listed(error.field.children[name].title for name in lacking)}.",
            f"Agregue al error {listed(f'{name}:' for name in lacking)}.",
        )
        if lacking
        else None,
    )
