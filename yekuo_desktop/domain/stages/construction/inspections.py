"""What stands in the way of the intermediate inspection, its application and its rectification
(种子文件 四; regulations.md 2.10, 3.4, R12)."""

from collections.abc import Iterable, Iterator

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.brought_papers import missing, to_tick_off
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import number
from yekuo_desktop.domain.display import day as day_text
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.findings import closing_problems, still_open, unanswered
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import answer, facts, last, records
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.construction import rounds
from yekuo_desktop.domain.stages.construction.works import CHECKED, DESIGN_CONCLUDED, STARTED
from yekuo_desktop.domain.tasks import Proposal
from yekuo_desktop.domain.validate import day_of


def open_numbers(case: Case) -> str:
    """The findings nobody has rectified, as one would say them."""
    return "、".join(finding.no for finding in still_open(case, rounds.FINDINGS))


# ---- application ---------------------------------------------------------------------------------


def applying_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """After the start; one application at a time, and a failure is rectified, not applied for anew."""
    if last(case, STARTED) is None:
        return "还没有登记开工"
    if rounds.must_rectify(case):
        return f"上次检查提出的第 {open_numbers(case)} 项还没有整改,请登记整改后复查"
    return "已受理中间检查申请,等待检查" if rounds.due(case) else ""


def percent_demanded(case: Case, reference: Reference) -> int:
    """How much must be installed (种子文件 四: 约三分之二); 0 where the rule set says nothing."""
    rules = reference.rulesets.get(case.rules)
    return rules.ceilings.get("intermediate_percent", 0) if rules else 0


