"""Acts on paper: issuing a sheet, printing it again, voiding it. The same for every form and stage."""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec.structs import replace

from yekuo_desktop.domain.act import Act, Context
from yekuo_desktop.domain.after_archiving import shut
from yekuo_desktop.domain.case import Case, Delivery, Paper
from yekuo_desktop.domain.casework import STAFF
from yekuo_desktop.domain.custody import Proof
from yekuo_desktop.domain.entries import Entry
from yekuo_desktop.domain.field import Problem
from yekuo_desktop.domain.papers import Snapshot

NAMING = ("customer_name", "account_no")


class Issue(msgspec.Struct, frozen=True):
    """A sheet with the values it will carry for good. ``notice_of``: materials it asks for."""

    snapshot: Snapshot
    notice_of: tuple[str, ...] = ()
    proof: Proof = Proof()


class Reprint(msgspec.Struct, frozen=True):
    """One more printing of a sheet, with the reason; the sheet is marked 补打."""

    sheet_no: str
    reason: str


def _issue_guard(case: Case, payload: Issue, _context: Context) -> Iterable[Problem]:
    """A one-time notice is given once (一次性告知; asking twice is a finding, regulations.md 5.2)."""
    earlier = case.standing("one_time_notice")
    if payload.snapshot.form == "one_time_notice" and earlier:
        yield Problem("", f"{earlier[0].issued:%m-%d} 已出具过一次性告知书,不能再次要求补件;需要时请补打")


def _known(case: Case, payload: Reprint, _context: Context) -> Iterable[Problem]:
    paper = case.paper(payload.sheet_no)
    if paper is None or paper.void:
        yield Problem("sheet_no", "没有这张单据,或已作废")
    if not payload.reason.strip():
        yield Problem("reason", "请写明原因")


def _issue(case: Case, payload: Issue, entry: Entry) -> Case:
    sheet = payload.snapshot
    paper = Paper(
        sheet_no=sheet.sheet_no,
        form=sheet.form,
        title=sheet.title,
        entry=entry.id,
        issued=sheet.issued,
        issued_by=entry.actor,
        seal=sheet.seal_name,
        notice_of=payload.notice_of,
        says={key: said for key in NAMING if (said := str(sheet.values.get(key) or ""))},
    )
    return replace(case, papers=(*case.papers, paper), delivery=_on_its_way(case.delivery, sheet))


def _on_its_way(delivery: Delivery | None, sheet: Snapshot) -> Delivery | None:
    """A new work order takes the place of one that nobody has signed for: it is the one to be carried."""
    if delivery is None or delivery.received or sheet.form != "work_order":
        return delivery
    if delivery.sheet_no == sheet.sheet_no:
        return delivery
    return Delivery(sheet_no=sheet.sheet_no, project_manager=delivery.project_manager)


def _change(case: Case, sheet_no: str, **changes: Any) -> Case:
    papers = tuple(replace(p, **changes) if p.sheet_no == sheet_no else p for p in case.papers)
    return replace(case, papers=papers)


def _reprint(case: Case, payload: Reprint, _entry: Entry) -> Case:
    paper = case.paper(payload.sheet_no)
    return _change(case, payload.sheet_no, reprints=paper.reprints + 1) if paper else case


def _void(case: Case, payload: Reprint, _entry: Entry) -> Case:
    return _change(case, payload.sheet_no, void=payload.reason)


ISSUE = Act(
    kind="paper.issued",
    label="出具单据",
    payload=Issue,
    roles=STAFF,
    guard=_issue_guard,
    blocked=lambda case, _actor, _reference: shut(case),
    apply=_issue,
    words=lambda payload: f"出具《{payload.snapshot.title}》{payload.snapshot.sheet_no}",
)
REPRINT = Act(
    kind="paper.reprinted",
    label="补打单据",
    payload=Reprint,
    roles=STAFF,
    guard=_known,
    apply=_reprint,
    words=lambda payload: f"补打 {payload.sheet_no}:{payload.reason}",
)
VOID = Act(
    kind="paper.voided",
    label="作废单据",
    payload=Reprint,
    roles=STAFF,
    guard=_known,
    blocked=lambda case, _actor, _reference: shut(case),
    apply=_void,
    words=lambda payload: f"作废 {payload.sheet_no}:{payload.reason}",
)
ACTS = (ISSUE, REPRINT, VOID)
