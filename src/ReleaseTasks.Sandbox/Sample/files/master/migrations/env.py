import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import create_engine, pool

fileConfig(context.config.config_file_name)

# Heroku writes the scheme as postgres; SQLAlchemy knows it by its full name only.
url = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://", 1)

with create_engine(url, poolclass=pool.NullPool).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
