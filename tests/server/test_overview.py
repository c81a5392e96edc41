"""The county's look at its stations: who is silent, what waits, why; by message, by command, for a window."""

from datetime import timedelta
from typing import Any

import pytest

from tests.server.site import Site
from tests.server.test_held import retire
from tests.server.test_push_and_pull import note, register
from yekuo_desktop.domain.contacts import worries
from yekuo_desktop.protocol.overview import Overview, sight
from yekuo_desktop.server import overview
from yekuo_desktop.server.commands import Asked
from yekuo_desktop.server.commands import overview as command
from yekuo_desktop.server.errors import Declined


def test_who_is_silent_and_what_is_held_is_seen(site: Site) -> None:
    hall, village = site.machine(scope="all"), site.machine("LW")
    case_id = register(hall)
    hall.push()
    retire(site, hall, "wangli")
    note(hall, case_id, "离职后写的")
    hall.push()
    site.clock.advance(days=4)
    hall.hello()
    found = overview.overview(site.centre, hall.here)
    county = sight(found)
    assert [each.device for each in county.machines] == [village.device, hall.device]
    silent, well = county.machines
    assert list(worries(silent, county.now)) == ["已 4 天没有联系"]
    assert list(worries(well, county.now)) == ["1 条暂存,等中心决定"]
    (stuck,) = county.stuck
    assert (stuck.device, stuck.subject, stuck.code) == (hall.device, f"case:{case_id}", "person")
    assert stuck.since == county.now - timedelta(days=4)


def test_a_station_says_why_an_earlier_contact_failed(small: Site) -> None:
    hall = small.machine(scope="all")
    hall.hello(trouble="连不上中心:中心没有及时应答")
    (seen,) = sight(overview.overview(small.centre, hall.here)).machines
    assert seen.trouble == "连不上中心:中心没有及时应答"
    hall.hello()
    (seen,) = sight(overview.overview(small.centre, hall.here)).machines
    assert seen.trouble == ""


def test_only_who_reads_everything_sees_the_county(small: Site) -> None:
    with pytest.raises(Declined) as declined:
        overview.overview(small.centre, small.machine("LW").here)
    assert declined.value.trouble.code == "left"


def test_what_a_device_says_of_its_moments_need_not_be_one(small: Site) -> None:
    hall = small.machine(scope="all")
    whole = overview.overview(small.centre, hall.here)
    line = whole.devices[0]
    for said in ("", "昨天", "2026-03-10T09:30:00"):
        odd = Overview(whole.now, (type(line)(**{**fields(line), "oldest": said, "unsent": 1}),))
        assert sight(odd).machines[0].oldest is None


def fields(line: Any) -> dict[str, Any]:
    return {name: getattr(line, name) for name in line.__struct_fields__}


def test_the_command_names_stations_without_a_machine_and_knows_json(small: Site) -> None:
    small.machine(scope="all")
    said: list[Any] = []

    def ask(**words: Any) -> int:
        asked = Asked(
            words={"org": "", "days": 3, "database": small.url, "address": "", **words},
            folder=small.folder,
            reference=small.centre.reference,
            clock=small.clock,
            new_id=small.centre.new_id,
            say=said.append,
            say_json=said.append,
        )
        return command(asked)

    small.clock.advance(days=3)
    assert ask(json=False) == ask(json=True) == ask(json=True, days=4) == 0
    text, found, patient = said
    assert "河口供电所 HK01" in text
    assert "已 3 天没有联系" in text
    assert "柳湾供电所  没有登记过电脑" in text
    assert found["stations_without_machine"] == ["LW"]
    assert [each["worries"] for each in found["machines"]] == [["已 3 天没有联系"]]
    assert [each["worries"] for each in patient["machines"]] == [[]]
