"""The light in the head of the window: asked for with every look at the store, so it needs no act."""

from datetime import timedelta
from typing import Literal

import msgspec

from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.sync_ports import Contact, Tally

LightKind = Literal["alone", "good", "busy", "away", "wanted"]
STUCK = timedelta(minutes=10)  # in which a centre that is there takes something, or it is said
DRIFT = 120  # seconds a clock may be off before it is said


class SyncLight(msgspec.Struct, frozen=True):
    """The light in the head of the window."""

    kind: LightKind
    words: str
    tip: str


def light(desk: Desk, *, busy: bool = False) -> SyncLight:
    """What the head of the window says."""
    rows = desk.store.centre
    known, contact, tally = rows.centre(), rows.contact(), rows.tally()
    if known is None:
        tip = "本机没有加入中心,数据都在本机。待上传是本机日志里的条数。点击了解"
        return SyncLight("alone", f"离线工作 · 待上传 {tally.unsent} 条", tip)
    return _wanted(desk, contact, tally) or _going(contact, tally, busy=busy)


def _wanted(desk: Desk, contact: Contact, tally: Tally) -> SyncLight | None:
    """Where a person has something to do."""
    if contact.stuck and abs(desk.clock() - contact.stuck) >= STUCK:
        since = f"{contact.stuck.astimezone(CHINA):%m-%d %H:%M}"
        tip = f"从 {since} 起中心没有收下一条,程序已自动重试:{contact.trouble}。登记都在本机,请联系维护人员"
        return SyncLight("wanted", f"上传受阻 {tally.unsent}", tip)
    wanted = tally.unsettled + tally.conflicts + bool(contact.held_back)
    tip = f"{_met(contact)}。有登记没有按原意采纳,或有冲突。点击查看"
    return SyncLight("wanted", f"需处理 {wanted}", tip) if wanted else None


def _going(contact: Contact, tally: Tally, *, busy: bool) -> SyncLight:
    met = _met(contact)
    if busy:
        return SyncLight("busy", "同步中", met)
    if contact.trouble:
        return SyncLight("away", f"离线(待上传 {tally.unsent})", f"{met}。{contact.trouble}")
    if tally.unsent:
        return SyncLight("busy", f"待上传 {tally.unsent}", met)
    return SyncLight("good", "已同步", met)


def _met(contact: Contact) -> str:
    met = f"上次联系 {contact.met.astimezone(CHINA):%m-%d %H:%M}" if contact.met else "还没有联系过"
    if abs(contact.drift) <= DRIFT:
        return met
    side = "快" if contact.drift > 0 else "慢"
    return f"{met}。本机时钟比中心{side} {abs(contact.drift) // 60} 分钟,请校准"
