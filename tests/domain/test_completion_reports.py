"""The report of completion (种子文件 五; regulations.md 1, 2.11, 3.3, 3.4): what it needs, what it starts."""

from typing import Any

import pytest

from tests.domain.completion_cases import rows, said, texts, walked
from tests.domain.trade import Trade, reference
from tests.domain.walk import given
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.path import TASKS, passed, undone

KIND = "completion.applied"


@pytest.mark.parametrize(
    ("rules", "klass", "stage", "inspected"),
    [
        # regulations.md 1.1, 1.3, 1.5. The seed: every class; 2010: not 居民; 2019 and 2024: HV only
        ("seed", "lv_resident", True, True),
        ("seed", "hv_dual", True, True),
        ("regulation_2010", "lv_resident", False, False),
        ("regulation_2010", "lv_nonresident", True, True),
        ("rules_2019", "lv_nonresident", False, False),
        ("rules_2019", "hv_single", True, True),
        ("supply_rules_2024", "lv_nonresident", False, False),
        ("supply_rules_2024", "hv_single", True, True),
    ],
)
def test_who_is_inspected_follows_from_the_rule_set(
    rules: str, klass: str, stage: bool, inspected: bool
) -> None:
    case = Trade(klass, "completion", rules=rules).case
    assert ("completion" in passed(case, reference())) == stage
    assert TASKS[KIND].offered(case, reference()) == inspected
    if not inspected:
        assert undone(case, "completion", reference()) == ()


def missing(rules: str, klass: str, *left_out: str, **values: Any) -> str:
    trade = Trade(klass, "completion", rules=rules, values={"klass": klass, "business": "new", **values})
    answer = said(KIND)
    kept = [row for row in answer["completion_papers"] if row["name"] not in left_out]
    return texts(trade.found(KIND, "liming", **{**answer, "completion_papers": kept}))


@pytest.mark.parametrize(
    "paper",
    [
        "竣工报验申请表与竣工报告",
        "设计、施工、试验单位资质证明",
        "竣工图及说明",
        "电气试验及保护整定调试记录",
        "主要设备说明书",
    ],
)
def test_every_paper_of_the_list_must_be_there(paper: str) -> None:
    """regulations.md 3.4 竣工检验; what is missing is said once, in writing (3.2)."""
    assert missing("seed", "hv_single") == ""
    assert missing("seed", "hv_single", paper) == f"缺“{paper}”,材料不齐不能受理,请一次性书面告知客户补齐"


def test_a_paper_that_is_listed_but_not_there_is_missing() -> None:
    values = said(KIND)
    values["completion_papers"] = rows(values, "completion_papers", state="missing")
    assert walked().refusal(KIND, "liming", **values).count("材料不齐不能受理") == 5


def test_hidden_works_bring_their_records() -> None:
    assert missing("seed", "hv_single", "隐蔽工程施工及试验记录") == ""
    refused = missing("seed", "hv_single", "隐蔽工程施工及试验记录", hidden_works=True)
    assert refused.startswith("缺“隐蔽工程施工及试验记录”")


DESIGN = "设计单位资质、设计图纸及说明书"


@pytest.mark.parametrize(
    ("rules", "klass", "values", "wanted"),
    [
        # 未经设计审查的高压用户在竣工检验时提供设计资料 (regulations.md 1.3, 1.5)
        ("supply_rules_2024", "hv_single", {}, True),
        ("supply_rules_2024", "hv_single", {"importance": "level_2"}, False),
        ("rules_2019", "hv_single", {}, True),
        ("rules_2019", "hv_single", {"nonlinear_load": True}, False),
        ("seed", "hv_single", {}, False),
        ("regulation_2010", "lv_nonresident", {}, False),
    ],
)
def test_a_design_nobody_reviewed_comes_with_the_report(
    rules: str, klass: str, values: dict[str, Any], wanted: bool
) -> None:
    assert (f"缺“{DESIGN}”" in missing(rules, klass, DESIGN, **values)) == wanted


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"works_finished_on": "2026-03-20"}, "交工日期晚于登记时间"),
        ({"works_started_on": "2026-03-10", "works_finished_on": "2026-03-09"}, "交工日期早于开工日期"),
        ({"works_name": ""}, "请填写工程名称"),
        ({"completion_sender": ""}, "请填写报验单位"),
        ({"completion_planned": ""}, "请填写计划验收时间"),
        ({"works_units": []}, "请填写设计、施工、试验单位"),
        ({"completion_devices": []}, "请填写受电设备清单"),
        ({"works_capacity": "约三百"}, "施工容量应为大于零的数字"),
    ],
)
def test_what_is_refused(changes: dict[str, Any], words: str) -> None:
    assert words in walked().refusal(KIND, "liming", **said(KIND, **changes))


