"""An overdue limit goes to the supervisor, then to the county: by the table of the tree, at every edge.

Source: 营销稽查监控运营管理办法 双发送, 未处理的转事后稽查 (regulations.md 5.1); days are our own.
"""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.domain.apart import ACCEPTED, entry, ruled
from tests.domain.told import moment, opened
from tests.domain.trade import ORGANISATION, START, Trade, reference
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.case import Answered, Case, Event
from yekuo_desktop.domain.clocks import running_limits
from yekuo_desktop.domain.escalation import KIND, Acknowledgement, Escalation, escalations, receives
from yekuo_desktop.domain.escalation_rules import EscalationError, parse_escalation
from yekuo_desktop.domain.people import Role

CASE = opened("lv_nonresident")  # plan due Thursday 2026-03-05 17:30; the weekend is 03-07 and 03-08


def reached(now: str, *answers: Answered, case: Case = CASE, limit: str = "plan_reply") -> list[Escalation]:
    """What one limit has reached."""
    running, by = running_limits(case, reference()), reference()
    found = escalations(running, answers, by.escalation, by.calendar, moment(now))
    return [each for each in found if each.running.key == limit]


def answer(level: str, at: str) -> Answered:
    return Answered("plan_reply", level, "zhaojun", moment(at), "明天勘查")


@pytest.mark.parametrize(
    ("now", "answers", "levels"),
    [
        ("2026-03-05 17:30", (), []),
        ("2026-03-05 17:31", (), ["station"]),
        ("2026-03-06 17:29", (), ["station"]),
        ("2026-03-06 17:30", (), ["station", "county"]),  # nobody answered for a working day
        ("2026-03-06 17:31", (answer("station", "2026-03-06 17:30"),), ["station"]),
        ("2026-03-06 17:31", (answer("station", "2026-03-06 17:31"),), ["station", "county"]),
        ("2026-03-09 17:29", (answer("station", "2026-03-06 09:00"),), ["station"]),
        ("2026-03-09 17:30", (answer("station", "2026-03-06 09:00"),), ["station", "county"]),
    ],
)
def test_the_levels_at_their_edges(now: str, answers: tuple[Answered, ...], levels: list[str]) -> None:
    assert [each.level.id for each in reached(now, *answers)] == levels


def test_what_is_said_of_it() -> None:
    station, county = reached("2026-03-10 10:00", answer("station", "2026-03-06 09:00"))
    assert (station.late, station.since) == (3, moment("2026-03-05 17:30"))
    assert station.answered is not None and county.answered is None
    assert county.since == moment("2026-03-09 17:30")


def test_what_does_not_go_up() -> None:
    assert reached("2026-03-20", case=replace(CASE, state="withdrawn")) == []
    by = replace(reference().escalation, exempt=("plan_reply",))
    running = running_limits(CASE, reference())
    found = escalations(running, (), by, reference().calendar, moment("2026-03-20"))
    assert found and "plan_reply" not in {each.running.limit for each in found}


@pytest.mark.parametrize(
    ("level", "login", "station", "told"),
    [
        ("station", "zhaojun", "HK", True),
        ("station", "zhaojun", "QL", False),
        ("station", "wangli", "HK", False),
        ("county", "qianyong", "QL", True),
        ("county", "luoxin", "QL", True),
        ("county", "zhaojun", "HK", False),
    ],
)
def test_who_is_told(level: str, login: str, station: str, told: bool) -> None:
    found = reference().escalation.level(level)
    assert found is not None
    assert receives(found, ORGANISATION.people[login], station) == told


def test_somebody_without_a_station_answers_for_all() -> None:
    found = reference().escalation.level("station")
    person = replace(ORGANISATION.people["zhaojun"], station="")
    assert found is not None and receives(found, person, "QL")


def late() -> Trade:
    """A case whose plan is late by a week."""
    trade = Trade("lv_nonresident", "survey")
    trade.later(days=10)
    return trade


@pytest.mark.parametrize(
    ("by", "said", "why"),
    [
        ("zhaojun", {}, ""),
        ("zhaojun", {"text": " "}, "请写明怎么处理"),
        ("wangli", {}, "班长督办由班长签收"),
        ("zhaojun", {"level": "county"}, "县公司督办由方案审批人、营销稽查签收"),
        ("qianyong", {"level": "county"}, ""),
        ("zhaojun", {"level": "province"}, "没有这一级督办"),
        ("zhaojun", {"limit": "completion"}, "没有这项时限"),
        ("admin", {}, "签收督办由"),
    ],
)
def test_answering(by: str, said: dict[str, str], why: str) -> None:
    trade = late()
    payload = Acknowledgement(**{"limit": "plan_reply", "level": "station", "text": "明天勘查", **said})
    if why:
        with pytest.raises(Refused, match=why):
            trade.act(KIND, payload, by)
        return
    (kept,) = trade.act(KIND, payload, by).escalations
    assert (kept.by, kept.text) == (by, "明天勘查")
    with pytest.raises(Refused, match="已经签收过"):
        trade.act(KIND, payload, by)


def test_nobody_answers_before_it_is_late() -> None:
    payload = Acknowledgement(limit="plan_reply", level="station", text="会办完")
    with pytest.raises(Refused, match="没有超时"):
        Trade("lv_nonresident", "survey").act(KIND, payload, "zhaojun")


def test_an_answer_that_crosses_the_work_counts_and_that_of_a_stranger_waits() -> None:
    """Somebody at another machine finished it, or answered, while this one was on its way to the centre."""
    later = START + timedelta(days=9)
    payload = Acknowledgement(limit="plan_reply", level="station", text="明天勘查")
    said = entry(KIND, payload, "zhaojun", stated=later, recorded=later)
    replied = Event("plan_replied", later - timedelta(hours=1), later - timedelta(hours=1), "e9")
    done = replace(ACCEPTED, events=(*ACCEPTED.events, replied))
    assert ruled(said, ACCEPTED).verdict == ruled(said, done).verdict == "applied"
    before = ruled(entry(KIND, payload, "everybody", stated=later, recorded=later), ACCEPTED).case
    after = ruled(said, before).case
    assert after is not None and [each.by for each in after.escalations] == ["everybody", "zhaojun"]
    assert ruled(entry(KIND, payload, "wangli", stated=later, recorded=later), ACCEPTED).verdict == "refused"
    assert ruled(entry(KIND, payload, "admin", stated=later, recorded=later), ACCEPTED).verdict == "held"


LEVEL = """
[[levels]]
id = "a"
label = "甲"
workdays = 0
receivers = ["supervisor"]
within = "station"
citation = "示例"
confidence = "M"
"""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (LEVEL + LEVEL, "写了两次"),
        (LEVEL.replace('"supervisor"', '"boss"'), "督办级别有误"),
        (LEVEL.replace('["supervisor"]', "[]"), "没有接收角色"),
        (LEVEL.replace("workdays = 0", "workdays = -1"), "督办级别有误"),
        (LEVEL + "unanswered = 1", "第一级"),
        (LEVEL + "colour = 1", "督办级别有误"),
    ],
)
def test_a_table_that_cannot_be_used(text: str, fault: str) -> None:
    assert parse_escalation(LEVEL).levels[0].receivers == (Role.SUPERVISOR,)
    with pytest.raises(EscalationError, match=fault):
        parse_escalation(text)
