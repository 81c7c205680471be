"""What click says of its own accord, in Spanish: the headings of the help, and what is wrong with an order."""

from collections.abc import Iterable
from datetime import date

import click
from click.exceptions import NoSuchCommand

from pauta.findings import CannotGoOn


class Day(click.ParamType[date]):
    """A day as 2026-03-09."""

    name = "AAAA-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that somebody wrote; click shows what is wrong with it."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"«{value}» no es una fecha; escríbala así: 2026-03-09.", param, ctx)


class _Help(click.HelpFormatter):
    """Writes the help that click makes with its own words in Spanish."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _in_spanish(args), prefix or "Uso: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_in_spanish(heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, _in_spanish(text)) for name, text in rows], col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Help


class Verb(click.Command):
    """A verb whose help is in Spanish."""

    context_class = _Context


class Program(click.Group):
    """The program with its verbs, whose help is in Spanish."""

    context_class = _Context
    command_class = Verb


_SPANISH = {
    "[OPTIONS]": "[OPCIONES]",
    "COMMAND [ARGS]...": "ORDEN [DATOS]...",
    "Options": "Opciones",
    "Commands": "Órdenes",
    "Show this message and exit.": "Muestra esta ayuda.",
    "[default: ": "[si no se da: ",
}


def _in_spanish(text: str) -> str:
    for words, ours in _SPANISH.items():
        text = text.replace(words, ours)
    return text


def misused(problem: click.UsageError) -> CannotGoOn:
    """Why an order cannot be obeyed, and where it says how to write it."""
    guesses = getattr(problem, "possibilities", None)
    guess = f"¿Quiso decir «{guesses[0]}»? " if guesses else ""
    verb = problem.ctx.command_path if problem.ctx else "pauta"
    return CannotGoOn(_misuse(problem), f"{guess}Vea cómo se escribe con: {verb} --help")


def _misuse(problem: click.UsageError) -> str:
    """What is wrong with an order, said in Spanish instead of in click's words."""
    match problem:
        case NoSuchCommand():
            return f"No existe la orden «{problem.command_name}»."
        case click.NoSuchOption():
            return f"No existe la opción «{problem.option_name}»."
        case click.MissingParameter(param=click.Parameter(metavar=str(name))):
            return f"Falta decir {name}."
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=values), opts=[name, *_])):
            return f"«{name}» solo puede ser: {', '.join(values)}."
        case click.BadParameter(param=click.Parameter(type=click.IntRange(min=least, max=most), opts=[name, *_])):
            return f"«{name}» debe ser un número de {least} a {most}."
        case click.BadParameter():  # of a type of ours, which says it in Spanish
            return problem.message
        case click.BadOptionUsage():
            return f"A la opción «{problem.option_name}» le falta su valor, o le sobra."
        case _:
            return "La orden tiene algo de más o de menos."
