from collections.abc import Iterator

from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual


@rule("Identificador repetido", Severity.ERROR)
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que dos elementos de la misma clase no lleven el mismo identificador, ni en el mismo archivo ni
    en archivos distintos; y que un servicio no tenga dos ofertas, dos costos ni dos comunicaciones.

    Por qué importa
    Cuando otra parte del manual lo nombra, nadie puede saber a cuál de los dos se refiere, y solo
    uno tendría página.

    Cómo se arregla
    Póngale otro identificador a uno de los dos y cámbielo también donde se nombra. Si los dos son lo
    mismo, junte su contenido en uno y borre el otro:

        - id: cap_telefono
        - id: cap_telefono_tarde
    """
    for again, first in manual.repeated:
        key = _key(again)
        field = again.field.children.get(key)
        _, kind = manual.spine.collections[again.collection]
        yield Problem(
            again.at(key),
            f"Ya hay un elemento «{kind.title}» con «{field.title if field else key}: {again.id}» ({first.at(key)}).",
            f"Escriba otro nombre en «{key}», o junte los dos en uno solo.",
        )


def _key(entity: Entity) -> str:
    """The field that identifies the entity."""
    return next((name for name, value in entity.data.items() if value == entity.id), "id")