def check_application(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """设备安装约三分之二, or hidden works before they are covered; the papers are there."""
    trigger = values.get("intermediate_trigger")
    if trigger == "progress":
        yield from _progress(case, values, context.reference)
    if trigger == "hidden":
        yield from _hidden(case, values, context)
    for label in missing(case, "construction", values.get("intermediate_papers"), context.reference):
        yield Problem("intermediate_papers", f"缺“{label}”,请一次性书面告知客户补齐")


def _progress(case: Case, values: Values, reference: Reference) -> Iterator[Problem]:
    installed, wanted = number(values, "intermediate_percent"), percent_demanded(case, reference)
    if installed > 100:
        yield Problem("intermediate_percent", "安装进度不超过 100%")
    elif installed < wanted:
        words = f"设备安装须完成约三分之二({wanted}%),现为 {installed:f}%,还不能申请中间检查"
        yield Problem("intermediate_percent", words)


def _hidden(case: Case, values: Values, context: Context) -> Iterator[Problem]:
    if answer(case, STARTED, "hidden_works") is False:
        yield Problem("intermediate_trigger", "开工登记写明没有隐蔽工程,请核对", warning=True)
    cover = day_of(values.get("intermediate_cover_on"))
    if cover and cover < context.day:
        words = f"隐蔽工程已于 {cover} 覆盖,未经中间检查;供电企业可以不予检验和接电"
        yield Problem("intermediate_cover_on", words, warning=True)


def propose_application(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The list of the rule set; who is likely to come; how far the works have come."""
    rows = to_tick_off(case, "construction", context.reference)
    if rows and not values.get("intermediate_papers"):
        yield Proposal("intermediate_papers", rows, "按本业务规则集的中间检查资料清单")
    known = facts(case)
    wanted = percent_demanded(case, context.reference)
    if known.get("hidden_works") is True:
        yield Proposal("intermediate_trigger", "hidden", "开工登记写明有隐蔽工程,应在覆盖前检查")
    elif wanted:
        yield Proposal("intermediate_trigger", "progress", f"没有隐蔽工程,安装到 {wanted}% 时申请")
    if known.get("construction_percent"):
        yield Proposal("intermediate_percent", known["construction_percent"], "最近一次施工进度")
    applicant = known.get("builder_contact") or known.get("agent_name") or known.get("customer_name")
    yield Proposal("intermediate_applicant", applicant, "施工单位或客户联系人")


# ---- inspection ----------------------------------------------------------------------------------


def inspecting_blocked(case: Case, actor: Person, _reference: Reference) -> str:
    """An application, or everything found rectified; and not by whoever recorded the rectification."""
    found = rounds.newest(case)
    if found is None:
        return "客户还没有申请中间检查"
    if rounds.must_rectify(case):
        return f"上次检查提出的第 {open_numbers(case)} 项还没有整改记录,不能复查"
    if not rounds.due(case):
        return "中间检查已经合格;另有隐蔽工程的,由客户再次申请"
    if found.kind == rounds.RECTIFIED and actor.id in found.authors:
        return "整改由您登记,复查须由另一名用电检查专责办理"
    return ""


def check_inspection(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Everything on the list was looked at, and the conclusion follows from it; findings are said once."""
    result = values.get("intermediate_result")
    yield from _contents(values, context.reference)
    yield from _hidden_works(case, values)
    bad = [row for row in values.get("intermediate_content") or () if row.get("outcome") == "failed"]
    if bad and result == rounds.PASSED:
        labels = "、".join(
            context.reference.code_label("intermediate_contents", row.get("item", "")) for row in bad
        )
        yield Problem("intermediate_result", f"{labels}不合格,结论不能为合格")
    found = values.get("intermediate_findings") or ()
    if result == "failed" and not found:
        yield Problem("intermediate_findings", "请逐条写明缺陷、整改要求、责任方和期限")
    if result == rounds.PASSED and found:
        yield Problem("intermediate_findings", "结论为合格时没有待整改的缺陷;有缺陷的,结论应为不合格")
    yield from _finding_dates(values, context)
    until = day_of(answer(case, CHECKED, "builder_valid_until"))
    if until and until < context.day:
        words = f"施工单位许可证已于 {until} 到期"
        yield Problem("intermediate_content", words, warning=True)


def _contents(values: Values, reference: Reference) -> Iterator[Problem]:
    """每次逐项检查 (regulations.md 2.10 检查内容)."""
    seen = [row.get("item") for row in values.get("intermediate_content") or ()]
    table = reference.codes.get("intermediate_contents")
    missing = [item.label for item in (table.choices() if table else ()) if item.code not in seen]
    if missing:
        yield Problem("intermediate_content", f"还没有检查:{'、'.join(missing)};不涉及的也请写明")
    if len(seen) != len(set(seen)):
        yield Problem("intermediate_content", "同一项检查内容写了两次")


def _hidden_works(case: Case, values: Values) -> Iterator[Problem]:
    asked = answer(case, rounds.APPLIED, "intermediate_trigger") == "hidden"
    rows = {row.get("item"): row.get("outcome") for row in values.get("intermediate_content") or ()}
    if asked and rows.get("hidden") == "none":
        yield Problem("intermediate_content", "客户申请检查的就是隐蔽工程,不能写“不涉及”")


def _finding_dates(values: Values, context: Context) -> Iterator[Problem]:
    today = context.day
    for at, row in enumerate(values.get("intermediate_findings") or (), start=1):
        due = day_of(row.get("due"))
        if due and due < today:
            yield Problem("intermediate_findings", f"第 {at} 条的整改期限 {due} 早于检查日期")


def propose_inspection(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The list to be gone through, what it is held against, and who inspects."""
    yield from _basis(case)
    table = context.reference.codes.get("intermediate_contents")
    if table and not values.get("intermediate_content"):
        rows = [{"item": item.code, "outcome": ""} for item in table.choices()]
        yield Proposal("intermediate_content", rows, "须逐项检查的内容")
    if not values.get("intermediate_inspectors"):
        rows = [{"department": "marketing", "name": context.actor.name}]
        yield Proposal("intermediate_inspectors", rows, "登记人,请补上其他参加人员")
    yield Proposal("intermediate_witness", answer(case, rounds.APPLIED, "intermediate_applicant"), "申请人")


def _basis(case: Case) -> Iterator[Proposal]:
    """The approved drawings (种子文件 四); without a review, the plan."""
    review = last(case, DESIGN_CONCLUDED)
    if review is not None and review.values.get("design_result") == "agreed":
        sheets = case.standing("design_opinion")
        number = f"（意见书 {sheets[-1].sheet_no}）" if sheets else ""
        words = f"{day_text(review.stated)} 审查同意的设计图纸{number}"
        yield Proposal("intermediate_basis", words, "设计审查意见书")
    else:
        yield Proposal("intermediate_basis", "供电方案和设计图纸", "本业务没有设计审查")


# ---- opinion and rectification -------------------------------------------------------------------


def delivering_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Nothing to hand over before the opinion is written; each is handed over once."""
    if last(case, rounds.INSPECTED) is None:
        return "还没有出具中间检查意见书"
    return "意见书已交客户签收" if rounds.delivered(case) else ""


def rectifying_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Only what was found, after the customer has it in writing."""
    if last(case, rounds.INSPECTED) is None:
        return "还没有中间检查"
    if not still_open(case, rounds.FINDINGS):
        waiting = rounds.due(case) and bool(records(case, rounds.RECTIFIED))
        return "缺陷已全部登记整改,等待复查" if waiting else "没有需要整改的缺陷"
    return "" if rounds.delivered(case) else "中间检查意见书还没有交客户签收"


def check_rectification(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Only findings that are open, each once, each with evidence."""
    yield from not_before(last(case, rounds.DELIVERED), "意见书签收", context)
    yield from closing_problems(case, rounds.FINDINGS, values, noun="缺陷", done="整改")
    left = unanswered(case, rounds.FINDINGS, values)
    if values.get("intermediate_closed") and left:
        words = f"第 {'、'.join(left)} 条还没有整改,复查要等全部整改"
        yield Problem("intermediate_closed", words, warning=True)


def propose_rectification(case: Case, values: Values, _context: Context) -> Iterable[Proposal]:
    """Everything that is open, to be answered one by one."""
    waiting = still_open(case, rounds.FINDINGS)
    if waiting and not values.get("intermediate_closed"):
        rows = [{"no": finding.no, "outcome": "", "evidence": ""} for finding in waiting]
        yield Proposal("intermediate_closed", rows, "意见书上的缺陷,请逐条填写整改情况")
    yield Proposal(
        "intermediate_reported_by", answer(case, rounds.APPLIED, "intermediate_applicant"), "申请人"
    )


def rectification_events(case: Case, values: Values) -> tuple[str, ...]:
    """With the last finding rectified the customer asks for the inspection again: its clock starts anew."""
    left = unanswered(case, rounds.FINDINGS, values, with_evidence=True)
    return () if left else ("intermediate_applied",)


def written_locked(case: Case) -> str:
    """An opinion the customer has in hand is not changed."""
    return "中间检查意见书已交客户签收,不能再改" if rounds.delivered(case) else ""


def applied_locked(case: Case) -> str:
    """An application that was inspected stays as it was."""
    return "" if rounds.due(case) else "已按申请检查,不能再改"
