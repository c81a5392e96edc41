"""The papers of stage 5 and the words their layouts may name: 竣工报验申请表, 竣工检验登记表, 竣工验收纪要,
整改通知书. Minutes and notice are signed by both sides and carry no seal (regulations.md 6.1)."""

from typing import Any

from yekuo_desktop.domain import paper_values
from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.clocks import applying_limits, deadlines_of
from yekuo_desktop.domain.display import day as day_text
from yekuo_desktop.domain.display import flag, moment, with_unit
from yekuo_desktop.domain.findings import numbered
from yekuo_desktop.domain.formalities import DEFECTS, REINSPECTED
from yekuo_desktop.domain.paper_values import customer_values, signed, texts
from yekuo_desktop.domain.papers import Facts, PaperForm
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.stages.completion import application, rounds
from yekuo_desktop.domain.stages.completion.fields import (
    APPLIED,
    DETAIL_COLUMNS,
    INSPECTED,
    RECHECK_COLUMNS,
)
from yekuo_desktop.domain.stages.completion.fields import (
    REINSPECTED as REINSPECTED_FIELDS,
)
from yekuo_desktop.domain.stages.completion.works_fields import DEVICE_COLUMNS, UNIT_COLUMNS

SHARED = {*paper_values.LABELS, "name", "note", "quantity", "total_capacity"}
"""Keys of columns that papers of other stages have words for."""
COLUMNS = (*DETAIL_COLUMNS, *RECHECK_COLUMNS, *UNIT_COLUMNS, *DEVICE_COLUMNS)
LABELS: dict[str, str] = {
    **{column.key: column.label for column in COLUMNS if column.key not in SHARED},
    "completion_turn": "报验次数",
    "completion_complete": "材料齐全",
    "completion_due": "应完成竣工检验",
    "completion_due_explained": "时限计法",
    "completion_planned_text": "计划验收时间",
    "completion_session": "验收类别",
    "completion_opinions": "部门验收意见",
    "completion_people": "验收人员",
    "completion_found": "缺陷及整改要求",
    "completion_inspected_at": "验收时间",
    "completion_inspected_day": "验收日期",
    "defect_no": "缺陷序号",
    "builder_defects": "施工单位负责整改",
    "customer_defects": "客户负责整改",
    "other_defects": "其他单位负责整改",
    "completion_open": "还有待整改的缺陷",
    "works_capacity_text": "施工容量",
}


def application_values(facts: Facts) -> dict[str, Any]:
    """高压客户竣工报验申请表: everything the customer declares of the works (regulations.md 2.11)."""
    found = last(facts.case, rounds.APPLIED)
    words = texts(APPLIED, found.values if found else {}, facts)
    built, unit = words["works_capacity"], "kVA" if facts.case.klass.startswith("hv") else "kW"
    return {
        **customer_values(facts),
        **words,
        **signed(found, facts),
        "completion_turn": f"第 {rounds.turn(facts.case)} 次",
        "works_capacity_text": with_unit(built, unit),
    }


def registration_values(facts: Facts) -> dict[str, Any]:
    """竣工检验登记表: the papers counted, who received them when, and by when the inspection is due."""
    case = facts.case
    found = last(case, rounds.APPLIED)
    missing = application.missing_papers(found.values if found else {}, case, facts.reference)
    return {
        **application_values(facts),
        **_due(facts),
        "completion_planned_text": application.planned_words(case),
        "completion_complete": "否" if missing else "是",
    }


def _due(facts: Facts) -> dict[str, str]:
    limits = applying_limits(facts.case, facts.reference)
    limit = next((each for each in limits if each.starts_on == application.LIMIT_START), None)
    runs = deadlines_of(facts.case, limit, facts.reference) if limit else ()
    if limit is None or not runs or runs[-1][0].due is None:
        return {"completion_due": "", "completion_due_explained": ""}
    found = runs[-1][0]
    return {
        "completion_due": f"{moment(runs[-1][0].due)} 前（{limit.allowance}）",
        "completion_due_explained": found.summary,
    }


def minutes_values(facts: Facts) -> dict[str, Any]:
    """竣工验收纪要: the inspection, the opinions gathered on the spot, what was found, what was closed."""
    case = facts.case
    found, report = last(case, *rounds.INSPECTIONS), last(case, rounds.APPLIED)
    again = found is not None and found.kind == REINSPECTED
    words = texts(REINSPECTED_FIELDS if again else INSPECTED, found.values if found else {}, facts)
    return {
        **customer_values(facts),
        **texts(APPLIED, report.values if report else {}, facts),
        **words,
        **(_grounds(facts) if again else {}),
        **signed(found, facts),
        "completion_session": "竣工复验" if again else "竣工验收",
        "completion_turn": f"第 {max(len(rounds.meetings(case)), 1)} 次",
        "completion_inspected_at": moment(found.stated) if found else "",
        "completion_people": _people(words),
        "completion_opinions": [_opinion(record, facts) for record in _opinions(case)],
        "completion_found": _found(found, facts),
        "completion_open": flag(bool(rounds.waiting(case))),
    }


