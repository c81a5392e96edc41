"""What the county sees of its stations: who has not been here for how long, and what waits where."""

from sqlalchemy import Connection, func, select

from yekuo_desktop.protocol.overview import DeviceLine, Overview, StuckLine
from yekuo_desktop.server import tables
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.organisations import Device, Org, find_org

MOST_STUCK = 500


def devices(centre: Centre, org: Org) -> tuple[DeviceLine, ...]:
    """Every device, the longest silent first."""
    with centre.database.read() as connection:
        return _devices(connection, org)


def whole(centre: Centre, org: Org) -> Overview:
    """Devices and what is held."""
    with centre.database.read() as connection:
        return Overview(centre.moment(), _devices(connection, org), _stuck(connection, org))


def overview(centre: Centre, device: Device) -> Overview:
    """For who reads everything. Raises ``Declined``: left for others."""
    if device.state != "active" or device.scope != "all":
        raise Declined("left", "只有读全县业务的设备能看各站情况")
    with centre.database.read() as connection:
        org = find_org(connection, device.org)
    return whole(centre, org)


def _devices(connection: Connection, org: Org) -> tuple[DeviceLine, ...]:
    d, h = tables.devices.c, tables.held.c
    counts = (
        select(h.device, func.count().label("held")).where(h.org == org.org).group_by(h.device).subquery()
    )
    question = (
        select(tables.devices, func.coalesce(counts.c.held, 0).label("held"))
        .outerjoin(counts, counts.c.device == d.device)
        .where(d.org == org.org)
        .order_by(d.seen, d.device)
    )
    names = DeviceLine.__struct_fields__
    rows = connection.execute(question).mappings()
    return tuple(DeviceLine(**{name: row[name] for name in names}) for row in rows)


def _stuck(connection: Connection, org: Org) -> tuple[StuckLine, ...]:
    c = tables.held.c
    columns = [c[name] for name in StuckLine.__struct_fields__]
    question = select(*columns).where(c.org == org.org).order_by(c.since, c.id).limit(MOST_STUCK)
    return tuple(StuckLine(**row) for row in connection.execute(question).mappings())
