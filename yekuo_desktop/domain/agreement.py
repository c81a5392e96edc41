"""Values that several papers of one case say, and the order of its times: the same on all of them, and one
after the other (regulations.md 5.2 档案不一致; 5.3 R3, R14, R18)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import number, total
from yekuo_desktop.domain.completeness import Discrepancy, Row
from yekuo_desktop.domain.display import moment as moment_text
from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.filing import day, filed_items
from yekuo_desktop.domain.formalities import CONTRACT_SIGNED, METER_INSTALLED, PLAN_DRAFTED, formalities
from yekuo_desktop.domain.records import answer, last, rows
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.validate import day_of

RULE = "档案"  # 5.2: papers incomplete, irregular or inconsistent
SURVEYED = "survey.done"
METER_LISTS = (
    ("meter.checked", "meter_readings", "核表"),
    ("meter.sealed", "seals", "加封"),
)
"""Where meters in use are named after their installation: kind, key, what is done there."""
STAGES = {
    "inspection": "completion",
    "contract": "construction",
    "fees": "survey",
    "meter": "construction",
    "grid_works": "construction",
}
"""By formality, the stage that can still settle it."""


class Milestone(NamedTuple):
    """A step of the way: its event, and the filed paper that bears its date."""

    label: str
    event: str
    paper: str
    stage: str


MILESTONES = {
    "accepted": Milestone("业务受理", "accepted", "application_form", "acceptance"),
    "surveyed": Milestone("现场勘查", "survey_done", "survey_sheet", "survey"),
    "replied": Milestone("供电方案答复", "plan_replied", "plan_reply", "survey"),
    "sent_in": Milestone("设计送审", "design_received", "design_submission", "design"),
    "reviewed": Milestone("设计审查意见", "design_reviewed", "design_opinion", "design"),
    "asked": Milestone("中间检查申请", "intermediate_applied", "intermediate_application", "construction"),
    "looked_at": Milestone("中间检查", "intermediate_inspected", "intermediate_opinion", "construction"),
    "signed": Milestone("签订供用电合同", "contract_signed", "supply_contract", "construction"),
    "reported": Milestone("竣工报验", "completion_applied", "completion_application", "completion"),
    "inspected": Milestone("竣工检验", "completion_inspected", "completion_minutes", "completion"),
    "connected": Milestone("装表接电", "connected", "metering_sheet", "energization"),
}
ORDER = (
    ("accepted", "surveyed"),
    ("surveyed", "replied"),
    ("sent_in", "reviewed"),
    ("reviewed", "asked"),
    ("asked", "looked_at"),
    ("looked_at", "reported"),
    ("reported", "inspected"),
    ("inspected", "connected"),
    ("signed", "connected"),
)
"""What comes before what: inspection < report, connection < inspection, contract after energization (R3)."""


def disagreements(case: Case, seen: Iterable[Row], reference: Reference) -> Iterator[Discrepancy]:
    """Everything that contradicts itself; ``seen`` are the papers as somebody found them."""
    yield from _names(case)
    yield from _overtaken(case)
    yield from _capacities(case)
    yield from _meters(case)
    yield from _contract_numbers(case)
    yield from _households(case)
    yield from _unsettled(case, reference)
    yield from _out_of_order(case, {str(row.get("name", "")): row for row in seen}, reference)


# ---- values --------------------------------------------------------------------------------------


def _names(case: Case) -> Iterator[Discrepancy]:
    """A sheet issued under another name, account number or address than the case bears now."""
    for sheet in case.papers:
        for key, label in (("customer_name", "户名"), ("account_no", "户号")):
            then, now = sheet.says.get(key, ""), str(case.values.get(key) or "")
            if not sheet.void and then and now and then != now:
                yield Discrepancy(
                    rule=RULE,
                    subject=f"{sheet.title} {sheet.sheet_no} 的{label}",
                    wanted=now,
                    found=then,
                    who=sheet.issued_by,
                    stage=case.stage,
                )


def _overtaken(case: Case) -> Iterator[Discrepancy]:
    """A sheet whose record was corrected after it was issued: it is voided and issued anew, or it is said in
    writing why it may stay."""
    for sheet in case.papers:
        if sheet.overtaken and not sheet.void:
            yield Discrepancy(
                rule=RULE,
                subject=f"{sheet.title} {sheet.sheet_no}",
                wanted="与更正后的登记一致",
                found=f"出具后登记有更正({sheet.overtaken})",
                who=sheet.issued_by,
                stage=case.stage,
                explainable=True,
            )


def _capacities(case: Case) -> Iterator[Discrepancy]:
    """The plan may grant another capacity than was asked for or found on site; then it is said why."""
    plan = last(case, PLAN_DRAFTED)
    granted = number(plan.values, "plan_capacity") if plan else Decimal(0)
    surveyed = number(_said(case, SURVEYED), "survey_capacity")
    for words, figures in (("申请容量", _asked_for(case)), ("勘查核定容量", (surveyed,) if surveyed else ())):
        if plan is not None and granted and figures and granted not in figures:
            yield Discrepancy(
                rule=RULE,
                subject="供电方案的供电容量",
                wanted=f"与{words} {number_text(str(figures[0]))} 一致",
                found=number_text(str(granted)),
                who=plan.by,
                stage="survey",
                explainable=True,
            )


def _said(case: Case, kind: str) -> Mapping[str, Any]:
    """What the newest record of a kind says."""
    found = last(case, kind)
    return found.values if found else {}


def _asked_for(case: Case) -> tuple[Decimal, ...]:
    """What was asked for, with or without the second source and what was there before: each is one way of
    saying the capacity of the supply; the plain figure first."""
    values = case.values
    if case.business == "batch":
        return (number(values, "batch_capacity"),) if number(values, "batch_capacity") else ()
    own, second = number(values, "capacity"), number(values, "second_capacity")
    before = number(values, "existing_capacity")
    sums = (own + a + b for a, b in product((Decimal(0), second), (Decimal(0), before)))
    return tuple(dict.fromkeys(sums)) if own else ()


def _meters(case: Case) -> Iterator[Discrepancy]:
    """The meters that were installed, or put in their place, are those that were read and sealed."""
    ours = _installed(case)
    for kind, key, label in METER_LISTS:
        record = last(case, kind)
        theirs = _assets(record.values.get(key) or ()) if record else set()
        if record is not None and ours and theirs and theirs != ours:
            yield Discrepancy(
                rule=RULE,
                subject=f"{label}的电能表资产编号",
                wanted="、".join(sorted(ours)),
                found="、".join(sorted(theirs)),
                who=record.by,
                stage="energization",
            )


def _installed(case: Case) -> set[str]:
    newest = last(case, METER_INSTALLED)
    found = _assets(newest.values.get("installed_meters") or ()) if newest else set()
    for row in rows(case, "meter.rectified", "meter_replacements"):
        if row.get("old_asset") in found:
            found = (found - {row["old_asset"]}) | {row.get("new_asset", "")}
    return found


def _assets(lines: Iterable[Mapping[str, str]]) -> set[str]:
    return {line["asset_no"] for line in lines if line.get("asset_no")}


def _contract_numbers(case: Case) -> Iterator[Discrepancy]:
    signed, drafted = last(case, CONTRACT_SIGNED), str(answer(case, "contract.drafted", "contract_number"))
    found = str(signed.values.get("contract_number", "")) if signed else ""
    if signed is not None and drafted and found != drafted:
        yield Discrepancy(
            rule=RULE,
            subject="供用电合同编号",
            wanted=f"起草时的 {drafted}",
            found=f"签订的 {found}",
            who=signed.by,
            stage="construction",
        )


def _households(case: Case) -> Iterator[Discrepancy]:
    """R18: Σ 批量清单 = 总容量."""
    listed, said = total(case.values.get("households"), "capacity"), number(case.values, "batch_capacity")
    if case.business == "batch" and listed and listed != said:
        yield Discrepancy(
            rule="R18",
            subject="低压批量用电清单合计容量",
            wanted=number_text(str(said)),
            found=number_text(str(listed)),
            who=case.accepted_by,
            stage="acceptance",
        )


def _unsettled(case: Case, reference: Reference) -> Iterator[Discrepancy]:
    """R14: nothing is archived with a fee unpaid, a contract unsigned or a meter missing."""
    for formality in formalities(case, reference):
        if formality.settled is None:
            yield Discrepancy(
                rule="R14",
                subject=formality.label,
                wanted="已办结",
                found=formality.why,
                who=case.project_manager,
                stage=STAGES[formality.id],
            )


# ---- order of times ------------------------------------------------------------------------------


def _out_of_order(case: Case, seen: Mapping[str, Row], reference: Reference) -> Iterator[Discrepancy]:
    labels = {item.id: item.label for item in filed_items(case, reference)}
    on_paper = {
        name: day_of(seen.get(labels.get(mark.paper, ""), {}).get("day")) for name, mark in MILESTONES.items()
    }
    for earlier, later in ORDER:
        yield from _events_in_order(case, MILESTONES[earlier], MILESTONES[later])
        yield from _papers_in_order(case, on_paper, earlier, later)


def _events_in_order(case: Case, earlier: Milestone, later: Milestone) -> Iterator[Discrepancy]:
    """The first before the first and the last before the last: each may come in rounds."""
    before, after = _moments(case, earlier.event), _moments(case, later.event)
    for one, other in {(before[0], after[0]), (before[-1], after[-1])} if before and after else ():
        if one > other:
            yield _late(case, earlier, later, moment_text(one), moment_text(other))


def _moments(case: Case, name: str) -> list[datetime]:
    return [event.stated for event in case.events if event.name == name]


def _papers_in_order(
    case: Case, on_paper: Mapping[str, date | None], earlier: str, later: str
) -> Iterator[Discrepancy]:
    """The date on one paper against that of the other, or of the system where the other bears none."""
    one, other = (on_paper[name] or _system_day(case, name) for name in (earlier, later))
    if one and other and one > other and (on_paper[earlier] or on_paper[later]):
        yield _late(case, MILESTONES[earlier], MILESTONES[later], one.isoformat(), other.isoformat())


def _system_day(case: Case, name: str) -> date | None:
    event = case.event(MILESTONES[name].event)
    return day(event.stated) if event else None


def _late(case: Case, earlier: Milestone, later: Milestone, one: str, other: str) -> Discrepancy:
    return Discrepancy(
        rule="R3",
        subject=f"{earlier.label}与{later.label}的时间",
        wanted=f"{earlier.label}不晚于{later.label} {other}",
        found=f"{earlier.label} {one}",
        who=case.project_manager,
        stage=earlier.stage,
        explainable=True,
    )
