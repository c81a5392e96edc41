"""Alembic revisions: one module a change of shape."""
