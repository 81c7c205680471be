from collections.abc import Iterator

from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual
from pauta.nearest import nearest


@rule("Referencia rota", Severity.ERROR)
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada nombre que señala a otra parte del manual (un servicio, un rol, un canal, un
    indicador…) exista en su sección.

    Por qué importa
    Un nombre que no existe es una promesa sin dueño: nadie la atiende, y en el sitio no hay
    página a la que llegar.

    Cómo se arregla
    Corrija el nombre, o agregue a su sección el elemento que falta. Si el elemento se retiró,
    quite el nombre de donde se usa.
    """
    for reference in manual.references:
        if manual.find(reference.collection, reference.target):
            continue
        home, field = manual.spine.collections[reference.collection]
        missing_section = home.required and home.name not in manual.parts  # a finding of its own
        if missing_section or not manual.sound(home.name):
            continue
        if not manual.applies(home.name):
            yield Problem(
                reference.location,
                f"«{reference.field.title}» nombra a «{reference.target}», pero la sección «{home.title}» se declaró como que no aplica.",
                "Quite el nombre, o escriba la sección.",
            )
            continue
        known = manual.entities.get(reference.collection, {})
        guess = nearest(reference.target, known) or _by_title(manual, reference.target, reference.collection)
        yield Problem(
            reference.location,
            f"«{reference.field.title}» nombra a «{reference.target}», que no existe en «{home.title}».",
            f"¿Quiso decir «{guess}» ({manual.title(known[guess])})?"
            if guess
            else f"Agregue «{reference.target}» en la sección «{home.title}» ({field.title}), o corrija el nombre.",
        )


def _by_title(manual: Manual, name: str, collection: str) -> str | None:
    titles = {manual.title(entity): entity.id for entity in manual.entities.get(collection, {}).values()}
    guess = nearest(name, titles)
    return titles[guess] if guess else None
