from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual


@rule("Servicio sin la opinión del cliente", Severity.ERROR, needs=("nomenclatura", "indicadores"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada servicio activo o en piloto tenga al menos un indicador de percepción, que mide lo que
    el cliente opina y no lo que la empresa cuenta.

    Por qué importa
    La calidad la juzga el cliente. Un servicio puede cumplir todos sus tiempos y perder a quien lo
    recibe.

    Cómo se arregla
    Agregue el servicio a un indicador de percepción, o escriba uno:

        - id: satisfaccion_cliente
          tipo: percepcion
          servicios:
            - instalacion
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """An indicator of what customers think for each service."""
    if manual.applies("indicadores"):
        for service in manual.services():
            measuring = _indicators(manual, service)
            met = any(indicator.get("tipo") == "percepcion" for indicator in measuring)
            # that a service has no indicator at all, or a misspelt one, is told elsewhere
            tell = bool(measuring) and all(indicator.sound for indicator in measuring)
            title = manual.title(service)
            yield Requirement(
                "indicadores",
                f"Lo que el cliente opina de «{title}»",
                met,
                Importance.MEANS,
                service.id,
                _unheard(service, title) if tell and not met else None,
            )


def _indicators(manual: Manual, service: Entity) -> list[Entity]:
    sources = (reference.source for reference in manual.to(service))
    return [source for source in sources if source and source.collection == "indicadores"]


def _unheard(service: Entity, title: str) -> Problem:
    return Problem(
        service.at(),
        f"Ningún indicador mide lo que el cliente opina de «{title}».",
        f"Agregue «{service.id}» a la lista «servicios» de un indicador con «tipo: percepcion», o escriba uno.",
    )
