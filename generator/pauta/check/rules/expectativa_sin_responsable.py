from collections.abc import Iterator

from pauta.check.coverage import Requirement, must_say, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Expectativa sin responsable", Severity.ERROR, needs=("clientes",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada expectativa de los clientes, de hoy o prevista, tenga un rol que responde por ella y una
    fecha en que se vuelve a mirar.

    Por qué importa
    Lo que el cliente espera cambia solo. Sin alguien que lo siga, el manual responde a lo que se
    esperaba hace dos años.

    Cómo se arregla
    Agregue a la expectativa lo que le falta:

        - id: ex_familia_clases
          responsable: especialista_soporte
          revisar_el: 2027-01-31
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """An owner and a day for each expectation."""
    for expectation in manual.all("expectativas"):
        title = manual.title(expectation)
        yield must_say(
            expectation,
            ("responsable", "revisar_el"),
            f"A la expectativa «{title}»",
            f"Responsable y fecha de la expectativa «{title}»",
        )
