from collections import Counter
from collections.abc import Container, Iterator

from pauta.check.rule import Problem, rule
from pauta.check.texts import Prose, all_prose, bare
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

_NOT_LETTERS = bytes(set(range(256)) - set(b"abcdefghijklmnopqrstuvwxyz"))
_NOT_LETTERS_NOR_DIGITS = bytes(set(_NOT_LETTERS) - set(b"0123456789"))


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
    for text, key in _keys(manual):
        if hash(key) in suspects and not _inside(text, taken):
            original = first.setdefault(key, text)
            if original is not text and not _may_repeat(text, original):
                yield Problem(
                    text.location,
                    f"«{text.title}» repite el texto de «{original.title}» ({original.location}).",
                    "Escriba aquí lo que es propio de este campo, o deje el texto en uno solo de los dos.",
                )


def _suspects(manual: Manual) -> set[int]:
    """Hashes of texts that may stand twice. Most manuals have none, so texts are not kept."""
    return {mark for mark, times in Counter(hash(key) for _, key in _keys(manual)).items() if times > 1}


def _keys(manual: Manual) -> Iterator[tuple[Prose, bytes]]:
    """Each text long enough, with its bare letters and digits."""
    for text in all_prose(manual):
        if len(text.text) >= _SHORTEST:
            plain = bare(text.text)
            if len(plain.translate(None, _NOT_LETTERS)) >= _SHORTEST:
                yield text, plain.translate(None, _NOT_LETTERS_NOR_DIGITS)


def _may_repeat(text: Prose, original: Prose) -> bool:
    """Whether both state a fact that is shared, or the validator already tells of them."""
    in_a_list = isinstance(text.path[-1], int)
    same_list = in_a_list and text.document is original.document and text.path[:-1] == original.path[:-1]
    told = same_list and text.text == original.text
    return told or (text.field.name == original.field.name and text.field.name in _MAY_REPEAT)


def _inside(text: Prose, elements: Container[tuple[str, Path_]]) -> bool:
    """Whether the text is part of an element whose id is taken, which is told as a whole."""
    return any((text.document.path, text.path[:depth]) in elements for depth in range(len(text.path)))
