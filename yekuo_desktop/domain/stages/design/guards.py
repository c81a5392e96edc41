"""What stands in the way of the tasks of stage 3, and what is proposed for them."""

from collections.abc import Iterable

from yekuo_desktop.domain.act import Context
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import circumstances, number
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.findings import still_open
from yekuo_desktop.domain.firms import in_random_order, named, shown
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import answer, last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import MaterialRule
from yekuo_desktop.domain.stages.design import rounds
from yekuo_desktop.domain.tasks import Proposal

CHOSEN = "designer.chosen"


def check_choice(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """三不指定: the customer's own choice; the qualification must be in force."""
    if values.get("designer_own_choice") is not True:
        yield Problem("designer_own_choice", "设计单位须由客户自行选择,供电企业不得指定(三不指定)")
    until = str(values.get("designer_valid_until") or "")
    if until and until < context.stated.date().isoformat():
        yield Problem("designer_valid_until", f"设计资质已于 {until} 到期")
    firms = context.organisation.firms.values()
    if firms and values.get("designer_name") and not named(firms, "designer", str(values["designer_name"])):
        yield Problem("designer_name", "不在公开名录中,请核验资质证书原件", warning=True)
    if not values.get("designer_copy"):
        yield Problem("designer_copy", "请留存资质证书复印件(归档时要查)", warning=True)


def propose_choice(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The whole public list in an order drawn for this case; the particulars of a listed unit."""
    firms = in_random_order(context.organisation.firms.values(), "designer", case.id)
    if firms and not values.get("designer_list"):
        reason = f"公开名录共 {len(firms)} 家,次序按本业务随机排列"
        yield Proposal("designer_list", shown(firms), reason)
    chosen = named(firms, "designer", str(values.get("designer_name") or ""))
    if chosen is None:
        return
    reason = "取自公开名录,请与证书核对"
    known = {
        "designer_grade": chosen.grade,
        "designer_certificate": chosen.certificate,
        "designer_valid_until": chosen.valid_until.isoformat() if chosen.valid_until else "",
        "designer_phone": chosen.phone,
    }
    yield from (Proposal(key, text, reason) for key, text in known.items() if text)


def receiving_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Papers come in after the choice, and again only once the last opinion was handed over."""
    if last(case, CHOSEN) is None:
        return "客户还没有选定设计单位"
    if rounds.must_change(case) and not rounds.delivered(case):
        return "上一轮审查意见书还没有交客户签收"
    return ""


def wanted_papers(case: Case, reference: Reference) -> tuple[MaterialRule, ...]:
    """What the rule set of the case asks for at this stage (regulations.md 3.4)."""
    rules = reference.rulesets.get(case.rules)
    if rules is None:
        return ()
    return rules.materials_for(case.klass, case.business, circumstances(case, reference), "design")


def sets_demanded(case: Case, reference: Reference) -> int:
    """How many sets of drawings the rule set demands (种子文件 三: 四份); 0 where it says nothing."""
    rules = reference.rulesets.get(case.rules)
    return rules.ceilings.get("drawing_sets", 0) if rules else 0


def check_papers(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Four sets, sealed by the designer, and everything on the list: else it is not accepted for review."""
    wanted = sets_demanded(case, context.reference)
    brought = number(values, "drawing_sets")
    if brought and brought < wanted:
        yield Problem("drawing_sets", f"图纸须报送 {wanted} 份,现有 {brought:f} 份")
    if values.get("designer_sealed") is False:
        yield Problem("designer_sealed", "图纸未盖设计单位章,不能受理送审")
    rows = {row.get("name", ""): row for row in values.get("design_papers") or ()}
    for rule in wanted_papers(case, context.reference):
        if rule.required and rows.get(rule.label, {}).get("state") != "original":
            yield Problem("design_papers", f"缺“{rule.label}”,请一次性书面告知客户补齐")
    until = str(answer(case, CHOSEN, "designer_valid_until"))
    if until and until < context.stated.date().isoformat():
        yield Problem("", f"设计单位资质已于 {until} 到期")


def propose_papers(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The list of the rule set, to be ticked off; the sender is mostly the customer or the designer."""
    rules = wanted_papers(case, context.reference)
    if rules and not values.get("design_papers"):
        rows = [{"name": rule.label, "state": "missing"} for rule in rules]
        yield Proposal("design_papers", rows, "按本业务规则集的送审资料清单")
    yield Proposal("design_sender", case.values.get("customer_name", ""), "客户报送")
    wanted = sets_demanded(case, context.reference)
    if wanted:
        yield Proposal("drawing_sets", None, f"须 {wanted} 份")


def reviewing_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Nothing to review before papers came in, nor once this round is concluded."""
    if not rounds.papers_in(case) or rounds.count(case) == 0:
        return "还没有受理送审资料"
    return "本轮审查已经出具意见" if rounds.concluded(case) else ""


def check_opinion(case: Case, values: Values, _context: Context) -> Iterable[Problem]:
    """An opinion against needs its words."""
    if values.get("design_opinion") in ("change", "refuse") and not values.get("design_words"):
        yield Problem("design_words", "请写明需要修改的内容")


def concluding_blocked(case: Case, actor: Person, reference: Reference) -> str:
    """One written opinion a round, once every department has spoken (一次性提出)."""
    reason = reviewing_blocked(case, actor, reference)
    if reason:
        return reason
    waiting = tuple(rounds.silent(case, reference))
    return f"还没有会签:{'、'.join(waiting)}" if waiting else ""


def check_conclusion(case: Case, values: Values, _context: Context) -> Iterable[Problem]:
    """Findings are numbered and said once; agreement needs every earlier finding closed."""
    found = values.get("design_findings") or ()
    if values.get("design_result") == rounds.CHANGE and not found:
        yield Problem("design_findings", "请逐条写明审查意见")
    if values.get("design_result") != "agreed":
        return
    closed = {row.get("no") for row in values.get("design_closed") or () if row.get("evidence")}
    waiting = [f.no for f in still_open(case, rounds.FINDINGS) if f.no not in closed]
    if waiting:
        yield Problem("design_closed", f"前次意见第 {'、'.join(waiting)} 条还没有复审合格")
    against = [r for r in rounds.opinions(case) if r.values.get("design_opinion") != "agree"]
    if against:
        yield Problem("design_result", "有部门不同意,结论不能为同意")


def propose_conclusion(case: Case, values: Values, _context: Context) -> Iterable[Proposal]:
    """Everybody agreed: so does the conclusion; somebody did not: his words become findings."""
    said = rounds.opinions(case)
    against = [r for r in said if r.values.get("design_opinion") != "agree"]
    if said and not against:
        yield Proposal("design_result", "agreed", "各部门均同意")
    elif against:
        yield Proposal("design_result", rounds.CHANGE, f"{len(against)} 个部门提出修改意见")
        rows = [{"what": str(r.values.get("design_words", "")), "required": "按意见修改"} for r in against]
        if not values.get("design_findings"):
            yield Proposal("design_findings", rows, "由各部门意见汇总,请逐条核对")
    waiting = still_open(case, rounds.FINDINGS)
    if waiting and not values.get("design_closed"):
        rows = [{"no": finding.no, "outcome": "", "evidence": ""} for finding in waiting]
        yield Proposal("design_closed", rows, "前次意见逐条复审")


def delivering_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Nothing to hand over before the opinion is written."""
    if last(case, rounds.CONCLUDED) is None:
        return "还没有出具审查意见书"
    if rounds.delivered(case):
        return "意见书已交签收,等待客户修改后重新报送"
    return "" if rounds.concluded(case) else "新一轮审查还没有出具意见书"


def locked(case: Case) -> str:
    """What a written opinion rests on stays as it was."""
    return "审查意见书已经出具,不能再改送审记录" if rounds.concluded(case) else ""
