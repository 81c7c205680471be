"""The verbs that decide: whether a change is let in, who reviews it, who has read it."""

import sys
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import click

from pauta.cli.shared import SEVERITIES, find, project_option, report, say, short, today_option
from pauta.cli.spanish import Verb
from pauta.findings import worst
from pauta.report import FORMATS, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pauta.history.gate import Approval, Decision

_format = click.option(
    "--format",
    "format_",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help="En qué forma se escriben los hallazgos.",
)
_fail_on = click.option(
    "--fail-on",
    type=click.Choice(tuple(SEVERITIES)),
    default="error",
    show_default=True,
    help="Desde qué gravedad la orden termina con código 1.",
)


@click.command(cls=Verb)
@click.argument("before", metavar="[A]", required=False)
@click.argument("after", metavar="[B]", required=False)
@project_option
@today_option
@_format
@_fail_on
def gate(before: str | None, after: str | None, root: Path, today: date, format_: str, fail_on: str) -> int:
    """Decide si los cambios entre dos versiones se pueden aceptar.

    A y B son revisiones de git, etiquetas o carpetas. Sin A, la última versión publicada; sin B, el
    manual como está ahora. Lo que aprieta un compromiso o agrega algo pasa, y la orden dice quién lo
    aprueba. Lo que afloja o quita un compromiso necesita un registro en «cambios.yml». La versión
    sube según los cambios, una vez sobre la última publicada.
    """
    from pauta.history.gate import decide, last_release, released_before, sound_manual  # noqa: PLC0415 - the verb that needs it
    from pauta.history.revisions import manual_at  # noqa: PLC0415

    project = find(root)
    with (
        manual_at(project.root, before or last_release(project.root), today=today) as earlier,
        manual_at(project.root, after, today=today) as later,
    ):
        last = released_before(project.root, earlier)
        with manual_at(project.root, last, today=today) if last else nullcontext() as published:
            base = published.manual if published else None
            decision = decide(earlier.manual, sound_manual(later), today=today, last=base)
        files = sum(len(part.documents) for part in later.manual.parts.values())
    _tell(decision, files, format_)
    found = worst(decision.findings)
    return int(found is not None and found >= SEVERITIES[fail_on])


def _tell(decision: "Decision", files: int, format_: str) -> None:
    """The findings on the standard output; whom to ask beside them, or apart when a program reads them."""
    from pauta.check import RULES_BY_ID  # noqa: PLC0415 - after the work is done

    colored = format_ == "text" and sys.stdout.isatty()
    say(FORMATS[format_](Report(decision.findings, files, color=colored, rules=RULES_BY_ID)))
    click.echo(_asked(decision), err=format_ != "text")


def _asked(decision: "Decision") -> str:
    from pauta.report.safe import visible  # noqa: PLC0415 - after the work is done

    count = len(decision.changes)
    changes = {0: "sin cambios", 1: "1 cambio"}.get(count, f"{count} cambios")
    lines = ["", f"De la versión {decision.before} a la {decision.after}: {changes}."]
    if decision.approvals:
        lines += ["Deben aprobar:"]
        for approval in decision.approvals:
            lines += [f"  {visible(_who(approval))}"]
            lines += [f"    {change.fingerprint} {visible(change.sentence)}" for change in approval.changes]
    return "\n".join(lines)


def _who(approval: "Approval") -> str:
    return f"{approval.title} ({approval.account or 'sin cuenta en «roles»'})"


@click.command(cls=Verb)
@project_option
@today_option
@click.option("--check", "only_check", is_flag=True, help="No escribe: dice si el archivo es distinto.")
def codeowners(root: Path, today: date, *, only_check: bool) -> int:
    """Escribe quién revisa cada archivo del manual.

    Va en el archivo CODEOWNERS, que leen GitHub y GitLab, según los responsables que dice el manual y
    la «cuenta» de cada rol. Lo que la empresa escribió fuera de las dos marcas queda como estaba.
    """
    from pauta.history.codeowners import update  # noqa: PLC0415 - the verb that needs it

    updated = update(find(root), today=today, write=not only_check)
    if updated.findings:
        say(report(updated.checked, "text", color=sys.stdout.isatty()))
        return 1
    say(f"{'escrito' if updated.written else 'al día '}   {short(updated.file)}")
    return 0


@click.command(cls=Verb)
@project_option
@today_option
@click.option(
    "--register",
    type=click.Path(path_type=Path),
    metavar="ARCHIVO",
    default=None,
    show_default="el de mkdocs.yml",
    help="Archivo CSV con los acuses: rol, persona, version, huella, fecha.",
)
@click.option("--role", metavar="ROL", default=None, help="Solo este rol.")
@click.option(
    "--version",
    metavar="VERSIÓN",
    default=None,
    show_default="el manual como está",
    help="Lo que había que saber en una versión publicada.",
)
def acks(root: Path, today: date, register: Path | None, role: str | None, version: str | None) -> int:
    """Dice quién no ha firmado que leyó lo que su puesto debe saber.

    La firma vale para una huella de lo que importa: corregir una coma no pide firmar otra vez. La
    hoja para firmar está en la página de cada puesto. Termina con código 1 si falta alguien.
    """
    from pauta.history.acks import acknowledged  # noqa: PLC0415 - the verb that needs it
    from pauta.publish.register import register_of  # noqa: PLC0415
    from pauta.report.acks import write_acks  # noqa: PLC0415

    project = find(root)
    kept = register_of(project, register)
    answer = acknowledged(project.root, kept.file, published=kept.published, role=role, version=version, today=today)
    if answer.findings:
        say(FORMATS["text"](Report(answer.findings, 1, color=sys.stdout.isatty())))
        return 1
    say(write_acks(answer.roles, answer.strangers))
    return int(any(each.missing or each.unsigned for each in answer.roles))


VERBS = (gate, codeowners, acks)
