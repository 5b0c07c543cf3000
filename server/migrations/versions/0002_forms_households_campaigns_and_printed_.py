"""Forms, households, campaigns and printed copies."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the database up."""
    op.create_table(
        "form_versions",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_versions")),
        sa.UniqueConstraint("content_sha256", name=op.f("uq_form_versions_content_sha256")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_form_versions_name"), "form_versions", ["name"])
    op.create_table(
        "households",
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("area", sa.String(length=100), nullable=False),
        sa.Column("scheme", sa.String(length=100), nullable=False),
        sa.Column("tenure", sa.String(length=60), nullable=False),
        sa.Column("age_band", sa.String(length=40), nullable=False),
        sa.Column("property_type", sa.String(length=60), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("wants_no_reminder", sa.Boolean(), nullable=False),
        sa.Column("is_here", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
        sa.UniqueConstraint("code", name=op.f("uq_households_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_households_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_households_area_scheme", "households", ["area", "scheme"])
    op.create_index(
        "ix_households_here",
        "households",
        ["code"],
        unique=False,
        sqlite_where=sa.text("is_here"),
        postgresql_where=sa.text("is_here"),
    )
    op.create_table(
        "sites",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("name", name=op.f("uq_sites_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "campaigns",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("form_version_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("sampling", sa.String(length=10), nullable=False),
        sa.Column("survey_round", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["form_version_id"], ["form_versions.id"], name=op.f("fk_campaigns_form_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("name", name=op.f("uq_campaigns_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_campaigns_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "household_contacts",
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_folded", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=600), nullable=False),
        sa.Column("postcode", sa.String(length=20), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_household_contacts_household_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("household_id", name=op.f("pk_household_contacts")),
    )
    op.create_index(op.f("ix_household_contacts_email"), "household_contacts", ["email"])
    op.create_index(op.f("ix_household_contacts_name_folded"), "household_contacts", ["name_folded"])
    op.create_index(op.f("ix_household_contacts_phone"), "household_contacts", ["phone"])
    op.create_index(op.f("ix_household_contacts_postcode"), "household_contacts", ["postcode"])
    op.create_table(
        "household_imports",
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("oddities", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_household_imports_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_imports")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "kiosks",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_kiosks_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kiosks")),
        sa.UniqueConstraint("name", name=op.f("uq_kiosks_name")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_kiosks_token_sha256")),
        sa.UniqueConstraint("uid", name=op.f("uq_kiosks_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "printed_forms",
        sa.Column("form_version_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("size", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_version_id"], ["form_versions.id"], name=op.f("fk_printed_forms_form_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printed_forms")),
        sa.UniqueConstraint(
            "form_version_id",
            "edition",
            "size",
            "language",
            "name",
            name=op.f("uq_printed_forms_form_version_id_edition_size_language_name"),
        ),
        sa.UniqueConstraint("name", name=op.f("uq_printed_forms_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "campaign_sites",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_sites_campaign_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_campaign_sites_site_id")),
        sa.PrimaryKeyConstraint("campaign_id", "site_id", name=op.f("pk_campaign_sites")),
    )
    op.create_table(
        "invitations",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("left_out_because", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_invitations_campaign_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_invitations_household_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "household_id", name=op.f("pk_invitations")),
    )
    op.create_index(op.f("ix_invitations_household_id"), "invitations", ["household_id"])
    op.create_table(
        "print_runs",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("printed_form_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("size", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("copies_wanted", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("failed_because", sa.String(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("labels_sha256", sa.String(length=64), nullable=True),
        sa.Column("letters_sha256", sa.String(length=64), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_print_runs_campaign_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_print_runs_officer_id")),
        sa.ForeignKeyConstraint(["printed_form_id"], ["printed_forms.id"], name=op.f("fk_print_runs_printed_form_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_runs")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_print_runs_campaign_id"), "print_runs", ["campaign_id"])
    op.create_table(
        "copies",
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("print_run_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_copies_campaign_id")),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_copies_household_id")),
        sa.ForeignKeyConstraint(["print_run_id"], ["print_runs.id"], name=op.f("fk_copies_print_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copies")),
        sa.UniqueConstraint("code", name=op.f("uq_copies_code")),
        sa.UniqueConstraint("print_run_id", "number", name=op.f("uq_copies_print_run_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_copies_campaign_id"), "copies", ["campaign_id"])
    op.create_index(op.f("ix_copies_household_id"), "copies", ["household_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_copies_household_id"), table_name="copies")
    op.drop_index(op.f("ix_copies_campaign_id"), table_name="copies")
    op.drop_table("copies")
    op.drop_index(op.f("ix_print_runs_campaign_id"), table_name="print_runs")
    op.drop_table("print_runs")
    op.drop_index(op.f("ix_invitations_household_id"), table_name="invitations")
    op.drop_table("invitations")
    op.drop_table("campaign_sites")
    op.drop_table("printed_forms")
    op.drop_table("kiosks")
    op.drop_table("household_imports")
    op.drop_index(op.f("ix_household_contacts_postcode"), table_name="household_contacts")
    op.drop_index(op.f("ix_household_contacts_phone"), table_name="household_contacts")
    op.drop_index(op.f("ix_household_contacts_name_folded"), table_name="household_contacts")
    op.drop_index(op.f("ix_household_contacts_email"), table_name="household_contacts")
    op.drop_table("household_contacts")
    op.drop_table("campaigns")
    op.drop_table("sites")
    op.drop_index(
        "ix_households_here",
        table_name="households",
        sqlite_where=sa.text("is_here"),
        postgresql_where=sa.text("is_here"),
    )
    op.drop_index("ix_households_area_scheme", table_name="households")
    op.drop_table("households")
    op.drop_index(op.f("ix_form_versions_name"), table_name="form_versions")
    op.drop_table("form_versions")
