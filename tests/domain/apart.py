"""Two people at one case who do not know of each other: what each writes on what he has seen is ruled on."""

from datetime import datetime
from itertools import count
from typing import Any

import msgspec
from msgspec.structs import replace

from tests.domain.trade import ORGANISATION, START, reference
from yekuo_desktop.domain.case import Case, Event
from yekuo_desktop.domain.entries import Entry, encode_payload
from yekuo_desktop.domain.merging import Ruled, rule
from yekuo_desktop.domain.organisation import Organisation
from yekuo_desktop.domain.stages.acceptance.acts import Change

NUMBERS = count(1)
VALUES = {
    "klass": "lv_resident",
    "business": "new",
    "customer_name": "王小明",
    "identity_kind": "identity_card",
    "identity_number": "41012219900101123X",
    "mobile": "13800001000",
    "address_county": "示例县",
    "address_town": "河口镇",
    "address_village": "河西村",
    "category": "201",
    "channel": "counter",
    "capacity": "8",
    "supply_mode": "single_phase",
}
ACCEPTED = Case(
    id="01990000-0000-7000-8000-000000000001",
    org="org",
    station="HK",
    number="YK4101-HK01-260310-0001",
    klass="lv_resident",
    business="new",
    state="open",
    rules="seed",
    values=VALUES,
    events=(Event("accepted", START, START, "e0"),),
    project_manager="liming",
    accepted_by="wangli",
    rev=3,
)
REGISTERED = replace(ACCEPTED, number="", state="registered", rules="", events=(), project_manager="", rev=1)


def entry(
    kind: str,
    payload: msgspec.Struct,
    by: str = "wangli",
    *,
    stated: datetime = START,
    recorded: datetime = START,
    case: Case = ACCEPTED,
) -> Entry:
    """An entry somebody wrote."""
    n = next(NUMBERS)
    return Entry(
        id=f"e{n}",
        act=f"a{n}",
        org="org",
        station="HK",
        terminal="HK01",
        device="device",
        incarnation="life",
        n=n,
        subject=f"case:{case.id}",
        kind=kind,
        actor=by,
        stated=stated,
        recorded=recorded,
        schema=1,
        payload=encode_payload(payload),
    )


def ruled(
    said: Entry,
    case: Case | None,
    seen: Case | None = ACCEPTED,
    organisation: Organisation = ORGANISATION,
    **how: Any,
) -> Ruled:
    """What the centre rules on it, on the case as it is there."""
    return rule(said, case, organisation, reference(), lambda: seen, **how)


def change(by: str = "wangli", reason: str = "核对后更正", **changes: tuple[Any, Any]) -> Entry:
    """A correction of the application."""
    return entry("case.changed", Change(changes, reason), by)
