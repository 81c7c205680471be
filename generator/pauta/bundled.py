"""Where the folders that travel with the program live, in a wheel or in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]


def _folder(name: str) -> Path:
    installed = _PACKAGE / f"_{name}"
    return installed if installed.is_dir() else _CHECKOUT / name


def schema_folder() -> Path:
    """The folder of the section schemas."""
    return _folder("schema")


def site_folder() -> Path:
    """The folder of templates, hand-written pages and theme."""
    return _folder("site")


def starter_folder() -> Path:
    """The folder of files that ``pauta init`` writes."""
    return _PACKAGE / "starter"
