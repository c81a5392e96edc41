"""稽查 R15, R22, R23: what only shows beside other cases, and a white list that is none.

Sources: 能源局2019年监管通报重复启动、终止流程, 白名单 (regulations.md 5.1); 一址多户 (5.2).
"""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.domain.looks import of
from tests.domain.told import moment, opened
from yekuo_desktop.domain.case import Case
from yekuo_desktop.domain.oversight_orders import Exempting

WHO = {"identity_number": "410122196603121029", "address_town": "河口镇", "address_door": "1号"}


def of_customer(at: int, state: str = "open", **values: str) -> Case:
    """A further case of the same customer, registered ``at`` days before the first of March."""
    case = opened("lv_resident", **{**WHO, **values})
    begun = moment("2026-03-01") - timedelta(days=at)
    return replace(case, id=f"other-{at}", number=f"N{at}", state=state, registered=begun)


def mine() -> Case:
    """The case that is looked at."""
    return replace(of_customer(0), id="mine", number="N0")


@pytest.mark.parametrize(
    ("other", "facts"),
    [
        (of_customer(3), {"R15:identity", "R15:address"}),
        (of_customer(3, address_door="2号"), {"R15:identity"}),
        (of_customer(3, identity_number="410122196603121037"), {"R15:address"}),
        (of_customer(3, identity_number="x", address_door="2号"), set()),
        (of_customer(3, "archived"), set()),
        (of_customer(3, "withdrawn"), set()),
    ],
)
def test_r15_one_customer_and_one_address_have_one_case_on_its_way(other: Case, facts: set[str]) -> None:
    assert {h.key for h in of("R15", mine(), "2026-03-03", others=[other])} == facts
    assert of("R15", replace(mine(), state="archived"), "2026-03-03", others=[other]) == []


@pytest.mark.parametrize(
    ("others", "hit"),
    [
        ([of_customer(10, "withdrawn"), of_customer(20, "terminated")], True),
        ([of_customer(10, "withdrawn")], False),
        ([of_customer(10, "withdrawn"), of_customer(20, "open")], False),
        ([of_customer(10, "withdrawn"), of_customer(181, "terminated")], False),
        ([of_customer(10, "withdrawn"), of_customer(20, "withdrawn", address_door="2号")], False),
    ],
)
def test_r22_ended_and_begun_again(others: list[Case], hit: bool) -> None:
    hits = of("R22", mine(), "2026-03-03", others=others)
    assert [h.found for h in hits] == (["已终止或撤回 2 件(N10、N20)"] if hit else [])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"until": date(2026, 9, 3)}, "至 2026-09-03"),
        ({"evidence": ""}, "没有证据"),
        ({"ground": "staff_error"}, "理由为工作差错"),
    ],
)
def test_r23_a_white_list_has_its_reasons(changes: dict[str, object], said: str) -> None:
    what = Exempting(
        rule="R6",
        key="R6:plan_reply:1",
        subject="供电方案答复",
        ground="confirmed_normal",
        reason="核实",
        evidence="核查单 1 号",
        until=date(2026, 9, 2),
    )
    wrong = replace(what, **changes)
    case = replace(mine(), oversight=mine().oversight.exempted("x1", wrong, "luoxin", moment("2026-03-02")))
    assert [h.found for h in of("R23", case, "2026-03-03")] == ([said] if said else [])