def _grounds(facts: Facts) -> dict[str, str]:
    """What a re-inspection goes by: the scope of the first, the minutes before it, what was rectified."""
    first, *_ = held = rounds.meetings(facts.case)
    before = held[-2].record if len(held) > 1 else first.record
    scope = texts(INSPECTED, first.record.values, facts)["completion_scope"]
    basis = f"{day_text(before.stated)} 的验收纪要、整改通知书和整改记录"
    return {"completion_scope": scope, "completion_basis": basis}


def _people(words: dict[str, Any]) -> str:
    rows = words.get("completion_inspectors") or ()
    return "、".join(f"{row['department']} {row['name']}" for row in rows)


def _opinions(case: Case) -> tuple[Record, ...]:
    held = rounds.meetings(case)
    return held[-1].opinions if held else ()


def _opinion(record: Record, facts: Facts) -> dict[str, str]:
    label = facts.reference.code_label
    return {
        "department": label("departments", record.values.get("completion_department", "")),
        "opinion": label("review_opinions", record.values.get("completion_opinion", "")),
        "words": record.values.get("completion_words", ""),
        "signer": record.values.get("completion_signer", ""),
    }


def _found(record: Record | None, facts: Facts) -> list[dict[str, str]]:
    """The defects of one inspection under their numbers through all rounds."""
    label = facts.reference.code_label
    return [
        {
            "defect_no": no,
            "what": row.get("what", ""),
            "required": row.get("required", ""),
            "responsible": label("responsible", row.get("responsible", "")),
            "due": row.get("due", ""),
        }
        for no, row in numbered(facts.case, DEFECTS, record)
    ]


def notice_values(facts: Facts) -> dict[str, Any]:
    """整改通知书: what is still to be rectified, apart by who is responsible (种子文件 五)."""
    case = facts.case
    found = last(case, *rounds.INSPECTIONS)
    report = last(case, rounds.APPLIED)
    return {
        **customer_values(facts),
        **texts(APPLIED, report.values if report else {}, facts),
        **signed(found, facts),
        "completion_turn": f"第 {max(len(rounds.meetings(case)), 1)} 次",
        "completion_inspected_at": moment(found.stated) if found else "",
        **{f"{who}_defects": _waiting(facts, who) for who in ("builder", "customer", "other")},
    }


def _waiting(facts: Facts, who: str) -> list[dict[str, str]]:
    label = facts.reference.code_label
    named = ("builder", "customer")
    return [
        {
            "defect_no": each.no,
            "what": each.what,
            "required": each.required,
            "responsible": label("responsible", each.responsible),
            "due": each.due,
        }
        for each in rounds.waiting(facts.case)
        if (each.responsible if each.responsible in named else "other") == who
    ]


def _applied(case: Case) -> bool:
    return last(case, rounds.APPLIED) is not None


def _minutes(case: Case) -> bool:
    """One for each inspection."""
    return len(case.standing("completion_minutes")) < len(rounds.meetings(case))


def _notice(case: Case) -> bool:
    """One for each inspection that was not passed, while its defects wait."""
    failures = [m for m in rounds.meetings(case) if m.record.values.get("completion_result") == "failed"]
    return rounds.failed(case) and len(case.standing("rectification_notice")) < len(failures)


FORMS: dict[str, PaperForm] = {
    form.id: form
    for form in (
        PaperForm(
            id="completion_application",
            title="竣工报验申请表",
            when=_applied,
            values=application_values,
            copies_note="本表一式两份：供电企业一份，报验单位一份。",
        ),
        PaperForm(
            id="completion_registration",
            title="竣工检验登记表",
            when=_applied,
            values=registration_values,
            copies_note="本表一式两份：供电企业一份，交报验人一份作为回执。",
        ),
        PaperForm(
            id="completion_minutes",
            title="竣工验收纪要",
            when=_minutes,
            values=minutes_values,
            copies_note="本纪要一式三份：供电企业一份，客户一份，施工单位一份。",
        ),
        PaperForm(
            id="rectification_notice",
            title="整改通知书",
            when=_notice,
            values=notice_values,
            copies_note="本通知书一式三份：供电企业一份，客户一份，施工单位一份。",
        ),
    )
}
