"""The text of a condition in pieces: names, signs, and values written out."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pauta.check.own_rules.mistake import Mistake


class Token(NamedTuple):
    """A piece of an expression, with the kind of it that its reading asks for."""

    kind: str
    text: str


_TOKENS = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<decimal>[0-9]+\.[0-9]+(?![A-Za-z0-9_]))"
    r"|(?P<integer>[0-9]{1,18}(?![A-Za-z0-9_.]))"
    r"|(?P<text>\"(?:[^\"\\\n]|\\[\"\\'nt])*\"|'(?:[^'\\\n]|\\[\"\\'nt])*')"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>&&|\|\||==|!=|<=|>=|[<>!+\-*/%?:.,()\[\]])"
)
_UNKNOWN = "No se entiende «{}»."
MEND = "Corrija la condición; la guía dice cómo se escribe una regla."
"""What to do where nothing better is known."""


def tokens(expression: str) -> Iterator[Token]:
    """The signs, names and values of an expression, and an end; raises Mistake at what is none of them."""
    position = 0
    while position < len(expression):
        found = _TOKENS.match(expression, position)
        if found is None:
            rest = expression[position : position + 20].splitlines()[0]
            raise Mistake(_UNKNOWN.format(rest), _of_sign(rest))
        if found.lastgroup != "space":
            yield Token(str(found.lastgroup), found[0])
        position = found.end()
    yield Token("end", "")


_ADVICE = {
    "=": "Para comparar se escriben dos signos: ==",
    "&": "«Y» se escribe con dos signos: &&",
    "|": "«O» se escribe con dos signos: ||",
    "{": "Una regla no arma mapas; compare los campos uno por uno.",
    "“": "Los textos van entre comillas rectas, \" o '.",
    "«": "Los textos van entre comillas rectas, \" o '.",
    '"': "Cierre las comillas del texto en la misma línea.",
    "'": "Cierre las comillas del texto en la misma línea.",
}


def _of_sign(rest: str) -> str:
    return _ADVICE.get(rest[:1], MEND)
