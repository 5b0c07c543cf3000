"""The database's shape, brought to that of this version of Sayso by numbered migrations.

Alembic is loaded only to migrate: which revision a database is at is asked at each start.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, column, inspect, select, table

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
VERSIONS = table("alembic_version", column("version_num"))
"""Where Alembic keeps the revision that the database is at."""


def config(engine: Engine) -> "Config":
    """Give Alembic's configuration for one database."""
    from alembic.config import Config  # noqa: PLC0415

    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["engine"] = engine
    return made


def revision(engine: Engine) -> str | None:
    """Give the revision that a database is at; None for an empty one."""
    with engine.connect() as connection:
        return revision_in(connection)


def revision_in(connection: Connection) -> str | None:
    """Give the revision that a database is at, as this connection sees it; None for an empty one."""
    if not inspect(connection).has_table(VERSIONS.name):
        return None
    found: str | None = connection.scalar(select(VERSIONS.c.version_num))
    return found


def newest() -> str:
    """Give the revision that this version of Sayso works with."""
    return every()[-1]


def every() -> list[str]:
    """Give the revisions that this version of Sayso knows, the first one first."""
    return list(_in(MIGRATIONS))


@cache  # an update that puts another migration there is not yet what this process runs
def _in(folder: Path) -> tuple[str, ...]:
    """Give the revisions of a folder: each is the number that its file's name begins with."""
    return tuple(sorted(path.name.partition("_")[0] for path in folder.glob("versions/[0-9]*.py")))


def known(name: str) -> bool:
    """Tell whether this version of Sayso knows a revision."""
    return name in every()


def is_before(one: str | None, other: str) -> bool:
    """Tell whether a revision comes before another; that of an empty database, None, comes before all."""
    return one is None or every().index(one) < every().index(other)


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring a database up to a revision."""
    from alembic import command  # noqa: PLC0415

    command.upgrade(config(engine), to)


def downgrade(engine: Engine, to: str) -> None:
    """Take a database back to a revision; `base` empties it."""
    from alembic import command  # noqa: PLC0415

    command.downgrade(config(engine), to)
