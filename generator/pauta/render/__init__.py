"""Stage 5: the manual -> pages, in memory."""

from pauta.render.site import Rendered, render_site

__all__ = ["Rendered", "render_site"]
