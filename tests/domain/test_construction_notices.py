"""After the inspection: the two notices, and the meters (种子文件 四; regulations.md 3.4)."""

from typing import Any

import pytest

from tests.domain.replies import in_stage, walked
from tests.domain.trade import Trade
from tests.domain.walk import DAY, given, walk
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.formalities import METER_INSTALLED, formalities
from yekuo_desktop.domain.path import Correction
from yekuo_desktop.office.practice.construction import answers

PLANNED = [
    {
        "place": "计量柜",
        "mode": "1",
        "wiring": "2",
        "meter": "3×100V 1.5(6)A",
        "meter_accuracy": "0.5S",
        "ct": "30/5",
        "ct_accuracy": "0.2S",
        "payment": "prepaid",
    }
]
POINT = {"place": "计量柜", "meter": "3×100V 1.5(6)A 0.5S", "ct": "30/5 0.2S"}
ORDER = {"metering_order_points": [POINT], "metering_order_due": "2026-04-01"}
REQUEST = {"contract_wanted_kind": "high", "contract_wanted_by": "2026-04-01"}
METER = {**POINT, "asset_no": "4101-1", "installer": "杜伟", "day": "2026-03-10"}
INSTALLED = {
    "installed_meters": [METER],
    "meters_adjusted": True,
    "meters_tested": True,
    "meters_tester": "田园",
}


def case(klass: str = "hv_single", rules: str = "seed", **values: Any) -> Trade:
    trade = Trade(klass, "construction", rules=rules, values={"klass": klass, **values})
    given(trade, "plan.drafted", supply_voltage="10kv", metering_points=PLANNED)
    return given(trade, "design.concluded", design_result="agreed")


def inspected() -> Trade:
    return walk(case(), answers("hv_single", DAY), "intermediate.inspected", 2)


def ordered() -> Trade:
    trade = inspected()
    trade.do("metering.ordered", "liming", **ORDER)
    return trade


# ---- the two notices -----------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "values"), [("metering.ordered", ORDER), ("contract.requested", REQUEST)])
@pytest.mark.parametrize(
    ("klass", "rules", "importance", "done", "said"),
    [
        ("hv_single", "seed", "none", "", "还没有登记开工"),
        ("hv_single", "seed", "none", "construction.started", "中间检查还没有合格"),
        ("hv_single", "seed", "none", "intermediate.rectified", "中间检查还没有合格"),
        # Ordinary high voltage of 2024 has no inspection: once the works have begun.
        ("hv_single", "supply_rules_2024", "none", "contractor.checked", "还没有登记开工"),
        ("hv_single", "supply_rules_2024", "none", "construction.started", ""),
        ("hv_single", "supply_rules_2024", "level_2", "construction.started", "中间检查还没有合格"),
        ("lv_nonresident", "supply_rules_2024", "none", "contractor.checked", "还没有登记开工"),
        ("lv_nonresident", "supply_rules_2024", "none", "construction.started", ""),
        # A household has no works of its own: at once.
        ("lv_resident", "supply_rules_2024", "none", "", ""),
        ("lv_resident", "regulation_2010", "none", "", ""),
    ],
)
def test_both_notices_follow_the_inspection_or_the_start(
    kind: str, values: dict[str, Any], klass: str, rules: str, importance: str, done: str, said: str
) -> None:
    trade = case(klass, rules, importance=importance)
    if done:
        walk(trade, answers(klass, DAY), done)
    refused = trade.refusal(kind, "liming", **values)
    assert said in refused if said else refused == ""


@pytest.mark.parametrize("login", ["wangli", "heping", "duwei", "xuemei", "qianyong"])
def test_the_project_manager_gives_both(login: str) -> None:
    assert "由客户项目经理办理" in inspected().refusal("metering.ordered", login, **ORDER)
    assert "由客户项目经理办理" in inspected().refusal("contract.requested", login, **REQUEST)


def test_what_the_plan_says_is_ordered() -> None:
    proposed = inspected().proposed("metering.ordered", "liming")
    assert proposed["metering_order_points"].value == [{**POINT, "mode": "1", "wiring": "2"}]
    assert proposed["metering_order_prepaid"].value is True
    assert "metering_order_due" in proposed
    assert "5 个工作日" in proposed["metering_order_due"].reason  # 装表接电 of this set


def test_what_the_contract_rests_on_is_proposed() -> None:
    proposed = inspected().proposed("contract.requested", "liming")
    assert proposed["contract_wanted_kind"].value == "high"
    assert "用电申请 YK4101-HK01-260310-0001" in proposed["contract_basis"].value


