"""The audit at the desk: an order from hit to end, the white list, what is about a station, the draw."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.conftest import FixedClock
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.oversight.hits import Hit
from yekuo_desktop.office import auditing, oversight
from yekuo_desktop.office.accepting import Accepted
from yekuo_desktop.office.desk import Desk
from yekuo_desktop.office.history import history
from yekuo_desktop.office.oversight import HitLine, Scope
from yekuo_desktop.office.practice.way import sit_down

DEMAND = {"owner": "wangli", "demand": "说明原因并整改", "due": date(2026, 3, 31)}


@pytest.fixture
def late(desk: Desk, accepted: Accepted, clock: FixedClock) -> HitLine:
    """The work order was not delivered in its working day."""
    clock.advance(days=3)
    return line_of(desk, accepted.case.id, "R6")


def line_of(desk: Desk, case_id: str, rule: str) -> HitLine:
    """The hit of a rule in a case, as it is now."""
    case = desk.store.case(case_id)
    assert case is not None
    return next(line for line in oversight.examine(desk, case) if line.hit.rule == rule)


def test_an_order_goes_its_way_and_stands_in_the_history(desk: Desk, late: HitLine) -> None:
    auditor, owner = sit_down(desk, "luoxin"), sit_down(desk, "wangli")
    assert (late.standing, late.light) == ("new", "red")
    auditing.do(desk, auditor, late, "opened", DEMAND)
    (mine,) = oversight.addressed(desk, owner.person)
    assert (mine.standing, mine.light) == ("open", "red")
    assert oversight.addressed(desk, sit_down(desk, "liming").person) == ()
    auditing.do(desk, owner, mine, "answered", {"text": "已送达", "evidence": "签收单"})
    waiting = line_of(desk, late.case, "R6")
    assert (waiting.standing, waiting.light) == ("answered", "yellow")
    auditing.do(desk, auditor, waiting, "closed", {"reason": "核实属实"})
    closed = line_of(desk, late.case, "R6")
    assert (closed.standing, closed.light) == ("closed", "met")
    lines = history(desk, late.case)
    assert [line.actor for line in lines if line.kind.startswith("oversight.")] == ["罗欣", "王丽", "罗欣"]


def test_an_order_stays_until_its_end_when_the_fault_is_mended(desk: Desk, late: HitLine) -> None:
    other = replace(late, hit=replace(late.hit, key="R9:gone", rule="R9"))
    auditing.do(desk, sit_down(desk, "luoxin"), other, "opened", DEMAND)
    line = line_of(desk, late.case, "R9")
    assert line.gone
    assert auditing.why_not(sit_down(desk, "wangli"), line, "answered") == ""


@pytest.mark.parametrize(
    ("login", "name", "said"),
    [
        ("luoxin", "opened", ""),
        ("luoxin", "exempted", ""),
        ("luoxin", "answered", "现在不能办理"),
        ("wangli", "opened", "派发预警工单由营销稽查办理"),
        ("zhaojun", "exempted", "列入白名单由营销稽查办理"),
    ],
)
def test_what_is_offered_to_whom(desk: Desk, late: HitLine, login: str, name: str, said: str) -> None:
    assert auditing.why_not(sit_down(desk, login), late, name) == said


def test_the_white_list_hides_a_hit_until_its_day(desk: Desk, late: HitLine, clock: FixedClock) -> None:
    said = {
        "ground": "confirmed_normal",
        "reason": "客户要求",
        "evidence": "核查单",
        "until": date(2026, 4, 1),
    }
    auditing.do(desk, sit_down(desk, "luoxin"), late, "exempted", said)
    assert line_of(desk, late.case, "R6").standing == "exempt"
    clock.advance(days=40)
    assert line_of(desk, late.case, "R6").standing == "new"


def test_what_is_about_a_station_lies_with_the_organisation(desk: Desk) -> None:
    hit = Hit(
        rule="R19", key="R19:HK:builder:甲:全部", subject="河口供电所 施工单位 甲", wanted="a", found="b"
    )
    desk_rule = desk.reference.oversight.rule("R19")
    assert desk_rule is not None
    line = HitLine(
        hit=hit,
        rule=desk_rule,
        phase="after",
        case="",
        number="",
        customer="",
        klass="",
        station="HK",
        station_name="河口供电所",
        who="",
        rules_label="",
    )
    auditor, owner = sit_down(desk, "luoxin"), sit_down(desk, "zhaojun")
    with pytest.raises(Refused, match="请写明整改要求"):
        auditing.do(desk, auditor, line, "opened", {**DEMAND, "owner": "zhaojun", "demand": ""})
    with pytest.raises(Refused, match="由营销稽查办理"):
        auditing.do(desk, owner, line, "opened", {**DEMAND, "owner": "zhaojun"})
    auditing.do(desk, auditor, line, "opened", {**DEMAND, "owner": "zhaojun"})
    (mine,) = oversight.addressed(desk, owner.person)
    auditing.do(desk, owner, mine, "answered", {"text": "已公示名录", "evidence": "照片"})
    (line,) = [each for each in oversight.survey(desk, Scope()) if not each.case]
    assert (line.standing, line.gone, line.station_name) == ("answered", True, "河口供电所")
    assert desk.store.rebuild() > 0  # the fold of the journal says the same
    assert [order.state for order in desk.store.organisation().oversight.orders] == ["answered"]
    assert list(desk.store.verify()) == []


def test_a_draw_is_on_record_with_its_seed(desk: Desk, accepted: Accepted) -> None:
    with pytest.raises(Refused, match="抽查由营销稽查办理"):
        auditing.draw(desk, sit_down(desk, "wangli"), Scope(), 5)
    auditor = sit_down(desk, "luoxin")
    with pytest.raises(Refused, match="1 至 100 件"):
        auditing.draw(desk, auditor, Scope(), 0)
    tomorrow = desk.clock().date() + timedelta(days=1)
    with pytest.raises(Refused, match="没有业务"):
        auditing.draw(desk, auditor, Scope(accepted_from=tomorrow), 5)
    drawn = auditing.draw(desk, auditor, Scope(), 5, seed="4101")
    assert (drawn.sample.seed, drawn.sample.cases, drawn.by) == ("4101", (accepted.case.id,), "luoxin")
    assert desk.store.organisation().samples == (drawn,)
    assert auditing.draw(desk, auditor, Scope(), 5).sample.seed != "4101"
