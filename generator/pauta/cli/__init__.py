"""Words in, exit code out. Each verb translates its arguments, calls one function and prints.

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 cannot go on.
"""

import gc
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from click.exceptions import NoArgsIsHelpError

from pauta import __version__
from pauta.cli import comparing, gating, releasing, what_if
from pauta.cli.shared import SEVERITIES, cache_option, find, found_in, project_option, report, say, short, today_option
from pauta.cli.spanish import Program, misused
from pauta.findings import CannotGoOn, worst
from pauta.pipeline import check_project
from pauta.report import FORMATS
from pauta.report.safe import visible

_ALLOCATIONS = 50_000
"""Python looks for garbage that often. Nearly all that a run makes lives to its end: by default it looks too much."""


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="pauta %(version)s", help="Muestra la versión del programa.")
def cli() -> None:
    """Mantiene el manual de servicio al cliente de una empresa como código.

    Las políticas se editan en la carpeta «manual»; «pauta check» dice qué falta o qué está mal, y
    «pauta build» publica el sitio con sus listas de verificación.
    """


@cli.command()
@project_option
@today_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help="En qué forma se escriben los hallazgos.",
)
@click.option(
    "--fail-on",
    type=click.Choice(tuple(SEVERITIES)),
    default="error",
    show_default=True,
    help="Desde qué gravedad la orden termina con código 1.",
)
@cache_option
def check(root: Path, today: date, format_: str, fail_on: str, *, remembers: bool) -> int:
    """Revisa el manual y dice qué falta o qué está mal.

    Cada hallazgo lleva el renglón en que está y cómo se arregla. Termina con código 0 si no hay
    ninguno, 1 si los hay de la gravedad de --fail-on, y 2 si no se puede seguir.
    """
    checked = found_in(find(root, remembers=remembers), format_, today=today)
    say(report(checked, format_, color=format_ == "text" and sys.stdout.isatty()))
    found = worst(checked.findings)
    return int(found is not None and found >= SEVERITIES[fail_on])


@cli.command()
@click.argument("rule", metavar="[REGLA]", required=False)
@project_option
def explain(rule: str | None, root: Path) -> int:
    """Explica una regla o, sin nombre, las lista.

    Dice qué comprueba, por qué importa y cómo se arregla. En la carpeta de un manual cuentan también
    las reglas de la empresa, y cada una con la gravedad que tiene en él.
    """
    from pauta.check import RULES_BY_KIND, rule_by_id, rules_by_kind  # noqa: PLC0415 - the verb that needs it

    project = find(root)
    has_manual = project.manual.is_dir()
    kinds = rules_by_kind(check_project(project, today=date.today()).manual) if has_manual else RULES_BY_KIND  # noqa: DTZ011 - the day of the reader
    if rule is None:
        for heading, rules in kinds.items():
            say(heading)
            for each in rules:
                say(f"  {each.id:32} {each.severity.spanish:6} {visible(each.title)}")
            say("")
        return 0
    chosen = rule_by_id(rule, {each.id: each for rules in kinds.values() for each in rules})
    say(f"{visible(chosen.title)} ({chosen.id}, {chosen.severity.spanish})")
    for heading, text in chosen.explanation.items():
        say("\n".join(["", heading, *map(visible, text.splitlines())]))
    return 0


@cli.command()
@project_option
@today_option
def status(root: Path, today: date) -> int:
    """Muestra qué tan completo está el manual y qué llenar primero."""
    from pauta.report.status import write_status  # noqa: PLC0415 - the verb that needs it

    checked = check_project(find(root), today=today)
    say(write_status(checked.manual))
    return 0


@cli.command()
@click.argument("folder", metavar="CARPETA", type=click.Path(path_type=Path))
@today_option
def init(folder: Path, today: date) -> int:
    """Crea un manual nuevo, pequeño y completo, en una carpeta.

    Nunca sobrescribe un archivo.
    """
    from pauta.editor.files import SCHEMAS  # noqa: PLC0415 - the verb that needs it
    from pauta.scaffold import scaffold  # noqa: PLC0415

    written = scaffold(folder, today=today)
    for path in written.written:
        if not path.startswith(SCHEMAS):  # some thirty files that nobody edits
            say(f"creado    {folder / path}")
    for path in written.kept:
        say(f"ya estaba {folder / path}")
    click.echo(f"\nListo. Siga con:\n  cd {folder}\n  pauta check\n  pauta build", err=True)
    return 0


