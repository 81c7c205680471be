"""Build and preview the site with MkDocs."""

import errno
import logging
import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import click

from pauta.findings import CannotGoOn
from pauta.model.editions import Edition
from pauta.pipeline import Checked, Project, Published

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's banner is for whoever upgrades MkDocs

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from pauta.publish.plugin import PautaPlugin


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build."""

    built: bool
    checked: Checked
    site: Path


def build_site(project: Project, *, today: date, target: Path | None = None, own: Edition | None = None) -> Outcome:
    """Check the manual and build the site; nothing is touched when the manual has errors.

    ``target`` is a folder in the place of the project's own. ``own`` is the edition that is being
    released: its site is one version beside others.
    """
    config = config_of(project)
    plugin = _plugin(config)
    config.site_dir = str(target or config.site_dir)
    if own is not None:
        plugin.versioned = True
        config.site_url = config.site_url and urljoin(config.site_url, f"{own.version}/")
    _say("Revisando el manual…")
    published = plugin.render(project, today=today, own=own)
    site = Path(config.site_dir)
    if published.rendered is None:
        return Outcome(built=False, checked=published.checked, site=site)
    plugin.prepared = published
    plugin.progress = _progress if sys.stderr.isatty() else None
    _say(f"Escribiendo {len(published.rendered.pages)} páginas…")
    with _quiet():
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build.build(config)
        except BaseException:  # MkDocs tells its plugins of errors, but not that it was interrupted
            plugin.abandon()
            raise
    return Outcome(built=True, checked=published.checked, site=site)


def pages_of(project: Project, config: MkDocsConfig, *, today: date) -> Published:
    """The pages of a project in memory, as its mkdocs.yml asks for them."""
    return _plugin(config).render(project, today=today)


def register_in(config: MkDocsConfig) -> str:
    """Where the project keeps its register of signatures, as its mkdocs.yml says; empty when it does not."""
    return _plugin(config).config.registro_de_acuses


def serve_site(project: Project, *, today: date, port: int) -> None:
    """Show the site at a local address and build it again at every change."""
    file = _config_file(project)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    PautaPlugin.today_of_preview = today
    _say(f"Vista previa en http://127.0.0.1:{port}/ (se rehace al guardar; para terminar: Ctrl+C)")
    try:
        mkdocs_serve.serve(str(file), dev_addr=f"127.0.0.1:{port}", livereload=True)
    except OSError as problem:
        if problem.errno != errno.EADDRINUSE:
            raise
        raise CannotGoOn(
            f"El puerto {port} ya lo usa otro programa.", f"Elija otro: pauta serve --port {port % 65535 + 1}"
        ) from problem


def _config_file(project: Project) -> Path:
    file = project.root / "mkdocs.yml"
    if not file.is_file():
        raise CannotGoOn(
            "No encuentro «mkdocs.yml» junto a la carpeta «manual».",
            "Para agregar los archivos que faltan sin tocar los que tiene: pauta init .",
        )
    return file


def config_of(project: Project) -> MkDocsConfig:
    """The project's mkdocs.yml, read; raises CannotGoOn when it is not there or cannot be used."""
    try:
        config = load_config(str(_config_file(project)))
    except MkDocsException as problem:
        raise CannotGoOn(
            f"«mkdocs.yml» no se puede usar: {problem}", "Compárelo con el que crea: pauta init"
        ) from problem
    _plugin(config)
    return config


def _plugin(config: MkDocsConfig) -> PautaPlugin:
    for plugin in config.plugins.values():
        if isinstance(plugin, PautaPlugin):
            return plugin
    raise CannotGoOn("«mkdocs.yml» no usa Pauta.", "Agregue «- pauta» debajo de «plugins:».")


class _quiet:  # noqa: N801 - reads as a statement
    """MkDocs says only what is wrong while we tell the progress."""

    def __enter__(self) -> None:
        logging.getLogger("mkdocs").setLevel(logging.WARNING)

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").setLevel(logging.NOTSET)
        if sys.stderr.isatty():
            click.echo("\r\033[K", err=True, nl=False)


def _say(text: str) -> None:
    click.echo(text, err=True)


def _progress(done: int, total: int) -> None:
    click.echo(f"\r{done} de {total}", err=True, nl=False)
