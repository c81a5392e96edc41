"""What a customer asks for beside the way of his case, with the times that were promised: a meter tested in 5
working days, an anomaly answered in 7 (2011) or 5 (2022), a complaint contacted in 1 working day (2011) or 24
hours (2022) and answered in 7 or 5 (供电服务“十项承诺” 国家电网办〔2011〕1493号、〔2022〕336号).
The promises count the day itself, the rules of 2024 begin with the next."""

from datetime import datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from tests.domain.refusing import refused
from tests.domain.trade import Trade, reference
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.casework import Suspension
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.deadlines.limits import BESIDE, PAPERS
from yekuo_desktop.domain.deadlines.workdays import CHINA
from yekuo_desktop.domain.journal import words
from yekuo_desktop.domain.service_requests import KINDS, STEPS, RequestAnswered, RequestTaken, open_steps
from yekuo_desktop.store.derived import first_due

TAKEN = datetime(2026, 3, 10, 10, 0, tzinfo=CHINA)  # a Tuesday


def asked(kind: str, rules: str = "promise_2022", state: str = "open") -> Trade:
    trade = Trade("lv_resident", "archive", rules=rules)
    trade.case = replace(trade.case, state=state)
    trade.act("request.taken", RequestTaken(kind, "客户来电"), "wangli")
    return trade


@pytest.mark.parametrize(
    ("rules", "kind", "limit", "step", "due"),
    [
        ("promise_2011", "meter_check", "meter_check", "meter_checked", "2026-03-16 17:30"),
        ("promise_2022", "meter_check", "meter_check", "meter_checked", "2026-03-16 17:30"),
        ("supply_rules_2024", "meter_check", "meter_check", "meter_checked", "2026-03-17 17:30"),
        ("promise_2011", "anomaly", "anomaly_answer", "anomaly_answered", "2026-03-18 17:30"),
        ("promise_2022", "anomaly", "anomaly_answer", "anomaly_answered", "2026-03-16 17:30"),
        ("promise_2011", "complaint", "complaint_contact", "complaint_contacted", "2026-03-10 17:30"),
        ("promise_2022", "complaint", "complaint_contact", "complaint_contacted", "2026-03-11 10:00"),
        ("promise_2011", "complaint", "complaint_answer", "complaint_answered", "2026-03-18 17:30"),
        ("promise_2022", "complaint", "complaint_answer", "complaint_answered", "2026-03-16 17:30"),
    ],
)
def test_each_request_has_its_clock(rules: str, kind: str, limit: str, step: str, due: str) -> None:
    trade = asked(kind, rules)
    (running,) = [each for each in running_limits(trade.case, reference()) if each.limit == limit]
    assert (running.start, running.stopped) == (TAKEN, None)
    assert running.due is not None
    assert f"{running.due.astimezone(CHINA):%Y-%m-%d %H:%M}" == due
    trade.act("request.answered", RequestAnswered(step, "已办理"), "liming")
    (running,) = [each for each in running_limits(trade.case, reference()) if each.limit == limit]
    assert running.stopped == TAKEN + timedelta(hours=1)
    assert step not in open_steps(trade.case)


def test_every_step_is_an_event_beside_the_way() -> None:
    events = {kind.begins for kind in KINDS.values()} | {*STEPS}
    assert events == BESIDE - PAPERS


@pytest.mark.parametrize("state", ["open", "suspended", "archived", "withdrawn"])
def test_a_customer_may_ask_whatever_became_of_his_case(state: str) -> None:
    assert open_steps(asked("complaint", state=state).case) == ("complaint_contacted", "complaint_answered")


def test_one_after_the_other_of_a_kind() -> None:
    trade = asked("complaint")
    again = RequestTaken("complaint", "再次来电")
    assert refused(trade, "request.taken", again, "wangli") == "上一件投诉还没有办完,请先答复"
    trade.act("request.answered", RequestAnswered("complaint_contacted", "已回电"), "wangli")
    assert refused(trade, "request.taken", again, "wangli") == "上一件投诉还没有办完,请先答复"
    trade.act("request.answered", RequestAnswered("complaint_answered", "已答复"), "wangli")
    trade.act("request.taken", again, "wangli")
    running = [limit for limit in running_limits(trade.case, reference()) if "complaint" in limit.limit]
    assert [limit.round for limit in running if limit.stopped is None] == [2, 2]


@pytest.mark.parametrize(
    ("kind", "payload", "by", "why"),
    [
        ("request.taken", RequestTaken("", "来电"), "wangli", "请选择诉求类别"),
        ("request.taken", RequestTaken("anomaly", " "), "wangli", "请写明客户诉求"),
        ("request.answered", RequestAnswered("meter_checked", " "), "duwei", "请写明办理情况"),
        ("request.answered", RequestAnswered("anomaly_answered", "好"), "duwei", "没有这一项待答复的诉求"),
        (
            "request.taken",
            RequestTaken("anomaly", "来电"),
            "luoxin",
            "登记客户诉求由营业员、班长、客户项目经理办理",
        ),
    ],
)
def test_what_is_wrong_is_said(kind: str, payload: msgspec.Struct, by: str, why: str) -> None:
    trade = asked("meter_check")
    assert refused(trade, kind, payload, by) == why


def test_nothing_is_answered_that_was_not_asked() -> None:
    trade = Trade("lv_resident", "archive")
    said = refused(trade, "request.answered", RequestAnswered("meter_checked", "合格"), "duwei")
    assert said == "没有待答复的客户诉求"


def test_an_answer_does_not_come_before_the_question() -> None:
    trade = asked("meter_check")
    trade.later(hours=3)
    early = RequestAnswered("meter_checked", "合格")
    with pytest.raises(Refused, match="答复时间早于客户提出的时间"):
        trade.act("request.answered", early, "duwei", TAKEN - timedelta(minutes=1))


def test_the_history_says_both() -> None:
    trade = asked("meter_check")
    trade.act("request.answered", RequestAnswered("meter_checked", "误差 0.3 %,合格"), "duwei")
    assert [words(entry) for entry in trade.entries] == [
        "客户诉求(电能表校验):客户来电",
        "电能表校验:出具校验结果:误差 0.3 %,合格",
    ]


@pytest.mark.parametrize("state", ["archived", "withdrawn", "terminated"])
def test_the_clock_runs_whatever_became_of_the_case(state: str) -> None:
    """A withdrawal hides no missed promise."""
    trade = asked("complaint")
    trade.case = replace(trade.case, state=state)
    shown = first_due(trade.case, running_limits(trade.case, reference()))
    assert shown is not None
    assert (shown.limit, shown.paused) == ("complaint_contact", False)
    assert shown.due is not None


def test_the_next_request_does_not_lie_before_the_last_answer() -> None:
    trade = asked("meter_check")
    trade.later(hours=4)
    trade.act("request.answered", RequestAnswered("meter_checked", "合格"), "duwei")
    with pytest.raises(Refused, match="早于上一件电能表校验"):
        trade.act("request.taken", RequestTaken("meter_check", "又不准"), "wangli", TAKEN)


def test_a_pause_does_not_wait_for_what_happened_beside_the_case() -> None:
    trade = asked("complaint")
    paused = Suspension("客户外出", evidence="客户书面说明")
    trade.act("case.suspended", paused, "wangli", TAKEN - timedelta(minutes=5))
    assert trade.case.state == "suspended"
