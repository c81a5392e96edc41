"""The customer's page: how far his case is, behind the QR code of his receipt. It names nobody.

The address is the code itself: organisation, sheet, and the tag that only the sheet's signature makes.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from yekuo_desktop.domain import path
from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.domain.case_rows import RunningLimit
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.custody import mark_of, same_mark
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.qr import Mark, read_code
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.acceptance.guards import missing_materials
from yekuo_desktop.domain.stages.acceptance.receipt_papers import CUSTOMER_STAGES
from yekuo_desktop.domain.stages.acceptance.work_order_paper import DELIVERY
from yekuo_desktop.domain.vocabulary import STAGES, business_title
from yekuo_desktop.server import tables
from yekuo_desktop.server.centre import Centre
from yekuo_desktop.server.errors import Declined
from yekuo_desktop.server.organisations import read_office
from yekuo_desktop.server.references import reference_for
from yekuo_desktop.server.standing import decode_case

MOST_LETTERS = 200
NEXT = {
    "acceptance": "您的申请已受理，工单正交给客户经理。",
    "survey": "客户经理会与您约定时间到现场勘查，并答复供电方案。",
    "design": "请委托有资质的单位设计，图纸送来后我们审查并答复。",
    "construction": "受电工程正在施工；隐蔽工程覆盖前请通知我们检查。",
    "completion": "工程完工后请报验，我们到现场检验。",
    "energization": "正在准备装表送电，客户经理会与您约定送电时间。",
    "archive": "已经送电，正在整理资料。",
}
STATES = {
    "registered": "已登记，待正式受理",
    "suspended": "已暂停：暂停期间的时间不计入时限。恢复前请与我们联系。",
    "withdrawn": "申请已撤回。",
    "terminated": "业务已终止。如有疑问请与我们联系。",
    "archived": "已办结。",
}


class Step(NamedTuple):
    """One stage on the way: "done", "now" or "ahead"."""

    name: str
    state: str


class Promise(NamedTuple):
    """A time limit of ours: since when, until when, when it was done; None where it is not."""

    name: str
    start: datetime
    due: datetime | None
    done: datetime | None
    kept: bool | None  # None: still running or standing still


class Progress(NamedTuple):
    """What the page says."""

    title: str
    number: str
    steps: tuple[Step, ...]
    next: str
    owed: tuple[str, ...]
    promises: tuple[Promise, ...]
    office: str
    contact: str
    now: datetime
    practice: bool


def progress(centre: Centre, token: str) -> Progress:
    """Raises ``Declined`` not_found for whatever is not exactly the code of a receipt that stands."""
    short, _, code = token[:MOST_LETTERS].partition(":")
    with centre.database.read() as connection:
        c = tables.orgs.c
        org = connection.execute(select(c.org).where(c.short == short.upper())).scalar()
        case = _case(connection, org, code) if org is not None else None
        if org is None or case is None:
            raise Declined("not_found", "没有找到这张回执，请核对二维码，或拨打供电服务热线。")
        _, organisation = read_office(connection, org)
    reference = reference_for(centre, org, organisation)
    return progress_of(case, organisation, reference, centre.clock())


def _case(connection: Connection, org: str, code: str) -> Case | None:
    """The case of a receipt whose code proves itself."""
    read = read_code(code)
    if read is None or read.mark is None:
        return None
    r, c = tables.receipts.c, tables.cases.c
    receipt = connection.execute(
        select(r.case_id, r.form, r.version, r.signature).where(r.org == org, r.sheet_no == read.sheet_no)
    ).first()
    if receipt is None or not receipt.signature:
        return None
    if not _proved(read.mark, receipt):
        return None
    document = connection.execute(select(c.document).where(c.org == org, c.id == receipt.case_id)).scalar()
    case = decode_case(bytes(document)) if document is not None else None
    stands = case is not None and any(
        paper.sheet_no.upper() == read.sheet_no and not paper.void for paper in case.papers
    )
    return case if stands else None


def _proved(mark: Mark, receipt: Any) -> bool:
    """Whether only that sheet's signature can have made the mark. One that is no signature proves none."""
    try:
        meant = mark_of(receipt.form, int(receipt.version), mark.copy, mark.reprint, receipt.signature)
    except ValueError:
        return False
    return same_mark(mark, meant)


def progress_of(case: Case, organisation: Organisation, reference: Reference, now: datetime) -> Progress:
    """What may be said of a case to whoever holds its receipt."""
    return Progress(
        title=business_title(case.klass, case.business),
        number=case.number,
        steps=tuple(_steps(case, reference)),
        next=STATES.get(case.state) or NEXT.get(case.stage, ""),
        owed=tuple(_owed(case, reference)),
        promises=tuple(_promises(case, reference, now)),
        office=f"{organisation.county} {organisation.station_name(case.station)}".strip(),
        contact=organisation.contact,
        now=now,
        practice=organisation.practice,
    )


def _steps(case: Case, reference: Reference) -> Iterator[Step]:
    order = tuple(STAGES)
    here = order.index(case.stage) if case.stage in order else 0
    over = case.state == "archived"
    for stage in ("acceptance", *(s for s in path.passed(case, reference) if s != "acceptance")):
        at = order.index(stage)
        state = "done" if over or at < here else "now" if at == here else "ahead"
        yield Step(STAGES[stage], state)


def _owed(case: Case, reference: Reference) -> Iterator[str]:
    rules = reference.rulesets.get(case.rules)
    if rules is None or case.state not in ("open", "suspended"):
        return
    for rule in missing_materials(case.values, case.materials, rules):
        until = case.materials.get(rule.id, Material()).owed_until
        yield f"{rule.label}（请在 {until:%Y-%m-%d} 前补交）" if until else rule.label


def _promises(case: Case, reference: Reference, now: datetime) -> Iterator[Promise]:
    for limit in running_limits(case, reference):
        if limit.stage in CUSTOMER_STAGES and limit.limit != DELIVERY:
            yield Promise(limit.label, limit.start, limit.due, limit.stopped, _kept(limit, now))


def _kept(limit: RunningLimit, now: datetime) -> bool | None:
    if limit.due is None:
        return None
    if limit.stopped is not None:
        return limit.stopped <= limit.due
    return False if now > limit.due else None
