"""延期: asked for ten days before the plan runs out, no longer than the original period, granted or refused
with the reason (regulations.md 1.3; 答复单的说明 [S-TPL])."""

from datetime import date

import pytest

from tests.domain.replies import (
    approve,
    draft,
    happened,
    in_stage,
    object_to,
    planned,
    receive,
    reply,
    walked,
)
from tests.domain.told import moment
from tests.domain.trade import Trade, reference
from yekuo_desktop.domain import path
from yekuo_desktop.domain.tasks import Recorded
from yekuo_desktop.domain.validity import valid_until

RECEIVED = 3
REQUEST = {"extension_applicant": "赵国强", "extension_reason": "厂房主体尚未完工"}
# received 2026-03-10: low voltage holds until 2026-06-10, may be asked for until 05-31, reaches 09-10


def waiting(on: str = "2026-05-20 10:00", until: str = "2026-08-31") -> Trade:
    """A request for more time that came in at a moment."""
    trade = walked("lv_nonresident", RECEIVED)
    trade.now = moment(on)
    trade.do("plan.extension_asked", "wangli", **REQUEST, extension_wanted_until=until)
    return trade


def until(trade: Trade) -> date | None:
    plan = valid_until(trade.case, reference())
    return plan.until if plan else None


def test_a_granted_request_moves_the_end() -> None:
    trade = waiting()
    assert until(trade) == date(2026, 6, 10)
    trade.do("plan.extended", "qianyong", extension_result="granted", extension_until="2026-08-31")
    assert until(trade) == date(2026, 8, 31)


def test_whoever_took_the_request_does_not_decide_on_it() -> None:
    trade = walked("lv_nonresident", RECEIVED)
    trade.now = moment("2026-05-20 10:00")
    trade.do("plan.extension_asked", "everybody", **REQUEST, extension_wanted_until="2026-08-31")
    granted = {"extension_result": "granted", "extension_until": "2026-08-31"}
    assert trade.refusal("plan.extended", "everybody", **granted) == "延期申请由您登记,须由另一人审批"
    assert trade.refusal("plan.extended", "qianyong", **granted) == ""


def test_a_refusal_says_why_and_moves_nothing() -> None:
    trade = waiting()
    bare = trade.refusal("plan.extended", "qianyong", extension_result="refused")
    assert bare == "请填写不同意延期的原因"
    trade.do("plan.extended", "qianyong", extension_result="refused", extension_refusal="线路即将改造")
    assert until(trade) == date(2026, 6, 10)
    said = path.TASKS["plan.extended"].words(Recorded(trade.case.records[-1].values))
    assert said == "审批方案延期:不同意:线路即将改造"


@pytest.mark.parametrize(
    ("on", "warned", "granted"),
    [
        ("2026-03-11 10:00", False, True),
        ("2026-05-31 10:00", False, True),  # 期满 06-10 前 10 天
        ("2026-06-01 10:00", True, False),
        ("2026-06-10 10:00", True, False),
    ],
)
def test_what_is_asked_too_late_is_recorded_and_cannot_be_granted(
    on: str, warned: bool, granted: bool
) -> None:
    trade = walked("lv_nonresident", RECEIVED)
    trade.now = moment(on)
    wish = {**REQUEST, "extension_wanted_until": "2026-08-31"}
    late = [p for p in trade.found("plan.extension_asked", "wangli", **wish) if "逾期" in p.text]
    assert bool(late) is warned
    assert all(problem.warning for problem in late)
    trade.do("plan.extension_asked", "wangli", **wish)
    proposed = trade.proposed("plan.extended", "qianyong")
    assert proposed["extension_result"].value == (None if granted else "refused")
    answer = {"extension_result": "granted", "extension_until": "2026-08-31"}
    assert (trade.refusal("plan.extended", "qianyong", **answer) == "") is granted


def test_a_request_in_time_may_be_decided_later() -> None:
    """What counts is when the customer asked, not how long we took."""
    trade = waiting("2026-05-31 10:00")
    trade.now = moment("2026-06-12 10:00")
    trade.do("plan.extended", "qianyong", extension_result="granted", extension_until="2026-09-10")
    assert until(trade) == date(2026, 9, 10)


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ("2026-06-10", "方案现在的有效期已到 2026-06-10,延期须更晚"),
        ("2026-06-11", ""),
        ("2026-09-10", ""),
        ("2026-09-11", "延期不超过原期限,最迟至 2026-09-10"),
    ],
)
def test_an_extension_is_no_longer_than_the_original_period(wanted: str, refusal: str) -> None:
    trade = walked("lv_nonresident", RECEIVED)
    wish = {**REQUEST, "extension_wanted_until": wanted}
    assert trade.refusal("plan.extension_asked", "wangli", **wish) == refusal
    trade = waiting()
    answer = {"extension_result": "granted", "extension_until": wanted}
    assert trade.refusal("plan.extended", "qianyong", **answer) == refusal


