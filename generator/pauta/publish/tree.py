"""The whole Markdown tree with a mkdocs.yml that spells everything out, for another engine."""

import json
import shutil
from datetime import date
from pathlib import Path

import yaml
from mkdocs.config.defaults import MkDocsConfig

from pauta.bundled import site_folder
from pauta.findings import CannotGoOn
from pauta.pipeline import Project
from pauta.publish import settings
from pauta.publish.build import Outcome, config_of, pages_of
from pauta.publish.folders import replacing, write_files
from pauta.render import Rendered


def write_tree(project: Project, target: Path, *, today: date) -> Outcome:
    """Write the pages, the theme and a mkdocs.yml into ``target``; nothing when there are errors.

    Raises CannotGoOn when ``target`` holds anything else: it would be lost.
    """
    config = config_of(project)
    _refuse_what_is_not_ours(target)
    published = pages_of(project, config, today=today)
    rendered = published.rendered
    if rendered is None:
        return Outcome(built=False, checked=published.checked, site=target)
    with replacing(target) as folder:
        pages = folder / "paginas"
        shutil.copytree(site_folder() / "contenido", pages)
        write_files(pages, {**rendered.pages, **rendered.files, **rendered.downloads})
        shutil.copytree(config.docs_dir, pages, dirs_exist_ok=True)  # what a company writes comes before ours
        shutil.copytree(site_folder() / "theme", folder / "tema")
        (folder / "mkdocs.yml").write_text(_configuration(rendered, config), encoding="utf-8")
    return Outcome(built=True, checked=published.checked, site=target)


_OURS = frozenset({"mkdocs.yml", "paginas", "tema", "sitio"})


def _refuse_what_is_not_ours(target: Path) -> None:
    if target.exists() and not (target.is_dir() and {entry.name for entry in target.iterdir()} <= _OURS):
        raise CannotGoOn(
            f"«{target}» tiene otras cosas, que se perderían.",
            "Elija una carpeta nueva, por ejemplo: pauta render --out build/docs",
        )


def _configuration(rendered: Rendered, own: MkDocsConfig) -> str:
    plain = json.loads(json.dumps(settings.whole(rendered.facts)))
    named = {name: own[name] for name in ("site_name", "site_description", "site_url") if own[name]}
    whole = {**named, "docs_dir": "paginas", "site_dir": "sitio", **plain, "nav": settings.menu(rendered.nav)}
    whole["theme"]["custom_dir"] = "tema"
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
