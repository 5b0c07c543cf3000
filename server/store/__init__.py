"""The store: one database and one folder of files, opened together.

Everything else in `server` gets its sessions here. Files are written before the row that names them, and removed after
it, so that a row never names a file that is not there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from server.config import Settings
from server.errors import StoreError
from server.store.engine import made_engine
from server.store.files import Files
from server.store.keys import Keys


class Store:
    """The database, the files and the keys of one installation."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder: Path = settings.data
        if not self.folder.is_dir():
            raise StoreError(f"{self.folder}: there is no data folder yet. Make it with: sayso init")
        self.engine: Engine = made_engine(settings.database_url())
        self.files = Files(self.folder / "files")
        self.keys = Keys(self.folder / "keys")
        self._reader = self.engine
        self._writer = self.engine.execution_options(sayso_writes=True)
        self._one_writer = Lock() if self.engine.dialect.name == "sqlite" else None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment; nothing done in it is kept."""
        with Session(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose work is kept, all of it, when its block ends; none of it if the block raises.

        SQLite has one writer: threads of this process wait here in turn instead of asking it again and again.
        """
        with self._turn(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._one_writer is None:
            yield
            return
        with self._one_writer:
            yield

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()
