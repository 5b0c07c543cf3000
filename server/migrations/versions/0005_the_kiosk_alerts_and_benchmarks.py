"""The kiosk: sittings, recordings, what a campaign says of it; alerts; benchmarks; responses packed by column."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Bring the database up."""
    _add_benchmarks()
    _add_recordings()
    _add_sittings()
    _add_alerts()
    _add_packing()
    _add_writing()
    _add_collected()
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.add_column(sa.Column("keeps_unfinished", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("shows_results", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("rest_seconds", sa.Integer(), nullable=False, server_default="0"))


def _add_writing() -> None:
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("writing", sa.String(length=8), nullable=True))
        batch_op.create_index(batch_op.f("ix_pages_writing"), ["writing"])
    with op.batch_alter_table("readings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("drafts", sa.JSON(), nullable=True))


def _add_benchmarks() -> None:
    op.create_table(
        "benchmark_years",
        sa.Column("year", sa.String(length=7), nullable=False),
        sa.Column("homes", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("own", sa.JSON(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["imported_by"], ["officers.id"], name=op.f("fk_benchmark_years_imported_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark_years")),
        sa.UniqueConstraint("year", "homes", name=op.f("uq_benchmark_years_year_homes")),
        sqlite_autoincrement=True,
    )


def _add_recordings() -> None:
    op.create_table(
        "recordings",
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("words_sha256", sa.String(length=64), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["officers.id"], name=op.f("fk_recordings_added_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recordings")),
        sa.UniqueConstraint("language", "words_sha256", name=op.f("uq_recordings_language_words_sha256")),
        sa.UniqueConstraint("uid", name=op.f("uq_recordings_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("recordings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recordings_file_sha256"), ["file_sha256"])


def _add_sittings() -> None:
    op.create_table(
        "sittings",
        sa.Column("key_sha256", sa.String(length=64), nullable=False),
        sa.Column("kiosk_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("response_uid", sa.String(length=36), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("screen", sa.String(length=80), nullable=False),
        sa.Column("delivered", sa.JSON(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=True),
        sa.Column("copy_code", sa.String(length=20), nullable=True),
        sa.Column("helped_by", sa.String(length=40), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("receipt", sa.String(length=20), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_sittings_campaign_id")),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosks.id"], name=op.f("fk_sittings_kiosk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sittings")),
        sa.UniqueConstraint("key_sha256", name=op.f("uq_sittings_key_sha256")),
        sa.UniqueConstraint("response_uid", name=op.f("uq_sittings_response_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sittings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sittings_kiosk_id"), ["kiosk_id"])
        batch_op.create_index(batch_op.f("ix_sittings_touched_at"), ["touched_at"])


def _add_alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("return_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=True),
        sa.Column("dangers", sa.JSON(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["officers.id"], name=op.f("fk_alerts_acknowledged_by")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_alerts_response_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_alerts_return_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["settled_by"], ["officers.id"], name=op.f("fk_alerts_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("uid", name=op.f("uq_alerts_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alerts_response_id"), ["response_id"])
        batch_op.create_index(batch_op.f("ix_alerts_return_id"), ["return_id"])
        batch_op.create_index(batch_op.f("ix_alerts_settled_at"), ["settled_at"])
        batch_op.create_index("ix_alerts_settled_at_came_at", ["settled_at", "came_at"])


def _add_collected() -> None:
    op.create_table(
        "collected_imports",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("direction", sa.String(length=12), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("saved", sa.Integer(), nullable=False),
        sa.Column("there_already", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("refused_sha256", sa.String(length=64), nullable=True),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_collected_imports_campaign_id")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["officers.id"], name=op.f("fk_collected_imports_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collected_imports")),
        sa.UniqueConstraint("uid", name=op.f("uq_collected_imports_uid")),
        sqlite_autoincrement=True,
    )


def _add_packing() -> None:
    op.create_table(
        "packed_segments",
        sa.Column("segment", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("segment", name=op.f("pk_packed_segments")),
    )
    op.create_table(
        "packed_columns",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segment"], ["packed_segments.segment"], name=op.f("fk_packed_columns_segment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("name", "segment", name=op.f("pk_packed_columns")),
    )
    with op.batch_alter_table("packed_columns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_packed_columns_segment"), ["segment"])
    for table, number in PACKED_FROM:
        for statement in _triggers(table, number):
            op.execute(statement)


PACKED_FROM = (("responses", "id"), ("answers", "response_id"))
"""The tables that are packed, each with the column of the response's number."""


def _triggers(table: str, number: str) -> list[str]:
    """Give what makes the triggers that take a segment away when one of its responses changes."""
    away = "delete from packed_segments where segment"
    if op.get_bind().dialect.name == "sqlite":
        rows = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}
        return [
            f"create trigger unpack_{table}_{event} after {event} on {table} begin "
            + " ".join(f"{away} = {row}.{number} / 4096;" for row in of)
            + " end"
            for event, of in rows.items()
        ]
    function = (  # both names are this file's own
        f"create function unpack_{table}() returns trigger language plpgsql as $$ begin "  # noqa: S608  # nosec B608
        f"{away} in (select {number} / 4096 from changed); return null; end $$"
    )
    each = (("insert", "new"), ("update", "old"), ("update", "new"), ("delete", "old"))
    return [function] + [
        f"create trigger unpack_{table}_{event}_{row} after {event} on {table} "
        f"referencing {row} table as changed for each statement execute function unpack_{table}()"
        for event, row in each
    ]


def _drop_packing() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, _ in PACKED_FROM:
        if is_sqlite:
            for event in ("insert", "update", "delete"):
                op.execute(f"drop trigger unpack_{table}_{event}")
        else:
            op.execute(f"drop function unpack_{table}() cascade")
    op.drop_table("packed_columns")
    op.drop_table("packed_segments")


def downgrade() -> None:
    """Take it back."""
    op.drop_table("collected_imports")
    _drop_packing()
    with op.batch_alter_table("readings", schema=None) as batch_op:
        batch_op.drop_column("drafts")
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pages_writing"))
        batch_op.drop_column("writing")
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.drop_column("rest_seconds")
        batch_op.drop_column("shows_results")
        batch_op.drop_column("keeps_unfinished")

    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index("ix_alerts_settled_at_came_at")
        batch_op.drop_index(batch_op.f("ix_alerts_settled_at"))
        batch_op.drop_index(batch_op.f("ix_alerts_return_id"))
        batch_op.drop_index(batch_op.f("ix_alerts_response_id"))

    op.drop_table("alerts")
    with op.batch_alter_table("sittings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sittings_touched_at"))
        batch_op.drop_index(batch_op.f("ix_sittings_kiosk_id"))

    op.drop_table("sittings")
    with op.batch_alter_table("recordings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recordings_file_sha256"))

    op.drop_table("recordings")
    op.drop_table("benchmark_years")
