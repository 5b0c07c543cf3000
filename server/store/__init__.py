"""The store: one database and one folder of files, opened together.

Everything else in `server` gets its sessions here. Files are written before the row that names them, and removed after
it, so that a row never names a file that is not there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from server.config import INSTALLED, Settings
from server.errors import OlderDatabaseError, StoreError
from server.store import migrating
from server.store.engine import made_engine
from server.store.files import Files
from server.store.keys import Keys
from server.store.ownership import refuse_root
from server.store.turns import Turns

WRITERS: Final = {"sqlite": 1, "postgresql": 8}
"""How many of a process write at once. SQLite has one writer; beyond a few, PostgreSQL's get in one another's way."""


def _elsewhere() -> str | None:
    """Say where this machine's installation is; None without one, or in its own folder."""
    if Path.cwd() == INSTALLED or not INSTALLED.is_dir():
        return None
    return f"here. This machine's Sayso is in {INSTALLED}: cd {INSTALLED}, then run this as its user: sudo -u sayso …"


class Store:
    """The database, the files and the keys of one installation."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder: Path = settings.data
        if not self.folder.is_dir():
            raise StoreError(
                f"{self.folder}: there is no data folder {_elsewhere() or 'yet. Make it with: sayso init'}"
            )
        refuse_root(self.folder)
        self.engine: Engine = made_engine(settings.database_url())
        self.files = Files(self.folder / "files")
        self.keys = Keys(self.folder / "keys")
        self._reader = self.engine
        self._writer = self.engine.execution_options(sayso_writes=True)
        self._turns = Turns(WRITERS[self.engine.dialect.name])

    def check_shape(self) -> None:
        """Refuse, with a `StoreError`, a database that another version of Sayso left."""
        found = migrating.revision(self.engine)
        if found == migrating.newest():
            return
        if found is not None and not migrating.known(found):
            raise StoreError(f"the database is of a newer Sayso (revision {found}). Update Sayso on this machine.")
        raise OlderDatabaseError("the database is not yet as this version of Sayso needs it. Run: sayso migrate")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment; nothing done in it is kept."""
        with Session(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose work is kept, all of it, when its block ends; none of it if the block raises.

        Threads of this process wait here in turn instead of asking the database again and again.
        """
        with (
            self._turns.turn(),
            Session(self._writer, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()
