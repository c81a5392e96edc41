"""Sending people to a survey and agreeing a time with the customer; what the departments say of it
(种子文件 二: 营销部牵头联合勘查)."""

from collections.abc import Iterable, Iterator
from datetime import date

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.display import day as day_text
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey import survey_rounds as rounds
from yekuo_desktop.domain.stages.survey.former import completed
from yekuo_desktop.domain.stages.survey.survey_guards import JOINT
from yekuo_desktop.domain.tasks import Proposal
from yekuo_desktop.domain.validate import day_of, moment_of

SITE_READY = "site_ready"


def _due(case: Case, reference: Reference) -> tuple[date, str] | None:
    """The first day on which a limit of this stage that still runs is over, and which."""
    running = [
        (limit.due.astimezone(CHINA).date(), limit.label)
        for limit in running_limits(case, reference)
        if limit.stage == "survey" and limit.stopped is None and limit.due is not None
    ]
    return min(running, default=None)


def sent_locked(case: Case) -> str:
    """Who was sent and what was agreed stays as it was once somebody went."""
    return "已经勘查,不能再改" if rounds.survey(case) else ""


# ---- 派工 ----------------------------------------------------------------------------------------


def propose_assignment(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The project manager leads; the departments of the code table go; before the first limit is over."""
    people = context.organisation.people
    yield Proposal("survey_leader", case.project_manager, "本业务的客户项目经理")
    table = context.reference.codes.get("survey_departments")
    if table and JOINT(case, context.reference):
        leader = people.get(str(values.get("survey_leader") or case.project_manager))
        rows = [_going(item.code, leader) for item in table.choices()]
        made = completed(rows, values.get("survey_party"))
        yield Proposal("survey_party", made, "营销部牵头联合勘查,请填写参加人")
    due = _due(case, context.reference)
    if due is not None:
        yield Proposal("survey_due", due[0].isoformat(), f"{due[1]}时限")


def _going(department: str, leader: Person | None) -> dict[str, str]:
    named = department == rounds.LEADER and leader is not None
    return {"department": department, **({"person": leader.name} if named and leader else {})}


def check_assignment(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """营销部牵头; no department twice; a day that lies ahead and keeps the limit."""
    codes = [row.get("department", "") for row in values.get("survey_party") or ()]
    if codes and rounds.LEADER not in codes:
        leader = context.reference.code_label("departments", rounds.LEADER)
        yield Problem("survey_party", f"由{leader}牵头,参加部门中没有{leader}")
    for code in dict.fromkeys(code for code in codes if codes.count(code) > 1):
        label = context.reference.code_label("departments", code)
        yield Problem("survey_party", f"{label}列了两次")
    yield from _wanted_day(case, values, context)


def _wanted_day(case: Case, values: Values, context: Context) -> Iterator[Problem]:
    wanted, due = day_of(values.get("survey_due")), _due(case, context.reference)
    if wanted is None:
        return
    if wanted < context.day:
        yield Problem("survey_due", "要求完成日期已过")
    elif due and wanted > due[0]:
        words = f"晚于{due[1]}时限({day_text(due[0])})"
        yield Problem("survey_due", words, warning=True)


# ---- 预约 ----------------------------------------------------------------------------------------


def appointing_blocked(case: Case, _actor: Person, reference: Reference) -> str:
    """Whoever goes must be known before a time is agreed."""
    if rounds.survey(case):
        return "已经勘查"
    if JOINT(case, reference) and last(case, rounds.ASSIGNED) is None:
        return "还没有派工"
    return ""


def check_appointment(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """The time agreed lies after the talk; a day off or past the limit is pointed out."""
    yield from not_before(last(case, rounds.ASSIGNED), "派工", context)
    agreed = moment_of(values.get("appointment_at"))
    if agreed is None:
        return
    if agreed < context.stated:
        yield Problem("appointment_at", "约定时间早于联系客户的时间")
    day, due = agreed.date(), _due(case, context.reference)
    if not context.reference.calendar.is_workday(day):
        yield Problem("appointment_at", f"{day_text(day)} 是休息日,请与客户确认", warning=True)
    if due and day > due[0]:
        words = f"晚于{due[1]}时限({day_text(due[0])});客户要求推迟的请写明"
        yield Problem("appointment_at", words, warning=True)


def _site_ready(case: Case) -> bool:
    """Whether the site is known to be ready, and nobody has to be asked again."""
    for event in reversed(case.events):
        if event.name == SITE_READY:
            return not event.undone
        if SITE_READY in event.again:
            return False
    return False


def appointment_events(case: Case, values: Values) -> tuple[str, ...]:
    """受理至具备勘查条件 ends when the customer says that the site is ready."""
    ready = values.get("appointment_site") == "ready"
    return (SITE_READY,) if ready and not _site_ready(case) else ()


def survey_events(case: Case, _values: Values) -> tuple[str, ...]:
    """A site that was surveyed was ready at the latest by then."""
    return ("survey_done",) if _site_ready(case) else (SITE_READY, "survey_done")


# ---- 违约用电、窃电 --------------------------------------------------------------------------------


def settling_blocked(case: Case, actor: Person, _reference: Reference) -> str:
    """Whoever found the suspicion does not clear it."""
    found = last(case, rounds.SURVEYED)
    mine = found is not None and rounds.suspected(case) and actor.id in found.authors
    return "嫌疑由您在勘查中登记,处理结果须由另一人登记" if mine else ""


# ---- 会签 ----------------------------------------------------------------------------------------


def opining_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Nothing to sign before the survey, nor once the plan rests on it."""
    if rounds.survey(case) is None:
        return "还没有现场勘查"
    return "供电方案已经拟定" if rounds.plan(case) else ""


def propose_opinion(case: Case, _values: Values, context: Context) -> Iterable[Proposal]:
    """The department whose turn it is, and who was sent for it."""
    waiting = rounds.silent(case)
    found = last(case, rounds.ASSIGNED)
    rows = {row.get("department"): row for row in (found.values.get("survey_party") if found else None) or ()}
    if waiting:
        words = "、".join(context.reference.code_label("departments", code) for code in waiting)
        yield Proposal("survey_department", waiting[0], f"还没有会签:{words}")
        name = rows.get(waiting[0], {}).get("person") or context.actor.name
        yield Proposal("survey_opinion_signer", name, "派工名单;由他人签名的请改正")


def check_opinion(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """An opinion against needs its words; a department that was not sent may speak, and is asked about."""
    if values.get("survey_opinion") in ("change", rounds.REFUSE) and not values.get("survey_words"):
        yield Problem("survey_words", "请写明意见内容")
    code, sent = str(values.get("survey_department") or ""), rounds.party(case)
    if code and sent and code not in sent:
        label = context.reference.code_label("departments", code)
        yield Problem("survey_department", f"{label}不在派工名单中", warning=True)
