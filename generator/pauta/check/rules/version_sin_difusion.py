from collections.abc import Iterator

from pauta.check.coverage import Importance, Requirement, all_known, listed, unmet
from pauta.check.rule import Problem, rule
from pauta.findings import Severity
from pauta.model import Entity, Manual, Part


@rule("Versión sin difusión", Severity.WARNING, needs=("manual", "roles", "cultura"))
def find(manual: Manual) -> Iterator[Problem]:
    """
    Qué comprueba
    Que, si el manual tiene la sección de cultura, la versión vigente se haya comunicado a todos los
    roles; y que, si la difusión pide acuse, lo haya de cada uno de los que la recibieron.

    Por qué importa
    Una regla que la mitad del personal no conoce produce dos servicios distintos, y el cliente los
    compara.

    Cómo se arregla
    Comunique la versión y anótelo:

        difusiones:
          - id: di_version_2
            version: 2.0.0
            audiencia:
              - asesor_atencion
            acuse_requerido: true
            acuses:
              - rol: asesor_atencion
                personas: 11
                fecha: 2026-10-07
    """
    yield from unmet(asked(manual))


def asked(manual: Manual) -> Iterator[Requirement]:
    """The version in force, told to every role and acknowledged where that is asked."""
    part, identity = manual.parts.get("cultura"), manual.identity
    spread = manual.entities.get("difusiones", {}).values()
    if part and identity and manual.applies("cultura") and all(one.sound for one in spread):
        version = identity.data["version"]
        of_it = [one for one in spread if one["version"] == version]
        problem = _untold(manual, part, version, of_it)
        yield _requirement(f"La versión {version} comunicada a todos los roles", problem)
        for one in of_it:
            if one["acuse_requerido"]:
                yield _requirement(f"Los acuses de «{manual.title(one)}»", _unacknowledged(manual, one))


def _requirement(text: str, problem: Problem | None) -> Requirement:
    return Requirement("cultura", text, problem is None, Importance.DETAIL, problem=problem)


def _untold(manual: Manual, part: Part, version: str, of_it: list[Entity]) -> Problem | None:
    told = {role for one in of_it for role in one["audiencia"]}
    missing = [manual.title(role) for role in manual.all("roles") if role.id not in told]
    if not of_it:
        return Problem(
            part.at("difusiones", key=True),
            f"La versión {version} del manual no se ha comunicado a nadie.",
            f"Comuníquela y agregue en «difusiones» una con «version: {version}».",
        )
    if missing and all_known(manual, "roles", told):
        return Problem(
            of_it[0].at("audiencia", key=True),
            f"La versión {version} del manual no se ha comunicado a {listed(missing)}.",
            "Comuníquesela y agregue el rol a «audiencia».",
        )
    return None


def _unacknowledged(manual: Manual, spread: Entity) -> Problem | None:
    signed = {entry["rol"] for entry in spread.get("acuses", ())}
    missing = [name for name in spread["audiencia"] if name not in signed]
    if not missing or not all_known(manual, "roles", {*signed, *missing}):
        return None
    roles = ((name, manual.find("roles", name)) for name in missing)
    return Problem(
        spread.at("acuses" if "acuses" in spread.data else "acuse_requerido", key=True),
        f"De la difusión «{manual.title(spread)}» falta el acuse de "
        f"{listed(manual.title(role) if role else name for name, role in roles)}.",
        "Anote el acuse en «acuses» cuando lo reciba; si no hace falta, ponga «acuse_requerido: false».",
    )
