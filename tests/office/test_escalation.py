"""督办 over the store: who finds what on his list, and what becomes of it once somebody has answered."""

from datetime import timedelta

import pytest

from tests.conftest import FixedClock
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.office import escalation, history
from yekuo_desktop.office.accepting import Accepted
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.practice.way import sit_down


def listed(desk: Desk, login: str, *, answered: bool = False) -> list[tuple[str, str]]:
    """Limit and level of what one person has to know."""
    lines = escalation.escalations(desk, sit_down(desk, login), answered=answered)
    return [(line.escalation.running.key, line.escalation.level.id) for line in lines]


def test_an_overdue_order_goes_up_and_is_answered(desk: Desk, clock: FixedClock, accepted: Accepted) -> None:
    order, case_id = "work_order_delivery", accepted.case.id
    everybody = ("zhaojun", "qianyong", "luoxin", "wangli")
    assert [listed(desk, login) for login in everybody] == [[], [], [], []]
    due = next(limit for limit in desk.store.limits(case_id) if limit.key == order).due
    assert due is not None
    clock.now = due + timedelta(minutes=1)
    assert [listed(desk, login) for login in everybody] == [[(order, "station")], [], [], []]
    (line,) = escalation.escalations(desk, sit_down(desk, "zhaojun"))
    assert (line.case.id, line.who, line.station_name) == (case_id, "王丽", "河口供电所")
    assert "今日超时 · 班长督办" in line.words and line.words.endswith("待签收")
    with pytest.raises(Refused, match="由班长签收"):
        escalation.acknowledge(desk, sit_down(desk, "wangli"), [line.told], "已催")
    escalation.acknowledge(desk, sit_down(desk, "zhaojun"), [line.told], "已派李明今天来取")
    assert listed(desk, "zhaojun") == []
    assert listed(desk, "zhaojun", answered=True) == [(order, "station")]
    assert history.history(desk, case_id)[-1].words == "签收督办:已派李明今天来取"
    clock.now += timedelta(days=7)
    assert (order, "county") in listed(desk, "qianyong")
    assert (order, "county") in listed(desk, "luoxin")
    assert (order, "station") not in listed(desk, "zhaojun")
    assert {line.case.id for line in escalation.everything(desk, "HK")} == {case_id}
    supervisor, before = sit_down(desk, "zhaojun"), len(desk.store.history(f"case:{case_id}"))
    told = [line.told for line in escalation.escalations(desk, supervisor)]
    assert len(told) == 2  # the reply and the whole of it
    with pytest.raises(Refused, match="没有这项时限"):  # all of them or none
        escalation.acknowledge(desk, supervisor, [*told, told[0]._replace(limit="x")], "明天答复")
    assert len(desk.store.history(f"case:{case_id}")) == before
    (case,) = escalation.acknowledge(desk, supervisor, told, "明天答复")
    assert [each.text for each in case.escalations] == ["已派李明今天来取", "明天答复", "明天答复"]
    assert escalation.everything(desk, "QL") == ()
