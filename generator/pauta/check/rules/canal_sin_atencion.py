from collections.abc import Iterator

from pauta.check.coverage import listed
from pauta.check.hours import never_opens
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_OFFERING = ("ofertas", "acuerdos")


@rule("Canal sin atención", Severity.ERROR, needs=("canales",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que ningún canal por el que se ofrece un servicio, o que nombra un acuerdo de nivel de servicio,
    esté cerrado todos los días de la semana y los feriados.

    Por qué importa
    El cliente escribe a donde le dijeron que escribiera. Un canal que nadie abre es una puerta
    pintada en la pared: la empresa no se entera de que alguien la tocó.

    Cómo se arregla
    Escriba el horario en que de verdad se atiende, o quite el canal de las ofertas y los acuerdos:

        horario:
          lunes: 08:00-17:00
    """
    for channel in manual.all("canales"):
        if never_opens(channel["horario"]):
            naming = _naming(manual, channel)
            if naming:
                yield Problem(
                    channel.at("horario", key=True),
                    f"El canal «{manual.title(channel)}» no atiende ningún día, y se ofrece en {listed(naming)}.",
                    "Escriba a qué horas atiende, o quítelo de donde se ofrece.",
                )


def _naming(manual: Manual, channel: Entity) -> list[str]:
    """The titles of what offers the channel to customers."""
    sources = (reference.source for reference in manual.to(channel))
    return list(dict.fromkeys(manual.title(one) for one in sources if one and one.collection in _OFFERING))
