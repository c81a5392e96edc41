"""The unit's own settings: who may, what is refused, and that numbers already given stay."""

import pytest

from tests.office.conftest import RESIDENT, seen
from yekuo_desktop.domain.act import Refused
from yekuo_desktop.office import accepting, administration
from yekuo_desktop.office.desk import Desk, Session
from yekuo_desktop.office.practice.way import sit_down

TEMPLATE = "{org}-{terminal}-{yyyyMMdd}{serial:5}"


def values(desk: Desk, **more: str) -> dict[str, str]:
    organisation = desk.store.organisation()
    return {name: getattr(organisation, name) for name in administration.SETTINGS} | more


def test_new_numbers_follow_the_new_template_and_old_ones_stay(
    desk: Desk, clerk: Session, accepted: accepting.Accepted
) -> None:
    admin = sit_down(desk, "admin")
    changed = administration.change_settings(desk, admin, values(desk, number_template=TEMPLATE))
    assert changed == ("number_template",)
    after = accepting.accept(desk, clerk, RESIDENT, seen(desk, RESIDENT), "liming")
    assert administration.sample_number(desk, admin, TEMPLATE, "YK4101") == "YK4101-HK01-2026031000001"
    assert after.case.number == "YK4101-HK01-2026031000002"  # the day's serials go on
    assert desk.store.find(accepted.case.number) is not None
    entry = desk.store.history("office")[-1]
    assert (entry.kind, entry.actor) == ("office.changed", admin.person.id)
    assert administration.change_settings(desk, admin, values(desk)) == ()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"county": " "}, "county"),
        ({"number_template": "{org}-{serial:4}"}, "number_template"),  # two terminals would give one number
        ({"number_template": "{org}{terminal}-{yyyyMMdd}-{serial:4}"}, "number_template"),
        ({"number_org": "某县"}, "number_org"),
    ],
)
def test_what_is_refused_changes_nothing(desk: Desk, more: dict[str, str], field: str) -> None:
    before = desk.store.organisation()
    with pytest.raises(Refused) as refused:
        administration.change_settings(desk, sit_down(desk, "admin"), values(desk, **more))
    assert refused.value.problems[0].field == field
    assert desk.store.organisation() == before


def test_stations_are_added_and_renamed(desk: Desk) -> None:
    admin = sit_down(desk, "admin")
    administration.save_station(desk, admin, " lw ", "柳湾供电所")
    administration.save_station(desk, admin, "LW", "柳湾中心供电所")
    stations = {station.code: station.name for station in desk.store.organisation().stations}
    assert stations["LW"] == "柳湾中心供电所"
    for code, name, field in (("柳湾", "新所", "code"), ("QL", "", "name"), ("QL", "柳湾中心供电所", "name")):
        with pytest.raises(Refused) as refused:
            administration.save_station(desk, admin, code, name)
        assert refused.value.problems[0].field == field


def test_only_the_administrator(desk: Desk, clerk: Session) -> None:
    with pytest.raises(Refused, match="系统管理员"):
        administration.change_settings(desk, clerk, values(desk, contact="1"))
    with pytest.raises(Refused, match="系统管理员"):
        administration.save_station(desk, clerk, "LW", "柳湾供电所")
