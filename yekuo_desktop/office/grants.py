"""Until when somebody may sign in without asking the centre, and as what: signed by it and kept here."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.people import Person
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.sync_ports import Centre, Granted

DEVICE_REVOKED = "本机已被中心停用,请联系管理员;没有上传的登记已保留"


def granted(desk: Desk, person: Person) -> Person:
    """The person with the roles the centre grants on this machine. Raises ``Refused``; before that the centre
    is asked once, should there be a line. A machine without a centre, or one that has not met it yet, knows
    its people by itself, and so it does somebody the centre has not heard of."""
    known = desk.store.centre.centre()
    if known is None or not known.epoch or desk.store.centre.unheard_of(person.id):
        return person
    found = desk.store.centre.granted(person.id)
    if found is None or found.expires <= centre_time(desk):
        desk.line.contact()
        known, found = desk.store.centre.centre() or known, desk.store.centre.granted(person.id)
        _check(desk, known, found, person)
    roles = person.roles if found is None else tuple(r for r in person.roles if r in found.roles)
    return replace(person, roles=roles)


def _check(desk: Desk, known: Centre, found: Granted | None, person: Person) -> None:
    if known.state == "revoked":
        raise refuse(DEVICE_REVOKED, "login")
    if found is None:
        raise refuse(f"中心没有许可{person.name}在本机登录,请联系管理员", "login")
    if found.expires <= centre_time(desk):
        until = f"{found.expires.astimezone(CHINA):%m-%d %H:%M}"
        raise refuse(f"离线登录的许可到 {until} 为止,请接通网络后再登录一次(不丢数据)", "login")


def centre_time(desk: Desk) -> datetime:
    """What the centre's clock says now, as far as is known here: ours may be wrong, and is never taken to
    stand before the last contact."""
    contact = desk.store.centre.contact()
    drift = timedelta(seconds=contact.drift)
    now = desk.clock() - drift
    return max(now, contact.met - drift) if contact.met else now
