"""The papers of stage 2 and the words their layouts may name: 现场勘查单 (附件4, regulations.md 2.6), and
those of approval and reply."""

from collections.abc import Callable
from typing import Any

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import circumstances
from yekuo_desktop.domain.display import long_day, with_unit
from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.field import Kind
from yekuo_desktop.domain.paper_values import BLANK_DAY, customer_values, signed, texts
from yekuo_desktop.domain.papers import Facts, PaperForm
from yekuo_desktop.domain.records import records
from yekuo_desktop.domain.rules import CONDITIONS
from yekuo_desktop.domain.stages.survey import survey_rounds as rounds
from yekuo_desktop.domain.stages.survey.capacities import applied, high, unit
from yekuo_desktop.domain.stages.survey.reply_papers import REPLY_FORMS, REPLY_LABELS
from yekuo_desktop.domain.stages.survey.survey_fields import CIRCUMSTANCES, SURVEYED

SURVEY_LABELS: dict[str, str] = {
    "survey_day": "勘查日期",
    "survey_conditions": "勘查认定",
    "survey_opinions": "会签意见",
    "applied_capacity": "申请用电容量",
    "verified_capacity": "核定用电容量",
    "applied_voltage": "申请供电电压",
}
FLAGS = {field.key: CONDITIONS[field.key] for field in CIRCUMSTANCES if field.kind is Kind.FLAG}
"""What the survey is asked about, in the words of the rules."""


def survey_values(facts: Facts) -> dict[str, Any]:
    """现场勘查单: each pair of 申请 and 核定, the points, the equipment, who signs; before the survey a sheet
    to be taken along and filled in by hand."""
    case, found = facts.case, rounds.survey(facts.case)
    values = texts(SURVEYED, found.values if found else {}, facts)
    return {
        **customer_values(facts),
        **_application(facts),
        **values,
        **signed(found, facts),
        "verified_capacity": with_unit(values.get("survey_capacity", ""), unit(case)),
        "survey_conditions": "、".join(_conditions(facts)) if found else "",
        "survey_opinions": _opinions(facts),
        "survey_day": long_day(found.stated) if found else BLANK_DAY,
    }


def _application(facts: Facts) -> dict[str, str]:
    """What was applied for, beside which the survey writes what it verified."""
    values, label = facts.case.values, facts.reference.code_label
    return {
        "category": label("categories", values.get("category", "")),
        "industry": label("industries", values.get("industry", "")),
        "applied_voltage": label("supply_modes", values.get("supply_mode", "")),
        "applied_capacity": _applied_capacity(facts.case),
        "wished_date": values.get("wished_date", ""),
        "remarks": values.get("remarks", ""),
    }


def _applied_capacity(case: Case) -> str:
    """What is to be added, of an increase with what it comes to."""
    whole = number_text(str(applied(case) or ""))
    if case.business != "increase":
        return with_unit(whole, unit(case))
    wanted = number_text(str(case.values.get("capacity", "")))
    return f"{with_unit(wanted, unit(case))}（合计 {with_unit(whole, unit(case))}）"


def _conditions(facts: Facts) -> list[str]:
    """What holds of the customer, in the order of the survey."""
    known = circumstances(facts.case, facts.reference)
    return [words for key, words in FLAGS.items() if key in known]


def _opinions(facts: Facts) -> list[dict[str, str]]:
    """A line for each department that was sent, to be signed; what is already recorded stands in it."""
    label, said = facts.reference.code_label, {}
    for record in rounds.opinions(facts.case):
        said[record.values.get("survey_department", "")] = record.values
    return [
        {
            "department": label("departments", code),
            "opinion": label("review_opinions", said.get(code, {}).get("survey_opinion", "")),
            "words": said.get(code, {}).get("survey_words", ""),
            "signer": said.get(code, {}).get("survey_opinion_signer", ""),
        }
        for code in dict.fromkeys((*rounds.party(facts.case), *said))
    ]


def _sheet(form: str, *, of_high_voltage: bool) -> Callable[[Case], bool]:
    """One sheet that stands for each survey: the one that was taken along, else the one printed after it."""

    def may_be_issued(case: Case) -> bool:
        made = len(records(case, rounds.SURVEYED))
        ahead = case.stage == "survey" and rounds.survey(case) is None
        return high(case) is of_high_voltage and len(case.standing(form)) < made + ahead

    return may_be_issued


SURVEY_FORMS: dict[str, PaperForm] = {
    form.id: form
    for form in (
        PaperForm(
            id="survey_low_voltage",
            title="低压现场勘查单",
            when=_sheet("survey_low_voltage", of_high_voltage=False),
            values=survey_values,
            copies_note="本单一份，由供电企业存档。",
        ),
        PaperForm(
            id="survey_high_voltage",
            title="高压现场勘查单",
            when=_sheet("survey_high_voltage", of_high_voltage=True),
            values=survey_values,
            copies_note="本单一份，由供电企业存档。",
        ),
    )
}
FORMS: dict[str, PaperForm] = {**SURVEY_FORMS, **REPLY_FORMS}
LABELS: dict[str, str] = {**SURVEY_LABELS, **REPLY_LABELS}
