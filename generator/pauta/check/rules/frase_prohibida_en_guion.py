import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from pauta.check.rule import Problem, rule
from pauta.check.texts import BETWEEN, bare, together
from pauta.findings import Severity
from pauta.load import Path_
from pauta.model import Entity, Manual, Part

_SAID: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("mensajes", ("contenido",)),
    ("etapas_queja", ("dice",)),
    ("pasos_protocolo", ("frases_si",)),
    ("protocolos", ("transferencia", "frase")),
    ("tipos_cliente", ("frases",)),
    ("datos_cliente", ("consentimiento",)),
)
"""Where the words that reach a customer stand in the entities of each collection."""

_SAID_OF_COMPLAINTS: tuple[tuple[str, ...], ...] = (
    ("manejo", "acuse", "plantilla"),
    ("manejo", "comunicacion_decision", "plantilla"),
    ("satisfaccion_proceso", "preguntas"),
)
_NOT_A_LETTER = bytes(set(range(256)) - set(b"abcdefghijklmnopqrstuvwxyz0123456789" + BETWEEN))
_FILLED_IN = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(rf"{_FILLED_IN.pattern}|[^\W_]+")


class _Script(NamedTuple):
    """Words for a customer, and where they are written."""

    text: str
    holder: Entity | Part
    path: Path_


@rule("Frase prohibida en un guion", Severity.ERROR, needs=("protocolos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que ninguna de las frases prohibidas aparezca en lo que el manual manda decir o escribir al
    cliente: el contenido de los mensajes, los guiones y las plantillas de quejas, las frases de los
    protocolos y de los tipos de cliente, y la manera de pedir los datos. No cuentan las mayúsculas,
    los acentos, los signos ni los espacios; sí que las palabras estén enteras. Lo que el manual
    pone como ejemplo de lo que no se dice puede llevarlas.

    Por qué importa
    El empleado repite lo que tiene escrito enfrente. Si el guion dice lo que el protocolo prohíbe,
    haga lo que haga incumple una de las dos cosas.

    Cómo se arregla
    Cambie el guion por lo que se dice en su lugar. Para la frase prohibida «No se puede»:

        contenido: Lo que sí puedo hacer hoy es mover su visita al jueves.
    """
    part = manual.parts.get("protocolos")
    forbidden = {_folded(entry["frase"]): entry for entry in part.data.get("frases_prohibidas", ())} if part else {}
    forbidden.pop("  ", None)  # a phrase of nothing but signs is in every text
    for script in _suspects(manual, forbidden) if forbidden else ():
        words = _folded(script.text)
        for phrase, entry in forbidden.items():
            if phrase in words:
                yield Problem(
                    script.holder.at(*script.path),
                    f"Lo que se le dice al cliente lleva la frase prohibida «{entry['frase']}». {entry['motivo']}",
                    f"Dígalo de otra manera. El protocolo propone: «{entry['en_su_lugar']}»",
                )


def _suspects(manual: Manual, forbidden: Collection[str]) -> Iterator[_Script]:
    """The scripts with the letters of a forbidden phrase in a row: few, and found much faster than its words."""
    scripts = list(_scripts(manual))
    letters = (
        together([_FILLED_IN.sub("", script.text) for script in scripts]).translate(None, _NOT_A_LETTER).split(BETWEEN)
    )
    wanted = [phrase.encode("ascii").translate(None, _NOT_A_LETTER) for phrase in forbidden]
    for script, written in zip(scripts, letters, strict=True):
        if any(each in written for each in wanted):
            yield script


def _scripts(manual: Manual) -> Iterator[_Script]:
    for collection, path in _SAID:
        for entity in manual.all(collection):
            yield from _under(entity, entity.data, path)
    complaints = manual.parts.get("quejas")
    if complaints and complaints.sound:
        for path in _SAID_OF_COMPLAINTS:
            yield from _under(complaints, complaints.data, path)


def _under(holder: Entity | Part, value: object, path: Path_) -> Iterator[_Script]:
    """The text at a path, or each of a list."""
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    if isinstance(value, str):
        yield _Script(value, holder, path)
    elif isinstance(value, list):
        yield from (_Script(text, holder, (*path, position)) for position, text in enumerate(value))


def _folded(text: str) -> str:
    """The words of a text in plain letters, with a space around each; what is filled in later is no word."""
    words = ("{}" if word.startswith("{") else word for word in _WORD.findall(text))
    return f" {bare(' '.join(words)).decode()} "
