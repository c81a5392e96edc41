"""The shape of the store file and its migrations.

``PRAGMA user_version`` says which shape a file has, so that an up-to-date store opens without alembic
and SQLAlchemy; the steps from shape to shape are alembic revisions in ``store/migrations``.
"""

from importlib import import_module
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from yekuo_desktop.store.engine import WRITE, Database, scalar
from yekuo_desktop.store.errors import NewerSchema
from yekuo_desktop.store.tables import VERSION

MIGRATIONS = Path(__file__).with_name("migrations")


def bring_up_to_date(database: Database) -> None:
    """Migrate an older store; refuse one a newer release made."""
    with database.lend() as connection:
        found = int(scalar(connection, "PRAGMA user_version"))
    if found > VERSION:
        raise NewerSchema("这套数据是更新的版本写的,请先升级本程序再打开")
    if found < VERSION:
        migrate(database)


def migrate(database: Database, to: str = "head") -> None:
    """Run the revisions that are missing, all in one transaction."""
    config = import_module("alembic.config").Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    alchemy = import_module("sqlalchemy")
    own = {"creator": database.connect, "module": sqlcipher, "poolclass": alchemy.pool.NullPool}
    with alchemy.create_engine("sqlite://", **own).connect() as connection, connection.begin():
        connection.exec_driver_sql(WRITE)
        config.attributes["connection"] = connection
        import_module("alembic.command").upgrade(config, to)
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
