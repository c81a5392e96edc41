"""What stands in the way before the works begin: certificates, licences, design, supply plan; and progress
(种子文件 四; regulations.md 3.3, R10, R13)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import circumstances, number
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.display import day as day_text
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.free_choice import choice_problems, propose_list, propose_particulars, unlisted
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import answer, facts, last
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.construction.licences import licence_problems
from yekuo_desktop.domain.stages.construction.rounds import APPLIED
from yekuo_desktop.domain.tasks import Proposal, step_required
from yekuo_desktop.domain.validate import day_of
from yekuo_desktop.domain.validity import plan_expired_on, valid_until

CERTIFIED, CHECKED = "devices.certified", "contractor.checked"
STARTED, PROGRESSED = "construction.started", "construction.progressed"
DESIGN_CONCLUDED = "design.concluded"
BUILDER_PARTICULARS = {
    "certificate": "builder_licence",
    "regime": "builder_regime",
    "grade": "builder_grade",
    "valid_from": "builder_valid_from",
    "valid_until": "builder_valid_until",
    "phone": "builder_phone",
}
TESTER_PARTICULARS = {
    "certificate": "tester_licence",
    "regime": "tester_regime",
    "grade": "tester_grade",
    "valid_until": "tester_valid_until",
}


def has_works(case: Case, reference: Reference) -> bool:
    """Whether there is something to be built: then builder and devices are looked at before the start."""
    steps = ("three_certificates", "contractor_licence", "intermediate_inspection")
    demanded = any(step_required(step)(case, reference) for step in steps)
    return demanded or "receiving_works" in circumstances(case, reference)


# ---- three certificates --------------------------------------------------------------------------


def incomplete(rows: Any, reference: Reference) -> Iterator[str]:
    """What is missing or wrong, device by device: every certificate of the table is demanded of each."""
    table = reference.codes.get("certificates")
    for at, row in enumerate(rows or (), start=1):
        who = f"第 {at} 台“{row.get('name', '')}”"
        wanting = [c.label for c in (table.choices() if table else ()) if not row.get(c.code)]
        if wanting:
            yield f"{who}缺{'、'.join(wanting)}"
        if row.get("problem"):
            yield f"{who}{row['problem']}"


def certified(case: Case, reference: Reference) -> bool:
    """Whether the newest check found all certificates of all devices in order."""
    found = last(case, CERTIFIED)
    return found is not None and not any(incomplete(found.values.get("devices"), reference))


def check_devices(_case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """What is missing is recorded as it is, and stops the start; copies are kept (种子文件 四)."""
    if values.get("devices_own_choice") is not True:
        yield Problem("devices_own_choice", "设备须由客户自行采购,供电企业不得指定供应单位(三不指定)")
    rows = values.get("devices") or ()
    yield from (
        Problem("devices", f"{text};补齐前不能开工", warning=True)
        for text in incomplete(rows, context.reference)
    )
    if values.get("devices_copy"):
        return
    without = [str(at) for at, row in enumerate(rows, start=1) if not row.get("copies")]
    if without:
        yield Problem("devices", f"第 {'、'.join(without)} 台没有留存三证复印件,请填份数或附扫描件")


def propose_devices(case: Case, values: Values, _context: Context) -> Iterable[Proposal]:
    """A second look goes on from the first."""
    before = answer(case, CERTIFIED, "devices")
    if before and not values.get("devices"):
        yield Proposal("devices", before, "接着上次登记的设备,请补填缺少的证号")


# ---- builder and tester --------------------------------------------------------------------------


def check_contractor(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """三不指定; grade against voltage, validity against the day; copies kept (regulations.md 3.3, R13)."""
    yield from choice_problems("builder", case, values, context)
    yield from licence_problems("builder", "施工", case, values, context)
    if values.get("tester_name"):
        yield from unlisted("tester", values, context)
        yield from licence_problems("tester", "试验", case, values, context)
    if not values.get("builder_copies") and not values.get("builder_copy"):
        yield Problem("builder_copies", "请留存施工资质复印件,填写份数或附扫描件")


def propose_contractor(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The whole public list in an order drawn for this case; the particulars of listed units."""
    yield from propose_list("builder", case, values, context)
    rules = context.reference.rulesets.get(case.rules)
    if rules is not None and rules.licence is not None:
        for key in ("builder_regime", "tester_regime"):
            if not values.get(key):
                yield Proposal(key, rules.licence.regime, "本业务规则集现行的许可证等级")
    yield from propose_particulars("builder", BUILDER_PARTICULARS, values, context)
    yield from propose_particulars("tester", TESTER_PARTICULARS, values, context)


# ---- start and progress --------------------------------------------------------------------------


def starting_blocked(case: Case, _actor: Person, reference: Reference) -> str:
    """Design reviewed, certificates and licence seen, where the rule set demands them of such a case."""
    agreed = answer(case, DESIGN_CONCLUDED, "design_result") == "agreed"
    if step_required("design_review")(case, reference) and not agreed:
        return "受电工程设计还没有审查同意,不能开工"
    if step_required("three_certificates")(case, reference) and not certified(case, reference):
        found = last(case, CERTIFIED)
        first = next(incomplete(found.values.get("devices"), reference), "") if found else ""
        return f"设备三证不齐:{first}" if first else "设备三证还没有审查"
    if step_required("contractor_licence")(case, reference) and last(case, CHECKED) is None:
        return "施工单位资质还没有审查"
    return ""


