from array import array
from collections.abc import Container, Iterator
from itertools import pairwise

from pauta.check.rule import Problem, rule
from pauta.check.texts import BETWEEN, File, Prose, files, prose
from pauta.findings import Severity
from pauta.load import Path_
from pauta.model import Manual

_SHORTEST = 40
"""Letters. Shorter texts, such as names and brief steps, repeat with good reason."""

_MAY_REPEAT = frozenset(
    {"condiciones", "nombre", "publico_objetivo", "requisitos_del_cliente", "turno", "zonas"}  # shared by services
    | {"base", "evidencia", "fuente", "registro", "ubicacion"}  # where a figure comes from, or a thing is kept
)
"""Fields that state a fact which several elements may share. There is nowhere else to write it once."""

_DIGITS = b"0123456789"
_NOT_IN_A_KEY = bytes(set(range(256)) - set(b"abcdefghijklmnopqrstuvwxyz" + _DIGITS + BETWEEN))


@rule("Texto repetido", Severity.ERROR)
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que un mismo texto de 40 letras o más no esté en dos campos, aunque cambien las mayúsculas, los
    acentos, los signos o los espacios.

    Dos elementos sí pueden decir lo mismo en un campo que da un dato compartido: el nombre de un
    paso o de un punto de verificación, el público, las zonas, los requisitos y las condiciones de
    dos servicios, un turno, o de dónde sale y dónde queda algo (fuente, base, registro, evidencia,
    ubicación).

    Por qué importa
    Lo que está en dos lugares se corrige en uno y queda viejo en el otro. Muchas veces, además, la
    copia es un campo que se llenó para salir del paso.

    Cómo se arregla
    Deje el texto donde corresponde y escriba en el otro campo lo que le es propio. En lugar de
    repetir la definición del servicio en su beneficio, diga qué gana el cliente:

        beneficio: Tiene internet probado en todos los cuartos el mismo día de la visita.
    """
    suspects = _suspects(manual)
    if not suspects:
        return
    first: dict[bytes, Prose] = {}
    taken = {(again.document.path, again.path) for again, _ in manual.repeated}
    for text, key in _keyed(manual, suspects):
        if not _inside(text, taken):
            original = first.setdefault(key, text)
            if original is not text and not _may_repeat(text, original):
                yield Problem(
                    text.location,
                    f"«{text.title}» repite el texto de «{original.title}» ({original.location}).",
                    "Escriba aquí lo que es propio de este campo, o deje el texto en uno solo de los dos.",
                )


def _suspects(manual: Manual) -> set[int]:
    """Hashes of texts that may stand twice. Most manuals have few, so texts are not kept."""
    marks = array("q", (hash(key) for file in files(manual) for key in _keys(file) if len(key) >= _SHORTEST))
    return {mark for mark, after in pairwise(sorted(marks)) if mark == after}


def _keyed(manual: Manual, suspects: set[int]) -> Iterator[tuple[Prose, bytes]]:
    """Each text that may stand twice and is long enough, with its key."""
    for file in files(manual):
        keys = _keys(file)
        if suspects.isdisjoint(map(hash, keys)):
            continue
        for text, key in zip(prose(manual, file.part, file.document), keys, strict=True):
            if hash(key) in suspects and len(text.text) >= _SHORTEST and len(key.translate(None, _DIGITS)) >= _SHORTEST:
                yield text, key


def _keys(file: File) -> list[bytes]:
    """The bare letters and digits of each text."""
    return file.bare.translate(None, _NOT_IN_A_KEY).split(BETWEEN)


def _may_repeat(text: Prose, original: Prose) -> bool:
    """Whether both state a fact that is shared, or the validator already tells of them."""
    in_a_list = isinstance(text.path[-1], int)
    same_list = in_a_list and text.document is original.document and text.path[:-1] == original.path[:-1]
    told = same_list and text.text == original.text
    return told or (text.field.name == original.field.name and text.field.name in _MAY_REPEAT)


def _inside(text: Prose, elements: Container[tuple[str, Path_]]) -> bool:
    """Whether the text is part of an element whose id is taken, which is told as a whole."""
    return any((text.document.path, text.path[:depth]) in elements for depth in range(len(text.path)))