def test_several_extensions_share_the_one_period() -> None:
    trade = waiting(until="2026-08-10")
    trade.do("plan.extended", "qianyong", extension_result="granted", extension_until="2026-08-10")
    assert trade.proposed("plan.extension_asked", "wangli")["extension_wanted_until"].value == "2026-09-10"
    wish = {**REQUEST, "extension_wanted_until": "2026-10-10"}
    assert "最迟至 2026-09-10" in trade.refusal("plan.extension_asked", "wangli", **wish)


def test_high_voltage_may_ask_for_another_year() -> None:
    trade = walked("hv_single", RECEIVED)
    proposed = trade.proposed("plan.extension_asked", "wangli")["extension_wanted_until"]
    assert (proposed.value, "2027-03-10" in proposed.reason) == ("2028-03-10", True)


@pytest.mark.parametrize("stage", ["survey", "design", "construction", "completion", "energization"])
def test_it_may_be_asked_for_and_decided_until_the_works_begin(stage: str) -> None:
    trade = in_stage(walked("hv_single", 4), stage)
    wish = {**REQUEST, "extension_wanted_until": "2027-12-31"}
    trade.act("plan.extension_asked", Recorded(wish), "liming")
    answer = {"extension_result": "granted", "extension_until": "2027-12-31"}
    trade.act("plan.extended", Recorded(answer), "qianyong")
    assert until(trade) == date(2027, 12, 31)
    happened(trade, "construction_started")
    reason = trade.refusal("plan.extension_asked", "liming", **REQUEST, extension_wanted_until="2028-03-10")
    assert reason == "已经开工(接电),方案不会再失效,不需要延期"


def test_one_request_at_a_time() -> None:
    trade = waiting()
    wish = {**REQUEST, "extension_wanted_until": "2026-08-31"}
    assert trade.refusal("plan.extension_asked", "wangli", **wish) == "上一次延期申请还没有审批"
    trade.do("plan.extended", "qianyong", extension_result="granted", extension_until="2026-08-31")
    answer = {"extension_result": "granted", "extension_until": "2026-09-01"}
    assert trade.refusal("plan.extended", "qianyong", **answer) == "没有待审批的延期申请"


def test_without_a_plan_in_the_customers_hands_there_is_nothing_to_extend() -> None:
    for trade in (planned("hv_single"), walked("hv_single", 2)):
        assert trade.refusal("plan.extension_asked", "wangli") == "这件业务不需要受理方案延期申请"


def test_a_plan_that_ran_out_is_made_anew_not_extended() -> None:
    trade = walked("lv_nonresident", RECEIVED)
    trade.now = moment("2026-06-11 10:00")
    wish = {**REQUEST, "extension_wanted_until": "2026-08-31"}
    assert "已于 2026-06-10 到期失效,不能延期" in trade.refusal("plan.extension_asked", "wangli", **wish)


def test_a_request_for_a_plan_that_was_replaced_falls_away() -> None:
    trade = waiting()
    object_to(trade)
    answer = {"extension_result": "granted", "extension_until": "2026-08-31"}
    assert trade.refusal("plan.extended", "qianyong", **answer) == "没有待审批的延期申请"
    for step in (draft, approve, reply, receive):
        step(trade)
    assert trade.refusal("plan.extended", "qianyong", **answer) == "没有待审批的延期申请"


def test_the_request_is_locked_by_its_decision() -> None:
    trade = waiting()
    asked = trade.case.records[-1]
    assert path.locked(path.TASKS["plan.extension_asked"], trade.case, asked) == ""
    trade.do("plan.extended", "qianyong", extension_result="granted", extension_until="2026-08-31")
    assert "已经审批" in path.locked(path.TASKS["plan.extension_asked"], trade.case, asked)


def test_a_decision_is_not_dated_before_the_request() -> None:
    trade = waiting()
    answer = {"extension_result": "granted", "extension_until": "2026-08-31"}
    early = moment("2026-05-19 10:00")
    assert "所填时间早于延期申请" in trade.refusal("plan.extended", "qianyong", early, **answer)
