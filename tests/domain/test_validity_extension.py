"""延期: 期满前 10 天申请, 不超过原期限 (regulations.md 1.3; 答复单 [S-TPL]); how the screen tells it."""

from datetime import date

import pytest

from tests.domain.test_validity import clock, received
from tests.domain.told import moment, then
from tests.domain.trade import reference
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.clocks import applying_limits, deadline_of
from yekuo_desktop.domain.deadlines.timelimits import explain
from yekuo_desktop.domain.validity import longest_extension, plan_expired_on, rule_of, valid_until


def extended(case: Case, on: str, until: str, result: str = "granted") -> Case:
    return then(case, "plan.extended", on, extension_until=until, extension_result=result)


@pytest.mark.parametrize(
    ("klass", "on", "last", "longest"),
    [
        ("lv_resident", "2026-03-10", "2026-05-31", "2026-09-10"),
        ("hv_single", "2026-03-10", "2027-02-28", "2028-03-10"),
        # original period ends 2026-06-22, after 端午; three months on from there
        ("lv_resident", "2026-03-20", "2026-06-12", "2026-09-22"),
        # three months on from 2026-06-30 lies before 国庆 and 中秋: a working day
        ("lv_resident", "2026-03-30", "2026-06-20", "2026-09-30"),
    ],
)
def test_when_it_may_be_asked_for_and_how_far_it_may_reach(
    klass: str, on: str, last: str, longest: str
) -> None:
    case = received(klass, on)
    plan, rule = valid_until(case, reference()), rule_of(case, reference())
    assert plan is not None
    assert rule is not None
    assert plan.last_request(rule) == date.fromisoformat(last)
    assert longest_extension(case, plan, reference()) == date.fromisoformat(longest)


def test_an_extension_moves_the_end_and_not_the_original() -> None:
    case = extended(received("lv_resident", "2026-03-10"), "2026-05-20", "2026-08-31")
    plan, rule = valid_until(case, reference()), rule_of(case, reference())
    assert plan is not None
    assert rule is not None
    assert (plan.original, plan.until) == (date(2026, 6, 10), date(2026, 8, 31))
    assert plan.extended == moment("2026-05-20")
    assert plan.last_request(rule) == date(2026, 8, 21)
    assert longest_extension(case, plan, reference()) == date(2026, 9, 10)  # still from the original end
    assert clock(case)[0].due == reference().hours.closing(date(2026, 8, 31))
    assert not plan_expired_on(case, reference(), date(2026, 8, 31))
    assert plan_expired_on(case, reference(), date(2026, 9, 1))


def test_a_second_extension_goes_on_from_the_first() -> None:
    case = extended(received("lv_resident", "2026-03-10"), "2026-05-20", "2026-07-10")
    case = extended(case, "2026-06-20", "2026-09-10")
    plan = valid_until(case, reference())
    assert plan is not None
    assert (plan.until, plan.extended) == (date(2026, 9, 10), moment("2026-06-20"))


def test_a_refusal_changes_nothing() -> None:
    case = received("lv_resident", "2026-03-10")
    refused = extended(case, "2026-05-20", "2026-09-10", result="refused")
    assert valid_until(refused, reference()) == valid_until(case, reference())


def test_an_extension_of_an_earlier_plan_does_not_reach_the_next() -> None:
    case = extended(received("lv_resident", "2026-03-10"), "2026-05-20", "2026-09-10")
    case = then(then(case, "plan.objected", "2026-05-25"), "plan.drafted", "2026-05-26")
    case = then(case, "plan.received", "2026-05-28", event="plan_received")
    plan = valid_until(case, reference())
    assert plan is not None
    assert (plan.until, plan.extended) == (date(2026, 8, 28), None)


def explained(case: Case) -> tuple[str, ...]:
    found = deadline_of(case, applying_limits(case, reference())[-1], reference())
    assert found is not None
    return explain(found)


def test_the_explanation_tells_rule_start_end_and_ground() -> None:
    lines = explained(received("lv_resident", "2026-03-20"))
    text = "\n".join(lines)
    assert "规则：供电方案有效期，3 个月。依据：供电营业规则（2024）" in lines[0]
    assert "任何暂停都计入时限" in text
    assert "起算：客户签收供电方案 2026-03-20 10:00，起算次日为第 1 日" in text
    assert "2026-06-20（六）满 3 个月，逢休息日顺延至 2026-06-22" in text
    assert "到期：2026-06-22 17:30" in text
    assert len(lines) < 9  # a year is not told day by day


def test_the_explanation_names_the_extension_and_what_is_not_announced() -> None:
    case = extended(received("hv_single", "2026-03-10"), "2027-02-01", "2027-09-10")
    text = "\n".join(explained(case))
    assert "2027-03-10（三）满 1 年（未公布）" in text
    assert "2027-09-10（五）延期届满（2027-02-01 批准）（未公布）" in text
    assert "到期：2027-09-10 17:30" in text
    assert "未公布：2027 年放假安排尚未公布" in text
