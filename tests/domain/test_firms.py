"""The public list: shown whole, in an order nobody chose; its units checked (国能发监管〔2020〕65号)."""

from datetime import date
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.domain.trade import ORGANISATION, Trade
from yekuo_desktop.domain.firms import Firm, firm_faults, in_random_order, left_out, named, shown
from yekuo_desktop.office.practice.firms import firms

DAY = date(2026, 3, 10)
LISTED = firms(DAY)
KEPT = replace(ORGANISATION, firms={firm.id: firm for firm in LISTED})
ONE = next(firm for firm in LISTED if firm.kind == "builder")


def test_the_order_follows_from_the_case_alone_and_differs_between_cases() -> None:
    orders = {in_random_order(LISTED, "builder", f"case-{at}") for at in range(40)}
    assert len(orders) == 6  # every order of three units
    assert {order[0].name for order in orders} == {f.name for f in LISTED if f.kind == "builder"}
    assert in_random_order(LISTED, "builder", "a") == in_random_order(tuple(reversed(LISTED)), "builder", "a")


def test_the_list_is_whole_and_of_its_kind() -> None:
    gone = (replace(ONE, listed=False), *(f for f in LISTED if f.id != ONE.id))
    names = [firm.name for firm in in_random_order(gone, "builder", "a")]
    assert ONE.name not in names
    assert len(names) == len([f for f in LISTED if f.kind == "builder"]) - 1
    assert shown(in_random_order(LISTED, "tester", "a")[:1]).startswith("1.")
    assert list(left_out(LISTED, "builder", shown(in_random_order(LISTED, "builder", "x")))) == []
    assert list(left_out(LISTED, "builder", f"1.{ONE.name}")) == [
        f.name for f in LISTED if f.kind == "builder" and f.id != ONE.id
    ]
    assert named(LISTED, "builder", f" {ONE.name} ") == ONE
    assert named(LISTED, "designer", ONE.name) is None
    assert named(gone, "builder", ONE.name) is None


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({}, "", ""),
        ({"kind": "supplier"}, "kind", "类别"),
        ({"name": " "}, "name", "名称"),
        ({"name": LISTED[4].name}, "name", "已有施工单位"),
        ({"grade": ""}, "grade", "许可证等级"),
        ({"regime": ""}, "regime", "等级制度"),
        ({"certificate": ""}, "certificate", "许可证编号"),
        ({"valid_until": None}, "valid_until", "止日"),
        ({"valid_until": date(2020, 1, 1)}, "valid_until", "早于起日"),
        ({"certificate": "", "grade": "", "listed": False}, "", ""),
        ({"kind": "designer", "regime": ""}, "", ""),
    ],
)
def test_what_is_wrong_with_a_unit_is_said(changes: dict[str, Any], field: str, said: str) -> None:
    faults = dict(firm_faults(replace(ONE, **changes), LISTED))
    assert set(faults) == ({field} if field else set())
    assert said in "".join(faults.values())


@pytest.mark.parametrize(
    ("stage", "kind", "who"),
    [("design", "designer.chosen", "designer"), ("construction", "contractor.checked", "builder")],
)
def test_a_customer_sees_all_of_them_and_nobody_is_named(stage: str, kind: str, who: str) -> None:
    trade = Trade("hv_single", stage, rules="seed", organisation=KEPT)
    proposed = trade.proposed(kind, "liming")[f"{who}_list"]
    assert proposed.value == shown(in_random_order(LISTED, who, trade.case.id))
    assert "随机" in proposed.reason

    def fields(**values: Any) -> dict[str, str]:
        found = trade.found(kind, "liming", **values)
        return {p.field: p.text for p in found if p.field.startswith(who) and not p.text.startswith("请")}

    some = fields(**{f"{who}_list": "1.甲", f"{who}_own_choice": False})
    assert "须完整出示" in some[f"{who}_list"]
    assert "三不指定" in some[f"{who}_own_choice"]
    units = in_random_order(LISTED, who, trade.case.id)
    for order in (tuple(reversed(units)), (*units, replace(units[0], name="外地单位"))):
        assert "原样出示" in fields(**{f"{who}_list": shown(order)})[f"{who}_list"]
    whole = fields(**{f"{who}_list": proposed.value, f"{who}_own_choice": True})
    assert f"{who}_list" not in whole
    assert f"{who}_own_choice" not in whole


def test_the_list_of_a_whole_prefecture_can_be_shown() -> None:
    many = [replace(ONE, id=str(at), name=f"{at:03}号电力安装工程有限公司") for at in range(600)]
    trade = Trade(
        "hv_single",
        "construction",
        rules="seed",
        organisation=replace(ORGANISATION, firms={firm.id: firm for firm in many}),
    )
    proposed = trade.proposed("contractor.checked", "liming")["builder_list"].value
    found = trade.found("contractor.checked", "liming", builder_list=proposed)
    assert not [problem.text for problem in found if problem.field == "builder_list"]


@pytest.mark.parametrize(
    ("stage", "kind", "who"),
    [("design", "designer.chosen", "designer"), ("construction", "contractor.checked", "builder")],
)
def test_what_the_list_knows_of_the_chosen_one_is_proposed(stage: str, kind: str, who: str) -> None:
    trade = Trade("hv_single", stage, rules="seed", organisation=KEPT)
    chosen = next(firm for firm in LISTED if firm.kind == who)
    found = trade.proposed(kind, "liming", **{f"{who}_name": chosen.name})
    assert found[f"{who}_grade"].value == chosen.grade
    assert found[f"{who}_valid_until"].value == str(chosen.valid_until)
    assert found[f"{who}_phone"].value == chosen.phone
    stranger = trade.found(kind, "liming", **{f"{who}_name": "外地单位"})
    assert [(p.text, p.warning) for p in stranger if p.field == f"{who}_name"] == [
        ("不在公开名录中,请核验证书原件", True)
    ]


def test_without_a_list_of_that_kind_nothing_is_asked_for() -> None:
    only = replace(ORGANISATION, firms={ONE.id: ONE})
    trade = Trade("hv_single", "design", rules="seed", organisation=only)
    assert trade.proposed("designer.chosen", "liming") == {}
    found = trade.found("designer.chosen", "liming", designer_name="外地单位")
    assert not [p for p in found if p.field in ("designer_list", "designer_name")]


def test_a_unit_read_from_an_older_journal_has_no_licence_table() -> None:
    kept = b'{"id": "x", "kind": "builder", "name": "\xe7\x94\xb2", "grade": "4"}'
    assert msgspec.json.decode(kept, type=Firm) == Firm(id="x", kind="builder", name="甲", grade="4")
