from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, Words, for_each_service, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Servicio sin hallazgo", Severity.WARNING, needs=("nomenclatura", "diagnostico"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que, si el manual tiene la sección de diagnóstico, cada servicio activo o en piloto responda a un
    hallazgo: que alguno lo nombre entre lo que llevó a crear o a cambiar.

    Por qué importa
    Un servicio que no responde a nada que los clientes pidieran o que se les viera hacer se sostiene
    en lo que alguien supuso.

    Cómo se arregla
    Nombre el servicio en el hallazgo al que responde:

        - id: ha_mudanza_enero
          llevo_a:
            servicios:
              - traslado
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """A finding that each service answers to, once the company writes findings at all."""
    if "diagnostico" in manual.parts:
        yield from for_each_service(
            manual,
            "hallazgos",
            Importance.DETAIL,
            Words(
                "Un hallazgo al que responde «{service}»",
                "Ningún hallazgo del diagnóstico llevó al servicio «{service}».",
                "Nombre «{id}» en «llevo_a», «servicios», del hallazgo al que responde.",
            ),
        )
