"""A throwaway PostgreSQL server, so that the same tests run on both kinds of database.

It is started from installed binaries, listens on a private socket only, and forgets durability
for speed. PostgreSQL refuses to run as root: then an unprivileged user of the system runs it. The
server hangs on a pipe held by this process, so that it ends even where the tests are killed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable

WELL_KNOWN = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/pgsql-*/bin")
RUN_UNTIL_PIPE_CLOSES = '"$@" & read -r _; kill -QUIT $!; wait'


def binaries() -> Path | None:
    """Find the folder that holds initdb and postgres, the newest where there are several."""
    folders = [Path(folder) for folder in os.get_exec_path()]
    for pattern in WELL_KNOWN:
        anchor = Path("/")
        folders += sorted(anchor.glob(pattern.lstrip("/")), reverse=True)
    for folder in folders:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
            return folder
    return None


def missing() -> str | None:
    """Say why no server can be started here; None where one can."""
    if os.name == "nt":
        return "PostgreSQL is tested on Linux and macOS only"
    if binaries() is None:
        return "PostgreSQL's server is not installed (initdb and postgres were not found)"
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg is not installed (pip install 'ka2tui[postgres]')"
    return None


def _other_user() -> dict[str, Any]:
    """Name the user who runs the server where this process is root, as subprocess wants it."""
    if os.geteuid() != 0:
        return {}
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


class Server:
    """A running server; `with Server() as server:` starts and ends it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="ka2pg-"))  # short: it names a socket
        self._numbers = count(1)
        self._template: str | None = None

    def __enter__(self) -> Self:
        found = binaries()
        if found is None:
            raise RuntimeError(missing())
        user = _other_user()
        if user:
            os.chown(self.folder, user["user"], user["group"])
        data, log = self.folder / "data", (self.folder / "server.log").open("wb")
        plain = {"PATH": os.defpath, "HOME": str(self.folder), "LC_ALL": "C", "TZ": "UTC"}
        make = ["-U", "ka2tui", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(
            [str(found / "initdb"), "-D", str(data), *make],
            env=plain,
            cwd=self.folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=True,
            **user,
        )
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "50",
            "shared_buffers": "16MB",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [str(found / "postgres"), "-D", str(data), *options]
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", RUN_UNTIL_PIPE_CLOSES, "sh", *command],
            env=plain,
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            **user,
        )
        log.close()
        self._wait_until_ready()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        """The address of a database on this server."""
        return f"postgresql+psycopg://ka2tui@/{database}?host={self.folder}"

    def create(self, template: Callable[[str], object] | None = None) -> str:
        """Create a database and return its address.

        Args:
            template: Fills the database at the address given to it. It is called once; later
                databases are copies, which takes a fraction of the time.
        """
        copied = "template1"
        if template:
            if self._template is None:
                self._template = "filled"
                self._sql(f"CREATE DATABASE {self._template}")
                template(self.url(self._template))
            copied = self._template
        name = f"t{next(self._numbers)}"
        self._sql(f"CREATE DATABASE {name} TEMPLATE {copied}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, also from under connections that were left open."""
        name = url.partition("?")[0].rpartition("/")[2]
        self._sql(f"DROP DATABASE {name} WITH (FORCE)")

    def _sql(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(
            host=str(self.folder), user="ka2tui", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def _wait_until_ready(self) -> None:
        import psycopg

        end = time.monotonic() + 60
        while True:
            try:
                return self._sql("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > end or self._process.poll() is not None:
                    log = (self.folder / "server.log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL did not start:\n{log}") from None
                time.sleep(0.02)
