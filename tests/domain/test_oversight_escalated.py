"""稽查 T3: what went up and was answered by nobody; the threshold is our own (regulations.md 5.1)."""

import pytest
from msgspec.structs import replace

from tests.domain.looks import of
from tests.domain.told import moment, opened
from yekuo_desktop.domain.case import Answered, Case

CASE = opened("lv_nonresident")  # plan due Thursday 2026-03-05 17:30


def hits(now: str, case: Case = CASE) -> list[tuple[str, str, str]]:
    """What is found about the reply."""
    return [(h.subject, h.found, h.who) for h in of("T3", case, now) if ":plan_reply:" in h.key]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-09", []),
        ("2026-03-10", [("班长督办 供电方案答复", "3 个工作日未签收", "zhaojun")]),
    ],
)
def test_t3_a_supervisor_who_says_nothing(now: str, expected: list[tuple[str, str, str]]) -> None:
    assert hits(now) == expected


def test_t3_the_county_that_says_nothing() -> None:
    said = Answered("plan_reply", "station", "zhaojun", moment("2026-03-06 09:00"), "明天勘查")
    answered = replace(CASE, escalations=(said,))
    assert hits("2026-03-11", answered) == []  # the county was told on the 9th
    ((subject, found, who),) = hits("2026-03-12", answered)
    assert (subject, found) == ("县公司督办 供电方案答复", "3 个工作日未签收")
    assert who == "qianyong"  # 方案审批人 before 营销稽查, who asks and does not answer
    assert hits("2026-03-12", replace(answered, state="withdrawn")) == []
