from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, Words, for_each_service, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Servicio sin oferta", Severity.ERROR, needs=("nomenclatura", "oferta"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada servicio activo o en piloto tenga su oferta: qué incluye, qué no, para quién, cuándo,
    dónde y en cuánto tiempo.

    Por qué importa
    Sin oferta escrita, cada empleado promete algo distinto.

    Cómo se arregla
    Agregue la oferta del servicio en la sección «Oferta de cada servicio», o márquelo como
    retirado si ya no se presta.
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The offer of each service."""
    return for_each_service(
        manual,
        "ofertas",
        Importance.PROMISE,
        Words(
            "Oferta de «{service}»",
            "El servicio «{service}» no tiene oferta.",
            "Agregue en «ofertas» un elemento con «servicio: {id}», o cambie su estado a retirado.",
        ),
    )
