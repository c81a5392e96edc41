"""The written reply, once for each approved plan, and what the customer makes of it: he signs for it, accepts
or objects (regulations.md 1.2, 1.3, 2.7, 2.8, 2.12)."""

from collections.abc import Iterable
from datetime import date

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.deadlines.timelimits import corresponding_day
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey import reply_rounds as rounds
from yekuo_desktop.domain.stages.survey.reply_fields import REPLIED
from yekuo_desktop.domain.tasks import Proposal
from yekuo_desktop.domain.validity import plan_expired_on, valid_until

OBJECTION = "plan_objection"  # id of the figure in the rule sets
RESIDENT = "lv_resident"
REPLIERS = next(field.roles for field in REPLIED if field.key == "replied_by")


# ---- reply -----------------------------------------------------------------------------------------


def replying_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """只答复经审批的方案."""
    if rounds.plan(case) is None:
        return "还没有拟定供电方案"
    return "" if rounds.approved(case) else "供电方案还没有审批"


def propose_reply(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The person who records mostly replies himself, at the counter."""
    if not REPLIERS.isdisjoint(context.actor.roles) and not values.get("replied_by"):
        yield Proposal("replied_by", context.actor.id, "登记人本人")
    if not values.get("reply_way"):
        yield Proposal("reply_way", "counter", "客户到营业厅领取")
    if rounds.impossible(case):
        yield Proposal("reply_words", None, "本方案为不具备供电条件,答复单写明原因")


def check_reply(case: Case, _values: Values, context: Context) -> Iterable[Problem]:
    """Replied after the approval, whatever day would keep the limit."""
    yield from not_before(rounds.approval(case), "方案审批", context)


def reply_locked(case: Case) -> str:
    """What the customer holds in his hands is not changed behind him."""
    return "客户已经签收答复单,不能再改" if rounds.received(case) else ""


# ---- receipt ---------------------------------------------------------------------------------------


def receiving_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Nothing to sign for before the reply."""
    return "" if rounds.replied(case) else "供电方案还没有答复客户"


def _known(case: Case) -> dict[str, str]:
    """The people of the application who may sign for the customer: name and phone."""
    pairs = (
        ("customer_name", "mobile"),
        ("agent_name", "agent_mobile"),
        ("legal_person", "mobile"),
    )
    found = ((case.values.get(name), case.values.get(phone) or "") for name, phone in pairs)
    return {str(name): str(phone) for name, phone in found if name}


def propose_receipt(case: Case, values: Values, _context: Context) -> Iterable[Proposal]:
    """Whoever came to the counter mostly comes again."""
    if values.get("reply_receiver"):
        return
    name = case.values.get("agent_name") or (
        case.values.get("legal_person") if _stamps(case) else case.values.get("customer_name")
    )
    if name:
        yield Proposal("reply_receiver", name, "登记表上的经办人或客户本人,请核对")
        yield Proposal("reply_receiver_phone", _known(case).get(str(name), ""), "登记表上的电话")


def _stamps(case: Case) -> bool:
    """Whether the customer is an organisation, which signs with its stamp (regulations.md 6.1)."""
    return case.klass != RESIDENT or case.business == "batch"


def check_receipt(case: Case, values: Values, _context: Context) -> Iterable[Problem]:
    """客户签名（单位盖章）; somebody else needs an authority; the original goes to the file."""
    if values.get("reply_signed") is False:
        who = "签名并盖单位章" if _stamps(case) else "签名"
        yield Problem("reply_signed", f"答复单须由客户{who},没有签收的不能登记")
    receiver = str(values.get("reply_receiver") or "").strip()
    if receiver and receiver not in _known(case):
        yield Problem("reply_receiver", "不是客户本人或登记表上的经办人,请核对授权委托书", warning=True)
    if values.get("reply_accepted") is True and rounds.impossible(case):
        yield Problem("reply_accepted", "答复的是不具备供电条件,没有可同意的方案")
    if not values.get("reply_receipt"):
        yield Problem("reply_receipt", "请附签收的答复单(归档时要查原件)", warning=True)


def receipt_events(case: Case, _values: Values) -> tuple[str, ...]:
    """A plan begins to hold with its receipt; a refusal has nothing that could hold."""
    return () if rounds.impossible(case) else ("plan_received",)


def receipt_locked(case: Case) -> str:
    """The customer has answered on the ground of what he signed for, or the case went on with his consent."""
    newest = last(case, rounds.RECEIVED, rounds.ACCEPTED, rounds.OBJECTED)
    answered = newest is not None and newest.kind != rounds.RECEIVED
    return "客户已经答复,不能再改签收记录" if answered or case.stage != "survey" else ""


# ---- answer ----------------------------------------------------------------------------------------


def accepting_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """A plan in the customer's hands; a refusal leaves nothing to be accepted."""
    if not rounds.received(case):
        return "客户还没有签收供电方案"
    if rounds.impossible(case):
        return "已答复不具备供电条件,没有可接受的方案;条件具备后登记复勘,客户不再用电的终止业务"
    return ""


def objecting_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Only a reply can be objected to, and only until it is accepted."""
    if not rounds.replied(case):
        return "供电方案还没有答复客户"
    return "客户已经接受方案;需要变更的退回重新拟定" if rounds.accepted(case) else ""


def propose_answer(case: Case, values: Values, _context: Context) -> Iterable[Proposal]:
    """Whoever signed for the reply mostly answers, the same way he got it."""
    receipt, reply = last(case, rounds.RECEIVED), last(case, rounds.REPLIED)
    if receipt and not values.get("answer_signer"):
        yield Proposal("answer_signer", receipt.values.get("reply_receiver", ""), "签收人")
    if reply and not values.get("answer_way"):
        yield Proposal("answer_way", reply.values.get("reply_way", ""), "同答复方式")


def propose_objection(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The same, and until when it may come in."""
    yield from propose_answer(case, values, context)
    last_day = objection_until(case, context.reference)
    if last_day:
        yield Proposal("objection_words", None, f"异议应在 {last_day} 前提出")


def check_acceptance(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """The plan must hold on the day; a written answer is kept."""
    found = valid_until(case, context.reference)
    if found is not None and plan_expired_on(case, context.reference, context.day):
        yield Problem("", f"供电方案已于 {found.until} 到期失效,不能再接受;请退回重新拟定")
    if not values.get("answer_paper"):
        yield Problem("answer_paper", "客户在答复单上签署意见的,可附同一扫描件", warning=True)


def objection_until(case: Case, reference: Reference) -> date | None:
    """The last day to object, a month from the receipt (供电营业规则 1996); None where the rule set has no
    such period, or nothing was signed for."""
    rules, receipt = reference.rulesets.get(case.rules), last(case, rounds.RECEIVED)
    figure = rules.figure(OBJECTION) if rules else None
    if figure is None or receipt is None or not rounds.received(case):
        return None
    start = receipt.stated.astimezone(CHINA).date()
    if figure.unit == "workday":
        return reference.calendar.add_workdays(start, figure.amount)
    found = corresponding_day(start, figure.amount, figure.unit)
    return found if reference.calendar.is_workday(found) else reference.calendar.next_workday(found)


def check_objection(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Within the month, where there is one; a written objection is kept."""
    last_day = objection_until(case, context.reference)
    if last_day and context.day > last_day:
        words = f"异议应在签收后一个月内(至 {last_day})提出;双方协商同意变更的,退回重新拟定方案"
        yield Problem("objection_words", words)
    if not values.get("answer_paper"):
        yield Problem("answer_paper", "请附客户的书面异议", warning=True)


def objection_locked(case: Case) -> str:
    """The new plan answers these words."""
    return "已经重新拟定方案,不能再改异议记录" if rounds.drafted(case) else ""
