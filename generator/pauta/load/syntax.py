"""The parser's complaints about a file that is not YAML, in words a manager understands."""

import yaml

from pauta.findings import Finding, Location
from pauta.load.document import Source
from pauta.load.guards import error

_EXPLANATIONS: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed",
     "Aquí hay dos puntos que no se esperaban.",
     "Si son parte del texto, ponga todo el texto entre comillas; si empieza un campo, déle su propio renglón."),
    ("could not find expected ':'",
     "Este renglón no se entiende: parece un campo sin sus dos puntos.",
     "Escriba «campo: valor»; si es la continuación de un texto, déle más sangría que al campo."),
    ("found unexpected",  # end of stream, or document indicator
     "Se abrieron unas comillas que no se cierran.",
     "Ponga las comillas que faltan al final del texto."),
    ("found character '\\t'", "Hay un tabulador donde va un espacio.", "Cámbielo por espacios."),
    ("found character that cannot start any token",
     "Un valor no puede empezar con este signo.",
     "Ponga el valor completo entre comillas."),
    ("found unknown escape character",
     "Dentro de comillas dobles, la barra invertida «\\» tiene un significado especial.",
     "Use comillas simples, o escriba la barra dos veces."),
    ("found invalid Unicode character escape code",
     "Dentro de comillas dobles, esta barra invertida «\\» no forma un carácter.",
     "Escriba el carácter mismo, o ponga el texto entre comillas simples."),
    ("did not find expected hexdecimal number",
     "Dentro de comillas dobles, esta barra invertida «\\» no forma un carácter.",
     "Escriba el carácter mismo, o ponga el texto entre comillas simples."),
    ("did not find expected key",
     "Este renglón no calza con los anteriores.",
     "Revise que su sangría sea igual a la de los campos hermanos y que las comillas estén cerradas."),
    ("did not find expected '-' indicator",
     "Este renglón no calza con la lista en que está.",
     "Ponga un guion delante si es otro elemento, o alinéelo con los campos del elemento anterior."),
    ("did not find expected ',' or",
     "Falta una coma o cerrar un corchete o una llave.",
     "Cierre lo que abrió; si el signo es parte de un texto, ponga el texto entre comillas."),
    ("did not find expected node content",
     "Falta un valor entre corchetes o llaves, o el valor empieza con un signo reservado.",
     "Escriba el valor; si el signo es parte del texto, póngalo entre comillas."),
    ("did not find expected alphabetic or numeric character",
     "Un valor no puede empezar con «*» ni con «&».",
     "Ponga el valor completo entre comillas."),
    ("did not find expected comment or line break",
     "Después del signo | o > no puede ir texto en el mismo renglón.",
     "Pase el texto al renglón siguiente, con sangría."),
    ("mapping keys are not allowed",
     "Un valor no puede empezar con «?».",
     "Ponga el valor completo entre comillas."),
    ("directive",
     "Un renglón no puede empezar con «%».",
     "Ponga el texto entre comillas, en el mismo renglón que su campo."),
    ("tag ",
     "Un valor no puede empezar con «!».",
     "Ponga el valor completo entre comillas."),
    ("<document start>",
     "Aquí empieza un segundo documento.",
     "Quite la línea «...» que está antes, o pase lo que sigue a otro archivo."),
    ("indentation indicator",
     "Después del signo | o > no puede ir un cero.",
     "Bórrelo, y escriba el texto en los renglones siguientes, con sangría."),
    ("block sequence entries are not allowed",
     "Aquí no puede empezar una lista.",
     "Pase la lista al renglón siguiente, con un guion delante de cada elemento."),
    ("found a tab character", "Hay un tabulador donde va un espacio.", "Cámbielo por espacios."),
    ("did not find the expected comment",
     "Después del signo | o > no puede ir texto en el mismo renglón.",
     "Pase el texto al renglón siguiente, con sangría."),
)  # fmt: skip
_OTHERWISE = (
    "Este renglón no se puede leer.",
    "Revise la sangría, las comillas y los dos puntos de este renglón y del anterior.",
)


def explain(source: Source, problem: yaml.YAMLError) -> Finding:
    """The finding for a syntax error, at the place where the mistake most likely is."""
    said = str(getattr(problem, "problem", "") or problem)
    message, mend = next(((m, t) for sign, m, t in _EXPLANATIONS if sign in said), _OTHERWISE)
    return error("yaml-mal-escrito", message, _place(source, problem, said), mend)


def _place(source: Source, problem: yaml.YAMLError, said: str) -> Location:
    mark = getattr(problem, "problem_mark", None)
    begun = getattr(problem, "context_mark", None)
    if mark is None:
        return source.location(1, 1)
    in_brackets = "did not find expected ',' or" in said
    if begun is not None and (said.startswith(_LEFT_UNFINISHED) or (in_brackets and begun.line < mark.line)):
        mark = begun
    line = min(mark.line + 1, len(source.lines))
    return source.location(line, mark.column + 1 if line == mark.line + 1 else 1)


_LEFT_UNFINISHED = ("found unexpected", "could not find expected ':'")
"""Complaints for which the place where the text began tells more than where the parser gave up."""
