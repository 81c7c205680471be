"""The verbs that compare manuals."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pauta.cli.shared import find, project_option, say
from pauta.cli.spanish import Verb

_FORMATS = ("text", "markdown", "json", "html")
"""Those of ``pauta.report.changes``, which is not read until it is needed; a test holds the two together."""


@click.command(cls=Verb)
@click.argument("before", metavar="[A]", default="HEAD")
@click.argument("after", metavar="[B]", required=False)
@project_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="En qué forma se escriben los cambios.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="ARCHIVO",
    default=None,
    show_default="la pantalla",
    help="Archivo en que se escriben.",
)
def diff(before: str, after: str | None, root: Path, format_: str, output: Path | None) -> int:
    """Dice qué cambió en el manual, en qué sentido y a quién afecta.

    A y B son revisiones o etiquetas de git, o carpetas con un manual. Sin A se compara con lo último
    que se guardó en git (HEAD); sin B, con lo que hay ahora. Siempre termina con código 0 si pudo
    comparar: esta orden cuenta, no decide.
    """
    from pauta.compare import compare  # noqa: PLC0415 - the verb that needs it
    from pauta.history import manual_at  # noqa: PLC0415
    from pauta.report.changes import CHANGE_FORMATS, ChangeReport  # noqa: PLC0415

    project = find(root).root
    with manual_at(project, before) as one, manual_at(project, after) as other:
        changes = compare(one.manual, other.manual)
        for snapshot in (one, other):
            if snapshot.findings:
                click.echo(f"En «{snapshot.name}» hay hallazgos: se comparó lo que se puede leer.", err=True)
    color = format_ == "text" and output is None and sys.stdout.isatty()
    written = CHANGE_FORMATS[format_](ChangeReport(one.name, other.name, changes, color=color))
    if output is None:
        say(written)
    else:
        output.write_text(written, "utf-8")
    return 0


@click.command("diff-archivo", cls=Verb, hidden=True)
@click.argument("arguments", metavar="RUTA...", nargs=-1, type=click.UNPROCESSED)
def diff_file(arguments: Sequence[str]) -> int:
    """Muestra a git los cambios de un archivo del manual.

    La llama git cuando se lo dicen así: «*.yml diff=pauta» en .gitattributes, y
    git config diff.pauta.command 'pauta diff-archivo'.
    """
    from pauta.history.one_file import changes_of_file, lines_of_file, versions  # noqa: PLC0415
    from pauta.report.changes import CHANGE_FORMATS, ChangeReport  # noqa: PLC0415
    from pauta.report.safe import visible  # noqa: PLC0415

    two = versions(arguments)
    if two is None:
        say(f"«{visible(arguments[0])}» está en conflicto.")
        return 0
    changes = changes_of_file(Path(), *two)
    if changes is None:
        say("\n".join(visible(line) for line in lines_of_file(*two)))
        return 0
    color = sys.stdout.isatty() or "GIT_PAGER_IN_USE" in os.environ
    before, after = (each.path if each.content is not None else "nada" for each in two)
    say(CHANGE_FORMATS["text"](ChangeReport(before, after, changes, color=color)))
    return 0


VERBS = (diff, diff_file)
