"""What is refused before a file reaches the parser, each with a clear finding and never a crash."""

import re
from collections.abc import Iterator
from itertools import islice

from pauta.findings import Finding, Location, Severity
from pauta.load.document import Source

LARGEST_FILE = 5_000_000
"""Bytes. The largest hand-written section seen has some 300,000."""

DEEPEST_NESTING = 40
"""Levels. The C parser crashes the process near 30,000; no section needs ten."""

MOST_FINDINGS = 100
"""Findings of one kind in one file. Beyond these it is not a mistake but another sort of file."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff]")
_TAB_INDENT = re.compile("(?:^|[\r\x85\u2028\u2029]) *\t", re.MULTILINE)


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
    if data.count(0) > 0.4 * len(data):  # UTF-16 without its mark: every other byte is zero
        return _not_utf8(Location(path))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = Source(path, data[: problem.start].decode("utf-8")).lines
        after = data[problem.start :].partition(b"\n")[0].decode("latin-1").rstrip("\r")
        line = _CONTROL.sub("·", before[-1] + after)
        return _not_utf8(Location(path, len(before), len(before[-1]) + 1, line))


def _not_utf8(location: Location) -> Finding:
    return error(
        "codificacion",
        "El archivo no está guardado en UTF-8 y sus tildes no se pueden leer.",
        location,
        "Ábralo en su editor y guárdelo eligiendo la codificación «UTF-8».",
    )


def refused_characters(source: Source) -> Iterator[Finding]:
    """Findings for invisible characters and for tabs used as indentation."""
    if _CONTROL.search(source.text) or ("\t" in source.text and _TAB_INDENT.search(source.text)):
        yield from islice(_each_refused(source), MOST_FINDINGS)


def _each_refused(source: Source) -> Iterator[Finding]:
    for number, line in enumerate(source.lines, 1):
        if found := _CONTROL.search(line):
            yield error(
                "caracter-de-control",
                f"Hay un carácter invisible que no es texto (código {ord(found[0])}).",
                Location(source.path, number, found.start() + 1, _CONTROL.sub("·", line)),
                "Bórrelo: ponga el cursor delante de él, presione Suprimir y guarde.",
            )
        if found := _TAB_INDENT.match(line):
            yield error(
                "tabulador",
                "La sangría del renglón tiene un tabulador.",
                Location(source.path, number, found.end(), line.replace("\t", " ")),
                "Cámbielo por espacios: dos por cada nivel.",
            )
