import re
from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual, Part

_GROUPS = {
    "elementos": ("valor_agregado", "componentes", "segmentos_objetivo", "puntos_contacto", "auditoria"),
    "criterios": ("no_trivial", "mision", "premisa_beneficio", "simple"),
}
"""The five elements that a strategy has and the four criteria that it meets."""


@rule("Estrategia de servicio incompleta", Severity.ERROR, needs=("estrategia",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que la estrategia de servicio desarrolle sus cinco elementos (valor agregado, componentes,
    segmentos objetivo, puntos de contacto y auditoría) y cumpla los cuatro criterios (es más que un
    lema, lleva una misión, parte de un beneficio y es simple), cada uno con su evidencia. También,
    que su frase no sea solo un lema: la respalda una promesa, un número, un segmento o un beneficio.
    Si el manual tiene el diagnóstico, la estrategia nombra los hallazgos de los que parte.

    Por qué importa
    «El cliente es primero» lo dice cualquiera y no decide nada. Una estrategia se reconoce en que
    dice para quién es, qué gana esa persona y con qué se prueba.

    Cómo se arregla
    Escriba el elemento o el criterio que falta, con la prueba de que se cumple:

        criterios:
          simple:
            como: Diez personas de tres áreas la explicaron sin leerla.
            evidencia: Prueba del 3 de noviembre

    Para que la frase deje de ser un lema, escriba la promesa o el beneficio que la sostiene:

        beneficio: Un internet del que no hay que acordarse
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """What holds up the phrase, the five elements and the four criteria."""
    part = manual.parts.get("estrategia")
    if part and manual.applies("estrategia"):
        yield _more_than_a_slogan(part)
        if manual.entities.get("hallazgos"):
            yield _grounded(part)
        for group, names in _GROUPS.items():
            for name in names:
                yield _piece(part, group, name)


def _piece(part: Part, group: str, name: str) -> Requirement:
    field = part.schema.root.children[group].children[name]
    written = part.data.get(group, {}).get(name)
    met = bool(written and "evidencia" in written)
    one = f"«{field.title}», de «{part.schema.root.children[group].title}»,"
    message, mend = (
        (f"{one} no dice con qué se prueba.", f"Agregue «evidencia:» en «{name}».")
        if written
        else (
            f"A la estrategia de servicio le falta {one.rstrip(',')}.",
            f"Agregue «{name}:» en «{group}», con su «evidencia:».",
        )
    )
    return Requirement(
        "estrategia",
        f"«{field.title}» en la estrategia, con su evidencia",
        met,
        Importance.DETAIL,
        problem=None if met else Problem(part.at(group, name, key=True), message, mend),
    )


def _grounded(part: Part) -> Requirement:
    met = "hallazgos" in part.data
    return Requirement(
        "estrategia",
        "Los hallazgos de los que parte la estrategia",
        met,
        Importance.DETAIL,
        problem=None
        if met
        else Problem(
            part.at(),
            "La estrategia de servicio no dice de qué hallazgos del diagnóstico parte.",
            "Agregue «hallazgos:» con los que muestran que al cliente le importa ese beneficio.",
        ),
    )


def _more_than_a_slogan(part: Part) -> Requirement:
    phrase, elements = part.data["frase"], part.data.get("elementos", {})
    met = bool(
        part.data.get("promesas")
        or part.data.get("beneficio")
        or elements.get("valor_agregado", {}).get("beneficios")
        or elements.get("segmentos_objetivo", {}).get("segmentos")
        or re.search(r"\d", phrase)
    )
    return Requirement(
        "estrategia",
        "Una frase de la estrategia que sea más que un lema",
        met,
        Importance.PROMISE,
        problem=None
        if met
        else Problem(
            part.at("frase"),
            f"La frase «{phrase}» es solo un lema: no la respalda ninguna promesa, número, segmento ni beneficio.",
            "Escriba en «promesas:» lo que el cliente puede exigir, en «beneficio:» lo que gana, o en los elementos "
            "los segmentos a los que va dirigida.",
        ),
    )
