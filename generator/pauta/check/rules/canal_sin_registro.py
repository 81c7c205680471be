from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, all_known, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Manual


@rule("Canal sin registro en el CRM", Severity.ERROR, needs=("canales", "fidelizacion"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que, si el manual dice cómo se usa el CRM, diga cómo se registra en él lo que entra por cada
    canal.

    Por qué importa
    Lo que entra por un canal que nadie registra no existe para el siguiente que atiende, y el
    cliente tiene que contarlo todo otra vez.

    Cómo se arregla
    Agregue en «por_canal» el canal que falta:

        crm:
          por_canal:
            - canal: correo
              como: El remitente abre o continúa un caso.
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """How each channel is recorded, in one requirement for all of them."""
    part = manual.parts.get("fidelizacion")
    crm = part.data.get("crm") if part else None
    if part and crm:
        written = {entry["canal"] for entry in crm.get("por_canal", ())}
        missing = [manual.title(channel) for channel in manual.all("canales") if channel.id not in written]
        yield Requirement(
            "fidelizacion",
            "Cómo se registra cada canal en el CRM",
            not missing,
            Importance.DETAIL,
            problem=Problem(
                part.at("crm", "por_canal", key=True),
                f"El manual no dice cómo se registra en el CRM lo que entra por {listed(missing)}.",
                "Agregue en «por_canal:» uno por cada canal que falta, con la manera en que se anota.",
            )
            if missing and all_known(manual, "canales", written)
            else None,
        )
