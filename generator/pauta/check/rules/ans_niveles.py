from collections.abc import Iterator

from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_HIGHEST = "corporativo"


@rule("Niveles de los acuerdos", Severity.ERROR, needs=("ans",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada acuerdo multinivel, y cada uno que afina a otro, diga su nivel: corporativo,
    departamental o de cliente. Los dos de abajo dicen qué acuerdo afinan, y este es de un nivel más
    alto.

    Por qué importa
    El compromiso de la empresa llega al cliente de nivel en nivel. Si falta un eslabón, lo que
    promete la dirección no obliga a nadie, o dos acuerdos se señalan el uno al otro.

    Cómo se arregla
    Escriba el nivel y el acuerdo de arriba:

        - id: ans_correo
          tipo: multinivel
          nivel: cliente
          superior: ans_dep_atencion
    """
    for agreement in manual.all("acuerdos"):
        if "nivel" in agreement.data:
            yield from _place(manual, agreement)
        elif agreement["tipo"] == "multinivel" or "superior" in agreement.data:
            yield Problem(
                agreement.at("superior" if "superior" in agreement.data else "tipo"),
                f"El acuerdo «{manual.title(agreement)}» es parte de varios niveles y no dice cuál es el suyo.",
                "Agregue «nivel:» con corporativo, departamental o cliente.",
            )


def _place(manual: Manual, agreement: Entity) -> Iterator[Problem]:
    """The place of an agreement under another of a higher level."""
    labels, level = agreement.field.children["nivel"].labels, agreement["nivel"]
    title = manual.title(agreement)
    if "superior" not in agreement.data:
        if level != _HIGHEST and agreement["tipo"] == "multinivel":
            yield Problem(
                agreement.at("nivel"),
                f"El acuerdo «{title}», de nivel {labels[level].lower()}, no dice qué acuerdo afina.",
                "Agregue «superior:» con el identificador del acuerdo del nivel de arriba.",
            )
        return
    upper, ranks = manual.find("acuerdos", agreement["superior"]), list(labels)
    if upper and upper.sound and "nivel" in upper.data and ranks.index(upper["nivel"]) >= ranks.index(level):
        yield Problem(
            agreement.at("superior"),
            f"El acuerdo «{title}», de nivel {labels[level].lower()}, tiene por superior a «{manual.title(upper)}», "
            f"de nivel {labels[upper['nivel']].lower()}, que no está por encima.",
            "Señale un acuerdo de un nivel más alto, o corrija el nivel de uno de los dos.",
        )
