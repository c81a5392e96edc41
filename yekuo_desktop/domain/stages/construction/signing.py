"""Drafting and signing of the supply contract (regulations.md 4.5: term, signers, 会签, 背书; 6.1: seals)."""

from collections.abc import Iterable, Iterator
from datetime import date

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.deadlines.timelimits import corresponding_day
from yekuo_desktop.domain.deadlines.workdays import CHINA, ONE_DAY
from yekuo_desktop.domain.display import day as day_text
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.formalities import CONTRACT_RESTS_ON, outdated
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import answer, last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.rules import Figure
from yekuo_desktop.domain.stages.construction.notices import DRAFTED, REQUESTED, SIGNED, kind_of
from yekuo_desktop.domain.tasks import Proposal
from yekuo_desktop.domain.validate import day_of

LONGEST_TERM = "lv_contract_term"  # id of the figure in the rule sets
RESIDENT = "lv_resident"
TERMS = (
    "contract_number",
    "contract_kind",
    "contract_form",
    "contract_from",
    "contract_long_term",
    "contract_until",
    "contract_copies",
)


def drafting_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """合同管理员 drafts when the project manager has asked for it (种子文件 四)."""
    return "" if last(case, REQUESTED) else "客户项目经理还没有通知起草合同"


def demanded_draft(case: Case, _reference: Reference) -> bool:
    """高压合同 is drafted and seen by the departments before anybody signs; a form contract of low voltage
    may be drafted and signed at one sitting."""
    return case.klass.startswith("hv")


def signed(case: Case) -> bool:
    """Whether there is a contract about the plan that stands."""
    found = last(case, SIGNED)
    return found is not None and not outdated(case, found, CONTRACT_RESTS_ON)


def signing_blocked(case: Case, actor: Person, reference: Reference) -> str:
    """After the notice; high voltage after the draft."""
    reason = drafting_blocked(case, actor, reference)
    if not reason and demanded_draft(case, reference) and last(case, DRAFTED) is None:
        return "供用电合同还没有起草"
    return reason


# ---- terms ---------------------------------------------------------------------------------------


def longest_term(case: Case, reference: Reference) -> Figure | None:
    """低压合同期限不超过 10 年 (regulations.md 4.5); None for high voltage, of which nothing is known."""
    rules = reference.rulesets.get(case.rules)
    return rules.figure(LONGEST_TERM) if rules and not case.klass.startswith("hv") else None


