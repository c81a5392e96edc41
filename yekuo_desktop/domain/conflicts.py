"""A field that two people changed without knowing of each other: both values stay until somebody decides.

``closed`` decides: what stands, stays; or what the other wanted is set, through the same checks and locks as
any correction.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.act import Act, Context
from yekuo_desktop.domain.case import Case, Conflict, Material
from yekuo_desktop.domain.casework import STAFF
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.path import CORRECT, Correction
from yekuo_desktop.domain.stages.acceptance.acts import CHANGE, Change, Materials
from yekuo_desktop.domain.stages.acceptance.acts import MATERIALS as MATERIALS_RECORDED

APPLICATION, MATERIALS = "", "materials"
"""``Conflict.record`` of a field of the application, and of a paper of the customer; else a record's id."""


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """``stands`` is the value the closer saw; ``take``: the other one is set."""

    conflict: str
    stands: Any
    take: bool
    reason: str


def conflict_of(case: Case, conflict_id: str) -> Conflict | None:
    """The conflict of that id."""
    return next((found for found in case.conflicts if found.id == conflict_id), None)


def open_conflicts(case: Case) -> tuple[Conflict, ...]:
    """Those nobody has decided yet."""
    return tuple(found for found in case.conflicts if not found.closed)


def standing(case: Case, record: str, field: str) -> Any:
    """The value a field of the application, of a record or of the papers has now; "" for none."""
    if record == APPLICATION:
        return case.values.get(field, "")
    if record == MATERIALS:
        return msgspec.to_builtins(case.materials.get(field, Material()))
    found = next((each for each in case.records if each.id == record), None)
    return found.values.get(field, "") if found else ""


def same(one: Any, other: Any) -> bool:
    """Whether two values mean the same: nothing is nothing, however it is written."""
    return (one or "") == (other or "")


def _guard(case: Case, payload: Closing, context: Context) -> Iterable[Problem]:
    found = conflict_of(case, payload.conflict)
    if found is None or found.closed:
        yield Problem("", "没有这处冲突,或已经处理")
        return
    if not payload.reason.strip():
        yield Problem("reason", "请写明理由")
    if not same(standing(case, found.record, found.field), payload.stands):
        yield Problem("stands", "刚被别人改过,请核对后再定")
    elif payload.take:
        act, change = taking(case, found, payload.reason)
        yield from act.guard(case, change, context)


def taking(case: Case, found: Conflict, reason: str) -> tuple[Act, Any]:
    """The correction that sets what the other wanted."""
    if found.record == MATERIALS:
        return MATERIALS_RECORDED, Materials({found.field: msgspec.convert(found.wanted, Material)})
    changes = {found.field: (standing(case, found.record, found.field), found.wanted)}
    if found.record == APPLICATION:
        return CHANGE, Change(changes, reason)
    return CORRECT, Correction(found.record, changes, reason)


def _closed(case: Case, payload: Closing, entry: Entry) -> Case:
    found = conflict_of(case, payload.conflict)
    if found is None:
        return case
    if payload.take:
        act, change = taking(case, found, payload.reason)
        case = act.apply(case, change, entry)
    done = replace(found, closed=entry.id, taken=payload.take)
    return replace(case, conflicts=tuple(done if each.id == found.id else each for each in case.conflicts))


CLOSE = Act(
    kind="conflict.closed",
    label="处理冲突",
    payload=Closing,
    roles=STAFF,
    guard=_guard,
    apply=_closed,
    words=lambda payload: f"处理冲突({'采用另一值' if payload.take else '保留现值'}):{payload.reason}",
)
ACTS = (CLOSE,)
