"""After the trial energization the meter is checked on site: readings, phases, alarm and trip test; only when
it is right is it sealed and the customer signs (种子文件 六; regulations.md 1.3, 2.12 装拆表)."""

from typing import Any

import pytest

from tests.domain.completion_cases import rows, texts
from tests.domain.energization_cases import METERS, ready, said, walked
from tests.domain.refusing import correction
from tests.domain.trade import Trade, reference
from tests.domain.walk import given
from yekuo_desktop.domain import path
from yekuo_desktop.domain.stages.energization import chain
from yekuo_desktop.domain.stages.energization.meters import phases_of, registers_of, standing_meters

CHECKED, REMEDIED, SEALED = "meter.checked", "meter.rectified", "meter.sealed"
EXECUTED, ON_SITE = "energization.executed", "energization.connected"


def right(klass: str = "hv_single", **changes: Any) -> dict[str, Any]:
    """A check that finds everything right."""
    return said(CHECKED, 1, klass=klass, **changes)


def energized(klass: str = "hv_single") -> Trade:
    return walked(ON_SITE if klass.startswith("lv") else EXECUTED, klass=klass)


# ---- what must be read ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("klass", "registers", "phases"),
    [
        # 峰谷、力率、基本电费 by their registers [S-KAZ]; phases by the wiring (regulations.md 4.4)
        ("lv_resident", 1, 1),
        ("lv_nonresident", 4, 3),
        ("hv_single", 7, 3),
        ("hv_dual", 14, 6),
    ],
)
def test_every_register_and_phase_of_every_meter_is_asked_for(
    klass: str, registers: int, phases: int
) -> None:
    found = energized(klass).proposed(CHECKED, "duwei")
    assert len(found["meter_readings"].value) == registers
    assert len(found["meter_phases"].value) == phases
    assert found["meter_phase_sequence"].value == ("single" if klass == "lv_resident" else None)


@pytest.mark.parametrize(
    ("wiring", "phases"), [("1", ("a",)), ("2", ("ab", "cb")), ("3", ("a", "b", "c")), ("", ("a", "b", "c"))]
)
def test_the_phases_follow_from_the_wiring(wiring: str, phases: tuple[str, ...]) -> None:
    trade = ready()
    given(trade, "metering.ordered", metering_order_points=[{"place": "高压计量柜", "wiring": wiring}])
    assert phases_of(trade.case, standing_meters(trade.case)[0], reference()) == phases
    assert "demand" in registers_of(trade.case, reference())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"meter_readings": right()["meter_readings"][:-1]}, "表号 410100120003 还没有抄:最大需量"),
        ({"meter_readings": right()["meter_readings"] * 2}, "同一块表的同一示数写了两次"),
        ({"meter_readings": rows(right(), "meter_readings", asset_no="999")}, "没有装过表号 999 的电能表"),
        ({"meter_phases": right()["meter_phases"][1:]}, "表号 410100120003 A 相还没有测量"),
        ({"meter_phases": rows(right(), "meter_phases", volt="0")}, "A 相没有电压,结论不能为合格"),
        ({"meter_phase_sequence": "negative"}, "相序不是正相序,结论不能为合格"),
        ({"meter_phase_sequence": "single"}, "相序不是正相序,结论不能为合格"),
        ({"meter_wiring_right": False}, "接线不对,结论不能为合格"),
        ({"meter_nameplate_right": False}, "客户信息、铭牌、合格标志不对,结论不能为合格"),
        ({"meter_alarm_test": "failed"}, "预购电报警试验不合格,结论不能为合格"),
        ({"meter_trip_test": "failed"}, "跳闸试验不合格,结论不能为合格"),
        ({"meter_alarm_test": ""}, "请填写预购电报警试验"),
        ({"meter_trip_test": ""}, "请填写跳闸试验"),
        ({"meter_prepaid": False, "meter_trip_test": ""}, "方案或装表工单写明预付费,须做报警和跳闸试验"),
        ({"meter_check_result": "failed"}, "请填写不合格的情况"),
    ],
)
def test_right_only_when_everything_is_right(changes: dict[str, Any], words: str) -> None:
    assert words in energized().refusal(CHECKED, "duwei", **right(**changes))


