"""Imports of answers that wait or are done: a folder each in the data folder, with the file and how it is read.

They stand apart from the database and are in no backup: what was imported is in the responses, and the rest goes
away with the rows that were refused, once an officer has seen to them, or after a month.
"""

import re
import shutil
import time
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, ValidationError

from server.collected.rows import Setup
from server.collected.values import Direction
from server.errors import NotFoundError
from server.store import Store

FOLDER: Final = "collected"
KEPT_SECONDS: Final = 31 * 24 * 3600
"""How long an import that nobody has seen to is kept; it holds what people said."""

KEY: Final = re.compile(r"[0-9a-f]{32}")
STATE, TABLE, REFUSED = "state.json", "table", "refused.csv"


class Columns(BaseModel):
    """How an officer said that the table is to be read."""

    model_config = ConfigDict(frozen=True)

    columns: dict[str, str]
    method: str
    received_on: date
    direction: Direction

    def setup(self) -> Setup:
        """Give it as the reading takes it."""
        return Setup(self.columns, self.method, self.received_on, self.direction)


class Outcome(BaseModel):
    """What an import did."""

    model_config = ConfigDict(frozen=True)

    applied_at: datetime
    rows: int
    saved: int
    there_already: int
    refused: int


class Import(BaseModel):
    """One import of answers."""

    model_config = ConfigDict(frozen=True)

    key: str
    campaign_id: int
    file_sha256: str
    made_at: datetime
    columns: Columns | None = None
    outcome: Outcome | None = None


class Shelf:
    """The folder of imports."""

    def __init__(self, store: Store) -> None:
        self.folder = store.folder / FOLDER

    def add(self, content: bytes, campaign_id: int, made_at: datetime) -> Import:
        """Keep a file; give its import."""
        made = Import(
            key=uuid4().hex, campaign_id=campaign_id, file_sha256=sha256(content).hexdigest(), made_at=made_at
        )
        self._place(made.key).mkdir(parents=True, mode=0o700)
        (self._place(made.key) / TABLE).write_bytes(content)
        self.keep(made)
        return made

    def keep(self, one: Import, refused: bytes | None = None) -> None:
        """Keep what is known of an import, and its rows that were refused."""
        if refused is not None:
            (self._place(one.key) / REFUSED).write_bytes(refused)
        path = self._place(one.key) / STATE
        half_done = path.with_suffix(".new")
        half_done.write_text(one.model_dump_json(), encoding="utf-8")
        half_done.replace(path)

    def get(self, key: str) -> Import:
        """Give an import; `NotFoundError` when there is none of that key."""
        try:
            return Import.model_validate_json((self._place(key) / STATE).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValidationError) as error:
            raise NotFoundError("There is no such import. It may have been removed.") from error

    def table(self, key: str) -> bytes:
        """Give the file of an import that is not done."""
        try:
            return (self._place(key) / TABLE).read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError("The file of this import is gone. Choose it again.") from error

    def refused(self, key: str) -> bytes:
        """Give the rows that were refused, as CSV; `NotFoundError` when there are none."""
        try:
            return (self._place(key) / REFUSED).read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError("No row of this import was refused.") from error

    def forget_table(self, key: str) -> None:
        """Remove the file of an import that is done."""
        (self._place(key) / TABLE).unlink(missing_ok=True)

    def remove(self, key: str) -> None:
        """Remove an import with all that is kept of it."""
        shutil.rmtree(self._place(key), ignore_errors=True)

    def recent(self) -> list[Import]:
        """Give all imports, the latest first, after the old ones were removed."""
        for folder in self._folders():
            if folder.stat().st_mtime < time.time() - KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
        found = [self.get(folder.name) for folder in self._folders() if (folder / STATE).is_file()]
        return sorted(found, key=lambda one: one.made_at, reverse=True)

    def _folders(self) -> Iterator[Path]:
        return (path for path in self.folder.glob("*") if KEY.fullmatch(path.name))

    def _place(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise NotFoundError("There is no such import.")
        return self.folder / key
