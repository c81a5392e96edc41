"""Stage 3 up to the review: the customer's designer, the papers and the four sets of drawings
(种子文件 三; regulations.md 2.9, 3.3, 3.4)."""

from typing import Any

import pytest

from tests.domain.trade import Trade
from tests.domain.walk import DAY, walk
from yekuo_desktop.office.practice.design import answers

CHOICE = {
    "designer_name": "某设计院",
    "designer_grade": "b",
    "designer_certificate": "A141",
    "designer_valid_until": "2028-01-01",
    "designer_own_choice": True,
}
ASKED = {  # regulations.md 3.4 设计审查, by class
    "hv_single": {
        "设计单位资质等级证书复印件",
        "受电工程设计图纸及说明（设计单位盖章，一式四份）",
        "负荷分布图",
        "隐蔽工程设计资料",
        "配电网络布置图",
        "主要电气设备一览表",
    },
}
ASKED["hv_dual"] = ASKED["hv_single"] | {"双电源主接线、平面与电缆走向、继保与备自投图"}


def sent(klass: str = "hv_single", **changes: Any) -> dict[str, Any]:
    """A complete submission with some answers changed."""
    return {
        "design_sender": "某设计院",
        "design_sent_by": "韩雪",
        "drawing_sets": "4",
        "designer_sealed": True,
        "design_papers": [{"name": name, "state": "original"} for name in ASKED[klass]],
        **changes,
    }


def chosen(klass: str = "hv_single", **values: Any) -> Trade:
    trade = Trade(klass, "design", rules="seed", values={"klass": klass, **values})
    trade.do("designer.chosen", "liming", **CHOICE)
    return trade


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"designer_own_choice": False}, "三不指定"),
        ({"designer_own_choice": None}, "请填写客户自选"),
        ({"designer_grade": ""}, "请填写资质等级"),
        ({"designer_grade": "x"}, "没有“x”这一项"),
        ({"designer_certificate": ""}, "请填写资质证书编号"),
        ({"designer_valid_until": "2026-03-09"}, "已于 2026-03-09 到期"),
        ({"designer_valid_until": "2026-03-10"}, ""),  # its last day
    ],
)
def test_the_choice_and_the_qualification(changes: dict[str, Any], said: str) -> None:
    refused = Trade("hv_single", "design", rules="seed").refusal(
        "designer.chosen", "liming", **CHOICE | changes
    )
    assert said in refused if said else refused == ""


def test_the_copy_of_the_certificate_is_asked_for_and_stops_nothing() -> None:
    found = Trade("hv_single", "design", rules="seed").found("designer.chosen", "liming", **CHOICE)
    assert [(p.field, p.warning) for p in found] == [("designer_copy", True)]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"drawing_sets": "3"}, "图纸须报送 4 份,现有 3 份"),
        ({"drawing_sets": "5"}, ""),
        ({"line_sets": "2"}, "线路图纸须报送 4 份,现有 2 份"),
        ({"civil_sets": "0", "substation_sets": "4"}, ""),  # no civil works
        ({"designer_sealed": False}, "未盖设计单位章"),
        ({"design_papers": []}, "缺“负荷分布图”"),
        ({"design_papers": [{"name": "负荷分布图", "state": "missing"}]}, "缺“负荷分布图”"),
    ],
)
def test_four_sets_sealed_and_every_paper(changes: dict[str, Any], said: str) -> None:
    refused = chosen().refusal("design.received", "liming", **sent(**changes))
    assert said in refused if said else refused == ""


@pytest.mark.parametrize("klass", ASKED)
def test_the_papers_asked_for_are_those_of_the_class(klass: str) -> None:
    proposed = chosen(klass).proposed("design.received", "liming")
    assert {row["name"] for row in proposed["design_papers"].value} == ASKED[klass]
    assert {row["state"] for row in proposed["design_papers"].value} == {"missing"}
    assert proposed["drawing_sets"].reason == "须 4 份"


def test_whoever_has_his_own_supply_shows_its_wiring() -> None:
    proposed = chosen(own_supply=True).proposed("design.received", "liming")
    names = {row["name"] for row in proposed["design_papers"].value}
    assert names - ASKED["hv_single"] == {"自备应急电源接线图"}


def test_papers_come_after_the_choice_and_while_the_qualification_holds() -> None:
    early = Trade("hv_single", "design", rules="seed")
    assert "还没有选定设计单位" in early.refusal("design.received", "liming", **sent())
    late = Trade("hv_single", "design", rules="seed")
    late.do("designer.chosen", "liming", **CHOICE | {"designer_valid_until": "2026-03-20"})
    late.later(days=11)
    assert "资质已于 2026-03-20 到期" in late.refusal("design.received", "liming", **sent())


@pytest.mark.parametrize(
    ("after", "times", "said"),
    [
        ("designer.chosen", 1, ""),
        ("design.received", 1, "送审资料正在审查"),
        ("design.opined", 2, "送审资料正在审查"),
        ("design.concluded", 1, ""),  # changes are asked for: another unit may make them
        ("design.received", 2, "送审资料正在审查"),
        ("design.concluded", 2, "设计已审查同意"),
    ],
)
def test_another_designer_takes_over_between_the_rounds_only(after: str, times: int, said: str) -> None:
    trade = Trade("hv_single", "design", rules="seed")
    walk(trade, answers("hv_single", DAY), after, times)
    refused = trade.refusal("designer.chosen", "liming", **CHOICE)
    assert said in refused if said else refused == ""


@pytest.mark.parametrize("login", ["heping", "duwei", "xuemei", "maqiang", "luoxin", "admin"])
def test_others_neither_register_the_choice_nor_take_the_papers(login: str) -> None:
    trade = Trade("hv_single", "design", rules="seed")
    assert "由" in trade.refusal("designer.chosen", login, **CHOICE)
    assert "办理" in chosen().refusal("design.received", login, **sent())
