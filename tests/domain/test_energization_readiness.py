"""Before anybody is connected (种子文件 六; regulations.md 1.3, 3.4 接电, R3, R14): what must be so, the day
agreed with the customer, the group."""

from itertools import combinations
from typing import Any

import pytest

from tests.domain.completion_cases import texts
from tests.domain.energization_cases import SETTLED, ready, said, walked
from tests.domain.trade import reference
from tests.domain.walk import given
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.path import TASKS
from yekuo_desktop.domain.stages.energization.readiness import conditions, unready

SCHEDULED, TASKED = "energization.scheduled", "energization.tasked"
PERMITTED, ON_SITE = "energization.permitted", "energization.connected"


def agreed(klass: str = "hv_single", *, settled: Any = SETTLED, rules: str = "seed") -> Any:
    """The day is agreed upon and, for high voltage, the task given."""
    trade = ready(klass, settled=settled, rules=rules)
    trade.do(SCHEDULED, "liming", **said(SCHEDULED))
    if klass.startswith("hv"):
        trade.do(TASKED, "liming", **said(TASKED))
    return trade


def test_every_condition_is_shown_with_a_tick_or_the_reason() -> None:
    found = conditions(ready(settled=("contract", "meter")).case, reference())
    assert [(f.label, f.settled is not None, f.why) for f in found] == [
        ("竣工检验合格", False, "还没有竣工检验"),
        ("供用电合同已签订", True, ""),
        ("业务费用已结清", False, "还欠业务费用 500.00 元"),
        ("计量装置已安装", True, ""),
        ("送电时间已商定", False, "还没有与客户商定送电时间"),
        ("送电任务已下达", False, "送电任务还没有下达"),
    ]
    assert unready(walked(TASKED).case, reference()) == ""


@pytest.mark.parametrize("settled", [c for n in range(4) for c in combinations(SETTLED, n)])
def test_nobody_permits_while_something_is_open(settled: tuple[str, ...]) -> None:
    """R14: 费用、合同、计量; and the inspection. Every combination that is not all of them."""
    refused = agreed(settled=settled).refusal(PERMITTED, "heping", **said(PERMITTED))
    first = next(name for name in SETTLED if name not in settled)
    words = {
        "inspection": "还没有竣工检验",
        "contract": "供用电合同还没有签订",
        "fees": "还欠业务费用 500.00 元",
        "meter": "计量装置还没有安装",
    }
    assert refused == f"{words[first]},不能送电"


@pytest.mark.parametrize("left_out", ["contract", "fees", "meter"])
@pytest.mark.parametrize("klass", ["lv_resident", "lv_nonresident"])
def test_low_voltage_is_held_to_the_same(klass: str, left_out: str) -> None:
    settled = [name for name in SETTLED if name != left_out]
    trade = agreed(klass, settled=settled, rules="supply_rules_2024")
    assert trade.refusal(ON_SITE, "duwei", **said(ON_SITE, klass=klass)).endswith("不能送电")
    whole = agreed(klass, rules="supply_rules_2024")
    assert whole.refusal(ON_SITE, "duwei", **said(ON_SITE, klass=klass)) == ""


def test_low_voltage_under_2024_needs_no_inspection() -> None:
    """竣工检验 HV only (regulations.md 1.3)."""
    settled = [name for name in SETTLED if name != "inspection"]
    trade = agreed("lv_nonresident", settled=settled, rules="supply_rules_2024")
    assert trade.refusal(ON_SITE, "duwei", **said(ON_SITE, klass="lv_nonresident")) == ""
    seed = agreed("lv_nonresident", settled=settled, rules="seed")
    assert "竣工检验" in seed.refusal(ON_SITE, "duwei", **said(ON_SITE, klass="lv_nonresident"))


def test_an_open_defect_and_a_failed_inspection_stop_it() -> None:
    trade = agreed()
    defect = {"what": "相色不符", "required": "更正", "responsible": "builder", "due": "2026-04-01"}
    given(trade, "completion.inspected", completion_result="failed", completion_defects=[defect])
    refused = trade.refusal(PERMITTED, "heping", **said(PERMITTED))
    assert refused == "还有 1 项缺陷没有整改合格,不能送电"


def test_no_day_no_permit() -> None:
    refused = ready().refusal(PERMITTED, "heping", **said(PERMITTED))
    assert refused == "还没有与客户商定送电时间,不能送电"


@pytest.mark.parametrize("flag", ["external_line", "grid_works"])
def test_works_outside_must_have_been_accepted(flag: str) -> None:
    """接电: external works accepted (regulations.md 3.4)."""
    trade = ready(**{flag: True})
    given(trade, "plan.noted", **{flag: True})
    trade.do(SCHEDULED, "liming", **said(SCHEDULED, external_works_accepted=False))
    trade.do(TASKED, "liming", **said(TASKED))
    assert trade.refusal(PERMITTED, "heping", **said(PERMITTED)) == "外部供电工程还没有验收,不能送电"
    again = said(SCHEDULED, external_works_accepted=True, energization_late_reason="外线已验收")
    trade.do(SCHEDULED, "liming", **again)
    assert trade.refusal(PERMITTED, "heping", **said(PERMITTED)) == ""


