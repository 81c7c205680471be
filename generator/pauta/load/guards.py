"""What is refused before a file reaches the parser, each with a clear finding and never a crash."""

import re
from collections.abc import Iterator

from pauta.findings import Finding, Location, Severity
from pauta.load.document import split_lines

LARGEST_FILE = 5_000_000
"""Bytes. The largest hand-written section seen has some 300,000."""

DEEPEST_NESTING = 40
"""Levels. The C parser crashes the process near 30,000; no section needs ten."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)


def error(rule: str, message: str, location: Location, mend: str) -> Finding:
    """A finding of this stage; all of them are errors."""
    return Finding(rule, Severity.ERROR, message, location, mend)


def decode(path: str, data: bytes) -> str | Finding:
    """The text of a file, or the finding that says why it cannot be read as text."""
    if len(data) > LARGEST_FILE:
        return error(
            "archivo-demasiado-grande",
            f"El archivo pesa más de {LARGEST_FILE // 1_000_000} MB, que es el máximo.",
            Location(path),
            "Divida la sección en una carpeta con varios archivos.",
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return error(
            "marca-de-orden",
            "El archivo empieza con una marca invisible (BOM) que ponen algunos editores.",
            Location(path),
            "Guárdelo de nuevo eligiendo la codificación «UTF-8» (sin BOM).",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = data[: problem.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        excerpt = data.split(b"\n")[line - 1].decode("latin-1").rstrip("\r")
        return error(
            "codificacion",
            "El archivo no está guardado en UTF-8 y sus tildes no se pueden leer.",
            Location(path, line, column, "".join(c for c in excerpt if c.isprintable())),
            "Ábralo en su editor y guárdelo eligiendo la codificación «UTF-8».",
        )


def refused_characters(path: str, text: str) -> Iterator[Finding]:
    """Findings for control characters and for tabs used as indentation, every one of them."""
    control = _CONTROL.search(text)
    tab = "\t" in text and _TAB_INDENT.search(text)
    if not control and not tab:
        return
    for number, line in enumerate(split_lines(text), 1):
        if found := _CONTROL.search(line):
            yield error(
                "caracter-de-control",
                f"Hay un carácter invisible que no es texto (código {ord(found[0])}).",
                Location(path, number, found.start() + 1, _CONTROL.sub("·", line)),
                "Bórrelo: ponga el cursor delante de él, presione Suprimir y guarde.",
            )
        if found := _TAB_INDENT.match(line):
            yield error(
                "tabulador",
                "La sangría del renglón tiene un tabulador.",
                Location(path, number, found.end(), line.replace("\t", " ")),
                "Cámbielo por espacios: dos por cada nivel.",
            )


_MARKS = re.compile(r"(?:^|[\s\[{,])(?:[&*!]\S|%\w+ )", re.MULTILINE)


def may_have_marks(text: str) -> bool:
    """Whether the text could hold an anchor, an alias, a tag or a directive; cheap, may be wrong."""
    return bool(_MARKS.search(text))
