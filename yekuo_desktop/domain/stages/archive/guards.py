"""What stands in the way of closing a file: the check of every paper, hand-over, count, review, shelf
(种子文件 七; regulations.md 3.5)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.archive_room import file_number
from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.completeness import Discrepancy
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.filing import filed_items
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import facts
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.archive import rounds
from yekuo_desktop.domain.stages.archive.fields import ACCEPTED, RETURNED
from yekuo_desktop.domain.stages.archive.proposals import proposed_rows
from yekuo_desktop.domain.tasks import Proposal
from yekuo_desktop.domain.validate import day_of

VERDICTS = {
    "archive_true": "内容不真实",
    "archive_ordered": "办理程序或时间先后不对",
    "archive_signed": "签字盖章不完整",
    "archive_dated": "日期填写不正确",
}
NEVER = "资料不完整或不一致的,不得以领导同意为由归档"


def stated_day(context: Context) -> date:
    """The day an act is said to have happened, in Beijing."""
    return context.stated.astimezone(CHINA).date()


def closes_orders(case: Case, reference: Reference) -> bool:
    """Where the rule set counts from 工单办结 (档案管理规定: 5 个工作日), its moment is recorded."""
    rules = reference.rulesets.get(case.rules)
    return rules is not None and any(limit.starts_on == "order_closed" for limit in rules.limits)


def check_closing(_case: Case, values: Values, _context: Context) -> Iterable[Problem]:
    """The order is closed when the data are filed in the marketing system."""
    if values.get("order_data_filed") is False:
        yield Problem("order_data_filed", "营销系统信息归档完成后才算工单办结")


# ---- the check -----------------------------------------------------------------------------------


def checking_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """What has been handed over is not checked behind the archivist's back."""
    return "档案已移交,等待核收和复核" if rounds.now(case, rounds.HANDED) else ""


