"""What stands beside the journal and never enters it: credentials, drafts, settings, identity."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, select

from yekuo_desktop.office.ports import Credential, Identity
from yekuo_desktop.store import moments, tables
from yekuo_desktop.store.derived import replacing

_SAVE_CREDENTIAL = replacing(tables.credentials, "person")
_SAVE_DRAFT = replacing(tables.drafts, "name")
_SAVE_SETTING = replacing(tables.settings, "name")


def identity(connection: Connection) -> Identity:
    """Whose store this is."""
    content = connection.execute(select(tables.identity.c.content)).scalar_one()
    return msgspec.json.decode(content, type=Identity)


def save_identity(connection: Connection, whose: Identity) -> None:
    """Say whose store this is, once."""
    connection.execute(tables.identity.insert(), {"one": 1, "content": msgspec.json.encode(whose)})


def credential(connection: Connection, person: str) -> Credential | None:
    """The local secret of a person."""
    table = tables.credentials.c
    content = connection.execute(select(table.content).where(table.person == person)).scalar()
    return msgspec.json.decode(content, type=Credential) if content is not None else None


def save_credential(connection: Connection, secret: Credential) -> None:
    """Replace the local secret of a person."""
    values = {"person": secret.person, "content": msgspec.json.encode(secret)}
    connection.execute(_SAVE_CREDENTIAL, values)


def save_draft(connection: Connection, key: str, person: str, content: dict[str, Any], at: datetime) -> None:
    """Keep a half-typed form."""
    encoded = msgspec.json.encode(content)
    values = {"name": key, "person": person, "content": encoded, "at": moments.text(at)}
    connection.execute(_SAVE_DRAFT, values)


def drafts(connection: Connection, person: str) -> dict[str, dict[str, Any]]:
    """The half-typed forms of a person, each with "at", the moment it was kept."""
    table = tables.drafts
    rows = connection.execute(select(table).where(table.c.person == person).order_by(table.c.at))
    return {row.name: {**msgspec.json.decode(row.content), "at": row.at} for row in rows}


def drop_draft(connection: Connection, key: str) -> None:
    """A form was finished or given up."""
    connection.execute(delete(tables.drafts).where(tables.drafts.c.name == key))


def setting(connection: Connection, key: str, default: str) -> str:
    """A setting of this machine."""
    table = tables.settings.c
    found = connection.execute(select(table.value).where(table.name == key)).scalar()
    return default if found is None else found


def save_setting(connection: Connection, key: str, value: str) -> None:
    """Keep a setting of this machine."""
    connection.execute(_SAVE_SETTING, {"name": key, "value": value})
