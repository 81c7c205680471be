from collections import Counter
from collections.abc import Iterator

from pauta.check.rule import Problem, rule
from pauta.check.texts import Prose, all_prose, bare
from pauta.findings import Severity
from pauta.model import Manual

_SHORTEST = 40
"""Letters. Shorter texts, such as names and brief steps, repeat with good reason."""

_MAY_REPEAT = frozenset({"base", "evidencia", "fuente", "registro", "turno", "ubicacion", "zonas"})
"""Fields that tell where a thing comes from, is kept or happens: several things may share the place."""

_NOT_LETTERS = bytes(set(range(256)) - set(b"abcdefghijklmnopqrstuvwxyz"))
_NOT_LETTERS_NOR_DIGITS = bytes(set(_NOT_LETTERS) - set(b"0123456789"))


@rule("Texto repetido", Severity.ERROR)
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que un mismo texto de 40 letras o más no esté en dos campos, aunque cambien las mayúsculas, los
    acentos, los signos o los espacios. No cuentan los campos que dicen de dónde sale o dónde queda
    algo (fuente, base, registro, evidencia, ubicación, turno, zonas): varias cosas pueden compartir
    el lugar.

    Por qué importa
    Lo que está en dos lugares se corrige en uno y queda viejo en el otro. Muchas veces, además, la
    copia es un campo que se llenó para salir del paso.

    Cómo se arregla
    Deje el texto donde corresponde y escriba en el otro campo lo que le es propio. En lugar de
    repetir la definición del servicio en su beneficio, diga qué gana el cliente:

        beneficio: Tiene internet probado en todos los cuartos el mismo día de la visita.
    """
    repeated = _repeated(manual)
    if not repeated:
        return
    first: dict[bytes, Prose] = {}
    for text, key in _keys(manual):
        if hash(key) in repeated and (original := first.setdefault(key, text)) is not text:
            yield Problem(
                text.location,
                f"«{text.field.title}» repite el texto de «{original.field.title}» ({original.location}).",
                "Escriba aquí lo que es propio de este campo, o deje el texto en uno solo de los dos.",
            )


def _repeated(manual: Manual) -> set[int]:
    """Hashes of texts that may stand twice. Most manuals have none, so texts are not kept."""
    return {mark for mark, times in Counter(hash(key) for _, key in _keys(manual)).items() if times > 1}


def _keys(manual: Manual) -> Iterator[tuple[Prose, bytes]]:
    """Each text long enough, with its bare letters and digits."""
    for text in all_prose(manual):
        if len(text.text) >= _SHORTEST and text.field.name not in _MAY_REPEAT:
            plain = bare(text.text)
            if len(plain.translate(None, _NOT_LETTERS)) >= _SHORTEST:
                yield text, plain.translate(None, _NOT_LETTERS_NOR_DIGITS)
