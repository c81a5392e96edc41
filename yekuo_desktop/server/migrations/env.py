"""Run by alembic: uses the open connection it is given, never a URL."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
