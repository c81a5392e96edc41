"""Organisations and devices as the tables have them, and the fold of an organisation's own entries."""

from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.server import tables
from yekuo_desktop.server.errors import Declined

_encode = msgspec.json.Encoder(order="deterministic").encode


class Org(msgspec.Struct, frozen=True, kw_only=True):
    """One organisation. ``founder``: the incarnation of the store that brought it, "" where the centre
    founded it; ``centre_device``, ``centre_life``: as what the centre itself writes entries."""

    org: str
    short: str
    epoch: str
    founder: str
    centre_device: str
    centre_life: str
    practice: bool


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """An enrolled device. ``scope``: "own" or "all"; ``state``: "active" or "revoked"."""

    org: str
    device: str
    public: bytes
    sealing: bytes
    station: str
    terminal: str
    scope: str
    state: str
    parcel: int


def find_org(connection: Connection, org: str) -> Org:
    """Raises ``Declined`` where it is not known."""
    row = connection.execute(select(tables.orgs).where(tables.orgs.c.org == org)).mappings().first()
    if row is None:
        raise Declined("not_found", "没有这个机构")
    return Org(**row)


def find_device(connection: Connection, org: str, device: str) -> Device | None:
    """A device by its id."""
    columns = [tables.devices.c[name] for name in Device.__struct_fields__]
    where = (tables.devices.c.org == org, tables.devices.c.device == device)
    row = connection.execute(select(*columns).where(*where)).mappings().first()
    return Device(**row) if row is not None else None


def all_orgs(connection: Connection) -> list[Org]:
    """Every organisation."""
    return [Org(**row) for row in connection.execute(select(tables.orgs)).mappings()]


def read_office(connection: Connection, org: str) -> tuple[int, Organisation]:
    """The organisation, and as of which place of its stream. Its document is read once a change."""
    office = tables.office.c
    found = connection.execute(select(office.seq, office.document).where(office.org == org)).first()
    return (0, Organisation()) if found is None else (int(found[0]), _decoded(bytes(found[1])))


@lru_cache(maxsize=64)
def _decoded(document: bytes) -> Organisation:
    return msgspec.json.decode(document, type=Organisation)


def office_row(org: str, seq: int, organisation: Organisation) -> dict[str, Any]:
    """As it is stored."""
    return {"org": org, "seq": seq, "document": _encode(organisation)}
