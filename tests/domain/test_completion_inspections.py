"""The joint inspection of stage 5 (种子文件 五; regulations.md 1.3, 2.11): opinions on the spot, the minutes,
what they rest on, and that the conclusion follows from them."""

from typing import Any

import pytest

from tests.domain.completion_cases import rows, said, texts, walked
from tests.domain.trade import Trade, reference
from tests.domain.walk import given
from yekuo_desktop.domain.stages.completion.inspection import items

OPINED, INSPECTED = "completion.opined", "completion.inspected"
APPLIED, DELIVERED = "completion.applied", "completion.delivered"
AGREED = {"completion_department": "marketing", "completion_opinion": "agree", "completion_signer": "孙浩"}


def agreed(*, klass: str = "hv_single", rules: str = "seed") -> Trade:
    """Reported, and agreed to by every department that must speak."""
    trade = walked(APPLIED, klass=klass, rules=rules)
    for department in ("marketing", "production"):
        trade.do(OPINED, "sunhao", **{**AGREED, "completion_department": department})
    return trade


def passing(**changes: Any) -> dict[str, Any]:
    """A first inspection that finds nothing wrong."""
    values = said(INSPECTED)
    details = rows(values, "completion_details", passed="passed")
    right = {"completion_result": "passed", "completion_defects": [], "completion_details": details}
    return {**values, **right, **changes}


# ---- opinions ------------------------------------------------------------------------------------


def test_nobody_speaks_before_the_report_nor_after_the_minutes() -> None:
    assert walked().refusal(OPINED, "sunhao", **AGREED) == "客户还没有报验"
    trade = agreed()
    trade.do(INSPECTED, "heping", **passing())
    assert trade.refusal(OPINED, "sunhao", **AGREED) == "本次验收已经出具纪要"


def test_the_minutes_wait_for_every_department() -> None:
    """种子文件 五: 营销部、生技部; whoever spoke twice counts once, with what he said last."""
    trade = walked(APPLIED)
    assert trade.refusal(INSPECTED, "heping", **passing()) == "还没有部门意见:营销部、生技部"
    trade.do(OPINED, "sunhao", **AGREED)
    trade.do(OPINED, "sunhao", **AGREED)
    assert trade.refusal(INSPECTED, "heping", **passing()) == "还没有部门意见:生技部"


def test_other_departments_may_come_too() -> None:
    trade = agreed()
    against = {**AGREED, "completion_department": "metering", "completion_opinion": "refuse"}
    assert trade.refusal(OPINED, "duwei", **against) == "请写明问题和整改要求"
    trade.do(OPINED, "duwei", **against, completion_words="表位过高")
    assert "计量不同意,结论不能为合格" in trade.refusal(INSPECTED, "heping", **passing())


def test_the_newest_opinion_of_a_department_counts() -> None:
    trade = agreed()
    first = {**AGREED, "completion_opinion": "change", "completion_words": "通道堵塞"}
    trade.do(OPINED, "sunhao", **first)
    assert "营销部不同意" in trade.refusal(INSPECTED, "heping", **passing())
    trade.do(OPINED, "sunhao", **AGREED)
    assert trade.refusal(INSPECTED, "heping", **passing()) == ""


# ---- scope and list ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "scope", "refused", "asked"),
    [
        # 供电营业规则 2024: 仅涉网部分 (regulations.md 1.3); the others: the works
        ("supply_rules_2024", "network", "", ""),
        ("supply_rules_2024", "whole", "", "本业务的规则集只检验涉网部分,扩大范围请有依据"),
        ("rules_2019", "network", "本业务的规则集要求检验受电工程全部", ""),
        ("seed", "network", "本业务的规则集要求检验受电工程全部", ""),
        ("seed", "whole", "", ""),
    ],
)
def test_what_part_is_inspected_follows_from_the_rule_set(
    rules: str, scope: str, refused: str, asked: str
) -> None:
    trade = agreed(rules=rules)
    values = passing(completion_scope=scope)
    assert trade.refusal(INSPECTED, "heping", **values) == refused
    assert texts(trade.found(INSPECTED, "heping", **values), warning=True) == asked
    wanted = "network" if rules == "supply_rules_2024" else "whole"
    assert trade.proposed(INSPECTED, "heping")["completion_scope"].value == wanted


def test_the_network_part_has_a_shorter_list() -> None:
    network = [label for _, label in items("network", reference())]
    whole = [label for _, label in items("whole", reference())]
    assert "产权分界点、进线与接入点" in network
    assert "电气设备试验" not in network
    assert set(network) < set(whole)
    assert items("", reference()) == ()
    trade = agreed(rules="supply_rules_2024")
    proposed = trade.proposed(INSPECTED, "heping")["completion_details"].value
    assert [row["item"] for row in proposed] == network
    assert all(row["standard"] for row in proposed)


def test_everything_on_the_list_is_looked_at_once() -> None:
    trade = agreed()
    details = passing()["completion_details"]
    found = trade.refusal(INSPECTED, "heping", **passing(completion_details=details[1:]))
    assert found == "还没有验收:与审查同意的设计一致;不涉及的也请写明"
    twice = trade.refusal(INSPECTED, "heping", **passing(completion_details=[*details, details[0]]))
    assert twice == "同一验收项目写了两次"


