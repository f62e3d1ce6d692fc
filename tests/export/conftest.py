"""The servers of these tests: each is started once, or the reason why it is not is printed."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from tests.export.servers import NotStartedError, Server, from_system, from_wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

SERVERS: dict[str, Callable[[], AbstractContextManager[Server]]] = {
    "postgresql18": lambda: from_wheel(("18",)),
    "postgresql": lambda: from_system(("14", "15", "16", "17", "18")),
}
_SCHEMA = count()


@pytest.fixture(scope="session", params=list(SERVERS))
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A running PostgreSQL; its ``dialect`` is the one that it is asked in."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install -e '.[test-export]')")
    try:
        with SERVERS[request.param]() as started:
            started.dialect = request.param
            yield started
    except NotStartedError as error:
        pytest.skip(f"{request.param}: {error}")


@pytest.fixture
def connection(server: Server) -> Iterator[object]:
    """A connection to it, in a schema of its own."""
    import psycopg

    connect: Any = psycopg.connect  # whose queries would have to be literals
    with connect(server.address, autocommit=True) as opened:
        name = f"s{next(_SCHEMA)}"
        opened.execute(f"CREATE SCHEMA {name}")
        opened.execute(f"SET search_path TO {name}")
        yield opened
