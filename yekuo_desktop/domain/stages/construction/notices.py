"""The two notices after the intermediate inspection and what follows from them: the meters are installed and
adjusted, the supply contract is drafted and signed (种子文件 四; regulations.md 3.4, 4.5, 6.1)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from yekuo_desktop.domain.act import Context, not_before
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.formalities import METER_RESTS_ON, connected, outdated
from yekuo_desktop.domain.people import Person
from yekuo_desktop.domain.records import answer, last, since
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.construction import rounds
from yekuo_desktop.domain.stages.construction.works import STARTED, has_works
from yekuo_desktop.domain.tasks import Proposal, step_required
from yekuo_desktop.domain.validate import day_of
from yekuo_desktop.domain.validity import plan_expired_on, valid_until

PLAN = "plan.drafted"
ORDERED, INSTALLED = "metering.ordered", "metering.installed"
REQUESTED, DRAFTED, SIGNED = "contract.requested", "contract.drafted", "contract.signed"
PREPAID = "prepaid"  # code of resources/codes/payment_modes.toml
CONNECTION = "connection"  # id of the limit of 装表接电 in the rule sets


def notifying_blocked(case: Case, _actor: Person, reference: Reference) -> str:
    """中间检查合格后 the project manager notifies metering and contract staff (种子文件 四); where the rules
    demand no inspection, once the works have begun; where there are none, at once."""
    if has_works(case, reference) and last(case, STARTED) is None:
        return "还没有登记开工,不能发通知"
    demanded = step_required("intermediate_inspection")(case, reference)
    return "中间检查还没有合格,不能发通知" if demanded and not rounds.passed(case) else ""


# ---- metering ------------------------------------------------------------------------------------


def _wished(key: str, case: Case, context: Context) -> Iterator[Proposal]:
    """A day within the time the rule set gives for the connection itself."""
    rules = context.reference.rulesets.get(case.rules)
    limits = rules.limits_for(case.klass, case.business) if rules else ()
    found = next((limit for limit in limits if limit.id == CONNECTION), None)
    if found is not None and found.unit == "workday":
        due = context.reference.calendar.add_workdays(context.day, found.amount)
        yield Proposal(key, due.isoformat(), f"{found.label}时限为 {found.allowance},据此建议")


def planned_points(case: Case) -> list[dict[str, Any]]:
    """The metering points of the supply plan in the words of the order."""
    return [_point(row) for row in answer(case, PLAN, "metering_points") or ()]


def _point(row: Mapping[str, Any]) -> dict[str, Any]:
    """Specification and accuracy of each device as one would order it."""
    known = {key: row.get(key, "") for key in ("place", "mode", "wiring")}
    devices = {key: _specified(row, key) for key in ("meter", "ct", "pt")}
    return {key: text for key, text in (known | devices).items() if text}


def _specified(row: Mapping[str, Any], key: str) -> str:
    return " ".join(str(row[part]) for part in (key, f"{key}_accuracy") if row.get(part))


def propose_order(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """What the plan says is to be installed."""
    points = planned_points(case)
    if points and not values.get("metering_order_points"):
        yield Proposal("metering_order_points", points, "取自供电方案的计量点")
    planned = answer(case, PLAN, "metering_points") or ()
    if planned:
        prepaid = any(row.get("payment") == PREPAID for row in planned)
        yield Proposal("metering_order_prepaid", prepaid, "供电方案的付费方式")
    yield from _wished("metering_order_due", case, context)


def check_order(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """The wished day lies ahead; a plan that ran out before anything began is pointed out (R10)."""
    due = day_of(values.get("metering_order_due"))
    if due and due < context.day:
        yield Problem("metering_order_due", "要求装表完成日期已过")
    plan = valid_until(case, context.reference)
    if plan is not None and plan_expired_on(case, context.reference, context.day):
        words = f"供电方案已于 {plan.until} 到期,请核实用电需求有无变化;有变化的退回重新拟定方案"
        yield Problem("metering_order_points", words, warning=True)


def ordered(case: Case) -> bool:
    """Whether the meters have been ordered as the plan that stands wants them."""
    found = last(case, ORDERED)
    return found is not None and not outdated(case, found, METER_RESTS_ON)


def installed(case: Case) -> bool:
    """The same of what was installed."""
    found = last(case, INSTALLED)
    return found is not None and not outdated(case, found, METER_RESTS_ON)


def installing_blocked(case: Case, _actor: Person, _reference: Reference) -> str:
    """计量部门接到通知后装表."""
    if last(case, ORDERED) is None:
        return "客户项目经理还没有开出装表工单"
    return "" if ordered(case) else "供电方案的计量点有变更,客户项目经理还没有重新开出装表工单"


def propose_installation(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """The points of the order, to be completed with what was installed."""
    if values.get("installed_meters"):
        return
    keys = ("place", "meter", "ct", "pt")
    today = context.day.isoformat()
    rows = [
        {**{key: row[key] for key in keys if row.get(key)}, "installer": context.actor.name, "day": today}
        for row in answer(case, ORDERED, "metering_order_points") or ()
    ]
    if rows:
        yield Proposal("installed_meters", rows, "取自装表工单,请补填资产编号")


def check_installation(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """Everything ordered was installed, in time order, no meter twice; adjusted and tested."""
    yield from not_before(last(case, ORDERED), "装表通知", context)
    rows = values.get("installed_meters") or ()
    ordered = answer(case, ORDERED, "metering_order_points") or ()
    if rows and len(rows) < len(ordered):
        words = f"装表工单要求 {len(ordered)} 处,只登记了 {len(rows)} 处"
        yield Problem("installed_meters", words)
    yield from _twice(rows)
    yield from _install_days(case, rows, context)
    yield from _other_ratio(rows, ordered)
    for key, words in (("meters_adjusted", "还没有按方案调试"), ("meters_tested", "没有检定、试验合格")):
        if values.get(key) is False:
            yield Problem(key, f"计量装置{words},不能登记为已装")
    if values.get("meters_tester") in {row.get("installer") for row in rows}:
        words = "调试核对人与安装人是同一人,宜由另一人核对"
        yield Problem("meters_tester", words, warning=True)


def _twice(rows: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    numbers = [str(row.get("asset_no", "")) for row in rows if row.get("asset_no")]
    for number in dict.fromkeys(n for n in numbers if numbers.count(n) > 1):
        yield Problem("installed_meters", f"资产编号 {number} 登记了两次")


def _install_days(case: Case, rows: Iterable[Mapping[str, Any]], context: Context) -> Iterator[Problem]:
    order = last(case, ORDERED)
    ordered_on = order.stated.astimezone(CHINA).date() if order else None
    for at, row in enumerate(rows, start=1):
        day = day_of(row.get("day"))
        if day and day > context.day:
            yield Problem("installed_meters", f"第 {at} 行安装日期 {day} 晚于登记时间,不能预先登记")
        if day and ordered_on and day < ordered_on:
            yield Problem("installed_meters", f"第 {at} 行安装日期 {day} 早于装表工单({ordered_on})")


def _other_ratio(rows: Any, ordered: Any) -> Iterator[Problem]:
    for at, (row, wanted) in enumerate(zip(rows, ordered, strict=False), start=1):
        for key, words in (("meter", "电能表"), ("ct", "电流互感器"), ("pt", "电压互感器")):
            if wanted.get(key) and (row.get(key) or "") != wanted[key]:
                text = f"第 {at} 行{words}与装表工单不同(工单:{wanted[key]})"
                yield Problem("installed_meters", text, warning=True)


# ---- notice to draft -----------------------------------------------------------------------------


def kind_of(case: Case) -> str:
    """The kind of contract such a case gets: code of resources/codes/contract_kinds.toml."""
    if case.business == "temporary":
        return "temporary"
    if case.klass == "lv_resident":
        return "resident"
    return "high" if case.klass.startswith("hv") else "low"


BASIS = {
    "plan_reply_low_voltage": "供电方案答复单",
    "plan_reply_high_voltage": "供电方案答复单",
    "design_opinion": "设计审查意见书",
    "intermediate_opinion": "中间检查意见书",
}


def propose_request(case: Case, values: Values, context: Context) -> Iterable[Proposal]:
    """Kind by class; the papers a contract rests on (regulations.md 3.4 合同依据)."""
    if not values.get("contract_wanted_kind"):
        yield Proposal("contract_wanted_kind", kind_of(case), "按客户类别和业务类型")
    yield from _wished("contract_wanted_by", case, context)
    papers = [f"{BASIS[p.form]} {p.sheet_no}" for p in case.papers if p.form in BASIS and not p.void]
    basis = "；".join([f"用电申请 {case.number}", *papers])
    yield Proposal("contract_basis", basis, "申请、方案答复和检查意见")


def check_request(case: Case, values: Values, context: Context) -> Iterable[Problem]:
    """The wished day lies ahead; another kind than the class has is asked about."""
    due = day_of(values.get("contract_wanted_by"))
    if due and due < context.day:
        yield Problem("contract_wanted_by", "要求起草日期已过")
    kind = values.get("contract_wanted_kind")
    if kind and kind != kind_of(case):
        label = context.reference.code_label("contract_kinds", kind_of(case))
        yield Problem("contract_wanted_kind", f"这类业务一般签{label},请核对", warning=True)


def order_locked(case: Case) -> str:
    """What was installed was ordered so."""
    return "已按装表工单装表,不能再改" if since(case, INSTALLED, ORDERED) else ""


def installed_locked(case: Case) -> str:
    """What hangs under voltage was installed so; later changes belong to the check of the meter."""
    return "已经送电,不能再改;换表的在核表整改中登记,写错的请退回重办" if connected(case) else ""


def request_locked(case: Case) -> str:
    """What was signed was asked for so."""
    return "合同已经签订,不能再改" if last(case, SIGNED) else ""
