"""The papers of stage 6 up to the connection and the words their layouts may name: 送电任务工作单,
新装(增容)送电单. 计量装拆单 stands in ``meter_papers``."""

from typing import Any

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.display import flag, moment
from yekuo_desktop.domain.paper_values import BLANK_DAY, customer_values, signed, texts
from yekuo_desktop.domain.papers import Facts, PaperForm
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.stages.energization import chain, meter_papers, scheduling
from yekuo_desktop.domain.stages.energization.fields import COMMANDED, EXECUTED, PERMITTED, SCHEDULED, TASKED
from yekuo_desktop.domain.stages.energization.readiness import conditions
from yekuo_desktop.domain.vocabulary import BUSINESSES

BLANK_MOMENT = BLANK_DAY + "　　时　　分"
LABELS: dict[str, str] = {
    "energization_conditions": "送电条件",
    "condition": "送电条件",
    "condition_met": "是否具备",
    "condition_at": "办结时间",
    "energization_planned_text": "商定送电时间",
    "duty": "职责",
    "permit_by": "许可人",
    "permit_at": "许可时间",
    "command_by": "下令人",
    "command_at": "下令时间",
    "executed_at": "执行时间(送电时间)",
    "executed_recorder": "登记人",
    "energization_business": "业务",
    **meter_papers.LABELS,
}


def task_values(facts: Facts) -> dict[str, Any]:
    """送电任务工作单: what goes to the site, with the places where the three sign."""
    case = facts.case
    agreed, tasked = last(case, chain.SCHEDULED), last(case, chain.TASKED)
    return {
        **customer_values(facts),
        **texts(SCHEDULED, agreed.values if agreed else {}, facts),
        **texts(TASKED, tasked.values if tasked else {}, facts),
        **signed(tasked, facts),
        "energization_conditions": _conditions(facts),
        "energization_planned_text": scheduling.planned_words(case),
    }


def _conditions(facts: Facts) -> list[dict[str, str]]:
    return [
        {
            "condition": found.label,
            "condition_met": flag(found.settled is not None),
            "condition_at": moment(found.settled) if found.settled else found.why,
        }
        for found in conditions(facts.case, facts.reference)
    ]


def order_values(facts: Facts) -> dict[str, Any]:
    """新装(增容)送电单: the preconditions, three people with their three times, how it went."""
    case = facts.case
    granted, given, done = chain.orders_of(case)
    executed = done or last(case, chain.EXECUTED)
    return {
        **customer_values(facts),
        **texts(PERMITTED, granted.values if granted else {}, facts),
        **texts(COMMANDED, given.values if given else {}, facts),
        **texts(EXECUTED, executed.values if executed else {}, facts),
        **signed(executed, facts),
        **_who_and_when("permit", granted, facts),
        **_who_and_when("command", given, facts),
        "executed_at": moment(executed.stated) if executed else BLANK_MOMENT,
        "energization_business": BUSINESSES.get(case.business, ""),
        "executed_recorder": facts.organisation.person_name(executed.by) if executed else "",
        "energization_conditions": _conditions(facts),
        "energization_planned_text": scheduling.planned_words(case),
    }


def _who_and_when(what: str, record: Record | None, facts: Facts) -> dict[str, str]:
    name = facts.organisation.person_name(record.by) if record else ""
    return {f"{what}_by": name, f"{what}_at": moment(record.stated) if record else BLANK_MOMENT}


def _tasked(case: Case) -> bool:
    return last(case, chain.TASKED) is not None


def _executed(case: Case) -> bool:
    return chain.energized(case) is not None and last(case, chain.EXECUTED) is not None


FORMS: dict[str, PaperForm] = {
    form.id: form
    for form in (
        PaperForm(
            id="energization_task",
            title="送电任务工作单",
            when=_tasked,
            values=task_values,
            copies_note="本单一式两份：现场一份，供电企业存档一份。",
        ),
        PaperForm(
            id="energization_order",
            title="新装（增容）送电单",
            when=_executed,
            values=order_values,
            copies_note="本单一式三份：营销、配网管理各一份，存档一份。",
        ),
        meter_papers.SLIP,
    )
}
