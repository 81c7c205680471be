"""For reading in a browser: one page with everything in it, which asks nothing of any network."""

from collections.abc import Iterator
from html import escape

from pauta.compare import Change
from pauta.report.changes.report import LEVELS, NOTHING, ChangeReport, affected, place, totals, values
from pauta.report.safe import visible

_STYLE = """
:root { color-scheme: light dark; --linea: #8886; --mayor: #b3261e; --menor: #8a5a00; --parche: #4a5568; }
@media (prefers-color-scheme: dark) { :root { --mayor: #ff8a80; --menor: #ffcc66; --parche: #b0bccb; } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h2 { border-bottom: 2px solid currentColor; }
.mayor { color: var(--mayor); } .menor { color: var(--menor); } .parche { color: var(--parche); }
ul { list-style: none; padding: 0; }
li { border-left: 4px solid var(--linea); margin: 0 0 1.25rem; padding-left: 1rem; }
p { margin: .25rem 0; } dl { margin: .25rem 0; } dt { float: left; min-width: 4rem; font-weight: 600; }
dd { margin: 0 0 0 4rem; overflow-wrap: anywhere; }
small, code { overflow-wrap: anywhere; }
@media print { li { break-inside: avoid; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write_html(report: ChangeReport) -> str:
    """The changes by level, each with its values, whom it affects and its place."""
    title = f"Cambios del manual: de «{_text(report.before)}» a «{_text(report.after)}»"
    body = "\n".join(line for level in _levels(report) for line in level) or f"<p>{NOTHING}</p>"
    return (
        f'<!doctype html>\n<html lang="es">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n<p>{totals(report)}</p>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _levels(report: ChangeReport) -> Iterator[list[str]]:
    for level, changes in report.by_level():
        heading, _, meaning = LEVELS[level]
        yield [
            f'<h2 class="{level.value}">{heading}</h2>',
            f"<p>{meaning}</p>",
            "<ul>",
            *(line for change in changes for line in _entry(change)),
            "</ul>",
        ]


def _entry(change: Change) -> Iterator[str]:
    yield f'<li id="c-{change.fingerprint}">'
    yield f"<p><strong>{_text(change.sentence)}</strong></p>"
    if told := values(change):
        yield f"<dl><dt>Antes</dt><dd>{_text(told[0])}</dd><dt>Ahora</dt><dd>{_text(told[1])}</dd></dl>"
    whom = f" · afecta: {affected(change)}" if change.affects else ""
    yield (
        f"<p><small>{_text(change.title)} · {_text(place(change))} · {change.kind.value}{whom}"
        f" · <code>{change.fingerprint}</code></small></p>"
    )
    yield "</li>"


def _text(text: str) -> str:
    return escape(visible(text))