def check_start(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """The plan must still hold (R10) and the licence cover the works (R13); what the customer did too
    early is recorded as it was and said aloud."""
    yield from not_before(last(case, CERTIFIED), "设备三证审查", context)
    yield from not_before(last(case, CHECKED), "施工资质审查", context)
    start, end = (
        day_of(values.get("construction_started_on")),
        day_of(values.get("construction_expected_end")),
    )
    if start is None:
        return
    if start > context.day:
        yield Problem("construction_started_on", "实际开工日期晚于登记时间,不能预先登记")
    yield from _plan_problems(case, start, context.reference)
    yield from _licence_on(case, start, end)
    yield from _too_early(case, start, context)
    if values.get("hidden_works") is False and facts(case).get("hidden_works") is True:
        words = "勘查(或上次登记)认定有隐蔽工程;没有隐蔽工程的不做中间检查,请核实"
        yield Problem("hidden_works", words, warning=True)
    if end and end < start:
        yield Problem("construction_expected_end", "预计完工日期早于开工日期")


def _plan_problems(case: Case, start: date, reference: Reference) -> Iterator[Problem]:
    """供电方案逾期未开工失效 (供电营业规则 2024; regulations.md 1.3)."""
    plan = valid_until(case, reference)
    if plan is not None and plan_expired_on(case, reference, start):
        words = f"供电方案已于 {plan.until} 到期失效,{start} 不能据此开工,请重新答复供电方案"
        yield Problem("construction_started_on", words)
    elif plan is not None and start < plan.received.astimezone(CHINA).date():
        words = f"开工早于客户签收供电方案({day_text(plan.received)})"
        yield Problem("construction_started_on", words, warning=True)


def _licence_on(case: Case, start: date, end: date | None) -> Iterator[Problem]:
    """许可证有效期须覆盖施工日期 (R13)."""
    since, until = (day_of(answer(case, CHECKED, f"builder_valid_{which}")) for which in ("from", "until"))
    if until and until < start:
        words = f"施工单位许可证已于 {until} 到期,早于开工日期;请重新审查施工资质"
        yield Problem("construction_started_on", words)
    if since and since > start:
        yield Problem("construction_started_on", f"施工单位许可证自 {since} 起有效,晚于开工日期")
    if until and end and start <= until < end:
        words = f"施工单位许可证 {until} 到期,早于预计完工日期"
        yield Problem("construction_expected_end", words, warning=True)


def _too_early(case: Case, start: date, context: Context) -> Iterator[Problem]:
    """未经审查即施工的,可不予检验和接电 (供电营业规则 2024; regulations.md 1.3)."""
    review = last(case, DESIGN_CONCLUDED)
    if review is not None and start < review.stated.astimezone(CHINA).date():
        words = f"开工早于设计审查同意({day_text(review.stated)}),供电企业可以不予检验和接电"
        yield Problem("construction_started_on", words, warning=True)
    if start < context.day:
        words = "实际开工日期早于登记时间;供电方案有效期按登记时间终止,请把登记时间填为开工当日"
        yield Problem("construction_started_on", words, warning=True)


def propose_start(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """Today, and until when the plan holds."""
    plan = valid_until(case, context.reference)
    reason = f"供电方案有效期至 {plan.until}" if plan else "登记当日"
    yield Proposal("construction_started_on", context.day.isoformat(), reason)


def progress_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """No progress before the start."""
    return "" if last(case, STARTED) else "还没有登记开工"


def expected_end(case: Case) -> date | None:
    """The day the works are to be finished, as last said."""
    known = facts(case)
    return day_of(known.get("construction_new_end") or known.get("construction_expected_end"))


def check_progress(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """A later end needs its reason (regulations.md 2.12 施工 023: 超期原因)."""
    if number(values, "construction_percent") > 100:
        yield Problem("construction_percent", "进度不超过 100%")
    expected, finished = expected_end(case), day_of(values.get("construction_finished_on"))
    ends = [end for end in (day_of(values.get("construction_new_end")), finished) if end]
    if expected and ends and max(ends) > expected and not values.get("construction_delay"):
        yield Problem("construction_delay", f"晚于原预计完工日期 {expected},请写明超期原因")
    if finished and finished > context.day:
        yield Problem("construction_finished_on", "实际完工日期晚于登记时间,不能预先登记")
    started = day_of(answer(case, STARTED, "construction_started_on"))
    if finished and started and finished < started:
        yield Problem("construction_finished_on", f"实际完工日期早于开工日期 {started}")


def works_locked(case: Case) -> str:
    """What the intermediate inspection rests on stays as it was."""
    return "已受理中间检查申请,不能再改" if last(case, APPLIED) else ""
