"""Amounts in Chinese capital figures: the rule's own examples and its corners."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yekuo_desktop.domain.amounts import FIGURES, capitals


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        # 支付结算办法 附一, 四–五
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        # corners
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10", "壹拾元整"),
        ("15", "壹拾伍元整"),
        ("100", "壹佰元整"),
        ("1,280.00", "壹仟贰佰捌拾元整"),
        ("1280 元", "壹仟贰佰捌拾元整"),
        ("10005", "壹万零伍元整"),
        ("100000", "壹拾万元整"),
        ("10000000", "壹仟万元整"),
        ("10000001", "壹仟万零壹元整"),
        ("100000000", "壹亿元整"),
        ("100000001.01", "壹亿零壹元零壹分"),
        ("100010000", "壹亿零壹万元整"),
        ("1000100010", "壹拾亿零壹拾万零壹拾元整"),
        ("", ""),
        ("面议", ""),
        ("-3", ""),
        ("1.005", ""),
        ("10000000000000000", ""),
    ],
)
def test_amounts(amount: str, words: str) -> None:
    assert capitals(amount) == words


VALUES = {**{figure: at for at, figure in enumerate(FIGURES)}}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read(words: str) -> Decimal:
    """The amount back out of its words."""
    total = group = figure = 0
    cents = Decimal(0)
    for char in words:
        if char in VALUES:
            figure = VALUES[char]
        elif char in UNITS:
            group += figure * UNITS[char]
            figure = 0
        elif char == "万":
            total, group, figure = total + (group + figure) * 10_000, 0, 0
        elif char == "亿":
            total, group, figure = (total + group + figure) * 10**8, 0, 0
        elif char == "元":
            total, group, figure = total + group + figure, 0, 0
        elif char in "角分":
            cents += figure * (Decimal("0.1") if char == "角" else Decimal("0.01"))
            figure = 0
    return total + cents


@given(st.decimals(min_value=0, max_value=10**12 - 1, places=2))
def test_every_amount_can_be_read_back(amount: Decimal) -> None:
    words = capitals(str(amount))
    assert read(words) == amount
    assert "零零" not in words
    assert words.endswith("整") != words.endswith("分")
