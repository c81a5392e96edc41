"""What stands in the way of the tasks of stage 3, and what is proposed for them."""

from collections.abc import Iterable, Iterator

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.brought_papers import missing, to_tick_off
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import number
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.findings import closing_problems, still_open, unanswered
from yekuo_desktop.domain.free_choice import choice_problems, propose_list, propose_particulars
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import answer, last, records
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.design import rounds
from yekuo_desktop.domain.tasks import Proposal

CHOSEN = "designer.chosen"
PARTICULARS = {
    "grade": "designer_grade",
    "certificate": "designer_certificate",
    "valid_until": "designer_valid_until",
    "phone": "designer_phone",
}
KINDS_OF_DRAWINGS = {"civil_sets": "土建图纸", "line_sets": "线路图纸", "substation_sets": "变电图纸"}


def choosing_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Another unit may take over between two rounds, not while its papers are being reviewed; a choice that
    must be recorded anew is recorded at any time."""
    if last(case, CHOSEN) is None or not rounds.papers_in(case):
        return ""
    return "设计已审查同意" if rounds.concluded(case) else "送审资料正在审查,意见书出具后才能更换设计单位"


def check_choice(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """三不指定: the customer's own choice; the qualification must be in force."""
    yield from choice_problems("designer", case, values, context)
    yield from _expired(str(values.get("designer_valid_until") or ""), "designer_valid_until", context)
    if not values.get("designer_copy"):
        yield Problem("designer_copy", "请留存资质证书复印件(归档时要查)", warning=True)


def _expired(until: str, field: str, context: Context) -> Iterator[Problem]:
    if until and until < context.day.isoformat():
        yield Problem(field, f"设计单位资质已于 {until} 到期")


