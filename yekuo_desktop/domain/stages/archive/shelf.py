"""A file on its shelf: lent and given back, added to or corrected with approval (regulations.md 3.5)."""

from collections.abc import Iterable

from yekuo_desktop.domain import after_archiving
from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.after_archiving import ARCHIVED, DECIDED, REQUESTED, permission
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.loans import figure_of, lent, longest_day
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import since
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.archive.guards import stated_day
from yekuo_desktop.domain.tasks import Proposal
from yekuo_desktop.domain.validate import day_of, moment_of


def on_shelf(case: Case, _reference: Reference) -> bool:
    """These tasks exist once the case is closed."""
    return case.state == ARCHIVED


# ---- loans ---------------------------------------------------------------------------------------


def lending_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """One file is in one pair of hands."""
    out = lent(case)
    if out is None:
        return ""
    return f"档案已由{out.values.get('loan_borrower', '')}借阅,约定 {out.values.get('loan_until', '')} 归还"


def check_loan(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Approved by somebody else, and normally no longer than the rule set says."""
    if values.get("loan_approver") == context.actor.id:
        yield Problem("loan_approver", "经手人不能批准自己办理的借阅")
    approver = context.organisation.people.get(str(values.get("loan_approver") or ""))
    if approver is not None and approver.name == values.get("loan_borrower"):
        yield Problem("loan_approver", "借阅人不能批准自己的借阅")
    if values.get("loan_manner") == "original":
        yield Problem("loan_manner", "原件一般不带出档案室,请优先阅览或复印", warning=True)
    until, today = day_of(values.get("loan_until")), stated_day(context)
    figure = figure_of(case, context.reference)
    if until is not None and until < today:
        yield Problem("loan_until", "约定归还日期已过")
    elif until and figure and until > (last := longest_day(figure, today, context.reference.calendar)):
        words = f"内部借阅一般不超过 {figure.allowance},最迟 {last}"
        yield Problem("loan_until", words, warning=True)


def propose_loan(case: Case, _values: Values, context: Context) -> Iterable[Proposal]:
    """Until when, by the figure of the rule set."""
    figure = figure_of(case, context.reference)
    if figure is not None:
        until = longest_day(figure, stated_day(context), context.reference.calendar)
        yield Proposal("loan_until", until.isoformat(), f"借阅一般不超过 {figure.allowance}")
    yield Proposal("loan_kind", "internal", "内部借阅;司法查阅须有公函")
    yield Proposal("loan_manner", "on_site", "原件一般不带出档案室")


def returning_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Only what is out comes back."""
    return "" if lent(case) else "档案没有借出"


def propose_return(case: Case, _values: Values, _context: Context) -> Iterable[Proposal]:
    """Mostly the borrower brings it."""
    out = lent(case)
    if out is not None:
        yield Proposal("loan_returned_by", out.values.get("loan_borrower", ""), "借阅人")


def check_return(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """What came back damaged is written down and looked into."""
    yield from not_before(lent(case), "借出", context)
    if values.get("loan_complete") is False:
        yield Problem("loan_complete", "档案缺损,请查明责任并报告", warning=True)


# ---- changes -------------------------------------------------------------------------------------


def requesting_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """One change after the other."""
    newest = after_archiving.newest(case)
    if newest is not None and (newest.kind == REQUESTED or permission(case) is not None):
        return "上一项补充更正还没有办完"
    return ""


def request_locked(case: Case) -> str:
    """What was decided stays as it was asked for."""
    return "已经审批,不能再改" if since(case, DECIDED, REQUESTED) else ""


def deciding_blocked(case: Case, actor: Person, _reference: Reference) -> str:
    """Nobody approves what he asked for."""
    newest = after_archiving.newest(case)
    if newest is None or newest.kind != REQUESTED:
        return "没有待审批的补充更正申请"
    return "申请由您提出,须由另一个人审批" if actor.id in newest.authors else ""


def check_decision(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """A refusal says why."""
    yield from not_before(after_archiving.newest(case), "补充更正申请", context)
    if values.get("change_decision") == "refused" and not values.get("change_decision_words"):
        yield Problem("change_decision_words", "请写明不同意的理由")


def making_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Nothing is changed before it was approved."""
    newest = after_archiving.newest(case)
    if permission(case) is not None:
        return ""
    refused = newest is not None and newest.kind == DECIDED
    return "申请没有获得批准" if refused else "补充更正还没有批准"


def check_making(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """What, when and by whom; new and old stay together."""
    yield from not_before(permission(case), "批准", context)
    if values.get("change_kept") is False:
        yield Problem("change_kept", "旧资料不得抽换销毁,须与新资料一并保存")
    at, allowed = moment_of(values.get("change_at")), permission(case)
    if at is not None and at > context.stated:
        yield Problem("change_at", "修改时间晚于登记时间,不能预先登记")
    if at is not None and allowed is not None and at < allowed.stated:
        yield Problem("change_at", f"修改时间早于批准时间({allowed.stated:%m-%d %H:%M})")
    if values.get("change_old") and values.get("change_old") == values.get("change_new"):
        yield Problem("change_new", "新内容与原内容相同")


def propose_making(case: Case, _values: Values, context: Context) -> Iterable[Proposal]:
    """What was asked for; now; by whoever records it."""
    asked = next((r for r in reversed(case.records) if r.kind == REQUESTED), None)
    if asked is not None:
        yield Proposal("change_done", asked.values.get("change_content", ""), "批准的修改内容")
    yield Proposal("change_at", context.stated.replace(second=0, microsecond=0).isoformat(), "登记时间")
    yield Proposal("change_by", context.actor.name, "登记人")
