"""How complete a manual is: by section, by offered service, and what to fill next.

It asks what the rules ask, so that the state of the manual and its findings always agree, and it
says the same today and next year: reviews that are due are no part of it.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from pauta.check.coverage import Importance, Requirement
from pauta.check.rule import Problem
from pauta.check.rules import (
    acuerdo_sin_capacidad,
    auditoria_sin_accion,
    calidad_incompleta,
    canal_sin_registro,
    categoria_sin_indicador,
    causa_sin_hilo,
    ciclo_incompleto,
    ciclo_sin_recuerdo,
    ciclo_sin_validar,
    clase_servicio_incompleta,
    compromiso_sin_evidencia,
    comunicacion_incompleta,
    dato_sin_proposito,
    error_sin_control,
    estrategia_incompleta,
    evaluacion_incompleta,
    expectativa_sin_responsable,
    friccion_sin_plan,
    momento_critico_sin_respaldo,
    momento_critico_sin_visita,
    momento_fisico_sin_inspeccion,
    momento_incompleto,
    momento_sin_ciclo,
    norma_sin_objetivo,
    operacion_sin_ciclo,
    principio_sin_respaldo,
    programa_sin_medida,
    promesa_sin_respaldo,
    protocolo_incompleto,
    quejas_incompletas,
    reaccion_sin_captura,
    recurso_critico_sin_sustituto,
    rol_sin_capacitacion,
    seccion_faltante,
    servicio_sin_capacidad,
    servicio_sin_caracteristicas,
    servicio_sin_comunicacion,
    servicio_sin_costo,
    servicio_sin_hallazgo,
    servicio_sin_indicador,
    servicio_sin_oferta,
    servicio_sin_percepcion,
    servicio_sin_recurso,
    servicio_sin_responsable,
    servicio_sin_valor_posterior,
    texto_provisional,
    tipo_cliente_sin_resguardo,
    trato_sin_reglas,
    triangulo_incompleto,
    triangulo_sin_uso,
    version_sin_difusion,
)
from pauta.findings import Location
from pauta.model import Manual
from pauta.spine import Section

ASKING = (
    (seccion_faltante.find, seccion_faltante.asked),
    (servicio_sin_oferta.find, servicio_sin_oferta.asked),
    (servicio_sin_responsable.find, servicio_sin_responsable.asked),
    (servicio_sin_indicador.find, servicio_sin_indicador.asked),
    (categoria_sin_indicador.find, categoria_sin_indicador.asked),
    (servicio_sin_percepcion.find, servicio_sin_percepcion.asked),
    (servicio_sin_recurso.find, servicio_sin_recurso.asked),
    (servicio_sin_capacidad.find, servicio_sin_capacidad.asked),
    (servicio_sin_costo.find, servicio_sin_costo.asked),
    (servicio_sin_comunicacion.find, servicio_sin_comunicacion.asked),
    (comunicacion_incompleta.find, comunicacion_incompleta.asked),
    (recurso_critico_sin_sustituto.find, recurso_critico_sin_sustituto.asked),
    (quejas_incompletas.find, quejas_incompletas.asked),
    (causa_sin_hilo.find, causa_sin_hilo.asked),
    (principio_sin_respaldo.find, principio_sin_respaldo.asked),
    (norma_sin_objetivo.find, norma_sin_objetivo.asked),
    (triangulo_incompleto.find, triangulo_incompleto.asked),
    (triangulo_sin_uso.find, triangulo_sin_uso.asked),
    (operacion_sin_ciclo.find, operacion_sin_ciclo.asked),
    (ciclo_incompleto.find, ciclo_incompleto.asked),
    (ciclo_sin_recuerdo.find, ciclo_sin_recuerdo.asked),
    (ciclo_sin_validar.find, ciclo_sin_validar.asked),
    (momento_sin_ciclo.find, momento_sin_ciclo.asked),
    (momento_incompleto.find, momento_incompleto.asked),
    (reaccion_sin_captura.find, reaccion_sin_captura.asked),
    (momento_critico_sin_respaldo.find, momento_critico_sin_respaldo.asked),
    (momento_critico_sin_visita.find, momento_critico_sin_visita.asked),
    (momento_fisico_sin_inspeccion.find, momento_fisico_sin_inspeccion.asked),
    (rol_sin_capacitacion.find, rol_sin_capacitacion.asked),
    (compromiso_sin_evidencia.find, compromiso_sin_evidencia.asked),
    (version_sin_difusion.find, version_sin_difusion.asked),
    (estrategia_incompleta.find, estrategia_incompleta.asked),
    (servicio_sin_valor_posterior.find, servicio_sin_valor_posterior.asked),
    (friccion_sin_plan.find, friccion_sin_plan.asked),
    (tipo_cliente_sin_resguardo.find, tipo_cliente_sin_resguardo.asked),
    (expectativa_sin_responsable.find, expectativa_sin_responsable.asked),
    (error_sin_control.find, error_sin_control.asked),
    (protocolo_incompleto.find, protocolo_incompleto.asked),
    (trato_sin_reglas.find, trato_sin_reglas.asked),
    (clase_servicio_incompleta.find, clase_servicio_incompleta.asked),
    (calidad_incompleta.find, calidad_incompleta.asked),
    (servicio_sin_caracteristicas.find, servicio_sin_caracteristicas.asked),
    (evaluacion_incompleta.find, evaluacion_incompleta.asked),
    (auditoria_sin_accion.find, auditoria_sin_accion.asked),
    (acuerdo_sin_capacidad.find, acuerdo_sin_capacidad.asked),
    (promesa_sin_respaldo.find, promesa_sin_respaldo.asked),
    (servicio_sin_hallazgo.find, servicio_sin_hallazgo.asked),
    (dato_sin_proposito.find, dato_sin_proposito.asked),
    (programa_sin_medida.find, programa_sin_medida.asked),
    (canal_sin_registro.find, canal_sin_registro.asked),
    (texto_provisional.find, texto_provisional.asked),
)
"""The rules about what is missing, each with what it asks."""


class State(StrEnum):
    """How far a section is."""

    COMPLETE = "completa"
    INCOMPLETE = "incompleta"
    NOT_APPLICABLE = "no_aplica"
    MISSING = "falta"


@dataclass(frozen=True, slots=True)
class SectionState:
    """How many of the things that a section must hold it holds."""

    name: str
    title: str
    met: int
    total: int
    state: State
    control: Mapping[str, Any]
    """Its owner, last review, interval and status; empty when they are not written."""


@dataclass(frozen=True, slots=True)
class ServiceState:
    """How many of the things that a service must have in all sections it has."""

    id: str
    title: str
    met: int
    total: int
    complete: bool
    """Whether it has all; False while some section has mistakes that keep it from being asked."""


@lru_cache(maxsize=1)  # several views ask in a row about the one manual
def requirements(manual: Manual) -> tuple[Requirement, ...]:
    """Everything that a complete manual has, met or not.

    Of a section with mistakes in its writing it is only asked to mend them, as the check does.
    """
    entities = (entity for collection in manual.entities.values() for entity in collection.values())
    faulty = {entity.section for entity in entities if not entity.sound}
    asked = [_well_written(manual, section, faulty) for section in _sections(manual)]
    for rule, ask in ASKING:
        if manual.sound(*rule.needs):
            asked.extend(ask(manual))
    return tuple(asked)


def by_section(manual: Manual) -> tuple[SectionState, ...]:
    """The state of each section that is required or there, in the order of the manual."""
    by_name: dict[str, list[Requirement]] = {}
    for requirement in requirements(manual):
        by_name.setdefault(requirement.section, []).append(requirement)
    return tuple(_section_state(manual, section, by_name.get(section.name, [])) for section in _sections(manual))


def by_service(manual: Manual) -> tuple[ServiceState, ...]:
    """The state of each service that the company offers, in the order of the manual."""
    by_id: dict[str, list[Requirement]] = {}
    for requirement in requirements(manual):
        by_id.setdefault(requirement.service or "", []).append(requirement)
    asked_all = all(manual.sound(*rule.needs) for rule, _ in ASKING)
    return tuple(
        ServiceState(
            service.id,
            manual.title(service),
            _met(by_id.get(service.id, ())),
            len(by_id.get(service.id, ())),
            complete=asked_all and all(requirement.met for requirement in by_id.get(service.id, ())),
        )
        for service in manual.services()
    )


def next_steps(manual: Manual, limit: int) -> tuple[Requirement, ...]:
    """The first requirements to meet, the most important first; each holds its problem and place."""
    order = {name: position for position, name in enumerate(manual.spine.sections)}
    to_do = [requirement for requirement in requirements(manual) if requirement.problem]
    to_do.sort(key=lambda requirement: (requirement.importance, order[requirement.section]))
    return tuple(to_do[:limit])


def _sections(manual: Manual) -> Iterator[Section]:
    for section in manual.spine.sections.values():
        if section.required or _is_there(manual, section):
            yield section


def _is_there(manual: Manual, section: Section) -> bool:
    return section.name in manual.parts or section.name in manual.unreadable


def _well_written(manual: Manual, section: Section, faulty: Container[str]) -> Requirement:
    """That a section has no mistakes, neither of its own nor in one of its entities."""
    mistakes = _is_there(manual, section) and (section.name in faulty or not manual.sound(section.name))
    return Requirement(
        section.name,
        f"«{section.title}» escrita sin errores",
        _is_there(manual, section) and not mistakes,
        Importance.SECTION,
        problem=_mend_first(manual, section) if mistakes else None,
    )


def _mend_first(manual: Manual, section: Section) -> Problem:
    part = manual.parts.get(section.name)
    return Problem(
        part.at() if part else Location(f"manual/{section.name}.yml"),
        f"La sección «{section.title}» tiene errores de escritura.",
        "Corrija lo que señala «pauta check».",
    )


def _section_state(manual: Manual, section: Section, asked: list[Requirement]) -> SectionState:
    part = manual.parts.get(section.name)
    if not _is_there(manual, section):
        state = State.MISSING
    elif any(not requirement.met for requirement in asked):
        state = State.INCOMPLETE
    else:
        state = State.COMPLETE if manual.applies(section.name) else State.NOT_APPLICABLE
    return SectionState(section.name, section.title, _met(asked), len(asked), state, part.control if part else {})


def _met(asked: Iterable[Requirement]) -> int:
    return sum(requirement.met for requirement in asked)
