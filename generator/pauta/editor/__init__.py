"""What an editor needs to help with a manual: schemas with help, completion and errors in Spanish."""

from pauta.editor.files import SETTINGS, Refreshed, editor_schemas, editor_settings, refresh_editor
from pauta.editor.inside import inside

__all__ = ["SETTINGS", "Refreshed", "editor_schemas", "editor_settings", "inside", "refresh_editor"]
