"""The shape of the store file and its migrations.

``PRAGMA user_version`` says which shape a file has, so that an up-to-date store opens without alembic;
the steps from shape to shape are alembic revisions in ``store/migrations``.
"""

from importlib import import_module
from pathlib import Path

from sqlalchemy import Engine

from yekuo_desktop.store.engine import WRITE
from yekuo_desktop.store.errors import NewerSchema
from yekuo_desktop.store.tables import VERSION

MIGRATIONS = Path(__file__).with_name("migrations")


def bring_up_to_date(engine: Engine) -> None:
    """Migrate an older store; refuse one a newer release made."""
    with engine.connect() as connection:
        found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if found > VERSION:
        raise NewerSchema("这套数据是更新的版本写的,请先升级本程序再打开")
    if found < VERSION:
        migrate(engine)


def migrate(engine: Engine, to: str = "head") -> None:
    """Run the revisions that are missing, all in one transaction."""
    config = import_module("alembic.config").Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        config.attributes["connection"] = connection
        import_module("alembic.command").upgrade(config, to)
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
