"""What the window says of the centre: how far both sides are, what does not count and why, what to decide."""

from datetime import datetime
from typing import Any

import msgspec

from yekuo_desktop.domain.conflicts import standing
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.journal import ACTS, words
from yekuo_desktop.domain.office_acts import is_office
from yekuo_desktop.domain.rulings import CODES, VERDICTS, Verdict
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.sync_ports import Centre, Contact, StreamSight, Tally
from yekuo_desktop.office.syncing_disputes import field_label, value_words

OFFICE_WORDS = {
    "office.set_up": "设置机构",
    "office.changed": "修改机构设置",
    "station.saved": "供电所",
    "person.saved": "人员",
    "seal.saved": "印章",
    "firm.saved": "公开名录",
    "device.saved": "本机签名密钥",
    "reference.published": "中心下发的规则或表单",
    "held.decided": "处理暂存的登记",
    "epoch.opened": "中心恢复后的新起点",
    "watch.opened": "稽查预警工单",
    "watch.answered": "答复稽查预警",
    "watch.returned": "稽查退回答复",
    "watch.closed": "稽查办结",
    "watch.exempted": "列入稽查白名单",
    "watch.lifted": "移出稽查白名单",
    "sample.drawn": "稽查随机抽查",
}
REMEDIES: dict[str, str] = {
    "person": "请管理员核对人员后放行",
    "role": "请管理员调整权限后放行",
    "device": "请管理员确认这台设备后处理",
    "station": "请管理员确认后处理",
    "rules": "中心装上这套规则后自动处理",
    "unknown": "中心升级后自动处理",
    "unreadable": "请联系维护人员",
    "behind": "前面那一条处理后自动处理",
    "guard": "请打开业务,按现在的情况重新办理",
    "stale": "请打开业务,核对后重新办理",
    "scope": "请由业务现在所属的供电所办理",
    "again": "不需要处理",
    "too_large": "请把内容分开,重新登记;原来的内容留在本机",
}


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """An entry the centre has not received."""

    at: datetime
    what: str
    number: str
    customer: str
    by: str


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that does not count as it was meant: why, and what can be done."""

    entry: str
    verdict: Verdict
    case: str  # "" where it is about no case
    at: datetime
    what: str
    state: str
    why: str
    remedy: str
    number: str
    customer: str
    by: str


class Disputed(msgspec.Struct, frozen=True, kw_only=True):
    """A field that two people wanted differently, for a line of the list."""

    case: str
    conflict: str
    number: str
    customer: str
    field: str
    stands: str
    wanted: str


class SyncSight(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the page of the synchronisation shows."""

    centre: Centre | None
    contact: Contact
    tally: Tally
    streams: tuple[StreamSight, ...]
    waiting: tuple[Waiting, ...]
    rejected: tuple[Rejected, ...]
    disputed: tuple[Disputed, ...]


def sight(desk: Desk) -> SyncSight:
    """The page of the synchronisation."""
    rows = desk.store.centre
    return SyncSight(
        centre=rows.centre(),
        contact=rows.contact(),
        tally=rows.tally(),
        streams=tuple(rows.streams()),
        waiting=tuple(_waiting(desk, entry) for entry in rows.waiting()),
        rejected=tuple(_rejected(desk, found) for found in rows.unsettled()),
        disputed=tuple(_disputed(desk, found) for found in rows.conflicts()),
    )


def what_of(entry: Entry) -> str:
    """An entry in a few words; also one whose content this release cannot read."""
    if is_office(entry):
        return OFFICE_WORDS.get(entry.kind, entry.kind)
    known = ACTS.get(entry.kind)
    try:
        return words(entry) or (known.label if known else entry.kind)
    except (msgspec.MsgspecError, ValueError, AttributeError, KeyError):
        return known.label if known else entry.kind


def _waiting(desk: Desk, entry: Entry) -> Waiting:
    case = desk.store.case(entry.subject.removeprefix("case:"))
    return Waiting(
        at=entry.recorded,
        what=what_of(entry),
        number=case.number if case else "",
        customer=str(case.values.get("customer_name", "")) if case else "",
        by=desk.store.organisation().person_name(entry.actor),
    )


def _rejected(desk: Desk, found: Any) -> Rejected:
    code = found.ruling.code
    why = "；".join(problem.text for problem in found.ruling.problems) or CODES.get(code, "")
    state = f"将{VERDICTS[found.verdict]}" if found.pending else VERDICTS[found.verdict]
    return Rejected(
        entry=found.entry.id,
        verdict=found.verdict,
        case=found.entry.subject.removeprefix("case:") if found.entry.subject.startswith("case:") else "",
        at=found.entry.recorded,
        what=what_of(found.entry),
        state=state,
        why=why,
        remedy=REMEDIES.get(code, ""),
        number=found.number,
        customer=found.customer,
        by=desk.store.organisation().person_name(found.entry.actor),
    )


def _disputed(desk: Desk, found: Any) -> Disputed:
    case, conflict = desk.store.case(found.case), found.conflict
    stands = standing(case, conflict.record, conflict.field) if case else conflict.stands
    return Disputed(
        case=found.case,
        conflict=conflict.id,
        number=found.number,
        customer=found.customer,
        field=field_label(case, conflict),
        stands=value_words(desk.reference, case, conflict, stands),
        wanted=value_words(desk.reference, case, conflict, conflict.wanted),
    )
