"""The libraries in memory that most tests of tables are run with."""

from __future__ import annotations

import pytest

from tests.frames.backends import module
from tests.frames.tables import LIBRARIES


@pytest.fixture(params=LIBRARIES)
def backend(request: pytest.FixtureRequest) -> str:
    """A library that is installed."""
    module(str(request.param))
    return str(request.param)
