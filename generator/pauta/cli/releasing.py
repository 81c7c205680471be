"""The verbs that publish versions and ask about them."""

import sys
from datetime import date
from pathlib import Path

import click

from pauta.cli.shared import SEVERITIES, find, project_option, report, say, short, today_option
from pauta.cli.spanish import Day, Verb
from pauta.pipeline import Found

_branch = click.option(
    "--branch",
    metavar="RAMA",
    default=None,
    show_default="la de mkdocs.yml, o gh-pages",
    help="Rama de git en que están los sitios de todas las versiones.",
)


@click.command(cls=Verb)
@click.argument("version", metavar="VERSIÓN")
@project_option
@today_option
@_branch
@click.option(
    "--fail-on",
    type=click.Choice(tuple(SEVERITIES)),
    default="warning",
    show_default=True,
    help="Desde qué gravedad un hallazgo impide publicar.",
)
def release(version: str, root: Path, today: date, branch: str | None, fail_on: str) -> int:
    """Publica una versión del manual: por ejemplo, 3.1.0.

    Pone su sitio junto a los de las versiones anteriores, en su rama de git, y una etiqueta (v3.1.0)
    en el commit del que sale. Antes pregunta lo que «pauta check» y, con la última versión, lo que
    «pauta gate». No envía nada: dice qué orden lo envía.
    """
    from pauta.publish.release import release as publish  # noqa: PLC0415 - MkDocs is heavy

    done = publish(find(root), version, branch=branch, today=today, fail_on=SEVERITIES[fail_on])
    if done.plan is None:
        found = Found(done.against, done.checked.files) if done.against else done.checked
        click.echo(report(found, "text", color=sys.stderr.isatty()), err=True)
        click.echo("No se publicó nada: corrija los hallazgos, guárdelos en git y repita la orden.", err=True)
        return 1
    edition = done.plan.edition
    say(f"Versión:  {edition.version}, vigente desde {edition.since}")
    say(f"Etiqueta: {edition.tag}, en el commit {edition.commit[:10]}")
    say(f"Sitio:    {edition.version}/ y vigente/, en la rama {done.plan.branch}")
    click.echo(f"No se ha enviado nada. Para enviarlo:\n  {done.plan.push}", err=True)
    return 0


@click.command(cls=Verb)
@click.argument("folder", metavar="CARPETA", type=click.Path(path_type=Path))
@project_option
@today_option
@_branch
def export(folder: Path, root: Path, today: date, branch: str | None) -> int:
    """Escribe todas las versiones publicadas en una carpeta.

    La carpeta se abre con doble clic o se copia a un servidor. Lleva una página para escoger la
    versión y las sumas de comprobación de cada archivo.
    """
    from pauta.publish.export import export as write  # noqa: PLC0415 - MkDocs is heavy

    written = write(find(root), folder, branch=branch, today=today)
    say(f"Versiones: {', '.join(edition.version for edition in written.editions)}")
    say(f"Carpeta:   {short(folder.resolve())} ({written.files} archivos)")
    return 0


@click.command(cls=Verb, name="in-force")
@click.argument("day", metavar="AAAA-MM-DD", type=Day())
@project_option
def in_force(day: date, root: Path) -> int:
    """Dice qué versión del manual regía en una fecha.

    Termina con código 1 si en esa fecha todavía no regía ninguna.
    """
    from pauta.history.in_force import in_force as ask  # noqa: PLC0415 - the verb that needs it

    answer = ask(find(root).root, day)
    if answer.period is None:
        say(f"El {day} no regía ninguna versión: la primera, {answer.first.version}, rige desde {answer.first.since}.")
        return 1
    edition = answer.period.edition
    say(f"Versión:  {edition.version}")
    say(f"Rige:     desde {edition.since}{f' hasta {answer.period.until}' if answer.period.until else ''}")
    say(f"Etiqueta: {edition.tag}")
    say(f"Commit:   {edition.commit}")
    return 0


VERBS = (release, export, in_force)
