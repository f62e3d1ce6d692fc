"""Threads and processes: whoever asks first, all have the same organization."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys

import pytest

from csto_membership import csto

_FIRST_USE = """
import sys, threading
import csto_membership
from csto_membership import *

sys.setswitchinterval(1e-4)  # so that the threads interrupt each other inside
start = threading.Barrier(32)
found = []

def first_use():
    start.wait()
    found.append({thing})

threads = [threading.Thread(target=first_use) for _ in range(32)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(found), len({{id(one) for one in found}}), sum(one == found[0] for one in found))
"""


def _first_use(thing: str) -> list[int]:
    """How many of 32 threads got something, how many different objects, and how many that are equal."""
    program = _FIRST_USE.format(thing=thing)
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603 (ourselves)
    return [int(word) for word in done.stdout.split()]


@pytest.mark.parametrize(
    "thing",
    [
        "csto_membership.csto",
        "csto_membership.csto_pa",
        "shipped('SCO')",
        "csto_membership.csto.reading(basis='nominal')",
        "csto_membership.csto.reading(known_on='2012-07-01').reading(dating='decision')",
        "csto_membership.Claim",
        "csto_membership.Explanation",
    ],
)
def test_threads_get_one_object(thing: str) -> None:
    """Of 32 threads that ask at once, in a process that has asked for nothing yet, all get one object."""
    assert _first_use(thing) == [32, 1, 32]


@pytest.mark.parametrize(
    "thing",
    [
        "organizations()",
        "memberships_of('ARM', '2003-06-30')",
        "press_claims()",
        "csto_membership.csto.members_on('1999')",
        "csto_membership.csto.spells('UZB')",
        "csto_membership.csto.changes()",
        "csto_membership.csto.state('Соединённые Штаты')",
        "csto_membership.csto.was_member('Greenland', '2003')",
        "csto_membership.csto.explain('UZB', '2003-06-30', lang='ar').text()",
        "csto_membership.csto.check(RosterClaim(states=['ARM', 'Беларусь'], when='2003', complete=False))",
        "csto_membership.csto.check(ActClaim(states='UZB', act='left', when='28 июня 2012 г.')).text(lang='ru')",
        "csto_membership.csto.holder_of('secretary-general', '2003-06-30')",
        "csto_membership.csto.data_version",
        "csto_membership.csto.to_json()",
        "csto_membership.csto.beside(['USA'])",
        "csto_membership.csto._repr_html_()",
    ],
)
def test_threads_get_one_answer(thing: str) -> None:
    """Whatever is read, compiled or spelled out on first use, 32 threads that ask at once get equal answers."""
    found, _, equal = _first_use(thing)

    assert (found, equal) == (32, 32)


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


# In a process of its own: this one may have threads of Polars, with which no fork is safe.
_FORKED = """
import os, signal, threading, time
import csto_membership
from csto_membership import loading

{before}
child = os.fork()
if child == 0:
    signal.alarm(20)  # ends a child that waits for ever
    csto = csto_membership.csto
    os._exit(0 if csto.reading(basis="active").members_on("2003-06-30").codes() == {codes} else 1)
_, status = os.waitpid(child, 0)
print(os.waitstatus_to_exitcode(status), csto_membership.csto.members_on("2003-06-30").codes() == {codes})
"""
_READING = """
begun = threading.Event()
read_file = loading.shipped_file

def slowly(name):
    begun.set()
    time.sleep(0.3)
    return read_file(name)

loading.shipped_file = slowly
threading.Thread(target=lambda: csto_membership.csto).start()
begun.wait()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize(
    "before",
    ["", "csto_membership.csto.members_on('2003-06-30')", _READING],
    ids=["nothing was asked", "all was asked", "another thread reads"],
)
def test_a_forked_process_says_the_same(before: str) -> None:
    """Whatever the parent has asked, and even while one of its threads reads the facts, its child answers alike."""
    program = _FORKED.format(before=before, codes=csto.members_on("2003-06-30").codes())
    done = subprocess.run(  # noqa: S603 (ourselves)
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", program],
        check=True,
        capture_output=True,
        text=True,
    )

    assert done.stdout.split() == ["0", "True"]
