"""How Alembic runs the migrations: on the engine that it is given, each in a transaction."""

from alembic import context

from server.models import Base

engine = context.config.attributes["engine"].execution_options(sayso_writes=True)

with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
