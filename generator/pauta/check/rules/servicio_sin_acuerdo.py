from collections.abc import Iterator

from pauta.check.agreements import in_force
from pauta.check.coverage import listed
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual


@rule("Servicio sin acuerdo", Severity.ERROR, needs=("nomenclatura", "oferta", "canales", "ans"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada servicio activo o en piloto tenga un acuerdo de nivel de servicio vigente en cada canal
    de su oferta. Un acuerdo sin canales vale para todos; uno limitado a ciertos segmentos no cuenta,
    porque los demás clientes quedan fuera.

    Por qué importa
    Donde no hay acuerdo, el tiempo de espera lo decide la carga del día, y el cliente aprende qué
    canal conviene y cuál no.

    Cómo se arregla
    Agregue el servicio o el canal al acuerdo que corresponde, o escriba uno nuevo:

        - id: ans_redes
          servicios:
            - soporte_tecnico
          canales:
            - redes_sociales
    """
    agreements = manual.entities.get("acuerdos", {}).values()
    if agreements and all(agreement.sound for agreement in agreements):  # else it may be the one that is missed
        covering = [agreement for agreement in agreements if in_force(manual, agreement)]
        covered = _covered(agreement for agreement in covering if "segmentos" not in agreement.data)
        for service in manual.services():
            yield from _uncovered(manual, service, covered.get(service.id))


def _covered(agreements: Iterator[Entity]) -> dict[str, set[str | None]]:
    """Service -> the channels in which it has an agreement; None among them stands for all."""
    covered: dict[str, set[str | None]] = {}
    for agreement in agreements:
        for service in agreement["servicios"]:
            covered.setdefault(service, set()).update(agreement.get("canales", (None,)))
    return covered


def _uncovered(manual: Manual, service: Entity, channels: set[str | None] | None) -> Iterator[Problem]:
    if channels is None:
        yield Problem(
            service.at(),
            f"El servicio «{manual.title(service)}» no tiene ningún acuerdo de nivel de servicio vigente.",
            f"Agregue «{service.id}» a la lista «servicios» de un acuerdo, o escriba uno nuevo.",
        )
        return
    offer = manual.find("ofertas", service.id)
    if offer and offer.sound and None not in channels:
        missing = [name for name in offer.get("canales", ()) if name not in channels]
        if missing:
            titles = listed(
                manual.title(found) if (found := manual.find("canales", name)) else name for name in missing
            )
            yield Problem(
                offer.at("canales", key=True),
                f"El servicio «{manual.title(service)}» se ofrece en {titles} sin un acuerdo vigente.",
                f"Agregue {listed(missing)} a los «canales» de un acuerdo del servicio, o escriba uno nuevo.",
            )
