"""What the county sees of its stations: who has not been here for how long, and what waits where."""

from sqlalchemy import func, select

from yekuo_desktop.protocol.overview import DeviceLine, Overview
from yekuo_desktop.server import tables
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.organisations import Device, Org, find_org


def devices(centre: Centre, org: Org) -> tuple[DeviceLine, ...]:
    """Every device, the longest silent first."""
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
    with centre.database.read() as connection:
        rows = connection.execute(question).mappings().all()
    names = DeviceLine.__struct_fields__
    return tuple(DeviceLine(**{name: row[name] for name in names}) for row in rows)


def overview(centre: Centre, device: Device) -> Overview:
    """For who reads everything. Raises ``Declined``: left for others."""
    if device.state != "active" or device.scope != "all":
        raise Declined("left", "只有读全县业务的设备能看各站情况")
    with centre.database.read() as connection:
        org = find_org(connection, device.org)
    return Overview(centre.moment(), devices(centre, org))
