"""The files of the manual as pages with numbered lines, so that every fact leads to its source."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from pauta.load import Document
from pauta.render.places import relative, section_page, source_page

_COVER = "████ reservado"

_PAGE = """<!doctype html>
<html lang="es">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{path} · {title}</title>
<link rel="icon" href="{icon}">
<link rel="stylesheet" href="{css}">
</head>
<body class="pt-codigo">
<header><h1>{path}</h1><p><a href="{section}">Ver la sección como página</a></p></header>
<main><ol class="pt-codigo__lineas" tabindex="0" aria-label="Contenido del archivo, renglón por renglón">
{lines}
</ol></main>
</body>
</html>
"""


def render_source(document: Document, section: str, title: str, covered: Iterable[tuple[int, int, int]]) -> str:
    """The page of one file; spans that its readers may not see are covered."""
    lines = cover(document.source.lines, covered)
    if lines and not lines[-1]:
        lines.pop()
    page = source_page(document.path)
    shown = str(escape("\n".join(lines))).split("\n")
    body = "\n".join(f'<li id="L{number}"><code>{line}</code></li>' for number, line in enumerate(shown, 1))
    return _PAGE.format(
        path=escape(document.path),
        title=escape(title),
        icon=escape(relative(page, "imagenes/favicon.svg")),
        css=escape(relative(page, "css/fuente.css")),
        section=escape(relative(page, section_page(section))),
        lines=Markup(body),  # noqa: S704 - each line is escaped
    )


def cover(lines: list[str], spans: Iterable[tuple[int, int, int]]) -> list[str]:
    """The lines with some spans (first line, column, last line) replaced by a mark."""
    shown = list(lines)
    for first, column, last in spans:
        shown[first - 1] = lines[first - 1][: column - 1] + _COVER
        for number in range(first, min(last, len(lines))):
            shown[number] = lines[number] and _COVER
    return shown
