"""A conflict of two people over one field: both sides, what becomes of the limits with each, the decision."""

from collections.abc import Iterable
from typing import Any

import msgspec

from yekuo_desktop.domain.act import refuse
from yekuo_desktop.domain.case import Case, Conflict
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.conflicts import APPLICATION, CLOSE, MATERIALS, Closing, conflict_of, standing
from yekuo_desktop.domain.corrections import set_by
from yekuo_desktop.domain.display import moment, value_text
from yekuo_desktop.domain.entries import SCHEMA, Entry, encode_payload
from yekuo_desktop.domain.field import Field
from yekuo_desktop.domain.path import TASKS
from yekuo_desktop.domain.privacy import NOTHING, Sight
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.acceptance.fields import BY_KEY
from yekuo_desktop.office import privacy
from yekuo_desktop.office.desk import Desk, Session, act, context_for


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
    now, sight = _limits(case, desk.reference), privacy.sight(desk, session, case)
    return Dispute(
        case=case,
        conflict=conflict,
        field=field_label(case, conflict),
        before=value_words(desk.reference, case, conflict, conflict.seen, sight),
        stands=Side(
            value=value_words(desk.reference, case, conflict, stands, sight),
            by=organisation.person_name(other.actor) if other else "",
            at=moment(other.stated) if other else "",
            limits=_told(now, now),
        ),
        wanted=Side(
            value=value_words(desk.reference, case, conflict, conflict.wanted, sight),
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


def value_words(
    reference: Reference, case: Case | None, conflict: Conflict, value: Any, sight: Sight = NOTHING
) -> str:
    """A value of a conflict as it is read on the screen by somebody with that sight."""
    found = _field(case, conflict)
    if found is None or conflict.record == MATERIALS:
        return _paper(value) if isinstance(value, dict) else str(value or "(空)")
    return value_text(found, value or "", reference, masked=sight.masks(found, value)) or "(空)"


def _paper(value: dict[str, Any]) -> str:
    said: Iterable[str] = (
        "已看原件" if value.get("original_seen") else "",
        f"复印件 {value['copies']} 份" if value.get("copies") else "",
        "已扫描" if value.get("scanned") else "",
        f"欠交,至 {value['owed_until']}" if value.get("owed_until") else "",
    )
    return ",".join(part for part in said if part) or "未收"
