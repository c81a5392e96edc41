"""What the centre publishes is used at every station, at once, and cases keep the version they began with."""

from pathlib import Path
from typing import Any

import pytest

from tests.office.conftest import RESIDENT
from tests.sync.hall import Hall
from tests.sync.post import Post
from tests.sync.test_faults import settled
from tests.sync.test_snapshot import SNAPSHOT
from yekuo_desktop.domain.delivery import Transfer
from yekuo_desktop.domain.office_acts import PersonSaved, SealSaved, SettingChanged, StationSaved
from yekuo_desktop.domain.organisation import Seal, Station
from yekuo_desktop.domain.people import Person, Role
from yekuo_desktop.office import accepting
from yekuo_desktop.office.setting_up import save
from yekuo_desktop.runtime.paths import FORMS, RESOURCES
from yekuo_desktop.server import publishing
from yekuo_desktop.server.organisations import find_org
from yekuo_desktop.store.published import over_the_tree

__all__ = ["RESIDENT", "SNAPSHOT", "Transfer", "accepting"]
RULES = "rules/county_2027"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The rules of the program under a name of their own, with one limit of another length."""
    text = (RESOURCES / "rules" / "seed.toml").read_text(encoding="utf-8")
    path = tmp_path / "county_2027.toml"
    path.write_text(text.replace('id = "seed"', 'id = "county_2027"', 1), encoding="utf-8")
    return path


def publish(hall: Hall, name: str, path: Path) -> None:
    with hall.database.read() as connection:
        org = find_org(connection, "org")
    publishing.publish(hall.centre, org, name, path, "")


def prefer(post: Post, rules: str) -> None:
    """From now on cases are accepted under those rules."""
    with post.desk.store.unit() as unit:
        save(post.desk, unit, "office", "office.changed", SettingChanged("rules", "", rules), "admin")


def test_new_rules_are_ruled_by_at_once_and_old_cases_keep_theirs(
    first: Post, second: Post, hall: Hall, rules: Path
) -> None:
    old = first.accept()
    settled(first, second)
    publish(hall, RULES, rules)
    settled(first)
    prefer(first, "county_2027")
    new = first.accept(address_door="9号")
    assert new.rules == "county_2027" != old.rules
    settled(first, second)
    for post in (first, second):
        assert "county_2027" in post.desk.reference.rulesets
        assert post.store.case(old.id).rules == old.rules
        assert post.store.case(new.id) == hall.document(new.id)
        assert post.store.limits(new.id) and post.store.limits(old.id)
        assert list(post.store.verify()) == []
    assert second.accept(address_door="10号").rules == "county_2027"


def test_a_start_without_a_line_knows_what_was_published(first: Post, hall: Hall, rules: Path) -> None:
    publish(hall, RULES, rules)
    settled(first)
    prefer(first, "county_2027")
    first.crash()
    assert first.accept().rules == "county_2027"
    assert "county_2027" not in first.hall.centre.reference.rulesets  # nobody else's were changed


def test_a_new_station_has_the_rules_before_the_cases(first: Post, hall: Hall, rules: Path) -> None:
    publish(hall, RULES, rules)
    settled(first)
    prefer(first, "county_2027")
    case = first.accept()
    settled(first)
    new = hall.add()
    settled(new)
    assert new.store.limits(case.id) == first.store.limits(case.id)
    asked = new.asked
    fetched = next(at for at, name in enumerate(asked) if name.startswith("/files/"))
    assert fetched < asked.index("/streams/station%3AHK/changes")


def test_a_calendar_moves_the_deadlines_of_what_runs(
    first: Post, second: Post, hall: Hall, tmp_path: Path
) -> None:
    case = first.accept()
    settled(first, second)
    before = second.store.limits(case.id)
    path = tmp_path / "2026.toml"
    text = (RESOURCES / "calendars" / "2026.toml").read_text(encoding="utf-8")
    path.write_text(with_holiday(text), encoding="utf-8")
    publish(hall, "calendars/2026", path)
    settled(first, second)
    after = second.store.limits(case.id)
    assert after == first.store.limits(case.id) != before
    assert list(second.store.verify()) == []


def with_holiday(text: str) -> str:
    """The notice with one more day off, in the week of the tests."""
    ours = 'holidays = [\n  { name = "县庆", from = 2026-03-11, to = 2026-03-13 },'
    return text.replace("holidays = [", ours, 1)


def test_a_form_is_printed_as_the_centre_gives_it(first: Post, hall: Hall, tmp_path: Path) -> None:
    path = tmp_path / "work_order.toml"
    text = (FORMS / "work_order.toml").read_text(encoding="utf-8")
    path.write_text(text + "\n# 县公司 2027 年版\n", encoding="utf-8")
    before = first.desk.printery.layout("work_order")
    publish(hall, "forms/work_order", path)
    settled(first)
    assert first.desk.printery.layout("work_order") != before
    assert "2027 年版" in first.desk.printery.layout("work_order")


def test_people_stations_seals_and_settings_come_down(first: Post, second: Post) -> None:
    person = Person(id="new", login="new", name="新来的", roles=(Role.CLERK,), station="HK")
    saved: list[tuple[str, str, Any]] = [
        ("person:new", "person.saved", PersonSaved(person)),
        ("office", "station.saved", StationSaved(Station("LW", "柳湾供电所"))),
        ("seal:s", "seal.saved", SealSaved(Seal(id="s", name="专用章", unit="示例县"))),
        (
            "office",
            "office.changed",
            SettingChanged("contact", first.store.organisation().contact, "0370-95598"),
        ),
    ]
    with first.desk.store.unit() as unit:
        for subject, kind, payload in saved:
            save(first.desk, unit, subject, kind, payload, "admin")
    settled(first, second)
    found = second.store.organisation()
    assert found.people["new"] == person
    assert (found.station_name("LW"), found.seals["s"].name, found.contact) == (
        "柳湾供电所",
        "专用章",
        "0370-95598",
    )


def test_what_this_release_cannot_read_is_left_out() -> None:
    seed = (RESOURCES / "rules" / "seed.toml").read_text(encoding="utf-8")
    good = seed.replace('id = "seed"', 'id = "good"', 1)
    found = over_the_tree({"rules/good": good, "rules/newer": "kind = 'a newer one'", "codes/newer": "["})
    assert "good" in found.rulesets
    assert "newer" not in found.rulesets
    assert "newer" not in found.codes