def test_the_total_of_a_device_is_its_number_times_its_size() -> None:
    """R18; 受电设备: 数量, 单台容量, 总容量 (regulations.md 2.11)."""
    device = {"name": "变压器", "quantity": "2", "unit_capacity": "315", "total_capacity": "315"}
    found = walked().refusal(KIND, "liming", **said(KIND, completion_devices=[device]))
    assert found == "第 1 行:2 × 315 应为 630,不是 315"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"works_capacity": "400"}, "与批准的供电容量 315 不同"),
        ({"completion_planned": "2026-03-09T09:30+08:00"}, "计划验收时间早于报验时间"),
    ],
)
def test_what_is_asked_about_but_stops_nothing(changes: dict[str, Any], words: str) -> None:
    values = said(KIND, **changes)
    assert words in texts(walked().found(KIND, "liming", **values), warning=True)
    assert walked().refusal(KIND, "liming", **values) == ""


def test_a_licence_that_ran_out_before_the_works_were_done_is_said_aloud() -> None:
    """R13; 供电营业规则 2024: the enterprise may refuse to inspect."""
    units = rows(said(KIND), "works_units", valid_until="2026-03-01")
    found = texts(walked().found(KIND, "liming", **said(KIND, works_units=units)), warning=True)
    assert "“柳湾电力安装工程有限公司”的资质 2026-03-01 到期,早于交工日期" in found


@pytest.mark.parametrize(
    ("rules", "klass", "due"),
    [
        # regulations.md 1.1: LV 5, HV 7 wd; 1.5: HV 5; 1.3: HV 3. Received on Tuesday 2026-03-10 at 10:00.
        ("regulation_2010", "lv_nonresident", "2026-03-17 17:30"),
        ("regulation_2010", "hv_single", "2026-03-19 17:30"),
        ("rules_2019", "hv_dual", "2026-03-16 17:30"),
        ("supply_rules_2024", "hv_single", "2026-03-13 17:30"),
    ],
)
def test_the_report_starts_the_clock(rules: str, klass: str, due: str) -> None:
    case = walked(KIND, klass=klass, rules=rules).case
    found = [limit for limit in running_limits(case, reference()) if limit.limit == "completion_inspection"]
    assert [f"{limit.due:%Y-%m-%d %H:%M}" for limit in found if limit.due] == [due]


def test_the_plan_beyond_the_limit_is_asked_about() -> None:
    values = said(KIND, completion_planned="2026-03-16T09:30+08:00")
    found = texts(walked(rules="supply_rules_2024").found(KIND, "liming", **values), warning=True)
    assert "计划验收时间超过竣工检验时限" in found


@pytest.mark.parametrize("by", ["heping", "duwei", "xuemei", "maqiang", "qianyong", "luoxin"])
def test_the_desk_takes_the_report(by: str) -> None:
    assert walked().refusal(KIND, by, **said(KIND)) == "受理竣工报验由营业员、班长、客户项目经理办理"


def test_one_report_stands_at_a_time() -> None:
    assert "受理竣工报验已经登记" in walked(KIND).refusal(KIND, "liming", **said(KIND))


def test_what_earlier_stages_know_is_proposed() -> None:
    """Designer, builder, tester, works and devices are not typed twice (便捷高效)."""
    trade = Trade("hv_single", "completion", values={"agent_name": "王海"})
    device = {"name": "高压进线柜", "model": "KYN28-12", "maker": "示例开关厂"}
    given(trade, "devices.certified", devices=[device])
    given(
        trade,
        "contractor.checked",
        builder_name="柳湾电力安装工程有限公司",
        builder_licence="4-1-00123",
        builder_grade="3",
        builder_valid_until="2030-01-01",
        builder_contact="郑长顺",
        tester_name="中州电力试验检测有限公司",
        tester_licence="3-3-00321",
        tester_grade="3",
        tester_valid_until="2030-01-01",
    )
    start = {"construction_started_on": "2026-03-10", "construction_foreman": "郑长顺"}
    given(trade, "construction.started", **start)
    found = trade.proposed(KIND, "liming")
    units = {row["works_role"]: row for row in found["works_units"].value}
    assert units["build_electrical"]["name"] == "柳湾电力安装工程有限公司"
    assert (units["test"]["certificate"], units["test"]["grade"]) == ("3-3-00321", "三级")
    assert found["completion_devices"].value == [
        {"name": "高压进线柜", "spec": "KYN28-12", "maker": "示例开关厂", "quantity": "1"}
    ]
    assert found["works_started_on"].value == "2026-03-10"
    assert found["works_leader"].value == "郑长顺"
    assert found["completion_applicant"].value == "王海"
    assert {row["state"] for row in found["completion_papers"].value} == {"missing"}


def test_the_next_working_morning_is_proposed_with_the_limit_beside_it() -> None:
    found = walked(rules="supply_rules_2024").proposed(KIND, "liming")["completion_planned"]
    assert (found.value, found.reason) == ("2026-03-11T08:30+08:00", "竣工检验时限至 2026-03-13 17:30")


def test_transformers_of_the_plan_are_proposed_with_their_sum() -> None:
    trade = walked()
    point = {"name": "配电室", "transformer": "dry", "transformers": "2", "unit_capacity": "630"}
    given(trade, "plan.drafted", receiving_points=[point], plan_capacity="1260")
    found = trade.proposed(KIND, "liming")
    device = found["completion_devices"].value[0]
    assert (device["quantity"], device["unit_capacity"], device["total_capacity"]) == ("2", "630", "1260")
    assert found["works_capacity"].value == "1260"
