"""How often the writing on a page was tried to be read, and when it may be tried again."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the database up."""
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.add_column(sa.Column("writing_attempts", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("writing_after", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it back to the revision before."""
    with op.batch_alter_table("pages", schema=None) as batch_op:
        batch_op.drop_column("writing_after")
        batch_op.drop_column("writing_attempts")
