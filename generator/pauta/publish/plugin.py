"""A thin MkDocs plugin: it runs the pipeline and hands MkDocs the pages.

So plain ``mkdocs build``, ``mkdocs serve`` and ``mike deploy`` work on a project.
"""

import logging
import os
import subprocess
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path

from jinja2 import Environment
from mkdocs.config import Config
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from pauta.bundled import site_folder
from pauta.findings import CannotGoOn, Finding, Severity
from pauta.history.record import read_record
from pauta.model.editions import Edition
from pauta.pipeline import Project, Published, render_project
from pauta.publish import settings
from pauta.publish.folders import begin, discard_begun, finish, replacing, write_files
from pauta.publish.private import take_out_registers
from pauta.render import Rendered
from pauta.render.audience import AUDIENCES
from pauta.report import FORMATS, Report

_LOG = logging.getLogger("mkdocs.plugins.pauta")
_VERSION_OF_MIKE = "MIKE_DOCS_VERSION"
"""What ``mike deploy`` sets for the build of a version."""

_NOTHING_YET = Rendered(
    pages={
        "index.md": "# El manual todavía no se puede mostrar\n\nCorrija lo que se indica y guarde: esta página se actualiza sola.\n"
    },
    files={},
    downloads={},
    lists={},
    nav=[("Inicio", "index.md")],
    facts={},
)


class PautaConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves a hook of its base untyped
    """What a project's mkdocs.yml may say under ``plugins: - pauta``."""

    visibilidad = option.Choice(AUDIENCES, default="interno")
    """The most reserved level that the site shows."""

    control_de_git = option.Type(bool, default=False)
    """Whether the site names who wrote and who approved the last change of each section."""

    registro_de_acuses = option.Type(str, default="")
    """Where the company keeps its register of signatures, as seen from the folder of mkdocs.yml."""


