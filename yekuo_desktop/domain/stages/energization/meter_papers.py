"""计量装拆单: the voucher (工作凭证) the customer signs for readings and seals (regulations.md 1.3, 2.12)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from yekuo_desktop.domain.case import Case, Record
from yekuo_desktop.domain.display import moment
from yekuo_desktop.domain.display import number as number_text
from yekuo_desktop.domain.paper_values import customer_values, signed, texts
from yekuo_desktop.domain.papers import Facts, PaperForm
from yekuo_desktop.domain.records import last
from yekuo_desktop.domain.stages.energization import chain
from yekuo_desktop.domain.stages.energization.meter_fields import CHECKED, SEALED
from yekuo_desktop.domain.stages.energization.meters import standing_meters, wiring_of

RETENTION = "metering_sheet_retention"  # id of the figure in the rule sets
LABELS: dict[str, str] = {
    "meters": "装出计量装置",
    "asset_no": "电能表资产编号",
    "multiplier": "倍率",
    "installer": "安装人",
    "register": "示数类型",
    "reading": "示数",
    "phase": "相别",
    "volt": "电压",
    "ampere": "电流",
    "factor": "功率因数",
    "seal_place": "加封位置",
    "seal_no": "封签编号",
    **{f"{key}_2": key for key in ("asset_no", "register", "reading", "seal_place", "seal_no")},
    "reading_pairs": "示数",
    "seal_pairs": "封签",
    "meter_checked_at": "核表时间",
    "meter_checked_by": "核表人",
    "meter_sealed_at": "加封时间",
    "meter_tests": "预付费试验",
    "connected_at": "送电时间",
    "slip_kept": "保存期限",
}
_BRACKETS = str.maketrans("", "", "（）")
_RATIO = re.compile(r"([\d.]+)\s*/\s*([\d.]+)")


def slip_values(facts: Facts) -> dict[str, Any]:
    """What hangs there, what it showed, how it was tested, how it is sealed; what was taken down."""
    case = facts.case
    check, seal, done = chain.checked(case), chain.sealed(case), chain.energized(case)
    checked = texts(CHECKED, check.values if check else {}, facts)
    sealed = texts(SEALED, seal.values if seal else {}, facts)
    return {
        **customer_values(facts),
        **checked,
        **sealed,
        **signed(seal, facts),
        "meters": [_meter(case, meter, facts) for meter in standing_meters(case)],
        "reading_pairs": paired(_readings(check, checked), ("asset_no", "register", "reading")),
        "seal_pairs": paired(sealed["seals"], ("asset_no", "seal_place", "seal_no")),
        "meter_tests": _tests(checked),
        "slip_kept": _kept(facts),
        "meter_checked_by": facts.organisation.person_name(check.by) if check else "",
        "meter_checked_at": moment(check.stated) if check else "",
        "meter_sealed_at": moment(seal.stated) if seal else "",
        "connected_at": moment(done.stated) if done else "",
    }


def _kept(facts: Facts) -> str:
    """How long the slip is kept, where the rule set says so."""
    rules = facts.reference.rulesets.get(facts.case.rules)
    found = rules.figure(RETENTION) if rules else None
    return f"{found.label.translate(_BRACKETS)} {found.allowance}" if found else ""


def _readings(check: Record | None, checked: Mapping[str, Any]) -> list[dict[str, str]]:
    """The registers in words, each figure as it was read: the customer signs what he sees on the meter."""
    raw = check.values.get("meter_readings") or () if check else ()
    return [
        {**row, "reading": str(read["reading"])}
        for row, read in zip(checked["meter_readings"], raw, strict=True)
    ]


def _meter(case: Case, meter: Mapping[str, str], facts: Facts) -> dict[str, str]:
    keys = ("place", "asset_no", "meter", "ct", "pt", "installer", "day")
    return {
        **{key: str(meter.get(key) or "") for key in keys},
        "wiring": facts.reference.code_label("wirings", wiring_of(case, meter)),
        "multiplier": multiplier(meter.get("ct", ""), meter.get("pt", "")),
    }


def multiplier(ct: str, pt: str) -> str:
    """What a reading is multiplied by: both ratios, 1 without transformers, "" for an illegible ratio."""
    product = Decimal(1)
    for ratio in (ct, pt):
        found = _RATIO.search(ratio or "")
        if (ratio or "").strip() and found is None:
            return ""
        product *= Decimal(found[1]) / Decimal(found[2]) if found else 1
    return number_text(f"{product:f}")


def _tests(checked: Mapping[str, Any]) -> str:
    if checked["meter_prepaid"] != "是":
        return "未装预付费，不做报警和跳闸试验"
    return f"预购电报警试验 {checked['meter_alarm_test']}；跳闸试验 {checked['meter_trip_test']}"


def paired(rows: Sequence[Mapping[str, str]], keys: Iterable[str]) -> list[dict[str, str]]:
    """Two rows side by side on one line, the second under the same keys with ``_2``."""
    keys, none = tuple(keys), dict[str, str]()
    return [
        {**{key: one.get(key, "") for key in keys}, **{f"{key}_2": other.get(key, "") for key in keys}}
        for one, other in zip_longest(rows[::2], rows[1::2], fillvalue=none)
    ]


def _sealed(case: Case) -> bool:
    return last(case, chain.SEALED) is not None and chain.sealed(case) is not None


SLIP = PaperForm(
    id="meter_slip",
    title="计量装拆单",
    when=_sealed,
    values=slip_values,
    copies_note="本单一式两份：客户一份，供电企业存档一份。",
)
