"""remove username, use email instead"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.execute("update users set email = username || '@users.sushi.example.com' where email is null")
    op.alter_column("users", "email", nullable=False)
    op.drop_column("users", "username")


def downgrade():
    # The usernames are gone: these are made from the email addresses. A rollback database has the real ones.
    op.add_column("users", sa.Column("username", sa.String(80)))
    op.execute("update users set username = left(split_part(email, '@', 1), 60) || '-' || id")
    op.alter_column("users", "username", nullable=False)
    op.create_unique_constraint("users_username_key", "users", ["username"])
    op.alter_column("users", "email", nullable=True)
