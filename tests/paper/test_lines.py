"""Chinese line breaking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yekuo_desktop.paper.lines import NO_END, NO_START, wrap

EM = 10.0
CLOSERS, OPENERS = "，。、；：？！”）》", "（“《"
PIECES = st.sampled_from(
    [*"供电企业用户受理工单", "YK4101-HK01", "2026-11-20", "630", " kVA", *(c + "用" for c in OPENERS)]
    + ["申" + c for c in CLOSERS]
    + ["《规则》，", "（原有 40 kW）。", "“是”？"]
)


def measure(text: str) -> float:
    return sum(EM / 2 if char.isascii() else EM for char in text)


@given(st.lists(PIECES, max_size=80).map("".join), st.integers(min_value=9, max_value=40))
def test_no_line_starts_or_ends_with_the_wrong_mark(text: str, ems: int) -> None:
    lines = wrap(text, ems * EM, measure)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(measure(line) <= ems * EM for line in lines)
    assert not any(line and line[0] in NO_START for line in lines[1:])
    assert not any(line and line[-1] in NO_END for line in lines[:-1])


@given(st.text(alphabet="电力，。）（“ab1 \n", max_size=60), st.integers(min_value=10, max_value=100))
def test_nothing_is_ever_lost(text: str, width: int) -> None:
    lines = wrap(text, width, measure)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(measure(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("供电企业，受理", 4, ["供电企", "业，受理"]),
        ("申请（新装）用电", 3, ["申请", "（新", "装）用", "电"]),
        ("编号YK4101今日", 5, ["编号YK4101", "今日"]),
        ("甲\n\n乙", 9, ["甲", "", "乙"]),
        ("YK4101HK0126112300120001", 4, ["YK4101HK", "01261123", "00120001"]),
        ("自第 7—11 日", 4, ["自第", "7—11 日"]),
        ("", 5, [""]),
    ],
)
def test_examples(text: str, ems: int, lines: list[str]) -> None:
    assert wrap(text, ems * EM, measure) == lines
