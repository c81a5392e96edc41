"""延期: asked for in writing ten days before the plan runs out, no longer than the original period, decided
by the approver (供电营业规则; 答复单的说明, regulations.md 1.3, 2.7)."""

from collections.abc import Iterable

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey import reply_rounds as rounds
from yekuo_desktop.domain.stages.survey.reply_fields import GRANTED
from yekuo_desktop.domain.tasks import Proposal
from yekuo_desktop.domain.validate import day_of
from yekuo_desktop.domain.validity import (
    REFUSED,
    Validity,
    longest_extension,
    plan_expired_on,
    rule_of,
    valid_until,
    validities,
)


def has_plan(case: Case, reference: Reference) -> bool:
    """Whether the customer ever received a plan that can run out."""
    return bool(validities(case, reference))


def was_asked(case: Case, _reference: Reference) -> bool:
    """Whether there was ever anything to decide on."""
    return last(case, rounds.ASKED) is not None


def asking_blocked(case: Case, _actor: Person, reference: Reference) -> str:
    """A plan that holds and has not been used yet, with no request waiting."""
    plan = valid_until(case, reference)
    if plan is None:
        return "没有在有效期内的供电方案"
    if plan.ended is not None:
        return "已经开工(接电),方案不会再失效,不需要延期"
    return "上一次延期申请还没有审批" if rounds.asked(case) else ""


def check_request(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """What comes late is recorded as it came; it cannot be granted, and the customer is told so."""
    plan, rule = valid_until(case, context.reference), rule_of(case, context.reference)
    if plan is None or rule is None:
        return
    if plan_expired_on(case, context.reference, context.day):
        yield Problem("", f"供电方案已于 {plan.until} 到期失效,不能延期;请退回重新拟定方案")
    elif context.day > plan.last_request(rule):
        words = f"延期应在到期前 {rule.extend_before} 天(至 {plan.last_request(rule)})申请,逾期申请不能同意"
        yield Problem("extension_reason", words, warning=True)
    yield from _reach(case, plan, "extension_wanted_until", values, context)
    if not values.get("extension_paper"):
        yield Problem("extension_paper", "请附客户的书面申请", warning=True)


def propose_request(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """As long as may be asked for."""
    plan = valid_until(case, context.reference)
    applicant = case.values.get("agent_name") or case.values.get("customer_name")
    if applicant and not values.get("extension_applicant"):
        yield Proposal("extension_applicant", applicant, "登记表上的经办人或客户")
    if plan is not None and not values.get("extension_wanted_until"):
        longest = longest_extension(case, plan, context.reference)
        reason = f"现至 {plan.until},延期不超过原期限,最迟 {longest}"
        yield Proposal("extension_wanted_until", longest.isoformat(), reason)


def _reach(case: Case, plan: Validity, key: str, values: Values, context: Context) -> Iterable[Problem]:
    """Later than now, no later than the original period once more."""
    wanted = day_of(values.get(key))
    longest = longest_extension(case, plan, context.reference)
    if wanted and wanted <= plan.until:
        yield Problem(key, f"方案现在的有效期已到 {plan.until},延期须更晚")
    if wanted and wanted > longest:
        yield Problem(key, f"延期不超过原期限,最迟至 {longest}")


def deciding_blocked(case: Case, actor: Person, reference: Reference) -> str:
    """A request waits that somebody else took, and the plan was not replaced meanwhile."""
    request = rounds.asked(case)
    if request is None:
        return "没有待审批的延期申请"
    if actor.id in request.authors:
        return "延期申请由您登记,须由另一人审批"
    plan = valid_until(case, reference)
    return "已经开工(接电),不需要延期" if plan is not None and plan.ended is not None else ""


def asked_in_time(case: Case, reference: Reference) -> bool:
    """Whether the waiting request came in at least so many days before the end as the rule set says."""
    request, plan, rule = rounds.asked(case), valid_until(case, reference), rule_of(case, reference)
    if request is None or plan is None or rule is None:
        return False
    return request.stated.astimezone(CHINA).date() <= plan.last_request(rule)


def check_decision(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Granted only what was asked for in time, and no further than the rule allows."""
    yield from not_before(rounds.asked(case), "延期申请", context)
    plan, rule = valid_until(case, context.reference), rule_of(case, context.reference)
    if values.get("extension_result") != GRANTED or plan is None or rule is None:
        return
    if not asked_in_time(case, context.reference):
        last_day = plan.last_request(rule)
        yield Problem("extension_result", f"申请晚于到期前 {rule.extend_before} 天({last_day}),不能同意延期")
    yield from _reach(case, plan, "extension_until", values, context)


def propose_decision(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """What was asked for, where it came in time; else the reason of the refusal."""
    request = rounds.asked(case)
    if request is None:
        return
    wanted, why = request.values.get("extension_wanted_until", ""), request.values.get("extension_reason", "")
    if asked_in_time(case, context.reference):
        yield Proposal("extension_result", None, f"客户原因:{why}")
        yield Proposal("extension_until", wanted, "客户要求的日期")
        return
    rule = rule_of(case, context.reference)
    days = rule.extend_before if rule else 0
    yield Proposal("extension_result", REFUSED, f"没有在到期前 {days} 天申请")
    if not values.get("extension_refusal"):
        yield Proposal("extension_refusal", f"未在有效期到期前 {days} 天提出申请", "按供电方案答复单的说明")


def request_locked(case: Case) -> str:
    """The decision rests on it."""
    return "" if rounds.asked(case) else "延期申请已经审批,不能再改"
