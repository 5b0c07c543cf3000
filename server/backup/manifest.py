"""What a backup says of itself: what it is, of when, and the hash of everything in it."""

from typing import Annotated, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from server.backup.shapes import Kind
from server.errors import BackupError
from server.store.keys import KeyName

FORMAT: Final = 1
"""The format that is written; one with a higher number is of a newer Sayso."""

NAME: Final = "manifest.json"
MANIFEST_BYTES_MAX: Final = 64 << 20
"""A file's line takes about 80 bytes: enough for 800,000 files."""

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z_][a-z0-9_]{0,62}$")]


class Strict(BaseModel):
    """Taken as written, or refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Head(BaseModel):
    """What every format says: enough to tell which Sayso can read it."""

    format: int
    sayso: str


class TableEntry(Strict):
    """One table's rows, in `tables/<name>.jsonl`."""

    columns: dict[Identifier, Kind]
    rows: Annotated[int, Field(ge=0)]
    sha256: Hash
    last_number: int | None
    """The last number that the database gave to a row, so that none is ever given twice."""


class Manifest(Strict):
    """All that a backup holds."""

    format: int
    sayso: str
    """The version that made it."""
    revision: str
    made_at: AwareDatetime
    tables: dict[Identifier, TableEntry]
    files: dict[Hash, int]
    """Name → size in bytes of `files/<name>`; the name is the hash of what it holds."""
    missing: list[Hash]
    """Files that a row names and that were not whole in the data folder when the backup was made."""
    keys: dict[KeyName, Hash]
    """Name → hash of `keys/<name>`."""

    def members(self) -> set[str]:
        """Give the names of everything that stands in the file."""
        return (
            {NAME}
            | {table_member(name) for name in self.tables}
            | {file_member(name) for name in self.files}
            | {key_member(name) for name in self.keys}
        )

    def rows(self) -> int:
        """Give how many rows all tables have."""
        return sum(entry.rows for entry in self.tables.values())


def table_member(name: str) -> str:
    """Give where a table's rows stand."""
    return f"tables/{name}.jsonl"


def file_member(name: str) -> str:
    """Give where a kept file stands."""
    return f"files/{name}"


def key_member(name: str) -> str:
    """Give where a secret stands."""
    return f"keys/{name}"


def parsed(content: bytes, where: object) -> Manifest:
    """Give a manifest; `BackupError` when it is none, or of a newer Sayso."""
    try:
        head = Head.model_validate_json(content)
        if head.format > FORMAT:
            raise BackupError(f"{where}: this backup was made by a newer Sayso ({head.sayso}). Update Sayso first.")
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        raise BackupError(f"{where}: this is not a backup made by Sayso.") from error
