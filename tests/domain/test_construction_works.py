"""Stage 4 up to the inspection: three certificates a device, the start while the plan holds, progress
(种子文件 四; regulations.md 1.3, 2.12, 3.3, R10, R13)."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.trade import START, Trade, reference
from tests.domain.walk import DAY, given, walk
from yekuo_desktop.domain import path
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Event
from yekuo_desktop.domain.path import Correction
from yekuo_desktop.office.practice.construction import answers

DEVICE = {
    "name": "变压器",
    "maker": "某厂",
    "production_licence": "XK",
    "conformity": "HG",
    "network_permit": "RW",
    "copies": "1",
}
STARTED = {
    "construction_started_on": "2026-03-10",
    "construction_expected_end": "2026-06-10",
    "hidden_works": True,
}


def case(rules: str = "seed", klass: str = "hv_single", **values: Any) -> Trade:
    trade = Trade(klass, "construction", rules=rules, values={"klass": klass, **values})
    given(trade, "plan.drafted", supply_voltage="10kv")
    return given(trade, "design.concluded", design_result="agreed")


def ready(**values: Any) -> Trade:
    """Everything seen that is seen before the start."""
    return walk(case(**values), answers("hv_single", DAY), "contractor.checked")


def certify(trade: Trade, *rows: dict[str, str], **changes: Any) -> str:
    values = {"devices": list(rows), "devices_own_choice": True, **changes}
    return trade.refusal("devices.certified", "liming", **values)


# ---- three certificates --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("missing", "label"),
    [("production_licence", "生产许可证"), ("conformity", "产品合格证"), ("network_permit", "入网许可证")],
)
def test_a_missing_certificate_is_recorded_and_stops_the_start(missing: str, label: str) -> None:
    trade = ready()
    row = {key: text for key, text in DEVICE.items() if key != missing}
    values = {"devices": [DEVICE, row], "devices_own_choice": True}
    found = trade.found("devices.certified", "liming", **values)
    assert [(p.text, p.warning) for p in found] == [(f"第 2 台“变压器”缺{label};补齐前不能开工", True)]
    trade.do("devices.certified", "liming", **values)
    refused = trade.refusal("construction.started", "liming", **STARTED)
    assert refused == f"设备三证不齐:第 2 台“变压器”缺{label}"
    again = trade.proposed("devices.certified", "liming")["devices"].value
    assert again == [DEVICE, row]
    trade.do("devices.certified", "liming", devices=[DEVICE, DEVICE], devices_own_choice=True)
    assert trade.refusal("construction.started", "liming", **STARTED) == ""


@pytest.mark.parametrize(
    ("rows", "changes", "said"),
    [
        ([DEVICE], {}, ""),
        ([], {}, "请填写主要设备及三证"),
        ([{**DEVICE, "maker": ""}], {}, "第 1 行:请填写生产厂家"),
        ([{**DEVICE, "copies": ""}], {}, "第 1 台没有留存三证复印件"),
        ([DEVICE], {"devices_own_choice": False}, "三不指定"),
    ],
)
def test_every_device_with_its_copies(rows: list[dict[str, str]], changes: dict[str, Any], said: str) -> None:
    refused = certify(case(), *rows, **changes)
    assert said in refused if said else refused == ""


def test_a_scan_of_all_stands_for_the_copies() -> None:
    trade = walk(case(), answers("hv_single", DAY), "devices.certified")
    assert certify(trade, {**DEVICE, "copies": ""}, devices_copy="scan") == ""


def test_something_wrong_with_a_device_stops_the_start_too() -> None:
    trade = ready()
    trade.do(
        "devices.certified",
        "liming",
        devices=[{**DEVICE, "problem": "铭牌与证书不符"}],
        devices_own_choice=True,
    )
    assert "“变压器”铭牌与证书不符" in trade.refusal("construction.started", "liming", **STARTED)


# ---- start ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "said"),
    [("", "设备三证还没有审查"), ("devices.certified", "设备三证不齐"), ("contractor.checked", "")],
)
def test_nothing_starts_before_everything_was_seen(until: str, said: str) -> None:
    trade = walk(case(), answers("hv_single", DAY), until) if until else case()
    refused = trade.refusal("construction.started", "liming", **STARTED)
    assert said in refused if said else refused == ""


def test_nor_before_the_builder_was() -> None:
    trade = walk(case(), answers("hv_single", DAY), "devices.certified", 2)
    assert trade.refusal("construction.started", "liming", **STARTED) == "施工单位资质还没有审查"


@pytest.mark.parametrize(
    ("rules", "importance", "said"),
    [
        ("seed", "none", "还没有审查同意"),
        ("supply_rules_2024", "level_2", "还没有审查同意"),
        ("supply_rules_2024", "none", ""),  # ordinary high voltage: no review
        ("rules_2019", "none", ""),
    ],
)
def test_nor_before_the_design_was_agreed_where_it_is_reviewed(
    rules: str, importance: str, said: str
) -> None:
    trade = Trade("hv_single", "construction", rules=rules, values={"importance": importance})
    given(trade, "design.concluded", design_result="change")
    walk(trade, answers("hv_single", DAY), "contractor.checked")
    refused = trade.refusal("construction.started", "liming", **STARTED)
    assert said in refused if said else refused == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"construction_started_on": "2026-03-11"}, "晚于登记时间"),
        ({"construction_expected_end": "2026-03-09"}, "预计完工日期早于开工日期"),
        ({"hidden_works": None}, "请填写有隐蔽工程"),
        ({"construction_expected_end": ""}, "请填写预计完工日期"),
    ],
)
def test_days_of_the_works(changes: dict[str, Any], said: str) -> None:
    assert said in ready().refusal("construction.started", "liming", **STARTED | changes)


@pytest.mark.parametrize(
    ("klass", "received", "last"),
    [("hv_single", "2025-03-10", "2026-03-10"), ("hv_single", "2025-03-09", "2026-03-09")],
)
def test_a_plan_that_has_run_out_is_not_built(klass: str, received: str, last: str) -> None:
    """高压一年, 逾期未开工失效 (供电营业规则 2024; R10)."""
    trade = ready(rules="supply_rules_2024", klass=klass)
    moment = START.fromisoformat(f"{received}T10:00+08:00")
    given(trade, "plan.received")
    record = replace(trade.case.records[-1], stated=moment, recorded=moment)
    event = Event("plan_received", moment, moment, record.id)
    trade.case = replace(
        trade.case, records=(*trade.case.records[:-1], record), events=(event, *trade.case.events)
    )
    refused = trade.refusal("construction.started", "liming", **STARTED)
    assert refused == (
        ""
        if last >= "2026-03-10"
        else "供电方案已于 2026-03-09 到期失效,2026-03-10 不能据此开工,请重新答复供电方案"
    )
    reason = trade.proposed("construction.started", "liming")["construction_started_on"].reason
    assert reason == f"供电方案有效期至 {last}"


def test_the_licence_covers_the_works() -> None:
    trade = ready()
    checked = trade.case.records[-1]
    short = {**checked.values, "builder_valid_until": "2026-04-01"}
    trade.case = replace(trade.case, records=(*trade.case.records[:-1], replace(checked, values=short)))
    found = trade.found("construction.started", "liming", **STARTED)
    assert [(p.field, p.warning) for p in found] == [("construction_expected_end", True)]
    trade.later(days=30)
    late = STARTED | {"construction_started_on": "2026-04-08"}
    assert "许可证已于 2026-04-01 到期,早于开工日期" in trade.refusal(
        "construction.started", "liming", **late
    )


def test_a_start_before_the_agreement_is_recorded_and_said_aloud() -> None:
    """未经审查即施工的,可不予检验和接电 (regulations.md 1.3)."""
    trade = ready()
    early = STARTED | {"construction_started_on": "2026-03-09"}
    found = trade.found("construction.started", "liming", **early)
    assert all(p.warning for p in found)
    assert any("早于设计审查同意" in p.text for p in found)
    assert trade.refusal("construction.started", "liming", **early) == ""


def test_the_start_ends_the_time_in_which_the_plan_holds() -> None:
    trade = ready()
    trade.do("construction.started", "liming", **STARTED)
    assert [e.name for e in trade.case.events] == ["accepted", "construction_started"]


@pytest.mark.parametrize(
    ("rules", "klass", "kinds"),
    [
        ("supply_rules_2024", "lv_resident", []),
        ("supply_rules_2024", "lv_nonresident", ["devices", "contractor", "construction"]),
        ("supply_rules_2024", "hv_single", ["devices", "contractor", "construction"]),
        ("seed", "lv_resident", ["devices", "contractor", "construction", "intermediate", "intermediate"]),
        ("regulation_2010", "lv_resident", []),
    ],
)
def test_what_is_needed_before_the_notices(rules: str, klass: str, kinds: list[str]) -> None:
    trade = Trade(klass, "construction", rules=rules, values={"klass": klass})
    needed = [task.kind for task in path.undone(trade.case, "construction", reference())]
    own = [kind for kind in needed if kind.partition(".")[0] not in ("metering", "contract")]
    assert list(dict.fromkeys(kind.partition(".")[0] for kind in own)) == list(dict.fromkeys(kinds))


def test_direct_metering_needs_no_works() -> None:
    """可直接装表: nothing is built (resources/rules: unless direct_metering)."""
    trade = Trade("lv_nonresident", "construction", rules="supply_rules_2024")
    given(trade, "survey.done", direct_metering=True)
    needed = [task.kind for task in path.undone(trade.case, "construction", reference())]
    assert needed == ["metering.ordered", "contract.requested", "metering.installed", "contract.signed"]


# ---- progress, corrections, roles ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"construction_percent": "40"}, ""),
        ({"construction_percent": "101"}, "不超过 100%"),
        ({"construction_percent": "60", "construction_new_end": "2026-07-01"}, "请写明超期原因"),
        (
            {
                "construction_percent": "60",
                "construction_new_end": "2026-07-01",
                "construction_delay": "设备到货晚",
            },
            "",
        ),
        ({"construction_percent": "100", "construction_finished_on": "2026-03-09"}, "早于开工日期"),
        ({"construction_percent": "100", "construction_finished_on": "2027-03-09"}, "不能预先登记"),
        ({}, "请填写设备安装进度"),
    ],
)
def test_progress_and_why_it_is_late(values: dict[str, Any], said: str) -> None:
    """施工 023: 开工, 预计完工, 完工, 超期原因 (regulations.md 2.12)."""
    trade = ready()
    assert "还没有登记开工" in trade.refusal("construction.progressed", "liming", **values)
    trade.do("construction.started", "liming", **STARTED)
    refused = trade.refusal("construction.progressed", "liming", **values)
    assert said in refused if said else refused == ""


def test_what_the_inspection_rests_on_stays_as_it_was() -> None:
    trade = walk(ready(), answers("hv_single", DAY)[3:], "intermediate.applied")
    checked = next(r for r in trade.case.records if r.kind == "contractor.checked")
    change = Correction(checked.id, {"builder_contact": ("郭建设", "郭强")}, "写错")
    with pytest.raises(Refused, match="已受理中间检查申请"):
        trade.act("record.corrected", change, "liming")


@pytest.mark.parametrize("login", ["wangli", "sunhao", "qianyong", "duwei", "luoxin"])
def test_certificates_and_licences_are_seen_by_manager_and_inspector(login: str) -> None:
    may = login == "sunhao"  # a project manager too
    refused = case().refusal("devices.certified", login, devices=[DEVICE], devices_own_choice=True)
    assert (refused == "") is may


@pytest.mark.parametrize(("surveyed", "warned"), [(True, True), (False, False), (None, False)])
def test_hidden_works_the_survey_found_are_not_started_away(surveyed: bool | None, warned: bool) -> None:
    """Without hidden works there is no intermediate inspection (R11)."""
    trade = ready()
    if surveyed is not None:
        given(trade, "survey.done", hidden_works=surveyed)
    found = trade.found("construction.started", "liming", **{**STARTED, "hidden_works": False})
    assert [p.warning for p in found if p.field == "hidden_works"] == ([True] if warned else [])
