"""What the papers of the supply plan say: the plan in words, who spoke on it, what it costs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.circumstances import number, total
from yekuo_desktop.domain.deadlines.limits import UNITS
from yekuo_desktop.domain.display import day as day_text
from yekuo_desktop.domain.display import long_day, money, with_unit
from yekuo_desktop.domain.display import number as plain
from yekuo_desktop.domain.formalities import FEES_RECEIVED, fees_due, fees_paid
from yekuo_desktop.domain.paper_values import BLANK_DAY, customer_values, signed, texts
from yekuo_desktop.domain.papers import Facts
from yekuo_desktop.domain.records import last, records
from yekuo_desktop.domain.stages.survey import fee_rules
from yekuo_desktop.domain.stages.survey import reply_rounds as rounds
from yekuo_desktop.domain.stages.survey.fee_fields import RECEIVED as PAID
from yekuo_desktop.domain.stages.survey.plan_fields import DRAFTED
from yekuo_desktop.domain.stages.survey.reply_fields import APPROVED, REPLIED
from yekuo_desktop.domain.validity import rule_of


def plan_values(facts: Facts) -> dict[str, Any]:
    """The newest plan of the case in words, with the customer it is for."""
    plan = last(facts.case, rounds.DRAFTED)
    values = plan.values if plan else {}
    return {
        **customer_values(facts),
        **texts(DRAFTED, values, facts),
        **_verified(facts),
        **_receiving(values),
        "plan_capacity_text": with_unit(
            plain(str(values.get("plan_capacity", ""))), "kVA" if facts.case.klass.startswith("hv") else "kW"
        ),
        "fees_total": money(str(total(values.get("fees"), "amount"))),
        "plan_round": f"第 {len(records(facts.case, rounds.DRAFTED))} 次",
        "plan_drafter": facts.organisation.person_name(plan.by) if plan else "",
        "plan_drafted_day": long_day(plan.stated) if plan else BLANK_DAY,
    }


def _verified(facts: Facts) -> dict[str, str]:
    """用电类别 and 行业分类 as the survey found them, as applied for where it changed nothing."""
    label = facts.reference.code_label
    return {
        "plan_category": label("categories", _found(facts.case, "category")),
        "plan_industry": label("industries", _found(facts.case, "industry")),
    }


def _found(case: Case, key: str) -> str:
    asked = [r.values for r in case.records if not r.redone and f"survey_{key}_same" in r.values]
    found = asked[-1].get(f"survey_{key}", "") if asked else ""
    return str(found or case.values.get(key, ""))


def _receiving(values: Mapping[str, Any]) -> dict[str, str]:
    points = values.get("receiving_points") or ()
    whole = sum(
        (number(row, "transformers") * number(row, "unit_capacity") for row in points), number({}, "")
    )
    return {"receiving_count": str(len(points) or ""), "receiving_total": plain(str(whole)) if points else ""}


# ---- 审批单 ------------------------------------------------------------------------------------------


def approval_values(facts: Facts) -> dict[str, Any]:
    """供电方案审批单: the plan in short, the departments, earlier returns, the approval."""
    case, found = facts.case, plan_values(facts)
    approval = rounds.approval(case)
    return {
        **found,
        **texts(APPROVED, approval.values if approval else {}, facts),
        "plan_points": [
            *_numbered("电源", _sources(found)),
            *_numbered("受电点", _points(found)),
            *_numbered("计量点", _metering(found)),
        ],
        "plan_opinions": [_opinion(record, facts) for record in rounds.opinions(case)],
        "plan_returns": [_returned(record, facts) for record in rounds.returns(case)],
        "plan_approver": facts.organisation.person_name(approval.by) if approval else "",
        "plan_approved_day": long_day(approval.stated) if approval else BLANK_DAY,
    }


def _numbered(part: str, told: Iterable[str]) -> Iterator[dict[str, str]]:
    yield from ({"part": f"{part} {at}", "words": words} for at, words in enumerate(told, start=1))


def _told(*parts: str) -> str:
    return "，".join(part for part in parts if part)


def _with(prefix: str, row: Mapping[str, str], key: str, unit: str = "") -> str:
    return f"{prefix}{row[key]}{unit}" if row.get(key) else ""


def _sources(found: Mapping[str, Any]) -> Iterator[str]:
    """Each source in one sentence; low voltage has an area, high voltage a substation and a line."""
    for row in found.get("sources") or ():
        unit = " kVA" if row.get("substation") else " kW"
        station = "".join(row.get(key, "") for key in ("substation", "bus", "switch"))
        yield _told(
            f"{row.get('role', '')} {row.get('voltage', '')}",
            _with("", row, "capacity", unit),
            station,
            _with("", row, "line"),
            _with("", row, "line_type"),
            _with("台区：", row, "area"),
            _with("接入点：", row, "pole"),
            _with("产权分界点：", row, "boundary"),
            _with("", row, "laying"),
            _with("", row, "conductor"),
        )


def _points(found: Mapping[str, Any]) -> Iterator[str]:
    for row in found.get("receiving_points") or ():
        many = f"{row.get('transformers', '')} 台 × {row.get('unit_capacity', '')} kVA"
        yield _told(row.get("point", ""), f"{row.get('transformer', '')} {many}")


def _metering(found: Mapping[str, Any]) -> Iterator[str]:
    for row in found.get("metering_points") or ():
        yield _told(
            row.get("mode", ""),
            _with("装于", row, "place"),
            row.get("wiring", ""),
            _with("电能表 ", row, "meter"),
            _with("", row, "meter_accuracy", " 级"),
            _with("PT ", row, "pt"),
            _with("CT ", row, "ct"),
            row.get("category", ""),
            row.get("payment", ""),
        )


def _opinion(record: Record, facts: Facts) -> dict[str, str]:
    label, values = facts.reference.code_label, record.values
    return {
        "department": label("departments", values.get("review_department", "")),
        "opinion": label("review_opinions", values.get("review_opinion", "")),
        "words": values.get("review_words", ""),
        "signer": values.get("review_signer", ""),
        "day": day_text(record.stated),
    }


def _returned(record: Record, facts: Facts) -> dict[str, str]:
    return {
        "what": str(record.values.get("plan_return_reason", "")),
        "signer": facts.organisation.person_name(record.by),
        "day": day_text(record.stated),
    }


# ---- 答复单, 正文 ------------------------------------------------------------------------------------


def reply_values(facts: Facts) -> dict[str, Any]:
    """供电方案答复单 and 正文: every blank of the official sheets, and how long the plan holds."""
    newest, rule = last(facts.case, rounds.REPLIED), rule_of(facts.case, facts.reference)
    return {
        **plan_values(facts),
        **texts(REPLIED, newest.values if newest else {}, facts),
        **signed(newest, facts),
        "plan_valid_words": f"{rule.amount} {UNITS[rule.unit]}" if rule else "",
        "plan_extend_days": str(rule.extend_before) if rule else "",
    }


# ---- 缴费通知单 --------------------------------------------------------------------------------------


def fee_notice_values(facts: Facts) -> dict[str, Any]:
    """业务费用缴费通知单: what the plan asks for, what came in, what is open."""
    case = facts.case
    return {
        **reply_values(facts),
        "fees_total": money(str(fees_due(case))),
        "fees_paid_text": money(str(fees_paid(case))),
        "fees_open_text": money(str(fee_rules.missing(case))),
        "fee_payments": [_payment(record, facts) for record in records(case, FEES_RECEIVED)],
    }


def _payment(record: Record, facts: Facts) -> dict[str, str]:
    said = texts(PAID, record.values, facts)
    return {
        "paid_day": day_text(record.stated),
        "paid_amount": said["fees_amount"],
        "paid_way": said["fees_way"],
        "paid_receipt": said["fees_receipt_no"],
    }
