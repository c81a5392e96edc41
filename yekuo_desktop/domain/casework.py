"""Acts that exist at every stage: correct, note, attach, withdraw, suspend, resume, terminate, reopen.

Nothing is deleted: a correction keeps the old value beside the new one, with the reason.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.act import Act, Context, never
from yekuo_desktop.domain.after_archiving import ARCHIVED, shut
from yekuo_desktop.domain.case import Attachment, Case, Note, Record
from yekuo_desktop.domain.clocks import applying_limits
from yekuo_desktop.domain.deadlines.limits import BESIDE, PAUSES, Pause, PauseKind
from yekuo_desktop.domain.dossiers import TAKE
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.formalities import connected
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.domain.vocabulary import LIVE_STATES

STAFF = frozenset(Role) - {Role.AUDITOR, Role.ADMINISTRATOR}
DESK = frozenset({Role.CLERK, Role.SUPERVISOR, Role.PROJECT_MANAGER})
OPEN = frozenset({"open"})


class Reason(msgspec.Struct, frozen=True):
    """An act that only needs its reason."""

    reason: str


class NoteText(msgspec.Struct, frozen=True):
    """A remark."""

    text: str


class Suspension(msgspec.Struct, frozen=True):
    """``kind`` names the exclusion of the rule set, e.g. customer_side; ``evidence`` is the id of a file
    of the case or the number of a document. Entries from before it was asked for have none."""

    reason: str
    kind: PauseKind = "customer_side"
    evidence: str = ""


class Attaching(msgspec.Struct, frozen=True):
    """The bytes lie in the blob store before this is written."""

    id: str
    sha256: str
    name: str
    media_type: str
    size: int
    material: str = ""


class AttachmentRemoval(msgspec.Struct, frozen=True):
    """The file stays; it only no longer counts."""

    id: str
    reason: str


class OverdueReason(msgspec.Struct, frozen=True):
    """Why a limit was missed. It changes no date."""

    limit: str
    reason: str


def _reasoned(_case: Case, payload: Any, _context: Context) -> Iterable[Problem]:
    if not payload.reason.strip():
        yield Problem("reason", "请写明原因")


def _has_text(_case: Case, payload: NoteText, _context: Context) -> Iterable[Problem]:
    if not payload.text.strip():
        yield Problem("text", "请写下内容")


def _attachment_known(case: Case, payload: AttachmentRemoval, context: Context) -> Iterable[Problem]:
    yield from _reasoned(case, payload, context)
    if payload.id not in {a.id for a in case.attachments if not a.withdrawn}:
        yield Problem("", "没有这个附件,或已经撤下")
    elif any(pause.evidence == payload.id for pause in case.pauses):
        yield Problem("", "它是暂停时间的证明材料,不能撤下")
    elif any(_names(record, payload.id) for record in case.records if not record.redone):
        yield Problem("", "有登记的事项以它为凭,不能撤下;附错了的请先在那条记录里改附正确的文件")


def _withdrawn_by_another(case: Case, actor: Person) -> str:
    """What is under voltage is not taken back at the counter: the file would be closed incomplete."""
    if not connected(case) or actor.may(frozenset({Role.SUPERVISOR})):
        return ""
    return "客户已经送电,撤回申请由班长办理;登记有误的请退回重办"


def _names(record: Record, file: str) -> bool:
    """Whether a record points at a file."""
    tables = [value for value in record.values.values() if isinstance(value, list | tuple)]
    rows = (row.values() for table in tables for row in table if isinstance(row, dict))
    return any(file in row for row in (record.values.values(), *rows))


def _to_state(state: str) -> Any:
    def apply(case: Case, _payload: Reason, _entry: Entry) -> Case:
        return replace(case, state=state)

    return apply


def _suspend(case: Case, payload: Suspension, entry: Entry) -> Case:
    pause = Pause(
        start=entry.stated, end=None, reason=payload.reason, kind=payload.kind, evidence=payload.evidence
    )
    return replace(case, state="suspended", pauses=(*case.pauses, pause))


def _resume(case: Case, _payload: Reason, entry: Entry) -> Case:
    pauses = tuple(p if p.end else replace(p, end=entry.stated) for p in case.pauses)
    return replace(case, state="open", pauses=pauses)


def _reopen(case: Case, _payload: Reason, _entry: Entry) -> Case:
    """A case that was paused when it was withdrawn is paused again: its pause was never ended."""
    paused = any(pause.end is None for pause in case.pauses)
    state = "suspended" if paused else "open" if case.number else "registered"
    return replace(case, state=state, reopened_after=len(case.records))


def _note(case: Case, payload: NoteText, entry: Entry) -> Case:
    return replace(case, notes=(*case.notes, Note(payload.text, entry.actor, entry.stated)))


def _attach(case: Case, payload: Attaching, entry: Entry) -> Case:
    file = Attachment(**msgspec.structs.asdict(payload), added=entry.recorded, added_by=entry.actor)
    return replace(case, attachments=(*case.attachments, file))


def _detach(case: Case, payload: AttachmentRemoval, _entry: Entry) -> Case:
    def mark(file: Attachment) -> Attachment:
        return replace(file, withdrawn=payload.reason) if file.id == payload.id else file

    return replace(case, attachments=tuple(mark(file) for file in case.attachments))


def _explain_overdue(case: Case, payload: OverdueReason, _entry: Entry) -> Case:
    return replace(case, overdue_reasons={**case.overdue_reasons, payload.limit: payload.reason})


def _resume_after_pause(case: Case, payload: Reason, context: Context) -> Iterable[Problem]:
    yield from _reasoned(case, payload, context)
    if any(p.end is None and context.stated < p.start for p in case.pauses):
        yield Problem("stated", "恢复时间早于暂停时间")


def _suspend_after_last(case: Case, payload: Suspension, context: Context) -> Iterable[Problem]:
    """A pause may not be back-dated into time that has already been counted: limits would move; and
    every exclusion is evidenced (regulations.md R7)."""
    yield from _reasoned(case, payload, context)
    held = any(payload.kind in limit.excludes for limit in applying_limits(case, context.reference))
    if held and not payload.evidence.strip():
        yield Problem("evidence", f"{PAUSES[payload.kind]}的时间不计入时限,请写明证明材料(附件或文号)")
    last = max((e.stated for e in case.events if e.name not in BESIDE), default=context.stated)
    ended = max((p.end for p in case.pauses if p.end), default=last)
    if context.stated < max(last, ended):
        yield Problem("stated", "暂停时间不能早于上一个环节的时间")


def _reason_words(prefix: str) -> Any:
    return lambda payload: f"{prefix}:{payload.reason}"


WITHDRAW = Act(
    kind="case.withdrawn",
    label="撤回申请",
    payload=Reason,
    roles=DESK,
    states=LIVE_STATES,
    guard=_reasoned,
    blocked=lambda case, actor, _reference: _withdrawn_by_another(case, actor),
    apply=_to_state("withdrawn"),
    words=_reason_words("撤回申请"),
)
SUSPEND = Act(
    kind="case.suspended",
    label="暂停",
    payload=Suspension,
    roles=DESK,
    states=OPEN,
    guard=_suspend_after_last,
    apply=_suspend,
    words=lambda payload: (
        f"暂停:{payload.reason}" + (f"(证明:{payload.evidence})" if payload.evidence else "")
    ),
)
RESUME = Act(
    kind="case.resumed",
    label="恢复",
    payload=Reason,
    roles=DESK,
    states=frozenset({"suspended"}),
    guard=_resume_after_pause,
    apply=_resume,
    words=_reason_words("恢复办理"),
)
TERMINATE = Act(
    kind="case.terminated",
    label="终止",
    payload=Reason,
    roles=frozenset({Role.SUPERVISOR}),
    states=LIVE_STATES,
    guard=_reasoned,
    apply=_to_state("terminated"),
    words=_reason_words("终止"),
)
REOPEN = Act(
    kind="case.reopened",
    label="重新启用",
    payload=Reason,
    roles=frozenset({Role.SUPERVISOR}),
    states=frozenset({"withdrawn", "terminated"}),
    guard=_reasoned,
    apply=_reopen,
    words=_reason_words("重新启用"),
)
NOTE = Act(
    kind="case.noted",
    label="添加备注",
    payload=NoteText,
    roles=STAFF,
    guard=_has_text,
    apply=_note,
    words=lambda payload: f"备注:{payload.text}",
)
ATTACH = Act(
    kind="case.attached",
    label="添加附件",
    payload=Attaching,
    roles=STAFF,
    states=LIVE_STATES | {ARCHIVED},
    guard=never,
    blocked=lambda case, _actor, _reference: shut(case),
    apply=_attach,
    words=lambda payload: f"添加附件 {payload.name}",
)
DETACH = Act(
    kind="case.attachment_withdrawn",
    label="撤下附件",
    payload=AttachmentRemoval,
    roles=STAFF,
    states=LIVE_STATES,
    guard=_attachment_known,
    apply=_detach,
    words=_reason_words("撤下附件"),
)
EXPLAIN_OVERDUE = Act(
    kind="case.overdue_explained",
    label="说明超时原因",
    payload=OverdueReason,
    roles=STAFF,
    guard=_reasoned,
    apply=_explain_overdue,
    words=_reason_words("超时原因"),
)
ACTS = (WITHDRAW, SUSPEND, RESUME, TERMINATE, REOPEN, NOTE, ATTACH, DETACH, EXPLAIN_OVERDUE, TAKE)