def check_items(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Every paper of the list was looked at, each once; what is wrong is recorded as it is, and said."""
    yield from not_before(rounds.last_review(case), "资料员退回", context)
    rows = values.get("archive_items") or ()
    names = [str(row.get("name", "")) for row in rows]
    missing = [i.label for i in filed_items(case, context.reference) if i.label not in names]
    if missing:
        yield Problem("archive_items", f"还没有检查:{'、'.join(missing)}")
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Problem("archive_items", f"“{name}”写了两次")
    yield from _rows(values, stated_day(context))
    yield from _answers(case, values, context)
    for doubt in rounds.waiting(case, values, context.reference):
        yield Problem("archive_items", doubt_words(doubt, case, context.organisation), warning=True)


def _rows(values: Values, today: date) -> Iterator[Problem]:
    for row in rounds.papers_in(values):
        name, on_paper = row.get("name", ""), day_of(row.get("day"))
        if not row.get("pages"):
            yield Problem("archive_items", f"“{name}”没有填页数")
        if on_paper is not None and on_paper > today:
            yield Problem("archive_items", f"“{name}”的纸面日期 {on_paper} 在今天之后,请核对")


def _answers(case: Case, values: Values, context: Context) -> Iterator[Problem]:
    """An answer belongs to something that may be answered; the rest has to be mended."""
    found = {doubt.text: doubt for doubt in rounds.doubts(case, values, context.reference)}
    for row in values.get("archive_answers") or ():
        doubt = found.get(str(row.get("matter")))
        if doubt is not None and not doubt.explainable:
            yield Problem("archive_answers", f"“{doubt.subject}”须补齐或更正,不能以说明代替")


def doubt_words(doubt: Discrepancy, case: Case, organisation: Organisation) -> str:
    """A discrepancy with who answers for it."""
    end = ";请书面说明" if doubt.explainable else ""
    return f"{doubt.text}(由{organisation.person_name(doubt.who or case.project_manager)}负责{end})"


def propose_check(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The list of the rule set with what the journal knows; what was found before; what needs an answer."""
    if not values.get("archive_items"):
        people = {person.id: person.name for person in context.organisation.people.values()}
        rows = proposed_rows(case, context.reference, people)
        reason = "按本业务规则集的归档资料清单;系统已知的已填,日期和签章请按纸面填写"
        yield Proposal("archive_items", rows, reason)
    answers = _answers_wanted(case, values, context)
    if answers:
        yield Proposal("archive_answers", answers, "这些不符之处须由责任人书面说明")


def _answers_wanted(case: Case, values: Values, context: Context) -> list[dict[str, str]]:
    """One row for each discrepancy that may be answered; answers already given stay."""
    before = rounds.last_check(case)
    given = [*(before.values.get("archive_answers") or () if before else ())]
    given += values.get("archive_answers") or ()
    known = {row.get("matter"): row for row in given}
    wanted = [d for d in rounds.doubts(case, values, context.reference) if d.explainable]
    rows = [{**known.get(doubt.text, {}), "matter": doubt.text} for doubt in wanted]
    return [] if rows == list(values.get("archive_answers") or ()) else rows


# ---- hand-over -----------------------------------------------------------------------------------


def handing_blocked(case: Case, _actor: Person, reference: Reference) -> str:
    """Nothing is handed over before everything is there and agrees; nobody can consent it away."""
    checked = rounds.now(case, rounds.CHECKED)
    if checked is None:
        sent_back = rounds.returned(case)
        return "资料员退回后还没有重新检查" if sent_back else "还没有逐件检查归档资料"
    found = rounds.waiting(case, checked.values, reference)
    if not found:
        return ""
    return f"还有 {len(found)} 项问题没有解决,{NEVER}:{found[0].text}"


def check_handing(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Two other people sign for it; the count is that of the check."""
    yield from not_before(rounds.now(case, rounds.CHECKED), "逐件检查", context)
    for key, who in (("archive_clerk", "营业员"), ("archive_archivist", "资料员")):
        if values.get(key) == context.actor.id:
            yield Problem(key, f"移交人不能同时是{who},请移交给另一个人")
    checked = rounds.now(case, rounds.CHECKED)
    pieces = len(rounds.papers_in(checked.values)) if checked else 0
    if values.get("archive_pieces") not in (None, "", str(pieces)):
        yield Problem("archive_pieces", f"检查登记 {pieces} 件,与移交件数不符")


def propose_handing(case: Case, _values: Values, context: Context) -> Iterable[Proposal]:
    """How much there is; the people, where there is only one to choose."""
    checked = rounds.now(case, rounds.CHECKED)
    rows = rounds.papers_in(checked.values) if checked else ()
    yield Proposal("archive_pieces", str(len(rows)), "检查时在卷的件数")
    leaves = sum(int(row.get("pages") or 0) for row in rows)
    yield Proposal("archive_pages", str(leaves), "检查时登记的页数")
    people = [p for p in context.organisation.people.values() if p.active and p.id != context.actor.id]
    for key, role in (("archive_clerk", "clerk"), ("archive_archivist", "archivist")):
        fitting = [person.id for person in people if role in person.roles]
        if len(fitting) == 1:
            yield Proposal(key, fitting[0], "只有一人可接收")
    if case.accepted_by in {p.id for p in people}:
        yield Proposal("archive_clerk", case.accepted_by, "受理人")


# ---- count and review ----------------------------------------------------------------------------


def counting_blocked(case: Case, actor: Person, _reference: Reference) -> str:
    """Signed for by whom it was handed to."""
    handed = rounds.now(case, rounds.HANDED)
    return _not_yours(handed, "archive_clerk", actor) if handed else "项目经理还没有移交"


def _not_yours(handed: Record, key: str, actor: Person) -> str:
    if handed.values.get(key) != actor.id:
        return "移交给另一个人签收;需要换人的,请移交人更正移交记录"
    return "移交由您登记,须由另一个人签收" if actor.id in handed.authors else ""


def check_counting(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """What the clerk counted is what was handed over; else it is not signed for."""
    handed = rounds.now(case, rounds.HANDED)
    yield from not_before(handed, "移交", context)
    said = str(handed.values.get("archive_pieces", "")) if handed else ""
    counted = str(values.get("archive_counted") or "")
    if counted and counted != said:
        words = f"移交清单 {said} 件,实收 {counted} 件;请与移交人核对,须重新检查的由项目经理退回重办"
        yield Problem("archive_counted", words)
    if values.get("archive_same") is False:
        yield Problem("archive_same", "与清单不符的不能核收,请项目经理退回重办")


def reviewing_blocked(case: Case, actor: Person, _reference: Reference) -> str:
    """After the clerk has signed, by the archivist it was handed to."""
    handed = rounds.now(case, rounds.HANDED)
    if handed is None:
        return "项目经理还没有移交"
    if rounds.now(case, rounds.COUNTED) is None:
        return "营业员还没有核收"
    checked = rounds.now(case, rounds.CHECKED)
    if checked is not None and actor.id in checked.authors:
        return "资料由您检查,须由另一个人复核"
    return _not_yours(handed, "archive_archivist", actor)


def check_review(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """The archivist looks again; what is not whole goes back with the reasons, whoever consents."""
    yield from not_before(rounds.now(case, rounds.COUNTED), "营业员核收", context)
    if values.get("archive_result") == RETURNED:
        return
    for key, words in VERDICTS.items():
        if values.get(key) is False:
            yield Problem(key, f"{words}的,应退回补正")
    checked = rounds.now(case, rounds.CHECKED)
    for doubt in rounds.waiting(case, checked.values if checked else {}, context.reference):
        words = f"{doubt_words(doubt, case, context.organisation)};{NEVER},请退回补正"
        yield Problem("archive_result", words)
    if values.get("archive_result") == ACCEPTED:
        yield from _number(case, values, context)


def _number(case: Case, values: Values, context: Context) -> Iterator[Problem]:
    meant = _file_number(case, values, context)
    written = str(values.get("archive_number") or "")
    if not written or not meant or written == meant:
        return
    if values.get("archive_joined") is not True:
        yield Problem("archive_number", f"档案号应为 {meant};并入该户原有档案的请勾选并写原档案号")
    elif case.business != "increase":
        yield Problem("archive_joined", "新装用户一般没有原有档案,请核对(一户一档)", warning=True)


def _file_number(case: Case, values: Mapping[str, Any], context: Context) -> str:
    account = str(values.get("archive_account_no") or "")
    return file_number(context.reference.archive, case.number, account, stated_day(context))


def propose_review(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """Number, account, container and zone follow from the case; the place is looked for in the room."""
    account = str(facts(case).get("account_no") or "")
    if account:
        yield Proposal("archive_account_no", account, "本业务的户号")
    known = {"archive_account_no": account, **values}
    number = _file_number(case, known, context)
    if number and values.get("archive_joined") is not True:
        yield Proposal("archive_number", number, "按档案号模板")
    high = case.klass.startswith("hv")
    container = "batch_box" if case.business == "batch" else "hv_box" if high else "lv_bag"
    yield Proposal("archive_container", container, "高压一户一盒,低压用袋,批量用户用盒")
    yield Proposal("archive_zone", "high" if high else "low", "高压、低压分区存放")
