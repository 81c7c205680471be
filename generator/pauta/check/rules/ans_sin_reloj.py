from collections.abc import Iterator, Mapping

from pauta.check.rule import Problem, rule
from pauta.check.rules.ans_orden import time
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import Duration, Unit

_SHORT = frozenset({Unit.SECOND, Unit.MINUTE, Unit.HOUR})
_OPENING = frozenset({"horario_habil", "horario_canal"})
_BY_A_PERSON = frozenset({"espera", "primera_respuesta"})
"""What only a person does. The receipt of a message may be acknowledged without anyone."""

_WEEK = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
_DAY = 24 * 60


@rule("Acuerdo sin reloj", Severity.ERROR, needs=("ans", "canales", "oferta"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que un acuerdo en segundos, minutos u horas diga qué horas cuentan, y que se pueda cumplir con
    ellas: si cuentan las horas de atención, sus canales atienden algún día; si cuentan todas, el
    tiempo no está en horas hábiles, y alcanza para esperar a que el canal abra cuando tiene que
    contestar una persona.

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
        elif clock in _OPENING:
            yield from _never_open(manual, agreement)
        elif clock == "continuo":
            yield from _day_and_night(manual, agreement, value)


def _never_open(manual: Manual, agreement: Entity) -> Iterator[Problem]:
    """Channels in whose hours the time would never begin to count."""
    for position, name in enumerate(agreement.get("canales", ())):
        if _closed(manual, name):
            yield Problem(
                agreement.at("canales", position),
                f"«{manual.title(agreement)}» cuenta horas de atención, y «{_title(manual, name)}» no atiende ningún día.",
                "Quite el canal del acuerdo, o corrija su horario en «Canales».",
            )
    if "canales" not in agreement.data:
        offers = (manual.find("ofertas", service) for service in agreement["servicios"])
        names = {name for offer in offers if offer and offer.sound for name in offer.get("canales", ())}
        if names and all(_closed(manual, name) for name in names):
            yield Problem(
                agreement.at("reloj"),
                f"«{manual.title(agreement)}» cuenta horas de atención, y ningún canal de sus servicios atiende.",
                "Corrija el horario de los canales, o use otro reloj.",
            )


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
        closed = Duration(_longest_closure(channel["horario"]), Unit.MINUTE) if channel and channel.sound else None
        if closed and value < closed:
            yield Problem(
                agreement.at("canales", position),
                f"«{manual.title(agreement)}» promete {value} a toda hora, y «{_title(manual, name)}» cierra hasta "
                f"{closed.amount // 60} horas seguidas.",
                "Use el reloj horario_canal, o un tiempo que alcance hasta que el canal abra.",
            )


def _closed(manual: Manual, name: str) -> bool:
    channel = manual.find("canales", name)
    return bool(channel and channel.sound and all(hours == "cerrado" for hours in channel["horario"].values()))


def _title(manual: Manual, name: str) -> str:
    channel = manual.find("canales", name)
    return manual.title(channel) if channel else name


def _longest_closure(hours: Mapping[str, str]) -> int:
    """The most minutes in a row in a week without holidays that nobody attends; a week if nobody ever does."""
    spans = sorted(span for position, day in enumerate(_WEEK) for span in _spans(hours[day], position * _DAY))
    if not spans:
        return len(_WEEK) * _DAY
    longest, reached = 0, max(end for _, end in spans) - len(_WEEK) * _DAY
    for start, end in spans:
        longest, reached = max(longest, start - reached), max(reached, end)
    return longest


def _spans(hours: str, start: int) -> Iterator[tuple[int, int]]:
    """From which to which minute of the week a day's hours go."""
    if hours == "24 horas":
        yield start, start + _DAY
    elif hours != "cerrado":
        for span in hours.split(", "):
            opens, closes = (int(end[:2]) * 60 + int(end[3:]) for end in span.split("-"))
            yield start + opens, start + (closes if opens < closes else closes + _DAY)
