"""What becomes of entries about the organisation: who may, what somebody else has changed, who founded it."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.domain.apart import entry
from tests.domain.trade import ORGANISATION
from yekuo_desktop.domain.firms import Firm
from yekuo_desktop.domain.office_acts import (
    DeviceSaved,
    EpochOpened,
    FirmSaved,
    HeldDecision,
    PersonSaved,
    Published,
    SettingChanged,
    SetUp,
    StationSaved,
)
from yekuo_desktop.domain.office_ruling import Origin, rule_office
from yekuo_desktop.domain.organisation import Device, Organisation, Station
from yekuo_desktop.domain.people import Person, Role

NEW = Person(id="n", login="new", name="新人", roles=(Role.CLERK,))
CENTRE, FOUNDING = Origin(centre=True), Origin(founding=True)
EPOCH = EpochOpened(epoch="e", reason="由备份恢复", streams={"office": 7})
THERE = Origin()
NOW, NEXT = "示例县供电公司", "新县供电公司"
KEY = Device(id="K", device="device", terminal="HK01", station="HK", public="")


def verdict(
    kind: str, payload: msgspec.Struct, by: str, origin: Origin = THERE, **how: Any
) -> tuple[str, str]:
    found = rule_office(entry(kind, payload, by), ORGANISATION, origin, **how)
    if found.verdict != "applied":
        assert found.organisation == ORGANISATION
    return found.verdict, found.ruling.code


@pytest.mark.parametrize(
    ("kind", "payload", "by", "origin", "expected"),
    [
        ("person.saved", PersonSaved(NEW), "admin", THERE, ("applied", "")),
        ("person.saved", PersonSaved(NEW), "wangli", THERE, ("held", "role")),
        ("person.saved", PersonSaved(NEW), "nobody", THERE, ("held", "person")),
        ("person.saved", PersonSaved(NEW), "system", THERE, ("held", "person")),
        ("person.saved", PersonSaved(NEW), "system", FOUNDING, ("applied", "")),
        ("person.saved", PersonSaved(NEW), "system", CENTRE, ("applied", "")),
        ("person.saved", PersonSaved(NEW), "admin", Origin(overtaken=True), ("refused", "stale")),
        ("person.saved", PersonSaved(replace(NEW, login="wangli")), "admin", THERE, ("refused", "guard")),
        ("station.saved", StationSaved(Station("LW", "柳湾供电所")), "admin", THERE, ("applied", "")),
        ("firm.saved", FirmSaved(Firm(id="f", kind="?", name="x")), "admin", THERE, ("refused", "guard")),
        ("office.set_up", SetUp(id="org", county="x", practice=False, number_org="YK"), "system", FOUNDING,
         ("refused", "guard")),
        ("office.changed", SettingChanged("county", NOW, NEXT), "admin", THERE, ("applied", "")),
        ("office.changed", SettingChanged("county", "旧县", NEXT), "admin", THERE, ("refused", "stale")),
        ("office.changed", SettingChanged("county", "旧县", NOW), "admin", THERE, ("merged", "")),
        ("office.changed", SettingChanged("practice", "", "x"), "admin", THERE, ("refused", "guard")),
        ("device.saved", DeviceSaved(KEY), "system", THERE, ("applied", "")),
        ("device.saved", DeviceSaved(replace(KEY, device="other")), "system", THERE, ("refused", "guard")),
        ("reference.published", Published("rules/seed", "0" * 64, 1), "system", CENTRE, ("applied", "")),
        ("reference.published", Published("rules/seed", "0" * 64, 1), "admin", THERE, ("refused", "guard")),
        ("epoch.opened", EPOCH, "system", CENTRE, ("applied", "")),
        ("epoch.opened", EPOCH, "admin", THERE, ("refused", "guard")),
        ("held.decided", HeldDecision("e1", True, "核实"), "zhaojun", THERE, ("applied", "")),
        ("held.decided", HeldDecision("e1", True, "核实"), "wangli", THERE, ("held", "role")),
        ("office.burnt", HeldDecision("e1", True, "核实"), "admin", THERE, ("held", "unknown")),
        ("person.saved", HeldDecision("e1", True, "核实"), "admin", THERE, ("held", "unreadable")),
    ],
)  # fmt: skip
def test_what_becomes_of_it(kind: str, payload: Any, by: str, origin: Origin, expected: Any) -> None:
    assert verdict(kind, payload, by, origin) == expected


def test_an_administrator_may_answer_for_it() -> None:
    assert verdict("person.saved", PersonSaved(NEW), "nobody", released=True) == ("applied", "")


def test_an_organisation_is_founded_once_and_by_a_device_of_its_own() -> None:
    for named, expected in (("org", "applied"), ("other", "refused")):
        payload = SetUp(id=named, county="示例县供电公司", practice=False, number_org="YK4101")
        found = rule_office(entry("office.set_up", payload, "system"), Organisation(), FOUNDING)
        assert found.verdict == expected
