from collections.abc import Iterator

from pauta.check.agreements import time
from pauta.check.hours import longest_closure, never_opens
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import Duration, Unit

_SHORT = frozenset({Unit.SECOND, Unit.MINUTE, Unit.HOUR})
_BY_A_PERSON = frozenset({"espera", "primera_respuesta"})
"""What only a person does. The receipt of a message may be acknowledged without anyone."""


@rule("Acuerdo sin reloj", Severity.ERROR, needs=("ans", "canales"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que un acuerdo en segundos, minutos u horas diga qué horas cuentan, y que se pueda cumplir con
    ellas: si cuentan todas, el tiempo no está en horas hábiles, y alcanza para esperar a que el
    canal abra cuando tiene que contestar una persona.

    Por qué importa
    Cuatro horas pueden vencer hoy a las seis de la tarde o mañana a media mañana. Si cada quien
    cuenta a su manera, el cliente y la empresa se sienten engañados los dos.

    Cómo se arregla
    Escriba el reloj del acuerdo:

        valor: 10 minutos
        reloj: horario_canal
    """
    for agreement in manual.all("acuerdos"):
        clock, value = agreement.get("reloj"), time(agreement)
        if clock is None and value.unit in _SHORT:
            yield Problem(
                agreement.at("valor"),
                f"El acuerdo «{manual.title(agreement)}» promete {value} y no dice qué horas cuentan.",
                "Agregue «reloj:» con horario_habil, horario_canal o continuo.",
            )
        elif clock == "continuo":
            yield from _day_and_night(manual, agreement, value)


def _day_and_night(manual: Manual, agreement: Entity, value: Duration) -> Iterator[Problem]:
    if value.business:
        yield Problem(
            agreement.at("reloj"),
            f"El acuerdo «{manual.title(agreement)}» promete {value}, que son de trabajo, y su reloj no se detiene.",
            "Use el reloj horario_habil, o escriba el tiempo sin la palabra hábil.",
        )
    elif value.unit in _SHORT and agreement["metrica"] in _BY_A_PERSON:
        yield from _closes_too_long(manual, agreement, value)


def _closes_too_long(manual: Manual, agreement: Entity, value: Duration) -> Iterator[Problem]:
    for position, name in enumerate(agreement.get("canales", ())):
        channel = manual.find("canales", name)
        if channel is None or not channel.sound or never_opens(channel["horario"]):  # told elsewhere
            continue
        closed = Duration(longest_closure(channel["horario"]), Unit.MINUTE)
        if value < closed:
            yield Problem(
                agreement.at("canales", position),
                f"«{manual.title(agreement)}» promete {value} a toda hora, y «{manual.title(channel)}» cierra hasta "
                f"{closed.amount // 60} horas seguidas.",
                "Use el reloj horario_canal, o un tiempo que alcance hasta que el canal abra.",
            )