def test_a_single_phase_meter_has_no_sequence() -> None:
    trade = energized("lv_resident")
    refused = trade.refusal(CHECKED, "duwei", **right("lv_resident", meter_phase_sequence="positive"))
    assert refused == "单相表没有相序,请选“单相,无相序”"
    assert trade.refusal(CHECKED, "duwei", **right("lv_resident")) == ""


def test_a_meter_that_is_not_prepaid_needs_no_tests() -> None:
    trade = energized()
    points = [{"place": "高压计量柜", "wiring": "3"}]
    given(trade, "metering.ordered", metering_order_points=points, metering_order_prepaid=False)
    plain = right(meter_prepaid=False, meter_alarm_test="", meter_trip_test="")
    assert trade.refusal(CHECKED, "duwei", **plain) == ""
    assert trade.proposed(CHECKED, "duwei")["meter_prepaid"].value is False


def test_the_plan_may_say_prepaid_too() -> None:
    trade = energized()
    given(trade, "metering.ordered", metering_order_prepaid=False)
    given(trade, "plan.drafted", metering_points=[{"payment": "prepaid"}])
    assert trade.proposed(CHECKED, "duwei")["meter_prepaid"].value is True


# ---- failed, put right, checked again ------------------------------------------------------------


def test_a_failed_trip_test_is_put_right_and_checked_again() -> None:
    trade = walked(CHECKED)
    assert chain.must_remedy(trade.case)
    assert trade.refusal(SEALED, "duwei", **said(SEALED)) == "核表不合格,整改并重新核表后才能加封"
    assert trade.refusal(CHECKED, "duwei", **right()) == "上次核表不合格,请先登记整改"
    trade.do(REMEDIED, "duwei", **said(REMEDIED))
    assert trade.refusal(SEALED, "duwei", **said(SEALED)) == "还没有现场核表合格,不能加封"
    trade.do(CHECKED, "duwei", **right())
    assert trade.refusal(REMEDIED, "duwei", **said(REMEDIED)) == "没有不合格的核表"
    trade.do(SEALED, "duwei", **said(SEALED))
    assert trade.case.stage == "archive"


def test_nothing_is_put_right_that_was_not_wrong() -> None:
    refused = energized().refusal(REMEDIED, "duwei", **said(REMEDIED))
    assert refused == "这件业务不需要核表不合格整改"


def test_a_meter_that_was_changed_is_the_one_to_be_read_and_sealed() -> None:
    trade = walked(CHECKED)
    swap = {"old_asset": "410100120003", "new_asset": "410100129999", "reading": "0.3"}
    unknown = said(REMEDIED, meter_replacements=[{**swap, "old_asset": "1"}])
    assert trade.refusal(REMEDIED, "duwei", **unknown) == "没有装过表号 1 的电能表"
    same = said(REMEDIED, meter_replacements=[{**swap, "new_asset": "410100120003"}])
    assert trade.refusal(REMEDIED, "duwei", **same) == "表号 410100120003 已经装在现场"
    trade.do(REMEDIED, "duwei", **said(REMEDIED, meter_replacements=[swap]))
    assert "没有装过表号 410100120003" in trade.refusal(CHECKED, "duwei", **right())
    new = {key: rows(right(), key, asset_no="410100129999") for key in ("meter_readings", "meter_phases")}
    trade.do(CHECKED, "duwei", **right(**new))
    proposed = trade.proposed(SEALED, "duwei")
    assert {row["asset_no"] for row in proposed["seals"].value} == {"410100129999"}
    assert proposed["meters_removed"].value[0]["reading"] == "0.3"


