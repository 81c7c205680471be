"""What Material for MkDocs needs from us: theme features, extensions, styles and scripts.

The plugin gives it, so that a manager's mkdocs.yml holds only what is theirs to decide; what that
file says of its own wins.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from pauta.bundled import site_folder
from pauta.render.navigation import Nav

THEME: Mapping[str, Any] = {
    "name": "material",
    "language": "es",
    "font": False,
    "logo": "imagenes/logo.svg",
    "favicon": "imagenes/favicon.svg",
    "features": ["navigation.path", "navigation.prune", "toc.follow", "search.highlight"],
    "palette": [
        {
            "media": "(prefers-color-scheme)",
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": "material/brightness-auto", "name": "Colores del dispositivo; cambiar a claros"},
        },
        {
            "media": "(prefers-color-scheme: light)",
            "scheme": "default",
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": "material/weather-sunny", "name": "Colores claros; cambiar a oscuros"},
        },
        {
            "media": "(prefers-color-scheme: dark)",
            "scheme": "slate",
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": "material/weather-night", "name": "Colores oscuros; seguir los del dispositivo"},
        },
    ],
}
EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "attr_list": {},
    "tables": {},
    "fenced_code": {},
    "admonition": {},
    "toc": {"permalink": True, "permalink_title": "Enlace a esta parte", "toc_depth": 3},
}
STYLES = tuple(
    f"css/{name}.css"
    for name in (
        "colores",
        "base",
        "componentes",
        "listas",
        "camino",
        "paginas",
        "sistema",
        "versiones",
        "novedades",
        "calculos",
        "impresion",
    )
)
SCRIPTS = tuple(
    f"js/{name}.js"
    for name in ("menu", "busqueda", "teclado", "regiones", "vencimientos", "versiones", "novedades", "listas")
)
POLYFILLS = ("assets/javascripts/iframe-worker/shim.js",)
"""So that the search works on a page opened from a folder."""
ALIAS = "vigente"
"""The folder of the newest version, beside one folder for each version."""
SELECTOR: Mapping[str, Any] = {"provider": "mike", "alias": True, "default": ALIAS}
SEARCH = {"lang": "es", "separator": r'[\s\u200b\-_,:!=\[\]()"/¿?¡«».;]+'}


def apply(config: MkDocsConfig, facts: Mapping[str, str], *, versioned: bool = False) -> None:
    """Give MkDocs what the pages of a manual need; ``versioned`` ones stand beside those of other versions."""
    config.theme.dirs.insert(_place_of_house_theme(config), str(site_folder() / "theme"))
    for name, value in THEME.items():
        if name != "name" and _unset(config, name):
            config.theme[name] = value
    for name, options in EXTENSIONS.items():
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
        config.mdx_configs[name] = {**options, **(config.mdx_configs.get(name) or {})}
    config.extra_css.extend(STYLES)
    config.extra_javascript.extend(SCRIPTS)
    config.extra.setdefault("generator", False)
    config.extra["polyfills"] = [*config.extra.get("polyfills", ()), *POLYFILLS]
    config.extra["pauta"] = dict(facts)
    if versioned:
        config.extra.setdefault("version", dict(SELECTOR))
    config.use_directory_urls = False  # so that the site opens from a folder


def whole(facts: Mapping[str, str]) -> dict[str, Any]:
    """The same as one configuration, for an engine that does not run the plugin."""
    return {
        "use_directory_urls": False,
        "theme": dict(THEME),
        "plugins": [{"search": SEARCH}, "offline"],
        "markdown_extensions": [{name: dict(options)} if options else name for name, options in EXTENSIONS.items()],
        "extra_css": list(STYLES),
        "extra_javascript": list(SCRIPTS),
        "extra": {"generator": False, "polyfills": list(POLYFILLS), "pauta": dict(facts)},
    }


def menu(nav: Nav) -> list[dict[str, object]]:
    """The navigation as MkDocs reads it. The theme prints titles as HTML, so they are escaped."""
    return [{escape(title): below if isinstance(below, str) else menu(below)} for title, below in nav]


def _place_of_house_theme(config: MkDocsConfig) -> int:
    """Behind the company's own theme folder, if it has one, and before Material."""
    return 1 if config.theme.custom_dir else 0


def _unset(config: MkDocsConfig, name: str) -> bool:
    """Whether mkdocs.yml leaves a setting of the theme as Material has it."""
    return name not in (config.user_configs[0].get("theme") or {}) if config.user_configs else True
