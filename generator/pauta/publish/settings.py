"""What Material for MkDocs needs from us: theme features, extensions, styles and scripts.

The plugin gives it, so that a manager's mkdocs.yml holds only what is theirs to decide; what that
file says of its own wins.
"""

from collections.abc import Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from pauta.bundled import site_folder

THEME: Mapping[str, Any] = {
    "name": "material",
    "language": "es",
    "font": False,
    "logo": "imagenes/logo.svg",
    "favicon": "imagenes/favicon.svg",
    "features": [
        "navigation.tabs", "navigation.indexes", "navigation.prune", "navigation.top", "navigation.footer",
        "search.suggest", "search.highlight", "toc.follow",
    ],
    "palette": [
        {"media": "(prefers-color-scheme: light)", "scheme": "default", "primary": "custom", "accent": "custom",
         "toggle": {"icon": "material/weather-night", "name": "Cambiar a colores oscuros"}},
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "custom", "accent": "custom",
         "toggle": {"icon": "material/weather-sunny", "name": "Cambiar a colores claros"}},
    ],
}
EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "attr_list": {},
    "tables": {},
    "fenced_code": {},
    "admonition": {},
    "toc": {"permalink": False, "toc_depth": 3},
}
STYLES = ("css/pauta.css",)
SCRIPTS = ("js/pauta.js",)
SEARCH = {"lang": "es", "separator": r'[\s\u200b\-_,:!=\[\]()"/¿?¡«».;]+'}


def apply(config: MkDocsConfig, facts: Mapping[str, str]) -> None:
    """Give MkDocs what the pages of a manual need."""
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
    config.extra["pauta"] = dict(facts)
    config.use_directory_urls = False  # so that the site opens from a folder


def whole(facts: Mapping[str, str]) -> dict[str, Any]:
    """The same as one configuration, for an engine that does not run the plugin."""
    return {
        "site_name": facts["titulo"],
        "use_directory_urls": False,
        "theme": dict(THEME),
        "plugins": [{"search": SEARCH}, "offline"],
        "markdown_extensions": [{name: dict(options)} if options else name for name, options in EXTENSIONS.items()],
        "extra_css": list(STYLES),
        "extra_javascript": list(SCRIPTS),
        "extra": {"generator": False, "pauta": dict(facts)},
    }


def _place_of_house_theme(config: MkDocsConfig) -> int:
    """Behind the company's own theme folder, if it has one, and before Material."""
    return 1 if config.theme.custom_dir else 0


def _unset(config: MkDocsConfig, name: str) -> bool:
    """Whether mkdocs.yml leaves a setting of the theme as Material has it."""
    return name not in (config.user_configs[0].get("theme") or {}) if config.user_configs else True
