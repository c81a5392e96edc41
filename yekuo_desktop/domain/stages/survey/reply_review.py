"""The review of the plan: departments' opinions, approval by somebody else than its author, return with
reasons (product.md 2: never the drafter; 种子文件 二: 经审核后答复)."""

from collections.abc import Iterable

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey import reply_rounds as rounds
from yekuo_desktop.domain.tasks import Proposal


def reviewed(case: Case, reference: Reference) -> bool:
    """Whether departments speak on plans of this class before they are approved."""
    return bool(rounds.demanded(case, reference))


def spoken(case: Case) -> bool:
    """Whether somebody has spoken in this round, or nobody is asked any more."""
    return bool(rounds.opinions(case)) or rounds.approved(case)


def others_awaited(case: Case, reference: Reference) -> bool:
    """Whether departments that must speak before the approval have not."""
    return not rounds.approved(case) and any(rounds.silent(case, reference))


def _waiting(case: Case, actor: Person) -> str:
    """What every act of the review needs: a plan that waits, and somebody whose hand is not in it."""
    plan = rounds.plan(case)
    if plan is None:
        return "还没有拟定供电方案"
    if rounds.replied(case):
        return "方案已经答复客户"
    return "方案由您拟定(或更正),须由他人审核" if actor.id in plan.authors else ""


def check_order(case: Case, _values: Values, context: Context) -> Iterable[Problem]:
    """Nobody judges a plan before it is drafted."""
    yield from not_before(rounds.plan(case), "拟定方案", context)


def opining_blocked(case: Case, actor: Person, _reference: Reference) -> str:
    """Nothing to speak on before a plan is drafted, nor once it is approved."""
    reason = _waiting(case, actor)
    return reason or ("方案已经审批" if rounds.approved(case) else "")


def check_opinion(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """An opinion against needs its words; the drafter does not speak on his own plan."""
    yield from check_order(case, values, context)
    if values.get("review_opinion") not in (None, "", rounds.AGREE) and not values.get("review_words"):
        yield Problem("review_words", "请写明需要修改的内容")
    plan = rounds.plan(case)
    authors = {context.organisation.person_name(author) for author in plan.authors} if plan else set()
    if values.get("review_signer") in authors:
        yield Problem("review_signer", f"方案由{values['review_signer']}拟定,须由他人会签")


def propose_opinion(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """Who has not spoken yet; the person who records mostly speaks himself."""
    waiting = tuple(rounds.silent(case, context.reference))
    if waiting and not values.get("review_department"):
        words = "、".join(context.reference.code_label("departments", code) for code in waiting)
        yield Proposal("review_department", waiting[0], f"还没有会签:{words}")
    if not values.get("review_signer"):
        yield Proposal("review_signer", context.actor.name, "登记人本人,代他人登记的请改")


def returning_blocked(case: Case, actor: Person, _reference: Reference) -> str:
    """A plan may be returned until it was replied, also after its approval."""
    return _waiting(case, actor)


def propose_return(case: Case, values: Values, _context: Context) -> Iterable[Proposal]:
    """What the departments asked for, put together."""
    said = [str(record.values.get("review_words", "")) for record in rounds.against(case)]
    if said and not values.get("plan_return_reason"):
        words = "；".join(dict.fromkeys(said))
        yield Proposal("plan_return_reason", words, "由会签部门的意见汇总,请核对")


def approving_blocked(case: Case, actor: Person, reference: Reference) -> str:
    """Everybody has spoken, and nobody against it; the approver is neither the drafter nor the one who
    wrote what he decides on."""
    reason = _waiting(case, actor)
    if reason:
        return reason
    waiting = [reference.code_label("departments", code) for code in rounds.silent(case, reference)]
    if waiting:
        return f"还没有会签:{'、'.join(waiting)}"
    if rounds.against(case):
        return "有部门不同意,请退回修改,或由该部门重新会签"
    if any(actor.id in record.authors for record in rounds.opinions(case)):
        return "部门会签意见由您登记,方案须由另一人审批"
    return ""


def check_approval(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Approved after everybody spoke, not before."""
    yield from check_order(case, values, context)
    newest = max(rounds.opinions(case), key=lambda record: record.stated, default=None)
    yield from not_before(newest, "部门会签", context)


def propose_approval(case: Case, values: Values, _context: Context) -> Iterable[Proposal]:
    """What it comes to."""
    if values.get("approval_words"):
        return
    if rounds.impossible(case):
        yield Proposal(
            "approval_words", "情况属实，同意按不具备供电条件书面答复客户", "方案结论为不具备供电条件"
        )
        return
    said = rounds.opinions(case)
    reason = f"{len(said)} 个部门会签同意" if said else "低压方案,直接审批"
    yield Proposal("approval_words", "同意按本方案答复客户", reason)


def opinion_locked(case: Case) -> str:
    """What the approval rests on stays as it was."""
    return "方案已经审批,不能再改会签意见" if rounds.approved(case) else ""


def approval_locked(case: Case) -> str:
    """What the customer's reply rests on stays as it was."""
    return "方案已经答复客户,不能再改审批意见" if rounds.replied(case) else ""


def return_locked(case: Case) -> str:
    """The drafter has worked with these words."""
    return "已经重新拟定方案,不能再改退回原因" if rounds.drafted(case) else ""
