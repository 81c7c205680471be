"""What an editor needs to help with a manual: schemas with help, completion and errors in Spanish."""

from pauta.editor.files import Refreshed, editor_schemas, editor_settings, refresh_editor

__all__ = ["Refreshed", "editor_schemas", "editor_settings", "refresh_editor"]
