from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, all_known, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual


@rule("Servicio sin valor posterior", Severity.WARNING, needs=("nomenclatura", "estrategia"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que, si la estrategia dice qué valor agregado recibe el cliente, cada servicio activo o en piloto
    tenga al menos un beneficio después de prestado.

    Por qué importa
    El trato amable de la venta lo dan todos. Lo que hace que el cliente vuelva es lo que recibe
    cuando ya pagó.

    Cómo se arregla
    Agregue el servicio a un beneficio de la fase «después», o escriba uno:

        valor_agregado:
          beneficios:
            - nombre: Llamada a los dos días para saber si todo funciona
              servicios:
                - instalacion
              fase: despues
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """A benefit after each service, once the strategy lists benefits."""
    part = manual.parts.get("estrategia")
    benefits = part.data.get("elementos", {}).get("valor_agregado", {}).get("beneficios") if part else None
    if benefits:
        served = {name for benefit in benefits if benefit["fase"] == "despues" for name in benefit["servicios"]}
        tell = all_known(manual, "servicios", served)
        for service in manual.services():
            title, met = manual.title(service), service.id in served
            yield Requirement(
                "estrategia",
                f"Un beneficio para después de «{title}»",
                met,
                Importance.DETAIL,
                service.id,
                None if met or not tell else _nothing_after(service, title),
            )


def _nothing_after(service: Entity, title: str) -> Problem:
    return Problem(
        service.at(),
        f"Ningún beneficio de la estrategia llega al cliente después de «{title}».",
        f"Agregue «{service.id}» a un beneficio de la estrategia con «fase: despues», o escriba uno.",
    )
