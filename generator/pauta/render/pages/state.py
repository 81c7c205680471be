"""The pages of the state of the manual: what is met and what comes next, its control, its versions."""

from datetime import date

from pauta.check import rules_by_id
from pauta.check.completeness import by_section, by_service, next_steps
from pauta.check.exceptions import waived
from pauta.check.settings import waivers, weights
from pauta.model import Manual
from pauta.model.editions import Edition, newest_first, period_of
from pauta.render.navigation import Entry
from pauta.render.pages.calculations import calculation_pages
from pauta.render.workshop import Workshop

_STEPS_SHOWN = 12


def state_pages(shop: Workshop) -> Entry:
    """The state, the calculations where there are any, the control and the versions."""
    state, control = _state(shop), _control(shop)
    return "Estado", [
        ("Estado del manual", state),
        *calculation_pages(shop),
        ("Control de versiones", control),
        ("Versiones", _editions(shop)),
    ]


def percentage(manual: Manual) -> int:
    """How much of what the manual must say it says, of a hundred."""
    rows = by_section(manual)
    total = sum(row.total for row in rows)
    return sum(row.met for row in rows) * 100 // total if total else 0


def _state(shop: Workshop) -> str:
    manual = shop.manual
    sections = by_section(manual)
    return shop.write(
        "estado.md",
        "vistas/estado.md.jinja",
        shop.identity,
        por_seccion=sections,
        por_servicio=by_service(manual),
        siguientes=next_steps(manual, _STEPS_SHOWN),
        porcentaje=percentage(manual),
        controles=shop.controls,
        gravedades=list(weights(manual)),
        excepciones=list(waivers(manual)),
        reglas=rules_by_id(manual),
        lugar_exceptuado=lambda place: waived(manual, place),
        cumplidos=sum(row.met for row in sections),
        total=sum(row.total for row in sections),
    )


def _control(shop: Workshop) -> str:
    return shop.write(
        "control.md",
        "vistas/control.md.jinja",
        shop.identity,
        secciones=list(shop.controls.values()),
        registro=shop.record,
    )


def _editions(shop: Workshop) -> str:
    """The released versions that led to this one, and this one."""
    data, released = shop.identity.data, shop.record.editions
    own = Edition(data["version"], date.fromisoformat(data["vigente_desde"]))
    known = [each for each in released if each.version != own.version]
    own = next((each for each in released if each.version == own.version), own)
    editions = newest_first((*known, own))
    periods = [period_of(each, editions) for each in editions]
    return shop.write("versiones.md", "vistas/versiones.md.jinja", shop.identity, periodos=periods)
