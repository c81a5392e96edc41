"""What the window says of the centre: how far both sides are, what does not count and why, what to decide."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case import Case, Conflict
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.conflicts import APPLICATION, CLOSE, MATERIALS, Closing, conflict_of, standing
from yekuo_desktop.domain.display import moment, value_text
from yekuo_desktop.domain.entries import SCHEMA, Entry, encode_payload
from yekuo_desktop.domain.field import Field
from yekuo_desktop.domain.journal import ACTS, words
from yekuo_desktop.domain.merging import set_by
from yekuo_desktop.domain.office_acts import is_office
from yekuo_desktop.domain.path import TASKS
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rulings import CODES, VERDICTS, Verdict
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY
from yekuo_desktop.office.desk import Desk, Session, act, context_for
from yekuo_desktop.office.sync_ports import Centre, Contact, StreamSight, Tally

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


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two values: who wanted it, when, and what becomes of the limits with it."""

    value: str
    by: str
    at: str
    limits: tuple[str, ...]


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """Both sides of a conflict. ``before``: what the other had seen; ``refused``: why his value cannot be set
    now, "" when it can."""

    case: Case
    conflict: Conflict
    field: str
    before: str
    stands: Side
    wanted: Side
    refused: str


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


# ---- conflicts ------------------------------------------------------------------------------------


def _disputed(desk: Desk, found: Any) -> Disputed:
    case, conflict = desk.store.case(found.case), found.conflict
    stands = standing(case, conflict.record, conflict.field) if case else conflict.stands
    return Disputed(
        case=found.case,
        conflict=conflict.id,
        number=found.number,
        customer=found.customer,
        field=field_label(case, conflict),
        stands=_text(desk.reference, case, conflict, stands),
        wanted=_text(desk.reference, case, conflict, conflict.wanted),
    )


def dispute(desk: Desk, session: Session, case_id: str, conflict_id: str) -> Dispute:
    """Both sides, with what becomes of the limits. Raises ``Refused`` when it has been decided meanwhile."""
    case = desk.store.case(case_id)
    conflict = conflict_of(case, conflict_id) if case else None
    if case is None or conflict is None or conflict.closed:
        raise refuse("这处冲突已经处理")
    organisation = desk.store.organisation()
    stands = standing(case, conflict.record, conflict.field)
    other = set_by(desk.store.history(f"case:{case_id}"), conflict)
    taken, refused = _taken(desk, session, case, conflict, stands)
    now = _limits(case, desk.reference)
    return Dispute(
        case=case,
        conflict=conflict,
        field=field_label(case, conflict),
        before=_text(desk.reference, case, conflict, conflict.seen),
        stands=Side(
            value=_text(desk.reference, case, conflict, stands),
            by=organisation.person_name(other.actor) if other else "",
            at=moment(other.stated) if other else "",
            limits=_told(now, now),
        ),
        wanted=Side(
            value=_text(desk.reference, case, conflict, conflict.wanted),
            by=organisation.person_name(conflict.by),
            at=moment(conflict.stated),
            limits=_told(now, _limits(taken, desk.reference) if taken else now),
        ),
        refused=refused,
    )


def _taken(
    desk: Desk, session: Session, case: Case, conflict: Conflict, stands: Any
) -> tuple[Case | None, str]:
    """The case if the other value were set now, and what stands in the way of it."""
    context = context_for(desk, session)
    payload = Closing(conflict=conflict.id, stands=stands, take=True, reason="-")
    problems = [p.text for p in CLOSE.guard(case, payload, context) if not p.warning]
    identity = desk.store.identity
    entry = Entry(
        id="",
        act="",
        org=identity.org,
        station=identity.station,
        terminal=identity.terminal,
        device=identity.device,
        incarnation=identity.incarnation,
        n=0,
        subject=f"case:{case.id}",
        kind=CLOSE.kind,
        actor=session.person.id,
        stated=context.stated,
        recorded=context.now,
        schema=SCHEMA,
        payload=encode_payload(payload),
    )
    return CLOSE.apply(case, payload, entry), "；".join(problems)


def close(desk: Desk, session: Session, found: Dispute, *, take: bool, reason: str) -> Case:
    """Decide a conflict: what stands, stays, or the other's value is set. Raises ``Refused``."""
    conflict = found.conflict
    stands = standing(found.case, conflict.record, conflict.field)
    payload = Closing(conflict=conflict.id, stands=stands, take=take, reason=reason)
    return act(desk, session, found.case.id, "conflict.closed", payload)


def _limits(case: Case, reference: Reference) -> dict[str, str]:
    """Every limit of a case that still runs, and when it ends."""
    return {
        limit.label: moment(limit.due) if limit.due else "暂停中"
        for limit in running_limits(case, reference)
        if limit.stopped is None
    }


def _told(now: dict[str, str], then: dict[str, str]) -> tuple[str, ...]:
    """The limits of one side, and against what stands what is otherwise."""
    lines = []
    for label in dict.fromkeys((*now, *then)):
        before, after = now.get(label, ""), then.get(label, "")
        if before == after:
            lines.append(f"{label}:{after}")
        elif not after:
            lines.append(f"{label}:不再计时(原 {before})")
        else:
            lines.append(f"{label}:{after}" + (f"(原 {before})" if before else "(新起算)"))
    return tuple(lines) or ("没有正在计时的时限",)


def field_label(case: Case | None, conflict: Conflict) -> str:
    """What the field is called."""
    if conflict.record == MATERIALS:
        return "申请资料"
    found = _field(case, conflict)
    return found.label if found else conflict.field


def _field(case: Case | None, conflict: Conflict) -> Field | None:
    if conflict.record == APPLICATION:
        return BY_KEY.get(conflict.field)
    kinds = (each.kind for each in case.records if each.id == conflict.record) if case else iter(())
    task = TASKS.get(next(kinds, ""))
    return next((each for each in task.fields if each.key == conflict.field), None) if task else None


def _text(reference: Reference, case: Case | None, conflict: Conflict, value: Any) -> str:
    found = _field(case, conflict)
    if found is None or conflict.record == MATERIALS:
        return _paper(value) if isinstance(value, dict) else str(value or "(空)")
    return value_text(found, value or "", reference) or "(空)"


def _paper(value: dict[str, Any]) -> str:
    said: Iterable[str] = (
        "已看原件" if value.get("original_seen") else "",
        f"复印件 {value['copies']} 份" if value.get("copies") else "",
        "已扫描" if value.get("scanned") else "",
        f"欠交,至 {value['owed_until']}" if value.get("owed_until") else "",
    )
    return ",".join(part for part in said if part) or "未收"
