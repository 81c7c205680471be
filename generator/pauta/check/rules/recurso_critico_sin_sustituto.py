from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual


@rule("Recurso crítico sin sustituto", Severity.ERROR, needs=("recursos", "inventarios", "proveedores"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que cada recurso crítico que entrega un proveedor tenga de dónde salir si ese proveedor falla:
    un recurso sustituto, o un proveedor alterno. También, que el proveedor de cada artículo crítico
    del inventario tenga un alterno.

    Por qué importa
    Crítico quiere decir que sin él el servicio se detiene. Si solo hay una fuente, el servicio
    depende de un tercero que la empresa no dirige.

    Cómo se arregla
    Escriba en el proveedor quién lo reemplaza, o en el recurso con cuál se sustituye:

        proveedores:
          - id: transito_pacifico
            alterno: transito_atlantico

    Si en verdad el servicio sigue sin él, cambie «critico» a false.
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """A second source for each critical resource and article that a supplier delivers."""
    for collection in ("recursos", "inventarios"):
        for entity in manual.all(collection):
            supplier = manual.find("proveedores", entity.get("proveedor", ""))
            if entity["critico"] and supplier and supplier.sound:
                yield _second_source(manual, entity, supplier)


def _second_source(manual: Manual, entity: Entity, supplier: Entity) -> Requirement:
    title, of = manual.title(entity), manual.title(supplier)
    met = _has_other(supplier, "alterno") or _has_other(entity, "sustituto")
    own = "en el recurso «sustituto:», o " if "sustituto" in entity.field.children else ""
    return Requirement(
        entity.section,
        f"Sustituto de «{title}»",
        met,
        Importance.MEANS,
        problem=None
        if met
        else Problem(
            entity.at("proveedor"),
            f"«{title}» es crítico y depende solo de «{of}», que no tiene proveedor alterno.",
            f"Escriba {own}en el proveedor «{supplier.id}» su «alterno:»; si no detiene el servicio, ponga «critico: false».",
        ),
    )


def _has_other(entity: Entity, name: str) -> bool:
    """Whether the entity names another of its kind in that field; itself would be no help."""
    return bool(entity.get(name, entity.id) != entity.id)
