"""The database's shape, brought to that of this version of Sayso by numbered migrations."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"


def config(engine: Engine) -> Config:
    """Give Alembic's configuration for one database."""
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
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """Give the revision that this version of Sayso works with."""
    return _newest_in(MIGRATIONS)


@cache  # an update that puts another migration there is not yet what this process runs
def _newest_in(folder: Path) -> str:
    made = Config()
    made.set_main_option("script_location", str(folder))
    head = ScriptDirectory.from_config(made).get_current_head()
    assert head is not None  # noqa: S101 (the package holds at least one migration)
    return head


def every() -> list[str]:
    """Give the revisions that this version of Sayso knows, the first one first."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    return [script.revision for script in ScriptDirectory.from_config(made).walk_revisions()][::-1]


def known(name: str) -> bool:
    """Tell whether this version of Sayso knows a revision."""
    return name in every()


def is_before(one: str | None, other: str) -> bool:
    """Tell whether a revision comes before another; that of an empty database, None, comes before all."""
    return one is None or every().index(one) < every().index(other)


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring a database up to a revision."""
    command.upgrade(config(engine), to)


def downgrade(engine: Engine, to: str) -> None:
    """Take a database back to a revision; `base` empties it."""
    command.downgrade(config(engine), to)
