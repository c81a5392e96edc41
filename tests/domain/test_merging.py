"""Two people change one case without knowing of each other: what counts, what is merged, what clashes."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from tests.domain.apart import ACCEPTED, REGISTERED, VALUES, change, entry, ruled
from tests.domain.trade import ORGANISATION, START, reference
from yekuo_desktop.domain.case import Case, Material
from yekuo_desktop.domain.casework import NoteText, Reason
from yekuo_desktop.domain.conflicts import Closing, open_conflicts
from yekuo_desktop.domain.corrections import set_by
from yekuo_desktop.domain.merging import fold_ruled
from yekuo_desktop.domain.path import Correction
from yekuo_desktop.domain.people import Role
from yekuo_desktop.domain.rulings import Clash, read_ruling, ruling_text
from yekuo_desktop.domain.stages.acceptance.acts import Acceptance, Materials
from yekuo_desktop.domain.stages.acceptance.guards import wanted_materials

LATER = START + timedelta(hours=1)


PAPERS = {
    rule.id: Material(original_seen=True) for rule in wanted_materials(VALUES, reference().rulesets["seed"])
}


def after(*said: Any, case: Case = ACCEPTED) -> Case:
    for each in said:
        verdict = ruled(each, case)
        assert verdict.verdict == "applied", verdict.ruling
        case = verdict.case
    return case


def test_different_fields_are_both_set() -> None:
    here = after(change(mobile=("13800001000", "13900002000")))
    there = ruled(change("zhaojun", customer_name=("王小明", "王晓明")), here)
    assert there.verdict == "applied"
    assert (there.case.values["mobile"], there.case.values["customer_name"]) == ("13900002000", "王晓明")


def test_the_same_field_keeps_what_came_first_and_both_values_until_somebody_decides() -> None:
    here = after(change(mobile=("13800001000", "13900002000")))
    other = change("zhaojun", mobile=("13800001000", "13700003000"), customer_name=("王小明", "王晓明"))
    there = ruled(other, here)
    assert there.verdict == "conflict"
    assert there.ruling.clashes == (Clash("mobile", "13800001000", "13700003000", "13900002000"),)
    assert there.case.values["mobile"] == "13900002000"
    assert there.case.values["customer_name"] == "王晓明"
    (left,) = open_conflicts(there.case)
    assert (left.field, left.wanted, left.stands, left.by) == (
        "mobile",
        "13700003000",
        "13900002000",
        "zhaojun",
    )


def test_what_is_so_already_is_merged() -> None:
    here = after(change(mobile=("13800001000", "13900002000")))
    there = ruled(change("zhaojun", mobile=("13800001000", "13900002000")), here)
    assert (there.verdict, there.ruling.same, there.case.conflicts) == ("merged", ("mobile",), ())


def test_fields_that_mean_something_only_together_stay_together() -> None:
    here = after(change(address_village=("河西村", "河东村")))
    both = change(
        "zhaojun",
        address_village=("河西村", "河南村"),
        address_door=("", "12号"),
        mobile=("13800001000", "13900002000"),
    )
    there = ruled(both, here)
    assert {clash.field for clash in there.ruling.clashes} == {"address_village", "address_door"}
    assert "address_door" not in there.case.values
    assert there.case.values["mobile"] == "13900002000"


def test_two_offline_changes_of_one_hand_build_on_each_other() -> None:
    """The second one saw what the first wanted, not what the centre has."""
    here = after(change(mobile=("13800001000", "13900002000")), change(mobile=("13900002000", "13900003000")))
    assert here.values["mobile"] == "13900003000"


def test_a_merge_that_would_be_wrong_is_refused() -> None:
    """Each is right by itself: one empties the mobile number, the other the landline."""
    case = replace(ACCEPTED, values={**VALUES, "landline": "0371-66001000"})
    here = after(change(mobile=("13800001000", "")), case=case)
    there = ruled(change("zhaojun", landline=("0371-66001000", "")), here)
    assert (there.verdict, there.ruling.code) == ("refused", "guard")
    assert there.case == here


@pytest.mark.parametrize(("take", "stands"), [(True, "13700003000"), (False, "13900002000")])
def test_a_person_decides_a_conflict(take: bool, stands: str) -> None:
    first = change(mobile=("13800001000", "13900002000"))
    other = change("zhaojun", mobile=("13800001000", "13700003000"))
    there = ruled(other, after(first))
    (left,) = open_conflicts(there.case)
    assert set_by([first, other], left) == first
    closing = Closing(conflict=left.id, stands="13900002000", take=take, reason="电话核实")
    closed = ruled(entry("conflict.closed", closing), there.case)
    assert (closed.verdict, closed.case.values["mobile"]) == ("applied", stands)
    assert open_conflicts(closed.case) == ()
    again = ruled(entry("conflict.closed", closing, "zhaojun"), closed.case)
    assert (again.verdict, again.ruling.code) == ("refused", "guard")


def test_a_conflict_is_not_decided_on_a_value_that_has_changed_since() -> None:
    there = ruled(
        change("zhaojun", mobile=("13800001000", "13700003000")),
        after(change(mobile=("13800001000", "13900002000"))),
    )
    (left,) = open_conflicts(there.case)
    now = ruled(change(mobile=("13900002000", "13600004000")), there.case).case
    closing = Closing(conflict=left.id, stands="13900002000", take=False, reason="电话核实")
    assert ruled(entry("conflict.closed", closing), now).verdict == "refused"


def test_papers_are_merged_by_what_their_author_had_before_him() -> None:
    first, second = list(PAPERS)[:2]
    seen = replace(ACCEPTED, materials={**PAPERS, first: Material(copies=1), second: Material(copies=1)})
    here = ruled(
        entry("materials.recorded", Materials({first: Material(original_seen=True)})), seen, seen
    ).case
    said = Materials({first: Material(copies=2), second: Material(copies=3)})
    there = ruled(entry("materials.recorded", said, "zhaojun"), here, seen)
    assert there.verdict == "conflict"
    assert there.case.materials[first] == Material(original_seen=True)
    assert there.case.materials[second] == Material(copies=3)
    (left,) = open_conflicts(there.case)
    closing = Closing(conflict=left.id, stands=left.stands, take=True, reason="重新收取")
    closed = ruled(entry("conflict.closed", closing), there.case)
    assert closed.case.materials[first] == Material(copies=2)


def test_a_correction_of_a_record_that_is_not_there_is_refused() -> None:
    said = entry("record.corrected", Correction("r9", {"survey_orders": ("甲", "乙")}, "更正"), "liming")
    assert ruled(said, ACCEPTED).verdict == "refused"


# ---- commands ----------------------------------------------------------------------------------------


def acceptance(case: Case = REGISTERED, **values: Any) -> Any:
    return Acceptance(
        number="YK4101-HK01-260310-0001",
        values={**case.values, **values},
        materials=PAPERS,
        project_manager="liming",
        rules="seed",
        sheet_no="YK4101-HK01-260310-0001-1",
    )


def test_two_acceptances_have_one_winner() -> None:
    first = ruled(entry("case.accepted", acceptance()), REGISTERED, REGISTERED)
    assert first.verdict == "applied", first.ruling
    second = ruled(entry("case.accepted", acceptance(), "chenjing"), first.case, REGISTERED)
    assert (second.verdict, second.ruling.code) == ("refused", "guard")


def test_an_acceptance_does_not_undo_what_its_author_had_not_seen() -> None:
    here = after(change(mobile=("13800001000", "13900002000")), case=REGISTERED)
    stale = ruled(entry("case.accepted", acceptance(), "chenjing"), here, REGISTERED)
    assert (stale.verdict, stale.ruling.code) == ("refused", "stale")
    assert [problem.field for problem in stale.ruling.problems] == ["mobile"]
    assert (
        ruled(entry("case.accepted", acceptance(mobile="13900002000"), "chenjing"), here, REGISTERED).verdict
        == "applied"
    )


def test_a_command_is_decided_on_the_case_as_it_is_now() -> None:
    gone = after(entry("case.withdrawn", Reason("不办了")))
    late = ruled(entry("case.suspended", Reason("等客户"), "zhaojun"), gone)
    assert (late.verdict, late.ruling.code, late.case) == ("refused", "guard", gone)
    assert ruled(entry("case.noted", NoteText("客户来电"), "zhaojun"), gone).verdict == "applied"


def test_no_clock_refuses_anything_here() -> None:
    ahead = entry("case.noted", NoteText("钟快了"), stated=START + timedelta(days=3650), recorded=START)
    found = ruled(ahead, ACCEPTED)
    assert (found.verdict, found.ruling.doubts) == ("applied", ("所填时间晚于现在,不能预先登记",))
    behind = ruled(entry("case.noted", NoteText("钟慢了"), stated=START - timedelta(days=3650)), ACCEPTED)
    assert behind.verdict == "applied"
    assert behind.ruling.doubts


# ---- held --------------------------------------------------------------------------------------------


LEFT = replace(
    ORGANISATION,
    people={**ORGANISATION.people, "wangli": replace(ORGANISATION.people["wangli"], active=False)},
)
DEMOTED = replace(
    ORGANISATION,
    people={**ORGANISATION.people, "wangli": replace(ORGANISATION.people["wangli"], roles=(Role.AUDITOR,))},
)


NOTE = entry("case.noted", NoteText("x"))


@pytest.mark.parametrize(
    ("said", "organisation", "code"),
    [
        (entry("case.noted", NoteText("x"), "nobody"), ORGANISATION, "person"),
        (NOTE, LEFT, "person"),
        (NOTE, DEMOTED, "role"),
        (replace(NOTE, schema=99), ORGANISATION, "unknown"),
        (replace(NOTE, kind="case.teleported"), ORGANISATION, "unknown"),
        (replace(NOTE, payload=msgspec.Raw(b'{"text":1}')), ORGANISATION, "unreadable"),
        (change(equipment=("", 7)), ORGANISATION, "unreadable"),
        (entry("case.accepted", replace(acceptance(), rules="rules_3000")), ORGANISATION, "rules"),
    ],
)
def test_what_cannot_be_decided_waits(said: Any, organisation: Any, code: str) -> None:
    found = ruled(said, ACCEPTED, organisation=organisation)
    assert (found.verdict, found.ruling.code) == ("held", code)
    assert found.case is ACCEPTED


@pytest.mark.parametrize("organisation", [LEFT, DEMOTED])
def test_an_administrator_may_answer_for_it(organisation: Any) -> None:
    said = entry("case.noted", NoteText("停用前登记的"))
    assert ruled(said, ACCEPTED, organisation=organisation, released=True).verdict == "applied"


def test_a_case_is_the_fold_of_what_counts() -> None:
    first, second = (
        change(mobile=("13800001000", "13900002000")),
        change(mobile=("13800001000", "13700003000")),
    )
    case = folded = ACCEPTED
    for said in (first, second, entry("case.noted", NoteText("x"), "nobody")):
        found = ruled(said, case)
        case = found.case
        ruling = read_ruling(ruling_text(found.ruling))
        folded = fold_ruled(folded, said, found.verdict, ruling)
    assert folded == case
    assert case.rev == ACCEPTED.rev + 2
