"""The joint inspection: when it may be held, the departments' opinions, the minutes and what follows from
them (种子文件 五; regulations.md 1.3, 2.11; product.md 5)."""

from collections.abc import Iterable, Iterator, Sequence

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case, Paper, Record
from yekuo_desktop.domain.display import day as day_text
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.formalities import PASSED
from yekuo_desktop.domain.people import Person, same_name
from yekuo_desktop.domain.records import answer, last, records, since
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.completion import rounds
from yekuo_desktop.domain.tasks import Proposal, step_required
from yekuo_desktop.domain.validate import day_of

FAILED = "failed"  # code of resources/codes/inspection_results.toml
NETWORK, WHOLE = "network", "whole"  # codes of resources/codes/completion_scopes.toml
network_only = step_required("network_part")

# ---- opinions ------------------------------------------------------------------------------------


def opining_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Opinions are gathered on the spot: after the report, before the conclusion."""
    if last(case, rounds.APPLIED) is None:
        return "客户还没有报验"
    if rounds.due(case):
        return ""
    return "整改情况还没有全部登记" if rounds.failed(case) else "本次验收已经出具纪要"


def check_opinion(_case: Case, values: Values, _context: Context) -> Iterable[Problem]:
    """An opinion against needs its words."""
    if values.get("completion_opinion") not in (None, "", rounds.AGREES) and not values.get(
        "completion_words"
    ):
        yield Problem("completion_words", "请写明问题和整改要求")


def opined_locked(case: Case) -> str:
    """What written minutes rest on stays as it was."""
    return "" if rounds.due(case) else "验收纪要已经出具,不能再改部门意见"


# ---- minutes -------------------------------------------------------------------------------------


def inspecting_blocked(case: Case, _actor: Person, reference: Reference) -> str:
    """After the report, once every department has spoken; the first time only."""
    if last(case, rounds.APPLIED) is None:
        return "客户还没有报验"
    if rounds.inspection(case) is not None:
        return "缺陷整改后请办理复验" if rounds.failed(case) else "竣工验收已经合格"
    return still_silent(case, reference)


def still_silent(case: Case, reference: Reference) -> str:
    """Whose opinion is missing; "" for nobody's."""
    names = rounds.silent(case, reference)
    return f"还没有部门意见:{'、'.join(names)}" if names else ""


