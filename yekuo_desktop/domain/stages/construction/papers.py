"""The papers of stage 4 and the words their layouts may name: 中间检查登记表, 中间检查意见书, 装表工单,
供用电合同起草通知 (fields: regulations.md 2.10; signatures: 6.1, both sides sign, no seal)."""

from typing import Any

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.display import long_day, with_unit
from yekuo_desktop.domain.field import Field
from yekuo_desktop.domain.findings import Finding, findings, numbered, round_of
from yekuo_desktop.domain.paper_values import BLANK_DAY, customer_values, signed, texts
from yekuo_desktop.domain.papers import Facts, PaperForm, once_each
from yekuo_desktop.domain.records import answer, last, records
from yekuo_desktop.domain.stages.construction import notices, rounds, works
from yekuo_desktop.domain.stages.construction.contract_fields import ORDERED, REQUESTED
from yekuo_desktop.domain.stages.construction.fields import CONTRACTOR, STARTED
from yekuo_desktop.domain.stages.construction.inspection_fields import APPLIED, INSPECTED

PASSED_NOTE = "检查合格的部分可以继续施工；另有隐蔽工程的，覆盖前请再次申请检查。"
FAILED_NOTE = (
    "缺陷一次书面提出，双方签字。请在期限内整改并报告，全部整改后复查；隐蔽工程未经检查合格不得覆盖。"
)
LABELS: dict[str, str] = {
    "intermediate_note": "说明",
    "intermediate_round": "检查次数",
    "intermediate_day": "检查日期",
    "intermediate_team": "检查人员",
    "intermediate_applied_day": "申请日期",
    "intermediate_earlier": "以前缺陷的整改",
    "defect_no": "缺陷序号",
    "building_voltage": "供电电压",
    "building_capacity": "供电容量",
    "building_tariff": "电价类别",
    "building_boundary": "产权分界点",
    "contract_customer": "用电人证件号码",
    "contract_legal_person": "法定代表人",
}


def _said(fields: tuple[Field, ...], record: Record | None, facts: Facts) -> dict[str, Any]:
    return texts(fields, record.values if record else {}, facts)


def _works(facts: Facts) -> dict[str, Any]:
    """Who builds and tests what, from when."""
    case = facts.case
    return {
        **customer_values(facts),
        **_said(CONTRACTOR, last(case, works.CHECKED), facts),
        **_said(STARTED, last(case, works.STARTED), facts),
    }


def registration_values(facts: Facts) -> dict[str, Any]:
    """受电工程中间检查登记表: the customer's application and the papers that came with it."""
    newest = last(facts.case, rounds.APPLIED)
    return {
        **_works(facts),
        **_said(APPLIED, newest, facts),
        **signed(newest, facts),
        "intermediate_round": f"第 {len(records(facts.case, rounds.APPLIED))} 次",
    }


def opinion_values(facts: Facts) -> dict[str, Any]:
    """中间检查意见书: what was inspected, defects numbered and said once, what became of earlier ones."""
    case = facts.case
    newest, applied = last(case, rounds.INSPECTED), last(case, rounds.APPLIED)
    turn = round_of(case, rounds.FINDINGS, newest)
    return {
        **_works(facts),
        **_said(APPLIED, applied, facts),
        **_said(INSPECTED, newest, facts),
        **signed(newest, facts),
        "intermediate_round": f"第 {turn} 次",
        "intermediate_day": long_day(newest.stated) if newest else BLANK_DAY,
        "intermediate_applied_day": long_day(applied.stated) if applied else BLANK_DAY,
        "intermediate_team": _team(facts, newest),
        "intermediate_note": PASSED_NOTE if rounds.passed(case) else FAILED_NOTE,
        "intermediate_findings": _defects(facts, newest),
        "intermediate_earlier": [
            _rectified(finding) for finding in findings(case, rounds.FINDINGS) if finding.round < turn
        ],
    }


def _team(facts: Facts, record: Record | None) -> str:
    """Everybody who took part, department by department."""
    rows = _said(INSPECTED, record, facts)["intermediate_inspectors"]
    return "、".join(f"{row['name']}（{row['department']}）" for row in rows)


def _defects(facts: Facts, record: Record | None) -> list[dict[str, str]]:
    words = _said(INSPECTED, record, facts)["intermediate_findings"]
    numbers = [no for no, _ in numbered(facts.case, rounds.FINDINGS, record)]
    return [{**row, "defect_no": no} for no, row in zip(numbers, words, strict=True)]


def _rectified(finding: Finding) -> dict[str, str]:
    return {
        "defect_no": finding.no,
        "what": finding.what,
        "outcome": finding.outcome or "还没有整改",
        "evidence": finding.evidence,
    }


def _planned(facts: Facts) -> dict[str, str]:
    """What the supply plan says that installers and contract staff must know."""
    case, label = facts.case, facts.reference.code_label
    capacity = answer(case, notices.PLAN, "plan_capacity") or case.values.get("capacity", "")
    tariff = answer(case, notices.PLAN, "plan_tariff") or case.values.get("category", "")
    return {
        "building_voltage": label("voltages", answer(case, notices.PLAN, "supply_voltage")),
        "building_capacity": with_unit(str(capacity), "kVA" if case.klass.startswith("hv") else "kW"),
        "building_tariff": label("categories", tariff),
        "building_boundary": _boundary(case),
    }


def _boundary(case: Case) -> str:
    """Of high voltage said once, of low voltage for each source."""
    rows = answer(case, notices.PLAN, "sources") or ()
    each = dict.fromkeys(str(row.get("boundary", "")) for row in rows if row.get("boundary"))
    return str(answer(case, notices.PLAN, "ownership_boundary") or "；".join(each))


def order_values(facts: Facts) -> dict[str, Any]:
    """装表工单: what is to be installed, and room to write down what was."""
    newest = last(facts.case, notices.ORDERED)
    return {
        **customer_values(facts),
        **_planned(facts),
        **_said(ORDERED, newest, facts),
        **signed(newest, facts),
    }


def notice_values(facts: Facts) -> dict[str, Any]:
    """供用电合同起草通知: with whom, about what, on which papers."""
    case = facts.case
    newest = last(case, notices.REQUESTED)
    return {
        **customer_values(facts),
        **_planned(facts),
        **_said(REQUESTED, newest, facts),
        **signed(newest, facts),
        "contract_customer": str(case.values.get("identity_number") or ""),
        "contract_legal_person": str(case.values.get("legal_person") or ""),
    }


FORMS: dict[str, PaperForm] = {
    form.id: form
    for form in (
        PaperForm(
            id="intermediate_registration",
            title="受电工程中间检查登记表",
            when=once_each("intermediate_registration", rounds.APPLIED),
            values=registration_values,
            copies_note="本表一式两份：供电企业一份，客户一份。",
        ),
        PaperForm(
            id="intermediate_opinion",
            title="受电工程中间检查意见书",
            when=once_each("intermediate_opinion", rounds.INSPECTED),
            values=opinion_values,
            copies_note="本意见书一式三份：客户一份，施工单位一份，供电企业存档一份。",
        ),
        PaperForm(
            id="metering_order",
            title="装表工单",
            when=once_each("metering_order", notices.ORDERED),
            values=order_values,
            copies_note="本单一式两份：计量部门一份，供电企业存档一份。",
        ),
        PaperForm(
            id="contract_notice",
            title="供用电合同起草通知",
            when=once_each("contract_notice", notices.REQUESTED),
            values=notice_values,
            copies_note="本通知一式两份：合同管理员一份，存档一份。",
        ),
    )
}