@pytest.mark.parametrize(
    ("klass", "business", "kind"),
    [
        ("lv_resident", "new", "resident"),
        ("lv_nonresident", "increase", "low"),
        ("hv_single", "new", "high"),
        ("hv_dual", "new", "high"),
        ("lv_nonresident", "temporary", "temporary"),
    ],
)
def test_the_kind_of_contract_follows_class_and_business(klass: str, business: str, kind: str) -> None:
    trade = Trade(klass, "construction", values={"klass": klass, "business": business})
    assert trade.proposed("contract.requested", "liming")["contract_wanted_kind"].value == kind
    other = "low" if kind != "low" else "high"
    found = trade.found("contract.requested", "liming", **REQUEST | {"contract_wanted_kind": other})
    assert [(p.field, p.warning) for p in found] == [("contract_wanted_kind", True)]


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("metering.ordered", ORDER | {"metering_order_due": "2026-03-01"}, "日期已过"),
        ("metering.ordered", ORDER | {"metering_order_points": []}, "请填写应装计量装置"),
        ("metering.ordered", ORDER | {"metering_order_to": "liming"}, "李明不能担任装表工单送交"),
        ("contract.requested", REQUEST | {"contract_wanted_by": "2026-03-01"}, "日期已过"),
        ("contract.requested", REQUEST | {"contract_assignee": "duwei"}, "杜伟不能担任通知送交"),
        ("contract.requested", REQUEST | {"contract_assignee": "xuemei"}, ""),
    ],
)
def test_notices_say_what_until_when_to_whom(kind: str, values: dict[str, Any], said: str) -> None:
    refused = inspected().refusal(kind, "liming", **values)
    assert said in refused if said else refused == ""


# ---- the meters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (INSTALLED, ""),
        (INSTALLED | {"installed_meters": []}, "请填写已装计量装置"),
        (INSTALLED | {"installed_meters": [{**METER, "asset_no": ""}]}, "第 1 行:请填写电能表资产编号"),
        (INSTALLED | {"installed_meters": [{**METER, "installer": ""}]}, "第 1 行:请填写安装人"),
        (INSTALLED | {"installed_meters": [METER, METER]}, "资产编号 4101-1 登记了两次"),
        (INSTALLED | {"installed_meters": [{**METER, "day": "2026-03-09"}]}, "早于装表工单"),
        (INSTALLED | {"installed_meters": [{**METER, "day": "2026-05-01"}]}, "不能预先登记"),
        (INSTALLED | {"meters_adjusted": False}, "还没有按方案调试,不能登记为已装"),
        (INSTALLED | {"meters_tested": False}, "没有检定、试验合格,不能登记为已装"),
        (INSTALLED | {"meters_tester": ""}, "请填写调试核对人"),
    ],
)
def test_meters_are_installed_adjusted_and_tested(values: dict[str, Any], said: str) -> None:
    refused = ordered().refusal("metering.installed", "duwei", **values)
    assert said in refused if said else refused == ""


def test_everything_ordered_is_installed() -> None:
    trade = inspected()
    trade.do("metering.ordered", "liming", **ORDER | {"metering_order_points": [POINT, POINT]})
    assert "要求 2 处,只登记了 1 处" in trade.refusal("metering.installed", "duwei", **INSTALLED)
    proposed = trade.proposed("metering.installed", "duwei")["installed_meters"].value
    assert [row["meter"] for row in proposed] == [POINT["meter"]] * 2
    assert {row["installer"] for row in proposed} == {"杜伟"}


def test_another_ratio_and_checking_oneself_are_pointed_out() -> None:
    trade = ordered()
    other = INSTALLED | {"installed_meters": [{**METER, "ct": "50/5 0.2S"}], "meters_tester": "杜伟"}
    found = trade.found("metering.installed", "duwei", **other)
    assert [(p.field, p.warning) for p in found] == [("installed_meters", True), ("meters_tester", True)]
    assert "电流互感器与装表工单不同(工单:30/5 0.2S)" in found[0].text


def test_metering_installs_after_the_order_and_nobody_else() -> None:
    assert "还没有开出装表工单" in inspected().refusal("metering.installed", "duwei", **INSTALLED)
    assert "由计量人员办理" in ordered().refusal("metering.installed", "liming", **INSTALLED)


def test_an_installed_meter_is_a_formality_of_the_connection() -> None:
    trade = ordered()
    assert trade.case.records[-1].kind != METER_INSTALLED

    def settled() -> bool:
        found = formalities(trade.case, trade.context("duwei").reference)
        return next(f.settled for f in found if f.id == "meter") is not None

    assert not settled()
    trade.do("metering.installed", "duwei", **INSTALLED)
    assert settled()
    order = next(r for r in trade.case.records if r.kind == "metering.ordered")
    change = Correction(order.id, {"metering_order_due": ("2026-04-01", "2026-04-02")}, "改期")
    with pytest.raises(Refused, match="已按装表工单装表"):
        trade.act("record.corrected", change, "liming")


def test_a_plan_that_ran_out_before_anything_began_is_pointed_out() -> None:
    """R10, where there are no works whose start would be stopped."""
    trade = walked("lv_resident", 4)
    in_stage(trade, "construction")
    order = {**ORDER, "metering_order_due": "2026-06-20"}
    assert not trade.found("metering.ordered", "liming", **order)
    trade.later(days=95)
    found = trade.found("metering.ordered", "liming", **order)
    assert [(p.field, p.warning) for p in found] == [("metering_order_points", True)]
    assert "到期" in found[0].text
