"""The template engine: templates of the house, of a company, and the filters they use."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, TemplateSyntaxError
from markupsafe import Markup, escape

from pauta.bundled import site_folder
from pauta.findings import CannotGoOn
from pauta.model import Entity
from pauta.render.html import attribute, heading, join, paragraphs, tag
from pauta.render.places import anchor

_LONGEST_EXCERPT = 150


def make_environment(own_templates: Path | None = None) -> Environment:
    """An environment that escapes every value and prefers a company's own templates."""
    folders = [folder for folder in (own_templates, site_folder() / "plantillas") if folder]
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        auto_reload=False,  # an environment is made for each rendering
        trim_blocks=True,
        comment_start_string="{##",  # so that a heading may end in {#its-anchor}
        comment_end_string="##}",
    )
    environment.filters.update(
        encabezado=heading,
        titulo_yaml=front_matter_title,
        recorte=excerpt,
        cuenta=count,
        pares=pairs,
        valores=lambda mapping: list(mapping.values()),
        que=having,
        ancla=anchor,
        icono=icon,
        estado_de_avance=progress_chip,
        explicacion=explanation,
    )
    return environment


def own_template_error(problem: Exception, own_templates: Path) -> CannotGoOn | None:
    """What to tell of an exception that a company's own template raised; None when it is not theirs."""
    if isinstance(problem, UnicodeDecodeError):
        return _not_text(own_templates)
    place = _place_in(problem, own_templates)
    if place is None:
        return None
    file, line = place
    return CannotGoOn(
        f"La plantilla «{_shown(file, own_templates)}» tiene un error en la línea {line}: {problem}",
        "Corrija esa línea, o quite el archivo para usar la plantilla que trae Pauta.",
    )


def _place_in(problem: Exception, folder: Path) -> tuple[Path, int] | None:
    """The last line of a file below a folder that an exception went through."""
    places = [(Path(frame.filename), frame.lineno or 0) for frame in extract_tb(problem.__traceback__)]
    if isinstance(problem, TemplateSyntaxError) and problem.filename:
        places.append((Path(problem.filename), problem.lineno))
    return next((place for place in reversed(places) if place[0].is_relative_to(folder)), None)


def _not_text(own_templates: Path) -> CannotGoOn | None:
    for file in sorted(own_templates.rglob("*.jinja")):
        try:
            file.read_text("utf-8")
        except UnicodeDecodeError:
            return CannotGoOn(
                f"La plantilla «{_shown(file, own_templates)}» no está en UTF-8.",
                "Ábrala en su editor y guárdela con la codificación UTF-8.",
            )
    return None


def _shown(file: Path, own_templates: Path) -> str:
    return file.relative_to(own_templates.parents[1]).as_posix()


def has_template(environment: Environment, name: str) -> bool:
    """Whether there is a template of that name."""
    return name in _templates(environment)


@lru_cache(maxsize=1)
def _templates(environment: Environment) -> frozenset[str]:
    return frozenset(environment.list_templates())


def front_matter_title(text: str) -> Markup:
    """A page's title for its front matter. The theme prints it as HTML, so it is escaped here."""
    return Markup(json.dumps(str(attribute(text)), ensure_ascii=False))  # noqa: S704 - JSON text is YAML text


def excerpt(text: str) -> Markup:
    """The beginning of a text, cut at a word."""
    flat = " ".join(str(text).split())
    if len(flat) <= _LONGEST_EXCERPT:
        return escape(flat)
    return escape(flat[:_LONGEST_EXCERPT].rpartition(" ")[0].rstrip(",.;:") + "…")


def count(number: int, one: str, many: str) -> str:
    """«1 lugar», «3 lugares»."""
    return f"{number} {one if number == 1 else many}"


def pairs(mapping: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Names and values of a mapping, for loops."""
    return list(mapping.items())


def having(entities: Iterable[Entity], field: str, value: object) -> list[Entity]:
    """The entities whose field has a value."""
    return [entity for entity in entities if entity.data.get(field) == value]


@cache
def icon(name: str) -> Markup:
    """An icon of Material Design as inline SVG, from the theme's own package."""
    if not re.fullmatch(r"[a-z0-9-]+", name):
        return Markup()
    import material  # type: ignore[import-untyped]  # noqa: PLC0415 - only its folder is used

    file = Path(material.__file__).parent / "templates" / ".icons" / "material" / f"{name}.svg"
    drawing = re.search(r'<path d="([^"]*)"', file.read_text(encoding="utf-8")) if file.is_file() else None
    if drawing is None:
        return Markup()
    return Markup(
        '<svg class="pt-icono" viewBox="0 0 24 24" width="24" height="24" fill="currentColor" '
        'aria-hidden="true" focusable="false"><path d="{}"/></svg>'
    ).format(drawing[1])


_PROGRESS = {
    "completa": ("bien", "✓ Completa"),
    "incompleta": ("aviso", "● Incompleta"),
    "no_aplica": ("neutro", "No aplica"),
    "falta": ("error", "✗ Falta"),
}


def progress_chip(state: str) -> Markup:
    """The chip of a state of completeness."""
    kind, text = _PROGRESS[state]
    return tag("span", text, f"pt-chip pt-chip--{kind}")


def explanation(text: str) -> Markup:
    """A rule's explanation: paragraphs, and blocks indented by four spaces as code."""
    blocks = re.split(r"\n\s*\n", text.strip("\n"))
    return join([_block(block) for block in blocks if block.strip()], "\n")


def _block(block: str) -> Markup:
    lines = block.splitlines()
    if all(line.startswith("    ") or not line.strip() for line in lines):
        return tag("pre", tag("code", "\n".join(line[4:] for line in lines)))
    return join(tag("p", paragraph) for paragraph in paragraphs(block))
