"""Entries the centre has lost, brought by a station that had read them: as good as from their own device."""

from yekuo_desktop.protocol.pushing import Pushed, Rescue
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.organisations import Device, find_device
from yekuo_desktop.server.pushing import push


def rescue(centre: Centre, bearer: Device, brought: Rescue) -> Pushed:
    """The signature over the last of them is their own device's; nobody can add to what it signed.
    Raises ``Declined`` as a push does; revoked for a bearer that may not read either."""
    if bearer.state != "active":
        raise Declined("revoked", "这台设备已停用")
    with centre.database.read() as connection:
        author = find_device(connection, bearer.org, brought.device)
    if author is None:
        raise Declined("not_found", "没有这台设备")
    return push(centre, author, brought.push)