def check_inspection(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Led by the first department, by the list, within the scope; the conclusion follows from it."""
    yield from check_present(values, context.reference)
    yield from _scope(case, values, context.reference)
    yield from _details(values, context.reference)
    bad = [
        row.get("item", "") for row in values.get("completion_details") or () if row.get("passed") == FAILED
    ]
    if bad and values.get("completion_result") == PASSED:
        yield Problem("completion_result", f"{'、'.join(bad)}不合格,结论不能为合格")
    if values.get("completion_result") == FAILED and not values.get("completion_defects"):
        yield Problem("completion_defects", "请逐条写明缺陷、整改要求、责任方和期限")
    earlier = rounds.forgotten(case)
    if earlier and values.get("completion_result") == PASSED and not values.get("completion_remarks"):
        words = f"退回前的验收提出过:{';'.join(earlier)}。请在验收备注中写明现场核对的结果"
        yield Problem("completion_remarks", words)
    yield from check_conclusion(case, values, context)


def check_present(values: Values, reference: Reference) -> Iterator[Problem]:
    """营销部牵头, 生技部等部门参加 (种子文件 五)."""
    table = reference.codes.get("completion_departments")
    leader = next((item for item in (table.choices() if table else ())), None)
    there = {row.get("department") for row in values.get("completion_inspectors") or ()}
    if leader is not None and there and leader.code not in there:
        yield Problem("completion_inspectors", f"验收由{leader.label}牵头,请写明{leader.label}的验收人")


def check_conclusion(case: Case, values: Values, context: Context) -> Iterator[Problem]:
    """Agreed by all or not passed; defects said once, with days that lie ahead."""
    result, found = values.get("completion_result"), values.get("completion_defects") or ()
    said, against = rounds.opinions(case), rounds.objections(case)
    yield from not_before(max(said, key=lambda each: each.stated, default=None), "部门验收意见", context)
    if result == PASSED and against:
        label = context.reference.code_label
        names = "、".join(label("departments", said.values["completion_department"]) for said in against)
        yield Problem("completion_result", f"{names}不同意,结论不能为合格")
    if result == PASSED and found:
        yield Problem("completion_defects", "有缺陷的,结论应为不合格;缺陷整改后复验")
    for at, row in enumerate(found, start=1):
        due = day_of(row.get("due"))
        if due and due < context.day:
            yield Problem("completion_defects", f"第 {at} 条的整改期限 {due} 早于验收日期")


def _scope(case: Case, values: Values, reference: Reference) -> Iterator[Problem]:
    """2024: 仅涉网部分 (regulations.md 1.3); the other sets inspect the whole works."""
    scope = values.get("completion_scope")
    if scope == NETWORK and not network_only(case, reference):
        yield Problem("completion_scope", "本业务的规则集要求检验受电工程全部")
    if scope == WHOLE and network_only(case, reference):
        words = "本业务的规则集只检验涉网部分,扩大范围请有依据"
        yield Problem("completion_scope", words, warning=True)


def _details(values: Values, reference: Reference) -> Iterator[Problem]:
    """逐项验收: everything on the list for this scope, each once."""
    seen = [row.get("item", "") for row in values.get("completion_details") or ()]
    missing = [label for _code, label in items(str(values.get("completion_scope") or ""), reference)]
    missing = [label for label in missing if label not in seen]
    if seen and missing:
        yield Problem("completion_details", f"还没有验收:{'、'.join(missing)};不涉及的也请写明")
    if len(seen) != len(set(seen)):
        yield Problem("completion_details", "同一验收项目写了两次")


def items(scope: str, reference: Reference) -> tuple[tuple[str, str], ...]:
    """Code and words of everything to be looked at within a scope; nothing while it is not chosen."""
    table = reference.codes.get("completion_items")
    parts = {NETWORK: (NETWORK,), WHOLE: (NETWORK, "internal")}.get(scope, ())
    return tuple(
        (item.code, item.label)
        for part in parts
        for item in (table.children(part) if table else ())
        if item.enabled
    )


# ---- proposals -----------------------------------------------------------------------------------


def propose_inspection(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The scope of the rule set, the list to go through, the papers it rests on, who was there."""
    only = network_only(case, context.reference)
    scope = str(values.get("completion_scope") or (NETWORK if only else WHOLE))
    words = "本业务的规则集只检验涉网部分" if only else "本业务的规则集检验受电工程全部"
    yield Proposal("completion_scope", NETWORK if only else WHOLE, words)
    label = context.reference.code_label
    if not values.get("completion_details"):
        rows = [
            {"item": words, "standard": label("completion_standards", code), "passed": ""}
            for code, words in items(scope, context.reference)
        ]
        yield Proposal("completion_details", rows, "须逐项验收的项目")
    yield Proposal("completion_basis", basis(case, context.reference), "取自设计审查和中间检查的记录")
    yield from propose_conclusion(case, values, context)


def propose_conclusion(case: Case, values: Values, context: Context) -> Iterator[Proposal]:
    """Who was there; what the departments said is what is concluded and what becomes a defect."""
    said = rounds.opinions(case)
    present = [_inspector(record) for record in said]
    if present and not values.get("completion_inspectors"):
        yield Proposal("completion_inspectors", present, "发表意见的部门和签名人")
    rep = answer(case, rounds.APPLIED, "works_customer_rep")
    words = "报验登记的客户代表" if rep else "报验人"
    yield Proposal("completion_customer_present", rep or applicant(case), words)
    leader = answer(case, rounds.APPLIED, "works_leader")
    if leader:
        yield Proposal("completion_builder_present", leader, "报验登记的项目负责人")
    against = rounds.objections(case)
    if said and not against:
        yield Proposal("completion_result", PASSED, "各部门均同意")
    elif against:
        yield Proposal("completion_result", FAILED, f"{len(against)} 个部门不同意")
        rows = [{"what": str(record.values.get("completion_words", ""))} for record in against]
        if not values.get("completion_defects"):
            yield Proposal("completion_defects", rows, "由部门意见汇总,请逐条写明整改要求、责任方和期限")


def _inspector(record: Record) -> dict[str, str]:
    return {
        "department": str(record.values.get("completion_department", "")),
        "name": str(record.values.get("completion_signer", "")),
    }


def applicant(case: Case) -> str:
    """Who reported the works."""
    return str(answer(case, rounds.APPLIED, "completion_applicant"))


def basis(case: Case, reference: Reference) -> str:
    """以批准的设计、中间检查纪要为依据 (种子文件 五): the newest of each that is on record, and the plan."""
    parts = [
        _paper_or_record(case, "design.concluded", "design_opinion", "审查同意的设计图纸及审查意见书"),
        *(_between(case, record, reference) for record in records(case, "intermediate.inspected")),
        _paper_or_record(case, "plan.replied", "", "供电方案"),
    ]
    found = [part for part in parts if part]
    if not any("设计" in part for part in found):
        found.insert(0, "随报验资料提供的设计图纸及说明")
    return "；".join(found)


def _paper_or_record(case: Case, kind: str, form: str, words: str) -> str:
    record = last(case, kind)
    if record is None:
        return ""
    sheets = case.standing(form) if form else ()
    return f"{words}（{day_text(record.stated)}{_number(sheets)}）"


def _number(sheets: Sequence[Paper]) -> str:
    return f"，{sheets[-1].sheet_no}" if sheets else ""


def _between(case: Case, record: Record, reference: Reference) -> str:
    result = reference.code_label("inspection_results", record.values.get("intermediate_result", ""))
    sheets = [paper for paper in case.standing("intermediate_opinion") if paper.issued >= record.stated]
    return f"中间检查意见（{day_text(record.stated)}，{result}{_number(sheets[:1])}）"


# ---- signatures ----------------------------------------------------------------------------------


def delivering_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Nothing to sign before it is written; each is signed once."""
    if not records(case, *rounds.INSPECTIONS):
        return "还没有出具竣工验收纪要"
    return "纪要已由双方签字" if rounds.delivered(case) else ""


def check_delivery(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """双方签字; the builder signs for what he has to put right."""
    receiver = str(values.get("completion_receiver") or "")
    ours = context.organisation.person_name(str(values.get("completion_our_signer") or ""))
    if receiver and same_name(receiver, ours):
        yield Problem("completion_receiver", "双方签字人不能是同一人")
    builders = any(found.responsible == "builder" for found in rounds.waiting(case))
    if builders and not values.get("completion_builder_receiver"):
        yield Problem("completion_builder_receiver", "有施工单位负责整改的缺陷,请施工单位签字")
    if not values.get("completion_receipt"):
        yield Problem("completion_receipt", "请附双方签字的纪要扫描件(归档时要查)", warning=True)


def propose_delivery(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """Whoever was there signs."""
    known = last(case, *rounds.INSPECTIONS)
    if known is None:
        return
    yield Proposal("completion_our_signer", known.by, "出具纪要的人")
    present = known.values.get("completion_customer_present")
    yield Proposal("completion_receiver", present, "参加验收的客户人员")
    builder = known.values.get("completion_builder_present")
    if builder:
        yield Proposal("completion_builder_receiver", builder, "参加验收的施工单位人员")


def written_locked(case: Case) -> str:
    """Minutes both have signed are not changed; a failure never is: it is rectified and inspected anew."""
    if since(case, rounds.DELIVERED, *rounds.INSPECTIONS):
        return "纪要已由双方签字,不能再改"
    if rounds.failed(case):
        return "结论为不合格的纪要不能改成别的;整改后复验,写错的请退回重办"
    return ""
