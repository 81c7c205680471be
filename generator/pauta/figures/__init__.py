"""Stage 6: the manual -> pictures as SVG, made of text and shapes alone."""

from pauta.figures.complaint_flow import complaint_flow
from pauta.figures.triangle import service_triangle

__all__ = ["complaint_flow", "service_triangle"]
