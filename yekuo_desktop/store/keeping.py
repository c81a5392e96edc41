"""What stands beside the journal and never enters it: credentials, drafts, settings, identity."""

from datetime import datetime
from typing import Any

import msgspec

from yekuo_desktop.office.ports import Credential, Identity
from yekuo_desktop.office.sync_ports import Centre, Contact
from yekuo_desktop.store import moments, tables
from yekuo_desktop.store.engine import Connection, scalar

FOLDED_BY = "folded_by"  # setting: the release that derived what is derived; another one makes it anew


def identity(connection: Connection) -> Identity:
    """Whose store this is."""
    return msgspec.json.decode(scalar(connection, "SELECT content FROM identity"), type=Identity)


def save_identity(connection: Connection, whose: Identity) -> None:
    """Say whose store this is, once."""
    connection.execute(tables.identity.insert, (1, msgspec.json.encode(whose)))


def change_identity(connection: Connection, whose: Identity) -> None:
    """Another life of the store, or what the centre calls its counter."""
    connection.execute("UPDATE identity SET content = ? WHERE one = 1", (msgspec.json.encode(whose),))


def centre(connection: Connection) -> Centre | None:
    """The centre this machine is enrolled at."""
    content = scalar(connection, "SELECT content FROM centre WHERE one = 1")
    return msgspec.json.decode(content, type=Centre) if content is not None else None


def save_centre(connection: Connection, known: Centre) -> None:
    """Keep whose device this is."""
    connection.execute(tables.centre.replace, (1, msgspec.json.encode(known)))


def contact(connection: Connection) -> Contact:
    """How the last contacts went."""
    content = scalar(connection, "SELECT content FROM centre WHERE one = 2")
    return msgspec.json.decode(content, type=Contact) if content is not None else Contact()


def save_contact(connection: Connection, went: Contact) -> None:
    """Keep how a contact went."""
    connection.execute(tables.centre.replace, (2, msgspec.json.encode(went)))


def credential(connection: Connection, person: str) -> Credential | None:
    """The local secret of a person."""
    content = scalar(connection, "SELECT content FROM credentials WHERE person = ?", (person,))
    return msgspec.json.decode(content, type=Credential) if content is not None else None


def save_credential(connection: Connection, secret: Credential) -> None:
    """Replace the local secret of a person."""
    connection.execute(tables.credentials.replace, (secret.person, msgspec.json.encode(secret)))


def save_draft(connection: Connection, key: str, person: str, content: dict[str, Any], at: datetime) -> None:
    """Keep a half-typed form."""
    connection.execute(tables.drafts.replace, (key, person, msgspec.json.encode(content), moments.text(at)))


def drafts(connection: Connection, person: str) -> dict[str, dict[str, Any]]:
    """The half-typed forms of a person, each with "at", the moment it was kept."""
    sql = "SELECT name, content, at FROM drafts WHERE person = ? ORDER BY at"
    rows = connection.execute(sql, (person,))
    return {name: {**msgspec.json.decode(content), "at": at} for name, content, at in rows}


def drop_draft(connection: Connection, key: str) -> None:
    """A form was finished or given up."""
    connection.execute("DELETE FROM drafts WHERE name = ?", (key,))


def setting(connection: Connection, key: str, default: str) -> str:
    """A setting of this machine."""
    found = scalar(connection, "SELECT value FROM settings WHERE name = ?", (key,))
    return default if found is None else found


def save_setting(connection: Connection, key: str, value: str) -> None:
    """Keep a setting of this machine."""
    connection.execute(tables.settings.replace, (key, value))
