"""The papers of stage 3 and the words their layouts may name: 送审登记表, 审查意见书."""

from typing import Any

from yekuo_desktop.domain.case import Record
from yekuo_desktop.domain.display import long_day
from yekuo_desktop.domain.findings import numbered, round_of
from yekuo_desktop.domain.paper_values import BLANK_DAY, customer_values, signed, texts
from yekuo_desktop.domain.papers import Facts, PaperForm, once_each
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.stages.design import rounds
from yekuo_desktop.domain.stages.design.fields import CHOSEN, CONCLUDED, RECEIVED

OFFICIAL_SEAL = "公章"  # 种子文件 三：审查意见书面答复并盖公章 [S-SEED]
NOTES = {
    rounds.AGREED: "请按审查同意的图纸施工；需要变更设计的，变更后重新报送审查。本意见书为一次性书面意见。",
    rounds.CHANGE: "修改完毕后请连同本意见书重新报送；未经审查或审查未通过的工程不得施工。"
    "本意见书为一次性书面意见。",
}
"""What follows from the conclusion, in the foot of the opinion."""
LABELS: dict[str, str] = {
    "design_note": "说明",
    "design_round": "送审次数",
    "design_opinions": "部门意见",
    "drawing": "图号",
    "finding_no": "意见序号",
    "settled": "是否落实",
    "design_received_day": "报送日期",
    "design_reviewed_day": "审查日期",
}


def submission_values(facts: Facts) -> dict[str, Any]:
    """受电工程设计资料送审登记表 (fields: regulations.md 2.9, drawings: 种子文件 三)."""
    case = facts.case
    newest = last(case, rounds.RECEIVED)
    return {
        **customer_values(facts),
        **_chosen(facts),
        **texts(RECEIVED, newest.values if newest else {}, facts),
        **signed(newest, facts),
        "design_round": f"第 {rounds.count(case)} 次",
    }


def opinion_values(facts: Facts) -> dict[str, Any]:
    """受电工程设计审查意见书: every finding numbered, said once, under the official seal."""
    case = facts.case
    newest, received = last(case, rounds.CONCLUDED), last(case, rounds.RECEIVED)
    return {
        **customer_values(facts),
        **_chosen(facts),
        **texts(RECEIVED, received.values if received else {}, facts),
        **texts(CONCLUDED, newest.values if newest else {}, facts),
        **signed(newest, facts),
        "design_round": f"第 {round_of(case, rounds.FINDINGS, newest)} 次",
        "design_findings": [{**row, "finding_no": no} for no, row in numbered(case, rounds.FINDINGS, newest)],
        "design_closed": _closed(newest),
        "design_note": NOTES.get(newest.values.get("design_result", ""), "") if newest else "",
        "design_received_day": long_day(received.stated) if received else BLANK_DAY,
        "design_reviewed_day": long_day(newest.stated) if newest else BLANK_DAY,
        "design_opinions": [_opinion(record, facts) for record in rounds.opinions(case)],
    }


def _chosen(facts: Facts) -> dict[str, Any]:
    found = last(facts.case, "designer.chosen")
    return texts(CHOSEN, found.values if found else {}, facts)


def _closed(record: Record | None) -> list[dict[str, str]]:
    """The earlier findings as they were answered; what has no evidence stays open."""
    rows = record.values.get("design_closed") or () if record else ()
    return [
        {**row, "finding_no": row.get("no", ""), "settled": "已落实" if row.get("evidence") else "未落实"}
        for row in rows
    ]


def _opinion(record: Record, facts: Facts) -> dict[str, str]:
    label = facts.reference.code_label
    return {
        "department": label("design_departments", record.values.get("design_department", "")),
        "opinion": label("review_opinions", record.values.get("design_opinion", "")),
        "words": record.values.get("design_words", ""),
        "signer": record.values.get("design_signer", ""),
    }


FORMS: dict[str, PaperForm] = {
    form.id: form
    for form in (
        PaperForm(
            id="design_submission",
            title="受电工程设计资料送审登记表",
            when=once_each("design_submission", rounds.RECEIVED),
            values=submission_values,
            copies_note="本表一式两份：供电企业一份，报送单位一份。",
        ),
        PaperForm(
            id="design_opinion",
            title="受电工程设计审查意见书",
            when=once_each("design_opinion", rounds.CONCLUDED),
            values=opinion_values,
            seal=OFFICIAL_SEAL,
            copies_note="本意见书一式三份：客户一份，设计单位一份，供电企业存档一份。",
        ),
    )
}