# ---- conclusion ----------------------------------------------------------------------------------


def failing_row(values: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**values["completion_details"][0], "passed": "failed"}, *values["completion_details"][1:]]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"completion_defects": said(INSPECTED)["completion_defects"]}, "有缺陷的,结论应为不合格"),
        ({"completion_details": failing_row(passing())}, "与审查同意的设计一致不合格,结论不能为合格"),
        ({"completion_result": "failed"}, "请逐条写明缺陷、整改要求、责任方和期限"),
        ({"completion_inspectors": [{"department": "production", "name": "高志远"}]}, "验收由营销部牵头"),
        ({"completion_basis": ""}, "请填写验收依据"),
        ({"completion_customer_present": ""}, "请填写客户参加人员"),
        ({"completion_evaluation": ""}, "请填写总体评价"),
    ],
)
def test_the_conclusion_follows_from_what_was_seen(changes: dict[str, Any], words: str) -> None:
    assert words in agreed().refusal(INSPECTED, "heping", **passing(**changes))


@pytest.mark.parametrize("column", ["what", "required", "responsible", "due"])
def test_a_defect_says_what_whose_and_by_when(column: str) -> None:
    """product.md 5: what, the required rectification, who is responsible, by when."""
    values = said(INSPECTED)
    values["completion_defects"] = rows(values, "completion_defects", **{column: ""})
    assert "第 1 行:请填写" in agreed().refusal(INSPECTED, "heping", **values)


def test_a_defect_is_not_due_before_it_was_found() -> None:
    values = said(INSPECTED)
    values["completion_defects"] = rows(values, "completion_defects", due="2026-03-09")
    assert "第 1 条的整改期限 2026-03-09 早于验收日期" in agreed().refusal(INSPECTED, "heping", **values)


def test_what_the_departments_said_becomes_conclusion_and_defects() -> None:
    found = agreed().proposed(INSPECTED, "heping")
    assert (found["completion_result"].value, found["completion_result"].reason) == ("passed", "各部门均同意")
    trade = agreed()
    trade.do(
        OPINED,
        "sunhao",
        **{**AGREED, "completion_opinion": "change", "completion_words": "通道堵塞"},
    )
    found = trade.proposed(INSPECTED, "heping")
    assert found["completion_result"].value == "failed"
    assert found["completion_defects"].value == [{"what": "通道堵塞"}]
    present = (found["completion_customer_present"].value, found["completion_builder_present"].value)
    assert present == ("示例客户", "郑长顺")
    people = [row["name"] for row in found["completion_inspectors"].value]
    assert people == ["孙浩", "孙浩"]


def test_the_minutes_rest_on_drawings_and_intermediate_inspection() -> None:
    """种子文件 五: 以批准的设计、中间检查纪要为依据."""
    trade = walked()
    given(trade, "design.concluded", design_result="agreed")
    given(trade, "intermediate.inspected", intermediate_result="failed")
    given(trade, "intermediate.inspected", intermediate_result="passed")
    basis = trade.proposed(INSPECTED, "heping")["completion_basis"].value
    assert "审查同意的设计图纸及审查意见书（2026-03-10）" in basis
    assert "中间检查意见（2026-03-10，不合格，需整改）；中间检查意见（2026-03-10，合格）" in basis
    unreviewed = walked().proposed(INSPECTED, "heping")["completion_basis"].value
    assert unreviewed == "随报验资料提供的设计图纸及说明"


@pytest.mark.parametrize("by", ["liming", "wangli", "duwei", "maqiang", "xuemei", "luoxin"])
def test_the_inspection_is_concluded_by_those_who_inspect(by: str) -> None:
    assert "由勘查审查人员、用电检查专责办理" in agreed().refusal(INSPECTED, by, **passing())


# ---- signatures ----------------------------------------------------------------------------------


def test_both_sides_sign_and_only_then_the_stage_is_left() -> None:
    """缺陷一次书面提出, 双方签字 (regulations.md 3.2)."""
    trade = agreed()
    signed = said(DELIVERED)
    assert trade.refusal(DELIVERED, "liming", **signed) == "还没有出具竣工验收纪要"
    trade.do(INSPECTED, "heping", **passing())
    assert trade.case.stage == "completion"
    proposed = trade.proposed(DELIVERED, "liming")
    assert (proposed["completion_our_signer"].value, proposed["completion_receiver"].value) == (
        "heping",
        "王海",
    )
    assert "请填写客户签字人" in trade.refusal(DELIVERED, "liming", **{**signed, "completion_receiver": ""})
    trade.do(DELIVERED, "liming", **signed)
    assert trade.case.stage == "energization"


def test_the_builder_signs_for_what_he_must_put_right() -> None:
    trade = walked(INSPECTED)
    signed = said(DELIVERED, completion_builder_receiver="")
    assert trade.refusal(DELIVERED, "liming", **signed) == "有施工单位负责整改的缺陷,请施工单位签字"


def test_an_unscanned_signature_is_asked_for() -> None:
    found = walked(INSPECTED).found(DELIVERED, "liming", **said(DELIVERED, completion_receipt=""))
    assert texts(found, warning=True) == "请附双方签字的纪要扫描件(归档时要查)"
