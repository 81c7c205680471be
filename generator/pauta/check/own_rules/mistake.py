"""Why a rule of the company cannot be used, as every part of its reading tells it."""


class Mistake(Exception):  # noqa: N818 - a value that ends the reading of one rule
    """Why a rule cannot be used, and how to mend it, both in Spanish; and the field of the rule that says so."""

    def __init__(self, message: str, mend: str, field: str = "exige") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.field = field