@pytest.mark.parametrize(
    ("rules", "klass", "kinds"),
    [
        # 种子文件 六: permit, command, execution; LV: metering staff on site (〔2019〕431号 一岗制)
        ("seed", "hv_single", {PERMITTED, "energization.commanded", "energization.executed"}),
        ("regulation_2010", "hv_dual", {PERMITTED, "energization.commanded", "energization.executed"}),
        ("supply_rules_2024", "hv_single", {PERMITTED, "energization.commanded", "energization.executed"}),
        ("promise_2011", "hv_single", {PERMITTED, "energization.commanded", "energization.executed"}),
        ("seed", "lv_resident", {ON_SITE}),
        ("rules_2019", "lv_nonresident", {ON_SITE}),
    ],
)
def test_who_must_permit_and_command_follows_from_the_rule_set(
    rules: str, klass: str, kinds: set[str]
) -> None:
    case = ready(klass, rules=rules).case
    ways = {PERMITTED, "energization.commanded", "energization.executed", ON_SITE}
    assert {kind for kind in ways if TASKS[kind].offered(case, reference())} == kinds


# ---- the day -------------------------------------------------------------------------------------


def test_the_day_lies_within_the_limit_or_has_its_reason() -> None:
    """接电日期在时限内与客户商定 (供电营业规则 2024): 3 wd from 2026-03-10, so until Friday."""
    trade = ready(rules="supply_rules_2024")
    late = said(SCHEDULED, energization_planned="2026-03-16T09:00+08:00")
    refused = trade.refusal(SCHEDULED, "liming", **late)
    assert refused == "商定送电时间超过装表接电时限(2026-03-13 17:30 前),请写明原因"
    reasoned = {**late, "energization_late_reason": "客户设备检修,要求推迟"}
    found = trade.found(SCHEDULED, "liming", **reasoned)
    assert "属客户原因的,请另办暂停并附证据" in texts(found, warning=True)
    assert trade.refusal(SCHEDULED, "liming", **reasoned) == ""


def test_the_limit_stands_beside_the_proposed_day() -> None:
    found = ready(rules="supply_rules_2024").proposed(SCHEDULED, "liming")["energization_planned"]
    assert (found.value, found.reason) == ("2026-03-11T08:30+08:00", "装表接电时限至 2026-03-13 17:30")


def test_a_change_of_the_day_has_its_reason_and_ends_with_the_permit() -> None:
    trade = agreed()
    assert "改期请写明原因" in trade.refusal(SCHEDULED, "liming", **said(SCHEDULED))
    other = said(SCHEDULED, energization_late_reason="客户要求改期")
    assert trade.refusal(SCHEDULED, "liming", **other) == ""
    trade.do(PERMITTED, "heping", **said(PERMITTED))
    assert trade.refusal(SCHEDULED, "liming", **other) == "已经许可送电,不能改期"


@pytest.mark.parametrize(
    ("rules", "klass", "due"),
    [
        # regulations.md 1.1, 1.3, 1.4, 1.5: 装表接电 from 检验合格并办结手续, here Tuesday 2026-03-10
        ("regulation_2010", "lv_resident", "2026-03-13"),
        ("regulation_2010", "lv_nonresident", "2026-03-17"),
        ("regulation_2010", "hv_single", "2026-03-19"),
        ("supply_rules_2024", "hv_dual", "2026-03-13"),
        ("rules_2019", "hv_single", "2026-03-16"),
    ],
)
def test_the_connection_stops_its_clock(rules: str, klass: str, due: str) -> None:
    last = ON_SITE if klass.startswith("lv") else "energization.executed"
    trade = walked(last, klass=klass, rules=rules)
    found = [limit for limit in running_limits(trade.case, reference()) if limit.limit == "connection"]
    connected = next(record for record in trade.case.records if record.kind == last)
    assert [f"{limit.due:%Y-%m-%d}" for limit in found if limit.due] == [due]
    assert [limit.stopped for limit in found] == [connected.stated]
    event = trade.case.event("connected")
    assert event is not None
    assert (event.entry, event.stated) == (connected.id, connected.stated)


# ---- the group -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("voltage", "group", "words"),
    [
        # regulations.md 3.4: ≥ 35 kV 启动委员会, others 投运工作小组
        ("10kv", "working", ""),
        ("35kv", "working", "本业务的规则集要求成立启动委员会"),
        ("35kv", "committee", ""),
        ("110kv", "working", "本业务的规则集要求成立启动委员会"),
        ("10kv", "committee", ""),
    ],
)
def test_the_group_follows_from_the_voltage(voltage: str, group: str, words: str) -> None:
    trade = ready()
    given(trade, "plan.drafted", supply_voltage=voltage)
    trade.do(SCHEDULED, "liming", **said(SCHEDULED))
    assert trade.refusal(TASKED, "liming", **said(TASKED, energization_group=group)) == words
    proposed = trade.proposed(TASKED, "liming")["energization_group"].value
    assert proposed == ("working" if voltage == "10kv" else "committee")


def test_the_task_names_the_builder_that_was_examined() -> None:
    trade = ready()
    given(trade, "contractor.checked", builder_name="柳湾电力安装工程有限公司", builder_contact="郑长顺")
    found = trade.proposed(TASKED, "liming")
    assert found["energization_crew"].value == "柳湾电力安装工程有限公司"
    assert found["energization_crew_leader"].value == "郑长顺"
    assert trade.refusal(TASKED, "liming", **said(TASKED)) == "还没有与客户商定送电时间"


@pytest.mark.parametrize(
    ("kind", "by", "words"),
    [
        (SCHEDULED, "duwei", "商定送电时间由营业员、班长、客户项目经理办理"),
        (TASKED, "wangli", "下达送电任务由班长、客户项目经理办理"),
        (PERMITTED, "maqiang", "送电许可由用电检查专责办理"),
        (PERMITTED, "liming", "送电许可由用电检查专责办理"),
    ],
)
def test_who_does_what(kind: str, by: str, words: str) -> None:
    assert agreed().refusal(kind, by, **said(kind)) == words
