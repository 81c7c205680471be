from collections.abc import Iterator, Mapping

from pauta.check.coverage import Importance, Requirement, all_known, lines, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_DISSATISFIED = "cliente_insatisfecho"
_PIECES = ("transferencia", "seguimiento")
_FOLLOW_UP = ("responsable", "plazo")


@rule("Protocolo incompleto", Severity.ERROR, needs=("protocolos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que haya un protocolo para el cliente insatisfecho con sus seis pasos (calma, escucha, causa,
    empatía, transferencia y seguimiento) y que diga cómo se transfiere y cómo se le da seguimiento.
    En todo protocolo, la transferencia dice a quién se pasa el caso en cada canal por el que se
    atiende, y el seguimiento tiene responsable y plazo.

    Por qué importa
    El cliente molesto perdona una falla. No perdona contarla tres veces, ni que nadie lo llame
    después de que le dijeron que lo llamarían.

    Cómo se arregla
    Agregue el paso, el destino o el dato que falta:

        transferencia:
          destinos:
            - canal: correo
              rol: gestor_quejas
              como: Se responde en el mismo hilo, con copia al gestor.
        seguimiento:
          responsable: gestor_quejas
          plazo: 1 día hábil
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """A protocol for the dissatisfied, and what each protocol must say."""
    part = manual.parts.get("protocolos")
    if part is None or not manual.applies("protocolos"):
        return
    protocols = manual.entities.get("protocolos", {}).values()
    there = any(one.get("tipo") == _DISSATISFIED for one in protocols)
    yield _requirement(
        "Un protocolo para el cliente insatisfecho",
        None
        if there or not all(one.sound for one in protocols)  # else it may be misspelt, told elsewhere
        else Problem(
            part.at("protocolos", key=True),
            "Ningún protocolo es para el cliente insatisfecho.",
            f"Agregue uno con «tipo: {_DISSATISFIED}» y sus seis pasos.",
        ),
        met=there,
    )
    for protocol in manual.all("protocolos"):
        yield from _of_one(manual, protocol)


def _of_one(manual: Manual, protocol: Entity) -> Iterator[Requirement]:
    title = manual.title(protocol)
    if protocol["tipo"] == _DISSATISFIED:
        yield _requirement(f"Los seis pasos de «{title}»", _steps(manual, protocol))
        missing = [name for name in _PIECES if name not in protocol.data]
        yield _requirement(f"Transferencia y seguimiento en «{title}»", _lacks(protocol, title, missing))
    if "transferencia" in protocol.data:
        yield _requirement(f"A quién se transfiere en cada canal de «{title}»", _destinations(manual, protocol))
    if "seguimiento" in protocol.data:
        yield _requirement(f"Responsable y plazo del seguimiento de «{title}»", _follow_up(protocol, title))


def _requirement(text: str, problem: Problem | None, *, met: bool | None = None) -> Requirement:
    return Requirement("protocolos", text, problem is None if met is None else met, Importance.PROMISE, problem=problem)


def _steps(manual: Manual, protocol: Entity) -> Problem | None:
    labels: Mapping[str, str] = manual.spine.collections["pasos_protocolo"][1].children["paso"].labels
    there = {step.get("paso") for step in protocol["pasos"]}
    missing = [label for name, label in labels.items() if name not in there]
    if not missing:
        return None
    return Problem(
        protocol.at("pasos", key=True),
        f"Al protocolo «{manual.title(protocol)}» le falta el paso de {listed(missing)}.",
        "Agregue el paso y diga en «paso:» cuál de los seis es.",
    )


def _lacks(protocol: Entity, title: str, missing: list[str]) -> Problem | None:
    if not missing:
        return None
    names = listed(protocol.field.children[name].title for name in missing)
    return Problem(protocol.at(), f"Al protocolo «{title}» le falta {names}.", f"Agregue {lines(missing)}.")


def _destinations(manual: Manual, protocol: Entity) -> Problem | None:
    channels = protocol.get("canales") or [channel.id for channel in manual.all("canales")]
    there = {one["canal"] for one in protocol["transferencia"]["destinos"]}
    missing = [name for name in channels if name not in there]
    if not missing or not all_known(manual, "canales", {*channels, *there}):
        return None
    known = ((name, manual.find("canales", name)) for name in missing)
    names = listed(manual.title(channel) if channel else name for name, channel in known)
    return Problem(
        protocol.at("transferencia", "destinos", key=True),
        f"«{manual.title(protocol)}» no dice a quién se pasa el caso por {names}.",
        "Agregue en «destinos» uno por cada canal que falta"
        + ("." if "canales" in protocol.data else ", o diga en «canales» por cuáles se usa el protocolo."),
    )


def _follow_up(protocol: Entity, title: str) -> Problem | None:
    missing = [name for name in _FOLLOW_UP if name not in protocol["seguimiento"]]
    if not missing:
        return None
    children = protocol.field.children["seguimiento"].children
    return Problem(
        protocol.at("seguimiento", key=True),
        f"Al seguimiento de «{title}» le falta {listed(children[name].title for name in missing)}.",
        f"Agregue {lines(missing)}.",
    )
