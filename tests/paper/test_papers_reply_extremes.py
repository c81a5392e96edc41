"""The papers of the supply plan with more on them than anybody plans for, and with less."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from tests.domain.replies import FEES, HIGH_PLAN, LOW_PLAN, approve, planned, reply, walked
from tests.domain.trade import Trade
from tests.paper.reading import text_of
from tests.paper.samples import sheet_of
from tests.paper.samples_reply import REPLIED

Printed = Callable[..., bytes]
LONG_NAME = "示例县河口镇柳湾村第三村民小组农民用水合作与粮油加工专业合作社联合社𬱖有限公司"
LONG_PLACE = "柳湾村三组村委会东侧第二条巷子北数第七户，" * 5 + "门前有一棵老槐树"


def squeezed(text: str) -> str:
    return "".join(text.split())


def many(rows: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    return [{**rows[0], "group_no": str(at)} for at in range(1, count + 1)]


def extreme(klass: str) -> Trade:
    """Forty characters of a name, a rare one among them, a long address, thirty rows of everything."""
    plan = HIGH_PLAN if klass.startswith("hv") else LOW_PLAN
    rows = {key: many(plan[key], 30) for key in ("sources", "metering_points")}
    fees = [{**FEES[0], "basis": f"第 {at} 项：{FEES[0]['basis']}"} for at in range(1, 31)]
    trade = planned(klass, **rows, fees=fees, plan_notes="请提前一天联系。" * 40)
    values = {**trade.case.values, "customer_name": LONG_NAME, "address_door": LONG_PLACE}
    trade.case = replace(trade.case, values=values)
    approve(trade)
    reply(trade)
    return trade


@pytest.mark.parametrize(
    ("form", "klass"),
    [
        ("plan_reply_low_voltage", "lv_nonresident"),
        ("plan_reply_high_voltage", "hv_dual"),
        ("supply_plan", "hv_dual"),
        ("plan_approval", "hv_dual"),
        ("fee_notice", "hv_dual"),
    ],
)
def test_nothing_is_cut_off_however_much_there_is(printed: Printed, form: str, klass: str) -> None:
    pages = text_of(printed(sheet_of(form, extreme(klass))))
    text = "".join(pages)
    assert squeezed(LONG_NAME) in text
    assert squeezed(LONG_PLACE) in text
    if form != "plan_approval":
        assert all(f"第{at}项" in text for at in range(1, 31))
    else:
        assert "计量点30" in text
    assert len(pages) > 1
    assert all(f"第{at}页共{len(pages)}页" in page for at, page in enumerate(pages, start=1))


@pytest.mark.parametrize("form", ["plan_reply_low_voltage", "plan_reply_high_voltage"])
def test_signature_and_seal_stay_on_one_page(printed: Printed, form: str) -> None:
    klass = "lv_nonresident" if "low" in form else "hv_dual"
    pages = text_of(printed(sheet_of(form, extreme(klass))))
    assert "供电企业（盖章）" in pages[-1]
    assert "客户签名（单位盖章）" in pages[-1]
    assert "直径40mm" in pages[-1]
    assert not any("供电企业（盖章）" in page for page in pages[:-1])


def test_empty_optionals_leave_empty_places(printed: Printed) -> None:
    needless = ("meter_box_place", "customer_duties")
    bare = {
        **dict.fromkeys(needless, ""),
        "metering_points": [{**LOW_PLAN["metering_points"][0], "payment": ""}],
    }
    pages = text_of(printed(sheet_of("plan_reply_low_voltage", walked("lv_nonresident", REPLIED, **bare))))
    assert len(pages) == 1
    assert "None" not in pages[0]
    assert "需客户配合事项" in pages[0]
