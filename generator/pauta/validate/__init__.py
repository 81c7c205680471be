"""Stage 2: documents x schemas -> findings in plain Spanish."""

from pauta.validate.sections import Validated, validate

__all__ = ["Validated", "validate"]