def propose_terms(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """What was drafted; else kind by class, residents for long, the others up to the longest term."""
    drafted = last(case, DRAFTED)
    if drafted is not None:
        for key in TERMS:
            if key in drafted.values and key not in values:
                yield Proposal(key, drafted.values[key], "取自合同起草记录")
        return
    today = context.day
    yield Proposal("contract_number", f"HT-{case.number}", "按申请编号;本单位另有编号规则的请修改")
    yield Proposal("contract_kind", answer(case, REQUESTED, "contract_wanted_kind"), "起草通知")
    yield from _form(case)
    yield Proposal("contract_from", today.isoformat(), "自签订之日起")
    yield Proposal("contract_long_term", case.klass == RESIDENT, "居民合同可长期有效,其他写明期限")
    term = longest_term(case, context.reference)
    start = day_of(values.get("contract_from")) or today
    if term is not None and case.klass != RESIDENT:
        yield Proposal("contract_until", _latest(start, term).isoformat(), f"不超过 {term.allowance}")


def _form(case: Case) -> Iterator[Proposal]:
    """低压居民可用背书方式 (regulations.md 4.5)."""
    resident = case.klass == RESIDENT
    words = "低压居民可用背书方式" if resident else "按纸质合同签订;电子合同请改选"
    yield Proposal("contract_form", "endorsed" if resident else "paper", words)


def _latest(start: date, term: Figure) -> date:
    return corresponding_day(start, term.amount, "year") - ONE_DAY


def check_terms(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Term by class; endorsement is for residents only (regulations.md 4.5)."""
    yield from not_before(last(case, REQUESTED), "起草通知", context)
    if values.get("contract_form") == "endorsed" and case.klass != RESIDENT:
        yield Problem("contract_form", "背书方式只用于低压居民合同")
    kind = values.get("contract_kind")
    if kind and kind != kind_of(case):
        label = context.reference.code_label("contract_kinds", kind_of(case))
        yield Problem("contract_kind", f"这类业务一般签{label},请核对", warning=True)
    yield from _term(case, values, context.reference)


def _term(case: Case, values: Values, reference: Reference) -> Iterator[Problem]:
    start, end = day_of(values.get("contract_from")), day_of(values.get("contract_until"))
    term = longest_term(case, reference)
    if values.get("contract_long_term") is True:
        if term is not None and case.klass != RESIDENT:
            yield Problem("contract_long_term", f"只有居民合同可长期有效,本合同期限不超过 {term.allowance}")
        return
    if start and end and end < start:
        yield Problem("contract_until", "有效期止日早于生效日期")
    if term is not None and start and end and end > _latest(start, term):
        yield Problem("contract_until", f"低压合同期限不超过 {term.allowance},最迟至 {_latest(start, term)}")


# ---- signing -------------------------------------------------------------------------------------


def propose_signing(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The terms; who is likely to sign; our seal; who must have seen it."""
    yield from propose_terms(case, values, context)
    yield Proposal("contract_our_seal", "contract", "供用电合同专用章")
    organisation = case.klass != RESIDENT
    legal = case.values.get("legal_person") if organisation else case.values.get("customer_name")
    if legal:
        yield Proposal(
            "contract_customer_signer", legal, "登记表上的法人代表" if organisation else "户主本人"
        )
        yield Proposal("contract_customer_capacity", "legal" if organisation else "self", "随签订人")
    yield Proposal("contract_customer_seal", "contract" if organisation else "signature", "单位盖章,个人签名")
    for key in ("contract_our_day", "contract_customer_day"):
        yield Proposal(key, context.day.isoformat(), "登记当日")
    if _listed(case, context.reference):
        yield Proposal("contract_department", "marketing", "此类合同由县公司营销部签订")
    rows = [{"department": code} for code in reviewers_demanded(case, context.reference)]
    if rows and not values.get("contract_reviews"):
        yield Proposal("contract_reviews", rows, "此类合同须会签的部门")


def _listed(case: Case, reference: Reference) -> bool:
    table = reference.codes.get("contract_reviews")
    return table is not None and table.item(case.klass) is not None


def reviewers_demanded(case: Case, reference: Reference) -> tuple[str, ...]:
    """The departments that must have seen a contract of this class (regulations.md 4.5)."""
    table = reference.codes.get("contract_reviews")
    found = table.children(case.klass) if table else ()
    return tuple(item.code.partition(".")[2] for item in found)


def check_signing(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Term, signers, seals, days, 会签; what the archive will ask for."""
    yield from check_terms(case, values, context)
    yield from not_before(last(case, DRAFTED), "起草合同", context)
    yield from _days(case, values, context)
    yield from _signers(case, values)
    yield from _reviews(case, values, context)
    drafted = answer(case, DRAFTED, "contract_number")
    if drafted and values.get("contract_number") and values["contract_number"] != drafted:
        yield Problem("contract_number", f"与起草的合同编号 {drafted} 不同", warning=True)
    if not values.get("contract_scan"):
        yield Problem("contract_scan", "请附合同扫描件(归档时要查)", warning=True)


def _days(case: Case, values: Values, context: Context) -> Iterator[Problem]:
    """签订不早于受理和起草通知, not in the future (R3)."""
    asked, accepted = last(case, REQUESTED), case.event("accepted")
    for key, who in (("contract_our_day", "供电人"), ("contract_customer_day", "用电人")):
        day = day_of(values.get(key))
        if day is None:
            continue
        if day > context.day:
            yield Problem(key, f"{who}签订日期 {day} 晚于登记时间,不能预先登记")
        if accepted and day < accepted.stated.astimezone(CHINA).date():
            yield Problem(key, f"{who}签订日期 {day} 早于受理日期({day_text(accepted.stated)})")
        elif asked and day < asked.stated.astimezone(CHINA).date():
            words = f"{who}签订日期 {day} 早于起草通知({day_text(asked.stated)})"
            yield Problem(key, words, warning=True)


def _signers(case: Case, values: Values) -> Iterator[Problem]:
    """法定代表人、企业负责人或授权委托人; 单位盖章 (regulations.md 4.5, 6.1)."""
    organisation = case.klass != RESIDENT
    ours, theirs = (values.get(f"contract_{who}_capacity") for who in ("our", "customer"))
    if ours == "self":
        yield Problem("contract_our_capacity", "供电人由法定代表人、企业负责人或授权委托人签订")
    if theirs == "self" and organisation:
        yield Problem("contract_customer_capacity", "单位客户由法定代表人、企业负责人或授权委托人签订")
    if theirs == "authorised" and not values.get("contract_authority"):
        yield Problem("contract_authority", "由授权委托人签订,请附授权委托书", warning=True)
    if values.get("contract_customer_seal") == "signature" and organisation:
        yield Problem("contract_customer_seal", "单位客户须盖合同专用章或公章")
    signers = {str(values.get(f"contract_{who}_signer") or who) for who in ("our", "customer")}
    if len(signers) == 1:
        yield Problem("contract_customer_signer", "双方签订人不能是同一人")


def _reviews(case: Case, values: Values, context: Context) -> Iterator[Problem]:
    """10 kV 高压单电源: 营销部、办公室会签; whoever drafted it does not review it."""
    rows = values.get("contract_reviews") or ()
    seen = {row.get("department") for row in rows}
    label = context.reference.code_label
    missing = [code for code in reviewers_demanded(case, context.reference) if code not in seen]
    if missing:
        names = "、".join(label("contract_departments", code) for code in missing)
        yield Problem("contract_reviews", f"合同还没有会签:{names}")
    drafted = last(case, DRAFTED)
    hands = drafted.authors if drafted else {context.actor.id}
    drafters = {context.organisation.person_name(person) for person in hands}
    for name in sorted(drafters & {row.get("reviewer") for row in rows}):
        yield Problem("contract_reviews", f"合同由{name}起草,不能由本人会签")
    for row in rows:
        day = day_of(row.get("day"))
        if day and day > context.day:
            yield Problem("contract_reviews", f"会签日期 {day} 晚于登记时间,不能预先登记")


def drafted_locked(case: Case) -> str:
    """A contract that was signed is not drafted differently afterwards."""
    return "合同已经签订,不能再改" if last(case, SIGNED) else ""
