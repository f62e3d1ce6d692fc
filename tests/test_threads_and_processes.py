"""Threads and processes: whoever asks first, all have the same organization."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys

import pytest

from csto_membership import csto

_FIRST_USE = """
import threading
import csto_membership

start = threading.Barrier(32)
found = []

def first_use():
    start.wait()
    found.append((csto_membership.csto, csto_membership.csto.reading(basis="nominal")))

threads = [threading.Thread(target=first_use) for _ in range(32)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(found), len({id(one) for one, _ in found}), len({id(other) for _, other in found}))
"""


def test_threads_get_one_organization() -> None:
    """Of 32 threads that ask at once, in a process that has asked for nothing yet, all get one object."""
    done = subprocess.run(  # noqa: S603 (ourselves)
        [sys.executable, "-c", _FIRST_USE], check=True, capture_output=True, text=True
    )

    assert done.stdout.split()[:2] == ["32", "1"]
    assert done.stdout.split()[2] == "1"


def _members(organization: object) -> tuple[str, ...]:
    """Who was a member, as another process says it."""
    codes: tuple[str, ...] = organization.members_on("2003-06-30").codes()  # type: ignore[attr-defined] # an organization
    return codes


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_another_process_says_the_same(method: str) -> None:
    """An organization goes to another process and answers there as here."""
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip("not on this system")
    with multiprocessing.get_context(method).Pool(1) as pool:
        assert pool.apply(_members, (csto,)) == csto.members_on("2003-06-30").codes()
