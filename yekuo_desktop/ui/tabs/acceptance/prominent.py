"""Which fields of the registration form are shown at once; the others wait behind ＋ in their block."""

from collections.abc import Collection, Mapping
from typing import Any

ALWAYS = frozenset(
    {
        "klass",
        "business",
        "channel",
        "customer_name",
        "identity_kind",
        "identity_number",
        "mobile",
        "address_county",
        "address_town",
        "address_village",
        "address_group",
        "address_door",
        "agent_name",
        "category",
        "capacity",
        "wished_date",
        "stated",
        "project_manager",
        "households",
        "equipment",
        "remarks",
    }
)
LOW_VOLTAGE = frozenset({"supply_mode"})
ORGANISATION = frozenset({"legal_person", "vat_wanted", "industry"})
HIGH_VOLTAGE = frozenset({"importance", "load_nature", "own_supply", "nonlinear_load", "demand_load"})
INCREASE = frozenset({"account_no", "existing_capacity", "total_capacity"})
SECOND = frozenset({"first_source_load", "second_source_load", "second_capacity", "second_existing_capacity"})
AGENT = frozenset({"agent_identity", "agent_mobile", "authorised"})
VAT = frozenset({"vat_name", "vat_address", "vat_phone", "vat_number", "vat_bank", "vat_account"})
REMOTE = frozenset({"95598", "phone", "fax", "email", "web"})


def prominent(values: Mapping[str, Any]) -> Collection[str]:
    """The fields that this application is about, as far as it is known."""
    high = str(values.get("klass", "")).startswith("hv")
    wanted = set(ALWAYS)
    wanted |= HIGH_VOLTAGE if high else LOW_VOLTAGE
    for keys, applies in (
        (ORGANISATION, values.get("klass") != "lv_resident"),
        (INCREASE, values.get("business") == "increase"),
        (SECOND, values.get("klass") == "hv_dual"),
        (AGENT, bool(values.get("agent_name"))),
        (VAT, bool(values.get("vat_wanted"))),
        ({"own_supply_capacity"}, bool(values.get("own_supply"))),
        ({"channel_reference"}, values.get("channel") in REMOTE),
        ({"demand_load"}, bool(values.get("equipment"))),
    ):
        wanted |= keys if applies else set()
    return wanted