class PautaPlugin(BasePlugin[PautaConfig]):  # type: ignore[no-untyped-call]  # the same hook
    """Puts the pages of a manual into a MkDocs build."""

    today_of_preview: date | None = None
    """The day that ``pauta serve --today`` fixes; MkDocs makes the plugin itself."""

    def __init__(self) -> None:
        self.prepared: Published | None = None
        self.versioned = _VERSION_OF_MIKE in os.environ
        self.progress: Callable[[int, int], None] | None = None
        self._serving = False
        self._only_asked = False
        self._site_dir: Path | None = None
        self._new: Path | None = None
        self._rendered = _NOTHING_YET
        self._trouble = ""
        self._written = 0
        self._total = 0

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note whether this is a preview, which must outlive a broken policy, or mike asks for a setting."""
        self._serving = command == "serve"
        self._only_asked = command == "mike"

    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Run the pipeline, set the navigation and the theme, and build aside of the old site."""
        if self._only_asked:
            return config
        root = Path(config.config_file_path).resolve().parent
        self._run(Project(root))
        settings.apply(config, self._rendered.facts, versioned=self.versioned)
        config.nav = settings.menu(self._rendered.nav)
        os.environ.setdefault("SOURCE_DATE_EPOCH", _commit_time(root))
        if not self._serving:
            self._site_dir = Path(config.site_dir)
            self._new = begin(self._site_dir)
            config.site_dir = str(self._new)
        return config

    def _run(self, project: Project) -> None:
        """Make the pages; in a preview, keep the last good ones and remember the trouble."""
        was_wrong, self._trouble = bool(self._trouble), ""
        try:
            published = self._pages(project)
        except CannotGoOn as problem:
            self._fail(f"{problem}\n{problem.tip}")
        except Exception as problem:
            if not self._serving:
                raise
            self._fail(f"{type(problem).__name__}: {problem}")
        else:
            self._take(published)
            if was_wrong and not self._trouble:
                _LOG.warning("El manual ya no tiene errores; se muestran las páginas nuevas.")

    def _pages(self, project: Project) -> Published:
        if self.prepared is not None:
            return self.prepared
        today = self.today_of_preview or date.today()  # noqa: DTZ011 - the day where the manual is read
        return self.render(project, today=today)

    def render(self, project: Project, *, today: date, own: Edition | None = None) -> Published:
        """The pages that mkdocs.yml asks for; ``own`` is the edition that is being released."""
        audience, names = self.config.visibilidad, self.config.control_de_git
        record = read_record(project.root, names_people=names, own=own, audience=audience)
        return render_project(project, audience=audience, today=today, record=record)

    def _take(self, published: Published) -> None:
        if published.rendered is None:
            self._fail(FORMATS["text"](Report(published.checked.findings, published.checked.files)))
            return
        for finding in published.checked.findings:
            _LOG.warning(_one_line(finding))
        self._rendered = published.rendered

    def _fail(self, trouble: str) -> None:
        self._trouble = trouble
        if not self._serving:
            raise Abort(trouble)
        _LOG.error("El manual tiene errores; se siguen mostrando las últimas páginas buenas.\n%s", trouble)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages of the manual, and the house's own where the project has none of that name."""
        for trouble in take_out_registers(files):
            if not self._serving:
                raise PluginError(trouble)
            _LOG.error(trouble)
        rendered = self._rendered
        for path, text in {**rendered.pages, **rendered.files, **rendered.downloads}.items():
            if files.get_file_from_path(path) is None:
                files.append(File.generated(config, path, content=text))
        ours = site_folder() / "contenido"
        for source in sorted(ours.rglob("*")):
            path = source.relative_to(ours).as_posix()
            if source.is_file() and files.get_file_from_path(path) is None:
                files.append(File.generated(config, path, abs_src_path=str(source)))
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Count the pages to write, now that all are known."""
        self._written = 0
        self._total = len(files.documentation_pages(inclusion=InclusionLevel.is_included))
        return env

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """In a preview of a broken manual, show the findings on top of every page."""
        if not self._trouble:
            return html
        return f'<div class="pt-hallazgos" role="alert" data-search-exclude><p>Hay errores en el manual. Esta es la última versión buena.</p><pre>{escape(self._trouble)}</pre></div>\n{html}'

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Tell how far the build has come."""
        self._written += 1
        if self.progress:
            self.progress(self._written, self._total)
        return output

    @event_priority(-100)  # after every other plugin has written its files
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the new site in the place of the old one, and the checklists beside it."""
        if self._serving or self._new is None or self._site_dir is None:
            return
        with replacing(self._site_dir.parent / "listas") as folder:
            write_files(folder, self._rendered.lists)
        finish(self._new, self._site_dir)
        self._new = None
        config.site_dir = str(self._site_dir)

    def on_build_error(self, error: Exception) -> None:
        """Leave nothing half written."""
        self.abandon()

    def abandon(self) -> None:
        """Throw away the site that was being written; the old one stays."""
        if self._site_dir is not None:
            discard_begun(self._site_dir)
        self._new = None

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch the policies, the schemas and the templates."""
        root = Path(config.config_file_path).resolve().parent
        for folder in (root / "manual", root / "schema", root / "site" / "plantillas", site_folder() / "plantillas"):
            if folder.is_dir():
                server.watch(str(folder))
        return server


def _one_line(finding: Finding) -> str:
    severity = "error" if finding.severity is Severity.ERROR else "aviso"
    return f"{finding.location} {severity} {finding.rule} {finding.message}"


def _commit_time(root: Path) -> str:
    """When the project's last commit was made, in seconds; zero where there is no repository."""
    try:
        told = subprocess.run(
            ["git", "log", "-1", "--format=%ct"],  # noqa: S607 - the git on the path is the one they use
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
            timeout=10,
        )
    except (OSError, subprocess.TimeoutExpired):
        return "0"
    return told.stdout.strip() or "0"
