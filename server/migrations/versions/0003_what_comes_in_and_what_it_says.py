"""What comes in and what it says."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the database up."""
    op.create_table(
        "equality_answers",
        sa.Column("survey_round", sa.String(length=60), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("option", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("survey_round", "id", name=op.f("pk_equality_answers")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_equality_answers_question_survey_round", "equality_answers", ["question", "survey_round", "option"]
    )
    op.create_table(
        "batches",
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_batches_campaign_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_batches_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        sa.UniqueConstraint("uid", name=op.f("uq_batches_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_batches_campaign_id"), "batches", ["campaign_id"])
    op.create_table(
        "received_files",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("kept_sha256", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_aside_because", sa.String(), nullable=True),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_received_files_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_files")),
        sa.UniqueConstraint("batch_id", "sha256", name=op.f("uq_received_files_batch_id_sha256")),
        sa.UniqueConstraint("uid", name=op.f("uq_received_files_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_received_files_kept_sha256"), "received_files", ["kept_sha256"])
    op.create_index(op.f("ix_received_files_sha256"), "received_files", ["sha256"])
    op.create_table(
        "responses",
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("receipt", sa.String(length=20), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("form_version_id", sa.Integer(), nullable=False),
        sa.Column("copy_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("kiosk_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("helped_by", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("is_erased", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_responses_campaign_id")),
        sa.ForeignKeyConstraint(["copy_id"], ["copies.id"], name=op.f("fk_responses_copy_id")),
        sa.ForeignKeyConstraint(["form_version_id"], ["form_versions.id"], name=op.f("fk_responses_form_version_id")),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_responses_household_id")),
        sa.ForeignKeyConstraint(["kiosk_id"], ["kiosks.id"], name=op.f("fk_responses_kiosk_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_responses_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sa.UniqueConstraint("receipt", name=op.f("uq_responses_receipt")),
        sa.UniqueConstraint("uid", "content_sha256", name=op.f("uq_responses_uid_content_sha256")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_responses_campaign_id_received_on", "responses", ["campaign_id", "received_on"])
    op.create_index(op.f("ix_responses_copy_id"), "responses", ["copy_id"])
    op.create_index(op.f("ix_responses_household_id"), "responses", ["household_id"])
    op.create_index(op.f("ix_responses_site_id"), "responses", ["site_id"])
    op.create_index("ix_responses_state_campaign_id", "responses", ["state", "campaign_id"])
    op.create_table(
        "answers",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("option", sa.String(length=60), nullable=True),
        sa.Column("written", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_answers_response_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "question", "place", name=op.f("pk_answers")),
    )
    op.create_index("ix_answers_question_option", "answers", ["question", "option"])
    op.create_table(
        "contact_details",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("name_folded", sa.String(length=200), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_contact_details_response_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_contact_details")),
    )
    op.create_index(op.f("ix_contact_details_name_folded"), "contact_details", ["name_folded"])
    op.create_table(
        "pages",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("set_aside_because", sa.String(), nullable=True),
        sa.Column("printed_form_id", sa.Integer(), nullable=True),
        sa.Column("form_page", sa.Integer(), nullable=True),
        sa.Column("is_equality", sa.Boolean(), nullable=False),
        sa.Column("copy_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("preview_sha256", sa.String(length=64), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["copy_id"], ["copies.id"], name=op.f("fk_pages_copy_id")),
        sa.ForeignKeyConstraint(["file_id"], ["received_files.id"], name=op.f("fk_pages_file_id")),
        sa.ForeignKeyConstraint(["printed_form_id"], ["printed_forms.id"], name=op.f("fk_pages_printed_form_id")),
        sa.ForeignKeyConstraint(["response_id"], ["responses.id"], name=op.f("fk_pages_response_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("file_id", "number", "reader", name=op.f("uq_pages_file_id_number_reader")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pages_copy_id"), "pages", ["copy_id"])
    op.create_index(op.f("ix_pages_response_id"), "pages", ["response_id"])
    op.create_index(op.f("ix_pages_settled_at"), "pages", ["settled_at"])
    op.create_index(op.f("ix_pages_state"), "pages", ["state"])
    op.create_table(
        "readings",
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_readings_page_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint("page_id", "question", name=op.f("uq_readings_page_id_question")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "crops",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_crops_reading_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("pk_crops")),
    )
    op.create_table(
        "doubts",
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("leased_by", sa.Integer(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["leased_by"], ["officers.id"], name=op.f("fk_doubts_leased_by")),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_doubts_reading_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubts")),
        sa.UniqueConstraint("reading_id", name=op.f("uq_doubts_reading_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_doubts_state_question", "doubts", ["state", "question"])
    op.create_table(
        "corrections",
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("doubt_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("machine", sa.JSON(), nullable=False),
        sa.Column("decided", sa.JSON(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["doubt_id"], ["doubts.id"], name=op.f("fk_corrections_doubt_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_corrections_officer_id")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_corrections_response_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_corrections_doubt_id"), "corrections", ["doubt_id"])
    op.create_index(op.f("ix_corrections_response_id"), "corrections", ["response_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_corrections_response_id"), table_name="corrections")
    op.drop_index(op.f("ix_corrections_doubt_id"), table_name="corrections")
    op.drop_table("corrections")
    op.drop_index("ix_doubts_state_question", table_name="doubts")
    op.drop_table("doubts")
    op.drop_table("crops")
    op.drop_table("readings")
    op.drop_index(op.f("ix_pages_state"), table_name="pages")
    op.drop_index(op.f("ix_pages_settled_at"), table_name="pages")
    op.drop_index(op.f("ix_pages_response_id"), table_name="pages")
    op.drop_index(op.f("ix_pages_copy_id"), table_name="pages")
    op.drop_table("pages")
    op.drop_index(op.f("ix_contact_details_name_folded"), table_name="contact_details")
    op.drop_table("contact_details")
    op.drop_index("ix_answers_question_option", table_name="answers")
    op.drop_table("answers")
    op.drop_index("ix_responses_state_campaign_id", table_name="responses")
    op.drop_index(op.f("ix_responses_site_id"), table_name="responses")
    op.drop_index(op.f("ix_responses_household_id"), table_name="responses")
    op.drop_index(op.f("ix_responses_copy_id"), table_name="responses")
    op.drop_index("ix_responses_campaign_id_received_on", table_name="responses")
    op.drop_table("responses")
    op.drop_index(op.f("ix_received_files_sha256"), table_name="received_files")
    op.drop_index(op.f("ix_received_files_kept_sha256"), table_name="received_files")
    op.drop_table("received_files")
    op.drop_index(op.f("ix_batches_campaign_id"), table_name="batches")
    op.drop_table("batches")
    op.drop_index("ix_equality_answers_question_survey_round", table_name="equality_answers")
    op.drop_table("equality_answers")
