"""Returned copies, arrivals and second looks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the database up."""
    _add_tables()
    _change_batches_and_doubts()
    _change_pages_and_files()


def _add_tables() -> None:
    op.create_table(
        "arrivals",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("came_by", sa.String(length=10), nullable=False),
        sa.Column("is_repeat", sa.Boolean(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_arrivals_batch_id")),
        sa.ForeignKeyConstraint(["file_id"], ["received_files.id"], name=op.f("fk_arrivals_file_id")),
        sa.ForeignKeyConstraint(["seen_by"], ["officers.id"], name=op.f("fk_arrivals_seen_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrivals")),
        sa.UniqueConstraint("key", name=op.f("uq_arrivals_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("arrivals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrivals_batch_id"), ["batch_id"])
        batch_op.create_index(batch_op.f("ix_arrivals_file_id"), ["file_id"])

    op.create_table(
        "returns",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("printed_form_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("copy_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("is_equality", sa.Boolean(), nullable=False),
        sa.Column("is_typed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.Column("pages_missing", sa.JSON(), nullable=False),
        sa.Column("pages_given_up", sa.Boolean(), nullable=False),
        sa.Column("repeats_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_because", sa.String(length=400), nullable=True),
        sa.Column("asked_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_returns_batch_id")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_returns_campaign_id")),
        sa.ForeignKeyConstraint(["copy_id"], ["copies.id"], name=op.f("fk_returns_copy_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["officers.id"], name=op.f("fk_returns_decided_by")),
        sa.ForeignKeyConstraint(["printed_form_id"], ["printed_forms.id"], name=op.f("fk_returns_printed_form_id")),
        sa.ForeignKeyConstraint(
            ["repeats_id"], ["returns.id"], name=op.f("fk_returns_repeats_id"), deferrable=True, initially="DEFERRED"
        ),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name=op.f("fk_returns_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
        sa.UniqueConstraint("uid", name=op.f("uq_returns_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("returns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_returns_batch_id"), ["batch_id"])
        batch_op.create_index(batch_op.f("ix_returns_campaign_id"), ["campaign_id"])
        batch_op.create_index(batch_op.f("ix_returns_copy_id"), ["copy_id"])
        batch_op.create_index(batch_op.f("ix_returns_repeats_id"), ["repeats_id"])
        batch_op.create_index(batch_op.f("ix_returns_response_id"), ["response_id"])
        batch_op.create_index("ix_returns_state_problem", ["state", "problem"])

    op.create_table(
        "second_looks",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("first", sa.JSON(), nullable=False),
        sa.Column("first_by", sa.Integer(), nullable=True),
        sa.Column("second", sa.JSON(), nullable=False),
        sa.Column("second_by", sa.Integer(), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("leased_by", sa.Integer(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_second_looks_batch_id")),
        sa.ForeignKeyConstraint(["first_by"], ["officers.id"], name=op.f("fk_second_looks_first_by")),
        sa.ForeignKeyConstraint(["leased_by"], ["officers.id"], name=op.f("fk_second_looks_leased_by")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["readings.id"], name=op.f("fk_second_looks_reading_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["second_by"], ["officers.id"], name=op.f("fk_second_looks_second_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_looks")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("second_looks", schema=None) as batch_op:
        batch_op.create_index("ix_second_looks_batch_id_kind", ["batch_id", "kind"])
        batch_op.create_index(batch_op.f("ix_second_looks_reading_id"), ["reading_id"])


def _change_batches_and_doubts() -> None:
    with op.batch_alter_table("batches", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("came_by", sa.String(length=10), nullable=False, server_default="upload"))
        batch_op.alter_column("received_on", existing_type=sa.DATE(), nullable=True)

    op.drop_index("ix_responses_household_id", table_name="responses")
    op.create_index("ix_responses_household_id_latest", "responses", ["household_id", "received_on", "saved_at", "id"])

    with op.batch_alter_table("crops", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_sampled", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.add_column(sa.Column("noted", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))

    op.execute("update corrections set doubt_id = null")
    op.execute("delete from doubts")  # before this, nothing made any
    with op.batch_alter_table("doubts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("return_id", sa.Integer(), nullable=False))
        batch_op.add_column(sa.Column("batch_id", sa.Integer(), nullable=False))
        batch_op.drop_index("ix_doubts_state_question")
        batch_op.create_index("ix_doubts_state_question_id", ["state", "question", "id"])
        batch_op.create_index("ix_doubts_state_return_id", ["state", "return_id", "reading_id"])
        batch_op.create_index("ix_doubts_batch_id_state", ["batch_id", "state", "question", "id"])
        batch_op.create_index(batch_op.f("ix_doubts_return_id"), ["return_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_doubts_return_id"), "returns", ["return_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_foreign_key(batch_op.f("fk_doubts_batch_id"), "batches", ["batch_id"], ["id"])


def _change_pages_and_files() -> None:
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("refusal", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("outcome", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("condition", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("return_id", sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_pages_file_id_number_reader"), type_="unique")
        batch_op.create_index(batch_op.f("ix_pages_return_id"), ["return_id"])
        batch_op.create_unique_constraint(
            batch_op.f("uq_pages_file_id_number_part_reader"), ["file_id", "number", "part", "reader"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_pages_return_id"), "returns", ["return_id"], ["id"])
        batch_op.add_column(sa.Column("asked_again_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("decided_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("decided_because", sa.String(length=40), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_pages_decided_by"), "officers", ["decided_by"], ["id"])

    with op.batch_alter_table("received_files", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=10), nullable=False, server_default="read"))
        batch_op.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("began_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_received_files_state"), ["state"])
        batch_op.add_column(sa.Column("asked_again_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("decided_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("decided_because", sa.String(length=40), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_received_files_decided_by"), "officers", ["decided_by"], ["id"])


def downgrade() -> None:
    """Take it back."""
    _change_pages_and_files_back()
    _change_batches_and_doubts_back()
    _take_tables_away()


def _change_pages_and_files_back() -> None:
    with op.batch_alter_table("received_files", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_received_files_decided_by"), type_="foreignkey")
        batch_op.drop_column("decided_because")
        batch_op.drop_column("decided_by")
        batch_op.drop_column("asked_again_at")
        batch_op.drop_index(batch_op.f("ix_received_files_state"))
        batch_op.drop_column("read_at")
        batch_op.drop_column("began_at")
        batch_op.drop_column("attempts")
        batch_op.drop_column("state")

    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_pages_decided_by"), type_="foreignkey")
        batch_op.drop_column("decided_because")
        batch_op.drop_column("decided_by")
        batch_op.drop_column("asked_again_at")
        batch_op.drop_constraint(batch_op.f("fk_pages_return_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_pages_file_id_number_part_reader"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_pages_return_id"))
        batch_op.create_unique_constraint(batch_op.f("uq_pages_file_id_number_reader"), ["file_id", "number", "reader"])
        batch_op.drop_column("return_id")
        batch_op.drop_column("condition")
        batch_op.drop_column("outcome")
        batch_op.drop_column("refusal")
        batch_op.drop_column("part")


def _change_batches_and_doubts_back() -> None:
    with op.batch_alter_table("doubts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_doubts_batch_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_doubts_return_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_doubts_return_id"))
        batch_op.drop_index("ix_doubts_batch_id_state")
        batch_op.drop_index("ix_doubts_state_return_id")
        batch_op.drop_index("ix_doubts_state_question_id")
        batch_op.create_index("ix_doubts_state_question", ["state", "question"])
        batch_op.drop_column("batch_id")
        batch_op.drop_column("return_id")

    with op.batch_alter_table("crops", schema=None) as batch_op:
        batch_op.drop_column("is_sampled")

    op.drop_index("ix_responses_household_id_latest", table_name="responses")
    op.create_index("ix_responses_household_id", "responses", ["household_id"])

    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.drop_column("undone_at")
        batch_op.drop_column("noted")

    op.execute("update batches set received_on = date(created_at) where received_on is null")
    with op.batch_alter_table("batches", schema=None) as batch_op:
        batch_op.alter_column("received_on", existing_type=sa.DATE(), nullable=False)
        batch_op.drop_column("came_by")
        batch_op.drop_column("name")


def _take_tables_away() -> None:
    with op.batch_alter_table("second_looks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_second_looks_reading_id"))
        batch_op.drop_index("ix_second_looks_batch_id_kind")

    op.drop_table("second_looks")
    with op.batch_alter_table("returns", schema=None) as batch_op:
        batch_op.drop_index("ix_returns_state_problem")
        batch_op.drop_index(batch_op.f("ix_returns_response_id"))
        batch_op.drop_index(batch_op.f("ix_returns_repeats_id"))
        batch_op.drop_index(batch_op.f("ix_returns_copy_id"))
        batch_op.drop_index(batch_op.f("ix_returns_campaign_id"))
        batch_op.drop_index(batch_op.f("ix_returns_batch_id"))

    op.drop_table("returns")
    with op.batch_alter_table("arrivals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_arrivals_file_id"))
        batch_op.drop_index(batch_op.f("ix_arrivals_batch_id"))

    op.drop_table("arrivals")