@cli.command()
@project_option
@today_option
@cache_option
def build(root: Path, today: date, *, remembers: bool) -> int:
    """Revisa el manual y publica el sitio.

    El sitio queda en build/site y las listas de verificación en build/listas.
    """
    from pauta.publish.build import build_site  # noqa: PLC0415 - MkDocs is heavy

    project = find(root, remembers=remembers)
    outcome = build_site(project, today=today)
    if not outcome.built:
        click.echo(report(outcome.checked, "text", color=sys.stderr.isatty()), err=True)
        click.echo("No se publicó nada: el sitio anterior sigue como estaba.", err=True)
        return 1
    if outcome.checked.findings:
        click.echo(report(outcome.checked, "text", color=sys.stderr.isatty()), err=True)
    index = outcome.site / "index.html"
    say(f"Sitio:  {short(index)}\nListas: {short(outcome.site.parent / 'listas')}")
    click.echo("Ábralo con doble clic en el archivo, o con: pauta serve", err=True)
    return 0


@cli.command()
@project_option
@today_option
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="NÚMERO",
    default=8000,
    show_default=True,
    help="Puerto de la vista previa.",
)
def serve(root: Path, today: date, port: int) -> int:
    """Muestra el sitio y lo rehace con cada cambio."""
    from pauta.publish.build import serve_site  # noqa: PLC0415 - MkDocs is heavy

    serve_site(find(root), today=today, port=port)
    return 0


@cli.command()
@project_option
@today_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="CARPETA",
    default=None,
    show_default="build/docs",
    help="Carpeta de destino.",
)
def render(root: Path, today: date, out: Path | None) -> int:
    """Escribe las páginas del sitio en Markdown.

    Van con su mkdocs.yml, para construirlas con otro programa.
    """
    from pauta.publish.tree import write_tree  # noqa: PLC0415 - the verb that needs it

    project = find(root)
    target = out or project.root / "build" / "docs"
    outcome = write_tree(project, target, today=today)
    if not outcome.built:
        click.echo(report(outcome.checked, "text", color=sys.stderr.isatty()), err=True)
        return 1
    say(f"Páginas: {short(target)}")
    return 0


@cli.command()
@project_option
def editor(root: Path) -> int:
    """Actualiza la ayuda que da el editor al escribir."""
    from pauta.editor import refresh_editor  # noqa: PLC0415 - the verb that needs it

    refreshed = refresh_editor(find(root))
    for path in refreshed.written:
        say(f"actualizado {path}")
    for path in refreshed.removed:
        say(f"borrado     {path}")
    for schema, files in refreshed.unmapped.items():
        click.echo(f"En .vscode/settings.json falta decir que «{schema}» es para: {', '.join(files)}", err=True)
    return 0


for verb in (*comparing.VERBS, *gating.VERBS, *releasing.VERBS, *what_if.VERBS):
    cli.add_command(verb)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program; the one place that prints why it cannot go on."""
    gc.set_threshold(_ALLOCATIONS)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a text stream always can
    try:
        code = cli.main(args=arguments, prog_name="pauta", standalone_mode=False)
    except NoArgsIsHelpError as problem:
        problem.show()
        code = 2
    except click.UsageError as problem:
        code = _stop(misused(problem))
    except CannotGoOn as problem:
        code = _stop(problem)
    except OSError as problem:
        code = _stop(_refused_by_the_system(problem))
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrumpido.", err=True)
        code = 130
    gc.freeze()  # the process ends here: a last search for garbage among all the values of a manual frees nothing
    sys.exit(code)


def _stop(problem: CannotGoOn) -> int:
    click.echo(f"No se puede seguir: {problem}", err=True)
    if problem.tip:
        click.echo(f"Qué hacer: {problem.tip}", err=True)
    return 2


def _refused_by_the_system(problem: OSError) -> CannotGoOn:
    where = f" con «{problem.filename}»" if problem.filename else ""
    return CannotGoOn(
        f"El sistema no permitió trabajar{where} ({problem.strerror or problem}).",
        "Revise que exista, que haya espacio en el disco y que usted tenga permiso.",
    )
