from collections.abc import Iterator

from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual
from pauta.quantities import parse_date

_HOME = "diagnostico"


@rule("Hallazgo sin efecto", Severity.WARNING, needs=(_HOME,))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada hallazgo del diagnóstico haya llevado a algo: que diga qué parte del manual existe o
    cambió por él, que otra sección lo nombre, o que se haya decidido no actuar, con motivo, quien lo
    aprobó y una fecha para decidir otra vez que no ha pasado.

    Por qué importa
    Preguntar y no hacer nada cuesta dos veces: el estudio, y la confianza de quien respondió.

    Cómo se arregla
    Escriba a qué llevó el hallazgo:

        - id: ha_espera_sin_aviso
          llevo_a:
            promesas:
              - pr_visita_en_ventana

    o la decisión de no actuar:

          descartado:
            motivo: Afecta a menos de veinte clientes
            aprobado_por: gerente_servicio
            revisar_el: 2027-06-30
    """
    for finding in manual.all("hallazgos"):
        if not _led_to_something(manual, finding):
            yield from _unused(manual, finding)


def _led_to_something(manual: Manual, finding: Entity) -> bool:
    return bool(finding.get("llevo_a")) or any(reference.section != _HOME for reference in manual.to(finding))


def _unused(manual: Manual, finding: Entity) -> Iterator[Problem]:
    title, dismissed = manual.title(finding), finding.get("descartado")
    if not dismissed:
        yield Problem(
            finding.at(),
            f"El hallazgo «{title}», de prioridad {finding['prioridad']}, no llevó a nada.",
            "Escriba en «llevo_a» lo que cambió por él, o en «descartado» por qué no se actúa y quién lo decidió.",
        )
    elif parse_date(dismissed["revisar_el"]) < manual.today:
        yield Problem(
            finding.at("descartado", "revisar_el"),
            f"No actuar por el hallazgo «{title}» se decidió hasta el {dismissed['revisar_el']}, y ya pasó.",
            "Decida otra vez: escriba a qué lleva, o confirme que no se actúa con otra fecha.",
        )
