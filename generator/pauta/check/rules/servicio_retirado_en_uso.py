from collections.abc import Iterator

from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_HOME = "nomenclatura"


@rule("Servicio retirado en uso", Severity.ERROR, needs=(_HOME,))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que ninguna sección, fuera de la nomenclatura, nombre un servicio retirado: ni su oferta, ni un
    indicador, ni un recurso, ni una alianza.

    Por qué importa
    Lo que el manual todavía nombra se sigue ofreciendo, midiendo y pagando, aunque ya no exista.

    Cómo se arregla
    Quite el nombre de donde se usa, o cámbielo por el servicio que lo reemplaza. Si el servicio se
    presta otra vez, cambie su estado en la nomenclatura:

        - id: internet_inalambrico
          estado: activo
    """
    for service in manual.all("servicios"):
        if service["estado"] == "retirado":
            for reference in manual.to(service):
                if reference.section != _HOME:
                    yield Problem(
                        reference.location,
                        f"«{reference.field.title}» nombra a «{manual.title(service)}», un servicio retirado.",
                        _mend(manual, service),
                    )


def _mend(manual: Manual, service: Entity) -> str:
    successor = manual.find("servicios", service.get("reemplazado_por", ""))
    if successor is None:
        return "Quítelo de aquí; si se ofrece otra vez, cambie su estado en la nomenclatura."
    return f"Quítelo, o cámbielo por «{successor.id}» ({manual.title(successor)}), que lo reemplaza."
