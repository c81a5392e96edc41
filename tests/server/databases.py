"""Databases in the PostgreSQL of the tests, each made from a template that has the tables."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

TEMPLATE = "centre_template"


@contextmanager
def database_in(cluster: str, name: str) -> Iterator[str]:
    """The address of an empty database of that name, for as long as it is used."""
    with psycopg.connect(cluster.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        yield cluster.format(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
