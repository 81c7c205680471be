"""What some tests need and a machine may lack."""

import os

import pytest


def require(condition: object, reason: str) -> None:
    """Skip a test that cannot run here, saying why; where everything must be there, fail it."""
    if condition:
        return
    if os.environ.get("PAUTA_CI") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
