"""A PostgreSQL server of the tests' own, started on first use in a folder that is removed afterwards."""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER_USER = "postgres"
"""PostgreSQL refuses to run as root: then it runs as the user that Debian's package makes."""


def _tools() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if not found:
        raise RuntimeError("PostgreSQL is not installed. Install it with: apt-get install postgresql")
    return found[-1]


def _command(*words: str | Path) -> None:
    as_user = ["setpriv", "--reuid", SERVER_USER, "--regid", SERVER_USER, "--clear-groups"] if os.getuid() == 0 else []
    done = subprocess.run([*as_user, *map(str, words)], capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed: {done.stdout}{done.stderr}")


@contextmanager
def postgres_server(*, safe: bool = False) -> Iterator[str]:
    """Give the address of a running server without its database name; `safe` keeps what was committed on disk."""
    folder = Path(tempfile.mkdtemp(prefix="sayso-pg-"))
    tools, data = _tools(), folder / "data"
    user = SERVER_USER if os.getuid() == 0 else getpass.getuser()
    if os.getuid() == 0:
        shutil.chown(folder, SERVER_USER, SERVER_USER)
    durable = "" if safe else "-c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    try:
        _command(
            tools / "initdb", "-D", data, "-U", user, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"
        )
        options = f"{durable}-c listen_addresses= -c unix_socket_directories={folder} -c max_connections=200"
        _command(tools / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://{user}@/{{name}}?host={folder}"
        finally:
            _command(tools / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def restarted_at_once(address: str) -> None:
    """End a server of these as a crash would, without a chance to tidy up, and start it again."""
    folder = Path(address.partition("?host=")[2])
    _command(_tools() / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "-l", folder / "log", "restart")
