"""The whole Markdown tree with a mkdocs.yml that spells everything out, for another engine."""

import json
import shutil
from datetime import date
from pathlib import Path

import yaml
from mkdocs.config.defaults import MkDocsConfig

from pauta.bundled import site_folder
from pauta.pipeline import Project, render_project
from pauta.publish import settings
from pauta.publish.build import Outcome, config_of, visibility_of
from pauta.publish.folders import replacing, write_files
from pauta.render import Rendered
from pauta.render.navigation import Nav


def write_tree(project: Project, target: Path, *, today: date) -> Outcome:
    """Write the pages, the theme and a mkdocs.yml into ``target``; nothing when there are errors."""
    published = render_project(project, audience=visibility_of(project), today=today)
    rendered = published.rendered
    if rendered is None:
        return Outcome(built=False, checked=published.checked, site=target)
    with replacing(target) as folder:
        pages = folder / "paginas"
        shutil.copytree(site_folder() / "contenido", pages)
        own = project.root / "site" / "contenido"
        if own.is_dir():
            shutil.copytree(own, pages, dirs_exist_ok=True)
        write_files(pages, {**rendered.pages, **rendered.files, **rendered.downloads})
        shutil.copytree(site_folder() / "theme", folder / "tema")
        (folder / "mkdocs.yml").write_text(_configuration(rendered, config_of(project)), encoding="utf-8")
    return Outcome(built=True, checked=published.checked, site=target)


def _configuration(rendered: Rendered, own: MkDocsConfig) -> str:
    plain = json.loads(json.dumps(settings.whole(rendered.facts)))
    named = {name: own[name] for name in ("site_name", "site_description", "site_url") if own[name]}
    whole = {**named, "docs_dir": "paginas", "site_dir": "sitio", **plain, "nav": _nav(rendered.nav)}
    whole["theme"]["custom_dir"] = "tema"
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)


def _nav(nav: Nav) -> list[dict[str, object]]:
    return [{title: below if isinstance(below, str) else _nav(below)} for title, below in nav]
