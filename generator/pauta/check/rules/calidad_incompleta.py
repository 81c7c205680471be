from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, listed, must_say, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual

_REQUIREMENTS = ("diagnostico", "proceso", "tecnica", "expectativas", "alcance", "utilidad", "etapas")


@rule("Calidad del servicio incompleta", Severity.ERROR, needs=("protocolos",))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que lo que se escribe de la calidad de un servicio responda a los siete requisitos: diagnóstico,
    proceso, técnica, expectativas, alcance, utilidad y etapas. Y que cada etapa deje un registro o
    pase por un control.

    Por qué importa
    Una etapa de la que no queda nada escrito, y que nadie mira, sale bien o mal según el día; y
    cuando sale mal no hay con qué averiguar por qué.

    Cómo se arregla
    Agregue el requisito que falta, o el registro de la etapa:

        etapas:
          - nombre: Entrega
            rol: tecnico_campo
            registro: Acta con prueba y firma
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The seven requirements of each service that says its quality, and a trace of each stage."""
    for quality in manual.all("calidades"):
        title = manual.title(quality)
        yield must_say(
            quality, _REQUIREMENTS, f"A la calidad de «{title}»", f"Los siete requisitos de calidad de «{title}»"
        )
        if "etapas" in quality.data:
            yield _stages(quality, title)


def _stages(quality: Entity, title: str) -> Requirement:
    lost = [
        position
        for position, stage in enumerate(quality["etapas"])
        if "registro" not in stage and "control" not in stage
    ]
    return Requirement(
        quality.section,
        f"Registro o control de cada etapa de «{title}»",
        not lost,
        Importance.DETAIL,
        problem=Problem(
            quality.at("etapas", lost[0]),
            f"En la calidad de «{title}» no queda registro ni hay control de "
            f"{listed(quality['etapas'][position]['nombre'] for position in lost)}.",
            "Agregue a la etapa «registro:» o «control:».",
        )
        if lost
        else None,
    )
