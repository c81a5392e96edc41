"""The light in the head of the window: asked for with every look at the store, so it needs no act."""

from typing import Literal

import msgspec

from yekuo_desktop.domain.workdays import CHINA
from yekuo_desktop.office.desk import Desk

LightKind = Literal["alone", "good", "busy", "away", "wanted"]
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
    met = f"上次联系 {contact.met.astimezone(CHINA):%m-%d %H:%M}" if contact.met else "还没有联系过"
    if abs(contact.drift) > DRIFT:
        met += f"。本机时钟比中心{'快' if contact.drift > 0 else '慢'} {abs(contact.drift) // 60} 分钟,请校准"
    wanted = tally.unsettled + tally.conflicts + bool(contact.held_back)
    if wanted:
        return SyncLight("wanted", f"需处理 {wanted}", f"{met}。有登记没有按原意采纳,或有冲突。点击查看")
    if busy:
        return SyncLight("busy", "同步中", met)
    if contact.trouble:
        return SyncLight("away", f"离线(待上传 {tally.unsent})", f"{met}。{contact.trouble}")
    if tally.unsent:
        return SyncLight("busy", f"待上传 {tally.unsent}", met)
    return SyncLight("good", "已同步", met)
