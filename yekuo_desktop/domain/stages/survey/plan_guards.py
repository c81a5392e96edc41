"""What stands in the way of drafting a supply plan, and of changing one that was drafted."""

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey import reply_rounds
from yekuo_desktop.domain.stages.survey import survey_rounds as rounds
from yekuo_desktop.domain.stages.survey.survey_guards import JOINT


def drafting_blocked(case: Case, _actor: Person, reference: Reference) -> str:
    """A plan rests on a survey that everybody who was sent has signed, and on no open suspicion."""
    if rounds.survey(case) is None:
        return "还没有现场勘查"
    if rounds.suspected(case):
        return "现场发现违约用电、窃电嫌疑,处理完毕登记后才能拟定方案"
    refusing = tuple(rounds.refusing(case, reference))
    if refusing:
        return f"{'、'.join(refusing)}不同意勘查意见,协调后请重新会签"
    if JOINT(case, reference) and not rounds.signed(case):
        names = (reference.code_label("departments", code) for code in rounds.silent(case))
        return f"还没有会签:{'、'.join(names)}"
    return ""


def plan_locked(case: Case) -> str:
    """What was approved stays as it was."""
    return "供电方案已经审批,不能再改;需要修改的请退回重办" if reply_rounds.approved(case) else ""


def reopening_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Only what could not be supplied is surveyed again this way."""
    return "" if rounds.impossible(case) else "没有不具备供电条件的结论"
