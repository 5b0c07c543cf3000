"""The kiosk: sittings, recordings, what a campaign says of it; alerts; benchmarks."""

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
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.add_column(sa.Column("keeps_unfinished", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("shows_results", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("rest_seconds", sa.Integer(), nullable=False, server_default="0"))


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
        sa.Column("form_version_id", sa.Integer(), nullable=True),
        sa.Column("response_uid", sa.String(length=36), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("screen", sa.String(length=80), nullable=False),
        sa.Column("delivered", sa.JSON(), nullable=False),
        sa.Column("copy_code", sa.String(length=20), nullable=True),
        sa.Column("helped_by", sa.String(length=40), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("receipt", sa.String(length=20), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_sittings_campaign_id")),
        sa.ForeignKeyConstraint(["form_version_id"], ["form_versions.id"], name=op.f("fk_sittings_form_version_id")),
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
        sa.Column("response_id", sa.Integer(), nullable=False),
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
        sa.ForeignKeyConstraint(["settled_by"], ["officers.id"], name=op.f("fk_alerts_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("uid", name=op.f("uq_alerts_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alerts_response_id"), ["response_id"])
        batch_op.create_index(batch_op.f("ix_alerts_settled_at"), ["settled_at"])


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.drop_column("rest_seconds")
        batch_op.drop_column("shows_results")
        batch_op.drop_column("keeps_unfinished")

    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alerts_settled_at"))
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
