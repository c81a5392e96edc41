"""The public list of units: kept by the administrator alone, every change an entry, nothing deleted."""

from datetime import date

import pytest
from msgspec.structs import replace

from yekuo_desktop.domain.act import Refused
from yekuo_desktop.domain.firms import Firm, in_random_order
from yekuo_desktop.office import firms
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.practice import firms as practice_firms
from yekuo_desktop.office.practice.way import sit_down

UNIT = Firm(
    id="firm-1",
    kind="builder",
    name="河口明光电气工程有限公司",
    grade="4",
    regime="2010",
    certificate="5-1-00102-2023",
    valid_until=date(2029, 3, 1),
)


@pytest.fixture
def admin(desk: Desk) -> Session:
    return sit_down(desk, "admin")


def test_a_unit_comes_onto_the_list_changes_and_goes(desk: Desk, admin: Session) -> None:
    firms.save_firm(desk, admin, UNIT)
    firms.save_firm(desk, admin, replace(UNIT, phone="0371-65550202"))
    firms.save_firm(desk, admin, replace(UNIT, id="firm-2", name="豫中输变电建设有限公司"))
    firms.save_firm(desk, admin, replace(UNIT, listed=False))
    assert [(firm.id, firm.listed) for firm in firms.listed(desk)] == [("firm-2", True), ("firm-1", False)]
    kept = desk.store.organisation().firms
    assert [firm.id for firm in in_random_order(kept.values(), "builder", "case")] == ["firm-2"]


@pytest.mark.parametrize("login", ["wangli", "liming", "luoxin"])
def test_nobody_else_changes_it(desk: Desk, login: str) -> None:
    session = sit_down(desk, login)
    assert firms.why_not_listing(session) == "公开名录由系统管理员管理"
    with pytest.raises(Refused, match="系统管理员"):
        firms.save_firm(desk, session, UNIT)
    assert firms.listed(desk) == []


@pytest.mark.parametrize(
    ("unit", "field"),
    [
        (replace(UNIT, name=" "), "name"),
        (replace(UNIT, kind="supplier"), "kind"),
        (replace(UNIT, certificate=""), "certificate"),
        (replace(UNIT, id="firm-9"), "name"),  # listed already
    ],
)
def test_what_is_wrong_is_said_beside_its_field(desk: Desk, admin: Session, unit: Firm, field: str) -> None:
    firms.save_firm(desk, admin, UNIT)
    with pytest.raises(Refused) as caught:
        firms.save_firm(desk, admin, unit)
    assert [problem.field for problem in caught.value.problems] == [field]


def test_the_practice_county_has_a_list_without_a_fault(desk: Desk, admin: Session) -> None:
    listed = practice_firms.firms(desk.clock().date())
    for firm in listed:
        firms.save_firm(desk, admin, firm)
    assert {firm.kind for firm in firms.listed(desk)} == {"designer", "builder", "tester"}
    assert len(firms.listed(desk)) == len(listed)
