"""R19, R24 and the draw: what only shows over many cases.

Sources: 三指定; 红线: 泄露客户申请资料 (国家电网2026版题库, regulations.md 5.2); thresholds are our own.
"""

from datetime import date

import pytest

from tests.domain.told import opened, then
from tests.domain.trade import ORGANISATION, reference
from yekuo_desktop.domain.oversight.watch import Choice, Looked, choices, concentrated, curious, draw, shares
from yekuo_desktop.domain.oversight_rules import OversightRule


def rule(id_: str) -> OversightRule:
    """The rule as the tree has it."""
    found = reference().oversight.rule(id_)
    assert found is not None
    return found


def builders(*names: str) -> list[list[Choice]]:
    """One case each."""
    return [[Choice("HK", "builder", name)] for name in names]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ("甲甲甲乙乙", ["5 件中 3 件,占 60%"]),
        ("甲甲乙乙丙", []),
        ("甲甲甲乙", []),  # four cases mean nothing
        ("甲甲甲甲甲甲甲乙乙乙乙乙", []),  # 58 %
        ("甲甲甲甲甲", ["5 件中 5 件,占 100%"]),
    ],
)
def test_r19_a_share_above_the_threshold_among_enough_cases(names: str, found: list[str]) -> None:
    hits = concentrated(shares(builders(*names)), rule("R19"), "2026", ORGANISATION)
    assert [hit.found for hit in hits] == found


def test_r19_stations_and_kinds_are_counted_apart() -> None:
    cases = [*builders(*"甲甲甲"), [Choice("QL", "builder", "甲")], [Choice("HK", "designer", "甲")]]
    found = {(s.station, s.kind): (s.count, s.total) for s in shares(cases)}
    assert found == {("HK", "builder"): (3, 3), ("QL", "builder"): (1, 1), ("HK", "designer"): (1, 1)}


def test_the_units_of_a_case() -> None:
    case = then(opened("hv_single"), "designer.chosen", "2026-03-03", designer_name="甲院")
    case = then(case, "contractor.checked", "2026-03-04", builder_name="乙安装", tester_name="丙试验")
    devices = [{"maker": "丁厂"}, {"maker": "丁厂"}, {"maker": "戊厂"}]
    case = then(case, "devices.certified", "2026-03-05", devices=devices)
    assert [(c.kind, c.name) for c in choices(case)] == [
        ("designer", "甲院"),
        ("builder", "乙安装"),
        ("tester", "丙试验"),
        ("maker", "丁厂"),
        ("maker", "戊厂"),
    ]


@pytest.mark.parametrize(("times", "hit"), [(100, False), (101, True)])
def test_r24_somebody_who_looks_at_everybody(times: int, hit: bool) -> None:
    seen = [Looked("wangli", date(2026, 3, 3))] * times + [Looked("wangli", date(2026, 3, 4))]
    assert [(h.who, h.found) for h in curious(seen, rule("R24"))] == ([("wangli", "101 次")] if hit else [])


@pytest.mark.parametrize(("rows", "hit"), [(5000, False), (5001, True)])
def test_r24_somebody_who_takes_everybody_out(rows: int, hit: bool) -> None:
    seen = [Looked("wangli", date(2026, 3, 3), 3000), Looked("wangli", date(2026, 3, 3), rows - 3000)]
    found = [(h.who, h.wanted, h.found) for h in curious(seen, rule("R24"))]
    expected = ("wangli", "一天不超过 100 次、 5000 行", f"2 次,导出 {rows} 行")
    assert found == ([expected] if hit else [])


def test_a_draw_can_be_drawn_again_and_by_nobody_chosen() -> None:
    cases = [f"case-{at}" for at in range(500)]
    first = draw(cases, "4101", 30, "全部")
    assert first == draw(reversed(cases), "4101", 30, "全部")
    assert (first.population, len(set(first.cases))) == (500, 30)
    assert set(first.cases) <= set(cases)
    assert draw(cases, "4102", 30, "全部").cases != first.cases
    drawn = [case for seed in range(200) for case in draw(cases, str(seed), 30, "").cases]
    counts = [drawn.count(case) for case in cases]  # 12 each on average
    assert min(counts) > 1
    assert max(counts) < 30
