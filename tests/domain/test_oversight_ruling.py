"""Entries of the audit at the centre: by whom they count, beside a case and beside a station."""

from datetime import date
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.domain.apart import entry
from tests.domain.trade import ORGANISATION
from yekuo_desktop.domain.office_acts import fold_office
from yekuo_desktop.domain.office_ruling import Origin, rule_office
from yekuo_desktop.domain.oversight_orders import Answering, Judging, Opening, Oversight, Sample

OPENING = Opening(
    rule="R19",
    key="R19:HK:builder:甲:2026",
    subject="河口供电所 施工单位 甲",
    wanted="占比低于 60%",
    found="5 件中 5 件,占 100%",
    rules="",
    owner="zhaojun",
    demand="说明名录出示情况",
    due=date(2099, 1, 1),
)
ANSWER = Answering(order="x", text="已公示", evidence="照片")
SAMPLE = Sample(seed="1", of="全部", population=2, cases=("a",))


def verdict(kind: str, payload: msgspec.Struct, by: str, **known: Any) -> tuple[str, str]:
    """What the centre says, with the orders there are."""
    organisation = replace(ORGANISATION, **known)
    found = rule_office(entry(kind, payload, by), organisation, Origin())
    return found.verdict, found.ruling.code


def there(state: str = "open") -> dict[str, Oversight]:
    """One order, as it stands."""
    begun = Oversight().opened("x", OPENING, "luoxin", entry("watch.opened", OPENING, "luoxin").stated)
    return {"oversight": replace(begun, orders=(replace(begun.orders[0], state=state),))}


@pytest.mark.parametrize(
    ("kind", "payload", "by", "known", "expected"),
    [
        ("watch.opened", OPENING, "luoxin", {}, ("applied", "")),
        ("watch.opened", OPENING, "zhaojun", {}, ("held", "role")),
        ("watch.opened", OPENING, "admin", {}, ("held", "role")),
        ("watch.opened", OPENING, "luoxin", there(), ("refused", "guard")),
        ("watch.opened", replace(OPENING, owner="luoxin"), "luoxin", {}, ("refused", "guard")),
        ("watch.answered", ANSWER, "zhaojun", there(), ("applied", "")),
        ("watch.answered", ANSWER, "wangli", there(), ("refused", "guard")),
        ("watch.answered", ANSWER, "luoxin", there(), ("held", "role")),
        ("watch.closed", Judging(order="x", reason="属实"), "luoxin", there("answered"), ("applied", "")),
        ("watch.closed", Judging(order="x", reason="属实"), "luoxin", there(), ("refused", "guard")),
        ("sample.drawn", SAMPLE, "luoxin", {}, ("applied", "")),
        ("sample.drawn", SAMPLE, "admin", {}, ("held", "role")),
    ],
)
def test_by_whom_it_counts(
    kind: str, payload: msgspec.Struct, by: str, known: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert verdict(kind, payload, by, **known) == expected


def test_only_the_newest_draws_are_at_hand() -> None:
    drawn = [entry("sample.drawn", replace(SAMPLE, seed=str(at)), "luoxin") for at in range(60)]
    kept = [each.sample.seed for each in fold_office(drawn).samples]
    assert kept == [str(at) for at in range(10, 60)]
