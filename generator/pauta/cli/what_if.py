"""The verb that supposes other values."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from pauta.cli.shared import find, project_option, say, today_option
from pauta.cli.spanish import Verb
from pauta.findings import CannotGoOn
from pauta.pipeline import check_project

_FORMATS = ("text", "json")
"""Those of ``pauta.suppose``, which is not read until it is needed; a test holds the two together."""

_EXAMPLE = "--set cap_telefono.volumen=+20%"


@click.command("what-if", cls=Verb)
@click.option(
    "--set",
    "wishes",
    multiple=True,
    metavar="CAMPO=VALOR",
    help="Un valor que se supone. Se puede dar varias veces.",
)
@project_option
@today_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="En qué forma se escribe la respuesta.",
)
def what_if(wishes: Sequence[str], root: Path, today: date, format_: str) -> int:
    """Dice qué se rompería, y qué costaría, con otros valores.

    CAMPO es «seccion.coleccion.id.campo», o menos mientras no haya duda: cap_telefono.volumen. Un
    asterisco es cualquiera: capacidad.*.volumen; dos, todo lo que hay debajo: cap_telefono.**.volumen.
    Lo que no tiene id se nombra por su posición: cap_telefono.franjas.1.volumen.

    VALOR es relativo (+20%, -3, x1.5), un número en la misma unidad (12), una duración corta (45s,
    30min, 2h, 10d, 2sem, 6meses, 1a) o lo que se escribiría en el manual ("10 días hábiles"). En 10d
    y 2h el tiempo es hábil si el actual lo es; 10dh y 2hh son hábiles siempre, y 10dc, de calendario.

    Nunca escribe. Termina con código 0 si no se rompería nada, 1 si algo se rompería y 2 si no se
    puede calcular.
    """
    if not wishes:
        raise CannotGoOn("Falta decir qué se supone.", f"Diga al menos un valor: {_EXAMPLE}")
    from pauta.suppose import FORMATS, suppose  # noqa: PLC0415 - the verb that needs it
    from pauta.suppose.values import Wish  # noqa: PLC0415

    checked = check_project(find(root), today=today)
    outcome = suppose(checked, [Wish(*_pair(each)) for each in wishes])
    if checked.findings:
        click.echo("El manual ya tiene hallazgos: se dice solo lo que cambiaría. Véalos con: pauta check", err=True)
    say(FORMATS[format_](outcome))
    return int(bool(outcome.broken))


def _pair(text: str) -> tuple[str, str]:
    way, equals, value = (part.strip() for part in text.partition("="))
    if not (way and equals and value):
        raise CannotGoOn(f"«{text}» no dice qué campo ni qué valor.", f"Escríbalo así: {_EXAMPLE}")
    return way, value


VERBS = (what_if,)
