"""Tariff, power-factor standard and fees of a plan against what follows from category and capacity."""

from collections.abc import Iterator
from decimal import Decimal

from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.circumstances import number, total
from yekuo_desktop.domain.display import money
from yekuo_desktop.domain.field import Problem, Values
from yekuo_desktop.domain.records import facts
from yekuo_desktop.domain.reference import Reference
from yekuo_desktop.domain.stages.survey.charging import power_factor_for, tariff_for

CENT = Decimal("0.01")
RELIABILITY = "reliability"  # code of resources/codes/fee_items.toml


def charge_problems(case: Case, values: Values, capacity: Decimal, reference: Reference) -> Iterator[Problem]:
    """What is odd about the charges; all of it warns."""
    category = str(values.get("plan_tariff") or "")
    for key, found in (
        ("tariff_system", tariff_for(case, category, capacity, reference)),
        ("power_factor_standard", power_factor_for(case, category, capacity, reference)),
    ):
        chosen = values.get(key)
        if found and chosen and chosen != found.code and not found.free:
            yield Problem(key, found.words, warning=True)
    yield from _fees(case, values)


def _fees(case: Case, values: Values) -> Iterator[Problem]:
    """单价 × 数量 = 应收金额; nothing is asked of those who are free of it."""
    rows = values.get("fees") or ()
    for at, row in enumerate(rows, start=1):
        price, quantity = number(row, "unit_price"), number(row, "quantity")
        due = (price * quantity).quantize(CENT)
        if due and due != number(row, "amount").quantize(CENT):
            words = f"第 {at} 项:单价 × 数量 = {money(str(due))} 元,与应收金额不同"
            yield Problem("fees", words, warning=True)
    if total(rows, "amount") and facts(case).get("three_zero") is True:
        yield Problem("fees", "已认定为三零服务客户,不应收取费用", warning=True)
    lines = len(values.get("sources") or ())
    if lines > 1 and RELIABILITY not in {row.get("name") for row in rows}:
        words = "两路及以上电源,请按本省标准核对是否收取高可靠性供电费"
        yield Problem("fees", words, warning=True)
