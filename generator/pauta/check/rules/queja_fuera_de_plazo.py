from collections.abc import Iterator

from pauta.calculate import complaints
from pauta.check.calculations import failing
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual
from pauta.quantities import Duration, Unit, parse_duration


@rule("Queja fuera de plazo", Severity.ERROR, needs=("quejas",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que el plazo en que se responde cada gravedad quepa en el plazo máximo para responder una queja,
    que también quepan en él, uno tras otro, el acuse, la investigación y la comunicación de lo
    decidido, y que el máximo quepa en el plazo de referencia de la vía externa, si el manual lo
    cita. Se comparan plazos del mismo reloj; de los demás solo se sabe que unos días hábiles no
    caben en menos días calendario. Que un plazo quepa no quiere decir que se cumpla la ley: eso lo
    dice quien la conoce.

    Por qué importa
    El cliente que espera más de lo publicado, o más de lo que le dicen afuera, ya no vuelve a
    quejarse con la empresa.

    Cómo se arregla
    Baje el plazo hasta el que lo limita:

        manejo:
          plazo_maximo: 5 días hábiles
        via_externa:
          plazo_referencia: 8 días hábiles
    """
    yield from failing(complaints.chain(manual))
    part = manual.parts.get("quejas")
    if part is None or "manejo" not in part.data:
        return
    said = part.data["manejo"]["plazo_maximo"]
    reference = part.data.get("via_externa", {}).get("plazo_referencia")
    if reference and _longer(parse_duration(said), parse_duration(reference)):
        yield Problem(
            part.at("manejo", "plazo_maximo"),
            f"El plazo máximo para responder una queja, {said}, no cabe en el plazo de referencia que el manual cita: "
            f"{reference}.",
            "Publique un plazo que quepa en el de referencia, o corrija este si no es el que rige.",
        )
    for severity in manual.all("gravedades"):
        if _longer(parse_duration(severity["plazo_respuesta"]), parse_duration(said)):
            yield Problem(
                severity.at("plazo_respuesta"),
                f"Una queja «{manual.title(severity)}» se responde en {severity['plazo_respuesta']}, y el plazo máximo "
                f"de cualquier queja es {said}.",
                "Baje este plazo, o suba el máximo si es el que está mal.",
            )


def _longer(term: Duration, limit: Duration) -> bool:
    """Whether a term does not fit in its limit; False when nobody can tell."""
    if term.same_clock(limit):
        return limit < term
    in_days = term.unit is limit.unit is Unit.DAY
    return in_days and term.business and term.amount > limit.amount  # each working day takes a day, or more