@pytest.mark.parametrize(
    ("done", "times", "kind", "key", "words"),
    [
        (CHECKED, 1, CHECKED, "meter_faults", "不合格的核表记录不能改"),
        (CHECKED, 2, REMEDIED, "meter_remedy", "已经重新核表,不能再改"),
        (SEALED, 1, CHECKED, "meter_check_witness", "不能"),
    ],
)
def test_what_was_wrong_stays_on_record(done: str, times: int, kind: str, key: str, words: str) -> None:
    assert words in correction(walked(done, times), kind, key, "无")


def test_a_rectification_that_is_sent_back_takes_the_check_with_it() -> None:
    trade = walked(SEALED)
    trade.act("case.returned", path.Return("energization", (REMEDIED,), "整改无凭据"), "liming")
    assert chain.checked(trade.case) is None
    kinds = {task.kind for task in path.undone(trade.case, "energization", reference())}
    assert kinds == {CHECKED, SEALED}
    assert trade.refusal(CHECKED, "duwei", **right()) == "上次核表不合格,请先登记整改"


# ---- seals and signature -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"meter_signed": False}, "客户没有在工作凭证上签认示数和封签"),
        ({"meter_signer": ""}, "请填写签认的客户"),
        ({"seals": []}, "请填写封签"),
        ({"seals": rows(said(SEALED), "seals", seal_no="A1")}, "封签编号 A1 用了两次"),
        ({"seals": rows(said(SEALED), "seals", seal_no="")}, "第 1 行:请填写封签编号"),
        ({"seals": rows(said(SEALED), "seals", asset_no="7")[:1]}, "没有装过表号 7 的电能表"),
        ({"meter_sealer": "heping"}, "何平不能担任加封人"),
    ],
)
def test_what_sealing_must_say(changes: dict[str, Any], words: str) -> None:
    trade = walked(CHECKED, 2)
    assert words in trade.refusal(SEALED, "duwei", **said(SEALED, **changes))


def test_every_meter_is_sealed() -> None:
    trade = walked(CHECKED, 2, klass="hv_dual")
    values = said(SEALED, klass="hv_dual")
    refused = trade.refusal(SEALED, "duwei", **{**values, "seals": values["seals"][:2]})
    assert refused == "表号 410100120004 还没有加封"
    assert len(METERS["hv_dual"]) == 2


def test_nothing_is_sealed_before_the_check() -> None:
    assert energized().refusal(SEALED, "duwei", **said(SEALED)) == "还没有现场核表合格,不能加封"


def test_an_increase_asks_for_the_old_meter() -> None:
    trade = walked(CHECKED, 2, business="increase")
    found = texts(trade.found(SEALED, "duwei", **said(SEALED)), warning=True)
    assert found == "增容换表的,请登记拆回的电能表和止码"


def test_whoever_was_there_signs() -> None:
    found = walked(CHECKED, 2).proposed(SEALED, "duwei")
    assert found["meter_signer"].value == "示例客户"
    assert found["meter_sealer"].value == "duwei"
    assert [row["seal_place"] for row in found["seals"].value] == ["cover", "terminal"]


@pytest.mark.parametrize("kind", [CHECKED, REMEDIED, SEALED])
@pytest.mark.parametrize("by", ["liming", "heping", "wangli", "maqiang"])
def test_metering_staff_do_it(kind: str, by: str) -> None:
    before = {CHECKED: EXECUTED, REMEDIED: CHECKED, SEALED: CHECKED}[kind]
    times = 2 if kind == SEALED else 1
    assert walked(before, times).refusal(kind, by, **said(kind)).endswith("由计量人员办理")


@pytest.mark.parametrize("klass", ["lv_resident", "lv_nonresident", "hv_single", "hv_dual"])
def test_every_class_comes_to_the_archive(klass: str) -> None:
    trade = walked(SEALED, klass=klass, rules="seed")
    assert trade.case.stage == "archive"
    assert chain.sealed(trade.case) is not None