def propose_choice(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The whole public list in an order drawn for this case; the particulars of a listed unit."""
    yield from propose_list("designer", case, values, context)
    yield from propose_particulars("designer", PARTICULARS, values, context)


def receiving_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Papers come in after the choice, and again only once the last opinion was handed over."""
    if last(case, CHOSEN) is None:
        return "客户还没有选定设计单位"
    if rounds.must_change(case) and not rounds.delivered(case):
        return "上一轮审查意见书还没有交客户签收"
    return ""


def sets_demanded(case: Case, reference: Reference) -> int:
    """How many sets of drawings the rule set demands (种子文件 三: 四份); 0 where it says nothing."""
    rules = reference.rulesets.get(case.rules)
    return rules.ceilings.get("drawing_sets", 0) if rules else 0


def check_papers(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Four sets, sealed by the designer, and everything on the list: else it is not accepted for review."""
    yield from not_before(last(case, CHOSEN), "客户选定设计单位", context)
    yield from not_before(last(case, rounds.DELIVERED), "上一轮意见书签收", context)
    yield from _sets(values, sets_demanded(case, context.reference))
    if values.get("designer_sealed") is False:
        yield Problem("designer_sealed", "图纸未盖设计单位章,不能受理送审")
    for label in missing(case, "design", values.get("design_papers"), context.reference):
        yield Problem("design_papers", f"缺“{label}”,请一次性书面告知客户补齐")
    yield from _expired(str(answer(case, CHOSEN, "designer_valid_until")), "", context)


def _sets(values: Values, wanted: int) -> Iterator[Problem]:
    """Every kind of drawing that there is comes in four sets (种子文件 三)."""
    brought = number(values, "drawing_sets")
    if brought and brought < wanted:
        yield Problem("drawing_sets", f"图纸须报送 {wanted} 份,现有 {brought:f} 份")
    for key, label in KINDS_OF_DRAWINGS.items():
        copies = number(values, key)
        if copies and copies < wanted:
            yield Problem(key, f"{label}须报送 {wanted} 份,现有 {copies:f} 份")


def propose_papers(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The list of the rule set, to be ticked off; the sender is mostly the customer or the designer."""
    rows = to_tick_off(case, "design", context.reference)
    if rows and not values.get("design_papers"):
        yield Proposal("design_papers", rows, "按本业务规则集的送审资料清单")
    yield Proposal("design_sender", case.values.get("customer_name", ""), "客户报送")
    wanted = sets_demanded(case, context.reference)
    if wanted:
        yield Proposal("drawing_sets", None, f"须 {wanted} 份")


def reviewing_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """Nothing to review before papers came in, nor once this round is concluded."""
    if rounds.must_change(case) and not rounds.papers_in(case):
        return "等待客户修改后重新报送"
    if not rounds.papers_in(case):
        return "还没有受理送审资料"
    return "本轮审查已经出具意见" if rounds.concluded(case) else ""


def propose_opinion(case: Case, _values: Values, context: Context) -> Iterable[Proposal]:
    """The department whose turn it is; whoever records it is likely to sign."""
    waiting = tuple(rounds.silent(case, context.reference))
    if waiting:
        words = "、".join(item.label for item in waiting)
        yield Proposal("design_department", waiting[0].code, f"还没有会签:{words}")
    yield Proposal("design_signer", context.actor.name, "登记人;由他人签名的请改正")


def check_opinion(_case: Case, values: Values, _context: Context) -> Iterable[Problem]:
    """An opinion against needs its words."""
    if values.get("design_opinion") in ("change", "refuse") and not values.get("design_words"):
        yield Problem("design_words", "请写明需要修改的内容")


def concluding_blocked(case: Case, actor: Person, reference: Reference) -> str:
    """One written opinion a round, once every department has spoken (一次性提出); and by somebody else than
    those who wrote what it rests on."""
    reason = reviewing_blocked(case, actor, reference)
    if reason:
        return reason
    waiting = tuple(item.label for item in rounds.silent(case, reference))
    if waiting:
        return f"还没有会签:{'、'.join(waiting)}"
    if any(actor.id in record.authors for record in rounds.opinions(case)):
        return "本轮部门意见由您登记,意见书须由另一人审核出具"
    return ""


def check_conclusion(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Findings are numbered and said once, earlier ones answered one by one; agreement needs all closed."""
    newest = max(rounds.opinions(case), key=lambda record: record.stated, default=None)
    yield from not_before(newest, "部门会签", context)
    found, agreed = values.get("design_findings") or (), values.get("design_result") == rounds.AGREED
    against = [r for r in rounds.opinions(case) if r.values.get("design_opinion") != "agree"]
    if agreed and against:
        yield Problem("design_result", "有部门不同意,结论不能为同意")
    if agreed and found:
        yield Problem("design_findings", "结论为同意时没有修改意见;有意见的,结论应为需修改")
    yield from closing_problems(case, rounds.FINDINGS, values, noun="意见", done="落实")
    unsaid = unanswered(case, rounds.FINDINGS, values)
    unproved = unanswered(case, rounds.FINDINGS, values, with_evidence=True)
    if unsaid:
        yield Problem("design_closed", f"前次意见第 {'、'.join(unsaid)} 条还没有复审")
    elif agreed and unproved:
        yield Problem("design_closed", f"前次意见第 {'、'.join(unproved)} 条还没有复审合格")
    if values.get("design_result") == rounds.CHANGE and not found and not unproved:
        yield Problem("design_findings", "请逐条写明审查意见")
    if found and rounds.count(case) > 1:
        words = "意见应一次提出;复审新提意见的,请确认由本次修改引起"
        yield Problem("design_findings", words, warning=True)


def propose_conclusion(case: Case, values: Values, _context: Context) -> Iterable[Proposal]:
    """Everybody agreed: so does the conclusion; somebody did not: his words become findings."""
    said = rounds.opinions(case)
    against = [r for r in said if r.values.get("design_opinion") != "agree"]
    if said and not against:
        yield Proposal("design_result", rounds.AGREED, "各部门均同意")
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


def check_delivery(case: Case, values: Values, _context: Context) -> Iterable[Problem]:
    """The opinion goes out as a sheet under the seal, the drawings with it, not more than came in."""
    sets = number(values, "drawings_returned")
    brought = number({"sets": answer(case, rounds.RECEIVED, "drawing_sets")}, "sets")
    if brought and sets > brought:
        yield Problem("drawings_returned", f"报送图纸 {brought:f} 份,退回不能多于此数")
    if len(case.standing("design_opinion")) < len(records(case, rounds.CONCLUDED)):
        yield Problem("design_receiver", "意见书还没有打印盖章,请先出具", warning=True)


def propose_delivery(case: Case, _values: Values, _context: Context) -> Iterable[Proposal]:
    """Who sent the papers in mostly fetches the opinion; one set stays here, or all but the changed ones."""
    sender = answer(case, rounds.RECEIVED, "design_sent_by")
    if sender:
        yield Proposal("design_receiver", sender, "送审资料的报送人")
    phone = answer(case, rounds.RECEIVED, "design_sent_phone")
    if phone:
        yield Proposal("design_receiver_phone", phone, "送审资料的报送人")


def locked(case: Case) -> str:
    """What a written opinion rests on stays as it was."""
    return "审查意见书已经出具,不能再改送审记录" if rounds.concluded(case) else ""
