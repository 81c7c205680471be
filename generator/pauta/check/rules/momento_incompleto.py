from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual


@rule("Momento de verdad incompleto", Severity.ERROR, needs=("momentos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada momento de verdad diga qué rol responde por él, por qué canal ocurre, qué estándar se
    cumple y con qué comprobación de la evaluación del servicio se mira. Si en el momento no
    participa una persona de la empresa, en lugar del canal puede decir el elemento físico que el
    cliente tiene enfrente. Si la empresa declaró que la evaluación del servicio no aplica, no se
    piden comprobaciones.

    Por qué importa
    Un momento sin responsable no lo cuida nadie, sin estándar cada quien lo hace a su manera, y sin
    comprobación la empresa se entera de que salió mal cuando el cliente ya se fue.

    Cómo se arregla
    Agregue al momento lo que le falta:

        canales:
          - sucursal
        rol: asesor_sucursal
        estandar: Se saluda antes de un minuto, aunque haya fila
        comprobaciones:
          - co_contratar_fachada
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """What each moment must say, in one requirement a moment."""
    for moment in manual.all("momentos"):
        lacking = [name for name in _must_say(manual, moment) if name not in moment.data]
        title = manual.title(moment)
        yield Requirement(
            moment.section,
            f"«{title}» con rol, canal, estándar y comprobación",
            not lacking,
            Importance.MEANS,
            problem=_incomplete(moment, title, lacking) if lacking else None,
        )


def _must_say(manual: Manual, moment: Entity) -> Iterator[str]:
    yield "rol"
    if moment["contacto_humano"] or "elemento_fisico" not in moment.data:
        yield "canales"
    yield "estandar"
    if manual.applies("evaluacion"):
        yield "comprobaciones"


def _incomplete(moment: Entity, title: str, lacking: list[str]) -> Problem:
    instead = "canales" in lacking and not moment["contacto_humano"]
    return Problem(
        moment.at(),
        f"Al momento «{title}» le falta {listed(moment.field.children[name].title for name in lacking)}.",
        f"Agregue al momento {listed(f'{name}:' for name in lacking)}"
        f"{'; en lugar de «canales:» vale «elemento_fisico:», porque ahí no participa una persona' if instead else ''}.",
    )
