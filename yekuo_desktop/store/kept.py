"""What a machine keeps for itself beside the journal: local secrets, half-typed forms, settings."""

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from yekuo_desktop.office.ports import Credential
from yekuo_desktop.runtime.later import later
from yekuo_desktop.store import keeping
from yekuo_desktop.store.engine import WRITE, Connection, Database
from yekuo_desktop.store.errors import Asking

with later():  # asked for by the self-test
    from yekuo_desktop.store import backup


class Kept:
    """The part of an open store that never leaves this machine."""

    def __init__(self, path: Path, database: Database) -> None:
        self._path, self._database = path, database

    def _writing(self) -> AbstractContextManager[Connection]:
        return Asking(self._path, self._database.lend(WRITE))

    def _reading(self) -> AbstractContextManager[Connection]:
        return Asking(self._path, self._database.lend())

    def credential(self, person: str) -> Credential | None:
        """The local secret of a person."""
        with self._reading() as connection:
            return keeping.credential(connection, person)

    def save_credential(self, credential: Credential) -> None:
        """Replace the local secret of a person."""
        with self._writing() as connection:
            keeping.save_credential(connection, credential)

    def save_draft(self, key: str, person: str, content: dict[str, Any], at: datetime) -> None:
        """Keep a half-typed form."""
        with self._writing() as connection:
            keeping.save_draft(connection, key, person, content, at)

    def drafts(self, person: str) -> dict[str, dict[str, Any]]:
        """The half-typed forms of a person, each with "at", the moment it was kept."""
        with self._reading() as connection:
            return keeping.drafts(connection, person)

    def drop_draft(self, key: str) -> None:
        """A form was finished or given up."""
        with self._writing() as connection:
            keeping.drop_draft(connection, key)

    def setting(self, key: str, default: str = "") -> str:
        """A setting of this machine."""
        with self._reading() as connection:
            return keeping.setting(connection, key, default)

    def save_setting(self, key: str, value: str) -> None:
        """Keep a setting of this machine."""
        with self._writing() as connection:
            keeping.save_setting(connection, key, value)

    def sight(self) -> "backup.Sight":
        """What is in the store, in numbers."""
        with self._reading() as connection:
            return backup.sight(connection)
