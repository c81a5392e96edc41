"""What happens after a failed inspection: every defect is rectified by whoever is responsible, reported with
evidence, and closed by the re-inspection (R12; regulations.md 2.11 整改通知; 种子文件 五)."""

from collections.abc import Iterable, Iterator

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.formalities import PASSED
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import last, since
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.completion import rounds
from yekuo_desktop.domain.stages.completion.inspection import (
    FAILED,
    applicant,
    check_conclusion,
    check_present,
    propose_conclusion,
    still_silent,
)
from yekuo_desktop.domain.tasks import Proposal, step_required
from yekuo_desktop.domain.validate import day_of

RIGHT = "passed"  # code of resources/codes/test_results.toml
_inspected = step_required("completion_inspection")


def once_failed(case: Case, reference: Reference) -> bool:
    """Whether such a case is inspected, and has been found wanting."""
    return _inspected(case, reference) and bool(rounds.defects(case) or rounds.failed(case))


def open_numbers(case: Case) -> str:
    """The defects that are waiting, as one would say them."""
    return "、".join(found.no for found in rounds.waiting(case))


# ---- rectification -------------------------------------------------------------------------------


def rectifying_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Only what was found, after both sides have it in writing."""
    if not rounds.failed(case):
        return "没有需要整改的缺陷"
    if not rounds.delivered(case):
        return "验收纪要和整改通知还没有双方签字"
    return "缺陷已全部登记整改,等待复验" if rounds.recheck_due(case) else ""


def check_rectification(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Only defects that are waiting, each once, each done before it is reported."""
    rows = values.get("completion_rectified") or ()
    yield from not_before(last(case, rounds.DELIVERED), "双方签字", context)
    yield from numbers_known(case, [str(row.get("no", "")) for row in rows], "completion_rectified")
    found = last(case, *rounds.INSPECTIONS)
    for row in rows:
        done = day_of(row.get("remedied_on"))
        if done and done > context.day:
            yield Problem("completion_rectified", f"第 {row.get('no')} 项的完成日期晚于登记时间,不能预先登记")
        if done and found and done < found.stated.date():
            yield Problem("completion_rectified", f"第 {row.get('no')} 项的完成日期早于验收日期")
    left = [no for no in _unreported(case) if no not in rounds.numbers_of(rows)]
    if rows and left:
        words = f"第 {'、'.join(left)} 项还没有整改;全部整改后才能复验"
        yield Problem("completion_rectified", words, warning=True)
    yield from _late(case, values, context)


def numbers_known(case: Case, said: list[str], key: str) -> Iterator[Problem]:
    """A number that is not waiting, or one said twice."""
    waiting = {found.no for found in rounds.waiting(case)}
    unknown = [no for no in dict.fromkeys(said) if no not in waiting]
    if unknown:
        yield Problem(key, f"没有第 {'、'.join(unknown)} 项待整改的缺陷")
    twice = [no for no in dict.fromkeys(said) if said.count(no) > 1]
    if twice:
        yield Problem(key, f"第 {'、'.join(twice)} 项写了两次")


def _unreported(case: Case) -> tuple[str, ...]:
    known = rounds.reported(case)
    return tuple(found.no for found in rounds.waiting(case) if found.no not in known)


def _late(case: Case, values: Values, _context: Context) -> Iterator[Problem]:
    due = {found.no: day_of(found.due) for found in rounds.waiting(case)}
    for row in values.get("completion_rectified") or ():
        by, done = due.get(str(row.get("no", ""))), day_of(row.get("remedied_on"))
        if by and done and done > by:
            words = f"第 {row.get('no')} 项晚于整改期限 {by}"
            yield Problem("completion_rectified", words, warning=True)


def propose_rectification(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """Everything not reported yet, with whoever is responsible."""
    label = context.reference.code_label
    known = rounds.reported(case)
    rows = [
        {"no": found.no, "remedied_by": label("responsible", found.responsible), "remedied_on": ""}
        for found in rounds.waiting(case)
        if found.no not in known
    ]
    if rows and not values.get("completion_rectified"):
        yield Proposal("completion_rectified", rows, "整改通知书上的缺陷,请逐条填写")
    yield Proposal("completion_reported_by", applicant(case), "报验人")


def rectification_events(case: Case, values: Values) -> tuple[str, ...]:
    """With the last defect reported the customer asks for the inspection again: its clock starts anew."""
    said = rounds.numbers_of(values.get("completion_rectified") or ())
    return ("completion_applied",) if set(_unreported(case)) <= said else ()


def rectified_locked(case: Case) -> str:
    """What a re-inspection rests on stays as it was."""
    return "" if since(case, rounds.RECTIFIED, *rounds.INSPECTIONS) else "已经复验,不能再改"


# ---- re-inspection -------------------------------------------------------------------------------


def reinspecting_blocked(case: Case, actor: Person, reference: Reference) -> str:
    """Everything reported, the objecting departments heard again; by somebody else than reported it."""
    if rounds.passed(case):
        return "竣工验收已经合格"
    if not rounds.recheck_due(case):
        return f"第 {open_numbers(case)} 项缺陷还没有整改记录,不能复验"
    reported = since(case, rounds.RECTIFIED, *rounds.INSPECTIONS)
    if any(actor.id in record.authors for record in reported):
        return "整改由您登记(或更正),复验须由另一人办理"
    return still_silent(case, reference)


def check_reinspection(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Every waiting defect is looked at; closed only with evidence; passed only when all are closed."""
    rows = values.get("completion_closed") or ()
    said = [str(row.get("no", "")) for row in rows]
    yield from numbers_known(case, said, "completion_closed")
    left = [found.no for found in rounds.waiting(case) if found.no not in said]
    if left:
        yield Problem("completion_closed", f"第 {'、'.join(left)} 项还没有复验")
    for row in rows:
        yield from _recheck(row, context)
    yield from check_present(values, context.reference)
    still_wrong = [row for row in rows if row.get("recheck") != RIGHT]
    if values.get("completion_result") == PASSED and still_wrong:
        yield Problem("completion_result", "还有缺陷复验不合格,结论不能为合格")
    if values.get("completion_result") == FAILED and not still_wrong and not values.get("completion_defects"):
        yield Problem("completion_defects", "结论不合格的,请写明还有什么缺陷")
    yield from check_conclusion(case, values, context)


def _recheck(row: dict[str, str], context: Context) -> Iterator[Problem]:
    no, right = row.get("no", ""), row.get("recheck") == RIGHT
    if right and not row.get("evidence"):
        yield Problem("completion_closed", f"第 {no} 项没有写明整改证据,不能消除")
    if not right and row.get("evidence"):
        yield Problem("completion_closed", f"第 {no} 项复验不合格,不要填整改证据,写入复验情况")
    due = day_of(row.get("due"))
    if not right and due is None:
        yield Problem("completion_closed", f"第 {no} 项复验不合格,请写明重新整改的期限")
    if due and due < context.day:
        yield Problem("completion_closed", f"第 {no} 项的重新整改期限 {due} 早于复验日期")


def propose_reinspection(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """Every waiting defect with the evidence that was reported for it."""
    known = rounds.reported(case)
    rows = [
        {
            "no": found.no,
            "recheck": "",
            "outcome": known.get(found.no, {}).get("remedy", ""),
            "evidence": known.get(found.no, {}).get("evidence", ""),
        }
        for found in rounds.waiting(case)
    ]
    if rows and not values.get("completion_closed"):
        yield Proposal("completion_closed", rows, "取自整改登记,请在现场逐条复验")
    yield from propose_conclusion(case, values, context)
